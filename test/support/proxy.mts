import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

/**
 * Starts a proxy, as companies have one, that leads to one server whatever is asked for of some hosts.
 *
 * @param isKnown whether a host is one of them; all others are refused
 * @param port of that server, on this computer
 */
export async function startProxy(isKnown: (host: string) => boolean, port: number) {
	const refused: string[] = [];
	const proxy = createServer().on('connect', (request, socket) => {
		const [host = ''] = (request.url ?? '').split(':');
		socket.on('error', () => socket.destroy());
		if (!isKnown(host)) {
			refused.push(host);
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		const server = connect(port, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			server.pipe(socket).pipe(server);
		});
		server.on('error', () => socket.destroy());
	});
	await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready));
	return {
		url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
		/** Other hosts that somebody asked for. */
		refused,
		close(): void {
			proxy.closeAllConnections();
			proxy.close();
		},
	};
}
