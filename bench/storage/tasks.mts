/** What the bench lets this package and the AWS SDK do, each in a process of its own. */
import type { IDataObject } from 'n8n-workflow';
import type * as LinksModule from '../../nodes/AgoraCloudRecording/storage/links.ts';
import { loadJudge } from '../../tools/judges.mjs';
import { createHost, loadPackage, withDefaults } from '../../test/support/host.mts';
import { built } from '../../test/support/built.mts';
import { LINKS, type Place, type Task } from './plan.mts';

const DAY_S = 3600 * 24;

interface Sdk {
	S3Client: new (options: object) => { send: (command: object) => Promise<never> };
	GetObjectCommand: new (input: object) => object;
	ListObjectsV2Command: new (input: object) => object;
}
interface Presigner {
	getSignedUrl: (client: object, command: object, options: object) => Promise<string>;
}

/** @returns does the task once and tells how many links it made */
export async function packageTask(task: Task, place: Place): Promise<() => Promise<number>> {
	const { endpoint, bucket, accessKey, secretKey, prefix, sids } = place;
	if (task === 'links') {
		const { linksTo } = built('storage/links') as typeof LinksModule;
		const access = { vendor: 's3Compatible', bucket, endpoint, keys: { accessKey, secretKey } };
		return async () => {
			const linkTo = linksTo(access, { seconds: DAY_S, now: Date.now() });
			let made = 0;
			for (; made < LINKS; made++) linkTo(`${prefix}${sids.list}_c_${made}.mp4`);
			return await Promise.resolve(made);
		};
	}
	const host = createHost(await loadPackage());
	const operation = task === 'list' ? 'getMany' : 'getPlaylist';
	const options = { waitForFiles: 0, links: { link: { checkLinks: false } } };
	const parameters = withDefaults(host.nodeType, {
		...{ resource: 'file', operation, recordingSource: 'manual', sid: sids[task] },
		...{ folder: prefix, files: 'slices', returnAll: true },
		options: task === 'list' ? { ...options, ifMissing: 'return' } : { waitForFiles: 0 },
	});
	const credentials: IDataObject = {
		...{ appId: '0'.repeat(32), storageVendor: 's3Compatible', storageEndpoint: endpoint },
		...{ storageBucket: bucket, storageAccessKey: accessKey, storageSecretKey: secretKey },
	};
	return async () => {
		const items = await host.runNode({ parameters, credentials: credentials as never });
		return task === 'list' ? items.length : Number(items[0].json.segments);
	};
}

/** The same with the AWS SDK, as its documents show it. */
export async function sdkTask(task: Task, place: Place): Promise<() => Promise<number>> {
	const { endpoint, bucket, accessKey, secretKey, prefix, sids } = place;
	const sdk = loadJudge('@aws-sdk/client-s3') as Sdk;
	const { getSignedUrl } = loadJudge('@aws-sdk/s3-request-presigner') as Presigner;
	// What n8n takes to start is not to be told apart: both have it.
	await loadPackage();
	const client = new sdk.S3Client({
		...{ endpoint, region: 'us-east-1', forcePathStyle: true },
		credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
	});
	const linkTo = async (Key: string) =>
		await getSignedUrl(client, new sdk.GetObjectCommand({ Bucket: bucket, Key }), {
			expiresIn: DAY_S,
		});
	const list = async (Prefix: string) => {
		const keys: string[] = [];
		let ContinuationToken: string | undefined;
		do {
			const command = new sdk.ListObjectsV2Command({ Bucket: bucket, Prefix, ContinuationToken });
			const page: { Contents?: Array<{ Key: string }>; NextContinuationToken?: string } =
				await client.send(command);
			keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
			ContinuationToken = page.NextContinuationToken;
		} while (ContinuationToken);
		return keys;
	};
	if (task === 'links') {
		return async () => {
			let made = 0;
			for (; made < LINKS; made++) await linkTo(`${prefix}${sids.list}_c_${made}.mp4`);
			return made;
		};
	}
	// A recording's files, and those of servers that took over, as the package looks for them.
	const all = async (sid: string) =>
		(
			await Promise.all(
				['', 'bak0_', 'bak1_', 'bak2_'].map(async (move) => await list(`${prefix}${move}${sid}_`)),
			)
		).flat();
	if (task === 'list') {
		return async () => {
			const slices = (await all(sids.list)).filter((key) => key.endsWith('.ts'));
			const links: string[] = [];
			for (const key of slices) links.push(await linkTo(key));
			return links.length;
		};
	}
	return async () => {
		const keys = await all(sids.playlist);
		const playlist = keys.find((key) => key.endsWith('.m3u8')) ?? '';
		const answer: { Body: { transformToString: () => Promise<string> } } = await client.send(
			new sdk.GetObjectCommand({ Bucket: bucket, Key: playlist }),
		);
		const lines = (await answer.Body.transformToString()).split('\n');
		const text: string[] = [];
		let made = 0;
		for (const line of lines) {
			if (line.startsWith('#') || line === '') text.push(line);
			else {
				text.push(await linkTo(`${prefix}${line}`));
				made++;
			}
		}
		return text.join('\n') === '' ? 0 : made;
	};
}
