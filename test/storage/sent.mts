import type { StorageAnswer } from '../../nodes/AgoraCloudRecording/storage/troubles/answer.ts';
import type { SignedRequest } from '../../nodes/AgoraCloudRecording/storage/requests.ts';
import { request } from 'node:http';

export interface Received extends StorageAnswer {
	bytes: Buffer;
}

/**
 * Sends a request over plain HTTP with the path just as it is in the URL: no client may tidy it up.
 */
export function sent({
	method,
	url,
	headers,
	body,
}: Omit<SignedRequest, 'method'> & { method: string }) {
	const [, host, port, path] = /^http:\/\/([^:/]+):(\d+)(.*)$/.exec(url) ?? [];
	return new Promise<Received>((resolve, reject) => {
		const outgoing = request({ host, port, path, method, headers }, (incoming) => {
			const chunks: Buffer[] = [];
			incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
			incoming.on('error', reject);
			incoming.on('end', () => {
				const bytes = Buffer.concat(chunks);
				const status = incoming.statusCode ?? 0;
				resolve({ status, headers: incoming.headers, body: bytes.toString(), bytes });
			});
		});
		outgoing.on('error', reject);
		outgoing.end(body);
	});
}

/** Opens a link. */
export const opened = (url: string, method = 'GET') => sent({ method, url, headers: {} });
