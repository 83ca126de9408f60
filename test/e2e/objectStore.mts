import Fastify from 'fastify';

/** An object, and how often somebody has read it. */
export interface StoredObject {
	bytes: Buffer;
	type: string;
	reads: number;
}

/** Storage that speaks as much of S3 as one download takes. */
export interface ObjectStore {
	url: string;
	/** By bucket and key. */
	objects: Map<string, StoredObject>;
	close(): Promise<void>;
}

const NO_SUCH_KEY = '<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>';
const DENIED = '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>';

/**
 * Starts storage on 127.0.0.1 that takes objects from anybody and gives them to whoever names the access
 * key in an AWS signature. The signature itself is not verified.
 */
export async function startObjectStore(region: string, accessKey: string): Promise<ObjectStore> {
	const objects = new Map<string, StoredObject>();
	const server = Fastify({ routerOptions: { maxParamLength: 2048 } });
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
		done(null, body),
	);
	const keyOf = (url: string) => decodeURIComponent(url.split('?')[0] ?? '').slice(1);

	server.put('/*', (request, reply) => {
		const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
		const type = request.headers['content-type'] ?? 'binary/octet-stream';
		objects.set(keyOf(request.url), { bytes, type, reads: 0 });
		return reply.code(200).send();
	});
	server.get('/*', (request, reply) => {
		const signed = new RegExp(`^AWS4-HMAC-SHA256 Credential=${accessKey}/\\d{8}/${region}/s3/`);
		if (!signed.test(request.headers.authorization ?? '')) {
			return reply.code(403).type('application/xml').send(DENIED);
		}
		if (/\?location/.test(request.url)) {
			return reply
				.type('application/xml')
				.send(
					`<?xml version="1.0"?><LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${region}</LocationConstraint>`,
				);
		}
		const object = objects.get(keyOf(request.url));
		if (!object) return reply.code(404).type('application/xml').send(NO_SUCH_KEY);
		object.reads++;
		return reply.type(object.type).send(object.bytes);
	});

	const url = await server.listen({ port: 0, host: '127.0.0.1' });
	return { url, objects, close: () => server.close() };
}
