import { loadJudge } from '../../tools/judges.mjs';
import { startRadosgw, type Keys, type Radosgw } from './radosgw.mts';
import { storage } from './built.mts';

interface S3 {
	S3Client: new (options: object) => { send: (command: object) => Promise<unknown> };
	CreateBucketCommand: new (input: object) => object;
	DeleteObjectCommand: new (input: object) => object;
	PutBucketCorsCommand: new (input: object) => object;
	PutBucketPolicyCommand: new (input: object) => object;
	PutObjectCommand: new (input: object) => object;
}
const { S3Client, ...commands } = loadJudge('@aws-sdk/client-s3') as S3;

/** A bucket of a real S3 server, in which Agora's key may write and another one read. */
export interface PrivateBucket {
	server: Radosgw;
	/** `host:port`. */
	host: string;
	/** Everything, write only, read and list, read only. */
	keys: Record<'owner' | 'writer' | 'reader' | 'opener', Keys>;
	put: (key: string, body: Buffer | string) => Promise<void>;
	remove: (key: string) => Promise<void>;
	/** Lets web pages of any origin read it. */
	allowCors: () => Promise<void>;
}

/**
 * Makes a bucket with users of its own and the smallest policies that the package names.
 *
 * @param running the server; without, one is started
 */
export async function privateBucket(
	bucket: string,
	folder: string,
	running?: Radosgw,
): Promise<PrivateBucket> {
	const server = running ?? (await startRadosgw());
	const nameOf = (user: string) => `${bucket}-${user}`;
	const [owner, writer, reader, opener] = [
		await server.addUser(nameOf('owner')),
		await server.addUser(nameOf('writer')),
		await server.addUser(nameOf('reader')),
		await server.addUser(nameOf('opener')),
	];
	const clientOf = ({ accessKey, secretKey }: Keys) =>
		new S3Client({
			...{ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true },
			credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
		});
	const admin = clientOf(owner);
	await admin.send(new commands.CreateBucketCommand({ Bucket: bucket }));
	const place = { vendor: 's3Compatible', bucket, folder };
	const allowed = (user: string, permissions: Array<'list' | 'read' | 'write'>) => {
		const told = storage.smallestPolicy(place, permissions).replace('Minimum policy: ', '');
		const { Statement } = JSON.parse(told) as { Statement: object[] };
		const Principal = { AWS: [`arn:aws:iam:::user/${nameOf(user)}`] };
		return Statement.map((statement) => ({ ...statement, Principal }));
	};
	const Statement = [
		...allowed('writer', ['write']),
		...allowed('reader', ['list', 'read']),
		...allowed('opener', ['read']),
	];
	const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
	await admin.send(new commands.PutBucketPolicyCommand({ Bucket: bucket, Policy }));
	return {
		server,
		host: new URL(server.endpoint).host,
		keys: { owner, writer, reader, opener },
		async put(Key, Body) {
			await admin.send(new commands.PutObjectCommand({ Bucket: bucket, Key, Body }));
		},
		async remove(Key) {
			await admin.send(new commands.DeleteObjectCommand({ Bucket: bucket, Key }));
		},
		async allowCors() {
			const CORSRules = [
				{
					...{ AllowedMethods: ['GET', 'HEAD'], AllowedOrigins: ['*'], AllowedHeaders: ['*'] },
					ExposeHeaders: ['Content-Length', 'Content-Range'],
				},
			];
			const CORSConfiguration = { CORSRules };
			await admin.send(new commands.PutBucketCorsCommand({ Bucket: bucket, CORSConfiguration }));
		},
	};
}
