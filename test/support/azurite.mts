import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { judgesFolder, loadJudge } from '../../tools/judges.mjs';
import { freePort } from '../../tools/n8n-server.mjs';
import { start, stop } from '../../tools/process.mjs';

interface BlobItem {
	name: string;
	properties: { contentLength: number; etag: string; lastModified: Date };
}

/** A container, as Microsoft's SDK has it. */
export interface Container {
	create: () => Promise<unknown>;
	getBlockBlobClient: (name: string) => {
		uploadData: (bytes: Buffer) => Promise<unknown>;
		delete: () => Promise<unknown>;
	};
	listBlobsFlat: () => AsyncIterable<BlobItem>;
}

interface Azure {
	StorageSharedKeyCredential: new (account: string, key: string) => object;
	BlobServiceClient: new (
		url: string,
		credential: object,
	) => { getContainerClient: (name: string) => Container };
}

const azure = loadJudge('@azure/storage-blob') as Azure;

/** Milliseconds between two looks, and how many there are. */
const LOOK_EVERY_MS = 200;
const MOST_LOOKS = 300;

/** Starts Microsoft's emulator of Azure Blob Storage with one account, all data in memory, on 127.0.0.1. */
export async function startAzurite(account: string, key: string) {
	const port = await freePort();
	const program = join(judgesFolder, 'node_modules', '.bin', 'azurite-blob');
	// The SDK is newer than the emulator; nobody outside is told.
	const options = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry'];
	const server = start(
		process.execPath,
		[program, '--blobHost', '127.0.0.1', '--blobPort', String(port), ...options],
		{ env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${key}` } },
	);
	const endpoint = `http://127.0.0.1:${port}/${account}`;
	for (let looks = 0; ; looks++) {
		try {
			await fetch(endpoint);
			break;
		} catch (error) {
			if (looks > MOST_LOOKS) throw error;
			await sleep(LOOK_EVERY_MS);
		}
	}
	const credential = new azure.StorageSharedKeyCredential(account, key);
	const client = new azure.BlobServiceClient(endpoint, credential);
	return {
		port,
		/** Address of the account. */
		endpoint,
		container: (name: string) => client.getContainerClient(name),
		stop: async () => await stop(server),
	};
}

export type Azurite = Awaited<ReturnType<typeof startAzurite>>;
