import { request } from 'node:https';
import { connect, type AddressInfo, type Socket } from 'node:net';
import {
	connect as connectTls,
	createServer,
	getCACertificates,
	setDefaultCACertificates,
} from 'node:tls';
import type { Received } from '../storage/sent.mts';
import { selfSigned } from './certificate.mts';
import { startProxy } from './proxy.mts';

/** A server of this computer. */
interface Behind {
	port: number;
	/** Whether it wants TLS itself. */
	tls: boolean;
}

/**
 * Lets servers of this computer answer under hosts of the world: a proxy, which n8n's HTTP helper takes from
 * the environment, leads to them. TLS ends here; what is inside is handed on byte by byte, so that a server
 * sees the very path and `Host` that were signed. No other host is reached over HTTPS meanwhile.
 *
 * @param behind the servers, by host
 */
export async function answerAs(behind: Readonly<Record<string, Behind>>) {
	const hosts = Object.keys(behind);
	const { key, cert } = selfSigned(hosts);
	const open = new Set<Socket>();
	const server = createServer({ key, cert }, (outside) => {
		const { tls, port: to } = behind[String(outside.servername)];
		const inside = tls
			? connectTls({ host: '127.0.0.1', port: to, rejectUnauthorized: false })
			: connect(to, '127.0.0.1');
		for (const [one, other] of [
			[outside, inside],
			[inside, outside],
		]) {
			open.add(one);
			one.on('error', () => other.destroy());
			one.on('close', () => open.delete(one));
			one.pipe(other);
		}
	});
	server.on('tlsClientError', () => undefined);
	await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
	const { port } = server.address() as AddressInfo;
	const proxy = await startProxy((host) => hosts.includes(host), port);
	const before = getCACertificates('default');
	setDefaultCACertificates([...before, cert]);
	const { HTTPS_PROXY, NO_PROXY } = process.env;
	Object.assign(process.env, { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' });
	return {
		proxy: proxy.url,
		/** Hosts that somebody else asked for. */
		refused: proxy.refused,
		/** For requests of the node to the storage: these hosts are here. */
		route(url: string): string {
			if (hosts.includes(new URL(url).host)) return url;
			throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
		},
		/** Opens a link, its path as it is. */
		async opened(url: string): Promise<Received> {
			const [, host = '', path] = /^https:\/\/([^/]+)(.*)$/.exec(url) ?? [];
			return await new Promise((resolve, reject) => {
				const options = { host: '127.0.0.1', port, path, servername: host, ca: cert };
				const outgoing = request({ ...options, headers: { host } }, (incoming) => {
					const chunks: Buffer[] = [];
					incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
					incoming.on('error', reject);
					incoming.on('end', () => {
						const bytes = Buffer.concat(chunks);
						const { statusCode: status = 0, headers } = incoming;
						resolve({ status, headers, body: bytes.toString(), bytes });
					});
				});
				outgoing.on('error', reject);
				outgoing.end();
			});
		},
		close(): void {
			setDefaultCACertificates(before);
			Object.assign(process.env, { HTTPS_PROXY, NO_PROXY });
			if (HTTPS_PROXY === undefined) delete process.env.HTTPS_PROXY;
			if (NO_PROXY === undefined) delete process.env.NO_PROXY;
			proxy.close();
			for (const socket of open) socket.destroy();
			server.close();
		},
	};
}

export type HostNames = Awaited<ReturnType<typeof answerAs>>;
