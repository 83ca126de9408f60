/** The rules of docs/personal-data.md, before a real S3 server: Ceph's radosgw, in whose day is a second. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { loadJudge } from '../../tools/judges.mjs';
import { startRadosgw, type Keys, type Radosgw } from '../support/radosgw.mts';

interface Answer {
	Contents?: Array<{ Key: string }>;
	Rules?: Array<{ ID: string }>;
}
type Command = new (input: object) => object;
interface S3 {
	S3Client: new (options: object) => { send: (command: object) => Promise<Answer> };
	CreateBucketCommand: Command;
	GetBucketLifecycleConfigurationCommand: Command;
	ListObjectsV2Command: Command;
	PutBucketLifecycleConfigurationCommand: Command;
	PutBucketPolicyCommand: Command;
	PutObjectCommand: Command;
}

const Bucket = 'my-recordings';
/** Of the rules, in seconds, and some more. */
const EXPIRED_WITHIN_MS = 90_000;
const { S3Client, ...commands } = loadJudge('@aws-sdk/client-s3') as S3;

/** The blocks of JSON below a heading of the page. */
const blocks = (heading: string): object[] =>
	[
		...readFileSync('docs/personal-data.md', 'utf8')
			.split(`## ${heading}\n`)[1]
			.split('\n## ')[0]
			.matchAll(/^```json\n([^]*?)^```/gm),
	].map(([, json]) => JSON.parse(json) as object);

describe('Retention per workflow', () => {
	const [byTag, policy, byFolder] = blocks('Retention per workflow');
	let server: Radosgw;
	let owner: InstanceType<S3['S3Client']>;
	let writer: InstanceType<S3['S3Client']>;
	const clientOf = ({ accessKey, secretKey }: Keys) =>
		new S3Client({
			...{ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true },
			credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
		});
	const put = async (by: typeof owner, Key: string, Tagging?: string) =>
		await by.send(new commands.PutObjectCommand({ Bucket, Key, Body: 'x', Tagging }));
	const keys = async () =>
		(await owner.send(new commands.ListObjectsV2Command({ Bucket }))).Contents?.map(
			({ Key }) => Key,
		);
	/** Sets the rules, and waits until only these objects are left. */
	async function expires(rules: object, left: string[]): Promise<void> {
		await owner.send(
			new commands.PutBucketLifecycleConfigurationCommand({
				Bucket,
				LifecycleConfiguration: rules,
			}),
		);
		const { Rules } = await owner.send(
			new commands.GetBucketLifecycleConfigurationCommand({ Bucket }),
		);
		const names = (rules as { Rules: Array<{ ID: string }> }).Rules.map(({ ID }) => ID);
		assert.deepEqual(Rules?.map(({ ID }) => ID).sort(), names.sort());
		const deadline = Date.now() + EXPIRED_WITHIN_MS;
		do {
			await sleep(1_000);
			await server.expire();
		} while ((await keys())?.length !== left.length && Date.now() < deadline);
		assert.deepEqual(await keys(), left);
	}

	before(async () => {
		server = await startRadosgw({ daySeconds: 1 });
		owner = clientOf(await server.addUser('owner'));
		writer = clientOf(await server.addUser('writer'));
		await owner.send(new commands.CreateBucketCommand({ Bucket }));
	});
	after(async () => await server?.stop());

	it('a key with these rights writes tagged files', async () => {
		const { Statement } = policy as { Statement: object[] };
		const Principal = { AWS: ['arn:aws:iam:::user/writer'] };
		const statements = Statement.map((statement) => ({ ...statement, Principal }));
		const Policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
		await assert.rejects(put(writer, 'lessons/tagged.mp4', 'retention=30days'));
		await owner.send(new commands.PutBucketPolicyCommand({ Bucket, Policy }));
		await put(writer, 'lessons/tagged.mp4', 'retention=30days');
	});

	it('files with the tag are deleted, others stay', async () => {
		await put(owner, 'lessons/other.mp4', 'retention=years');
		await put(owner, 'lessons/untagged.mp4');
		await expires(byTag, ['lessons/other.mp4', 'lessons/untagged.mp4']);
	});

	it('files in the folder are deleted, others stay', async () => {
		await put(owner, 'contracts/kept.mp4');
		await expires(byFolder, ['contracts/kept.mp4']);
	});
});
