import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

/** A notification of Agora's, as far as a report needs it. */
export interface Notice {
	eventType: number;
	/** Of the recording that it is about. */
	sid: string | undefined;
	/** Unix milliseconds at which it came. */
	at: number;
	/** Whether each signature is that of the raw body; null where it or the secret is missing. */
	signed: { sha1: boolean | null; sha256: boolean | null };
}

const notice = z.object({
	eventType: z.number(),
	payload: z.object({ sid: z.string().optional() }).optional(),
});

const HEADERS = { sha1: 'agora-signature', sha256: 'agora-signature-v2' } as const;

/** Takes Agora's notifications at 127.0.0.1, to which the user's tunnel leads. Answers all with 200. */
export async function listen(port: number, secret: string) {
	const notices: Notice[] = [];
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			response.setHeader('content-type', 'application/json').end('{}');
			const raw = Buffer.concat(chunks);
			const fits = (algorithm: keyof typeof HEADERS) => {
				const given = request.headers[HEADERS[algorithm]];
				if (secret === '' || given === undefined) return null;
				return createHmac(algorithm, secret).update(raw).digest('hex') === given;
			};
			const parsed = notice.safeParse(jsonOf(raw));
			if (!parsed.success) return;
			const { eventType, payload } = parsed.data;
			const signed = { sha1: fits('sha1'), sha256: fits('sha256') };
			notices.push({ eventType, sid: payload?.sid, at: Date.now(), signed });
		});
	});
	await new Promise<void>((listening, failed) => {
		server.once('error', failed).listen(port, '127.0.0.1', listening);
	});
	return {
		notices: notices as readonly Notice[],
		port: (server.address() as AddressInfo).port,
		close: () => void server.close(),
	};
}

function jsonOf(raw: Buffer): unknown {
	try {
		return JSON.parse(raw.toString('utf8'));
	} catch {
		return undefined;
	}
}
