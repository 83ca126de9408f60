import { connect } from 'node:net';
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

/**
 * Starts Microsoft's emulator of Azure Blob Storage with one account, all data in memory, on 127.0.0.1.
 *
 * @param certificate files of a certificate and its key, to answer over TLS; links for HTTPS alone take it
 */
export async function startAzurite(
	account: string,
	key: string,
	certificate?: { cert: string; key: string },
) {
	const port = await freePort();
	const program = join(judgesFolder, 'node_modules', '.bin', 'azurite-blob');
	const tls = certificate ? ['--cert', certificate.cert, '--key', certificate.key] : [];
	// The SDK is newer than the emulator; nobody outside is told.
	const options = ['--inMemoryPersistence', '--skipApiVersionCheck', '--disableTelemetry', ...tls];
	const server = start(
		process.execPath,
		[program, '--blobHost', '127.0.0.1', '--blobPort', String(port), ...options],
		{ env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${key}` } },
	);
	for (let looks = 0; !(await isOpen(port)); looks++) {
		if (looks > MOST_LOOKS) throw new Error('azurite does not answer');
		await sleep(LOOK_EVERY_MS);
	}
	const endpoint = `http://127.0.0.1:${port}/${account}`;
	const credential = new azure.StorageSharedKeyCredential(account, key);
	return {
		port,
		/** Address of the account. */
		endpoint,
		/** @param address of the account */
		container: (name: string, address = endpoint) =>
			new azure.BlobServiceClient(address, credential).getContainerClient(name),
		stop: async () => await stop(server),
	};
}

const isOpen = async (port: number) =>
	await new Promise<boolean>((resolve) => {
		const socket = connect(port, '127.0.0.1', () => {
			socket.destroy();
			resolve(true);
		}).on('error', () => resolve(false));
	});

export type Azurite = Awaited<ReturnType<typeof startAzurite>>;
