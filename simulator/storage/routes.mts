import type { FastifyInstance } from 'fastify';
import { jsonOf } from '../controlRoutes.mts';
import { accessKeySchema, bucketSchema } from './options.mts';
import type { Storage } from './storage.mts';
import { storageFaultSchema } from './faults.mts';

type WithName = { Params: { name: string } };
type WithId = { Params: { id: string } };
type WithObject = { Params: { bucket: string; '*': string } };

/** `Storage`'s functions over HTTP, beside the other controls. Secrets read `***`. */
export function storageRoutes(server: FastifyInstance, find: () => Storage): void {
	const overview = () => ({
		url: find().url,
		buckets: find().buckets(),
		keys: [...find().keys.values()].map((key) => ({
			...key,
			secretKey: '***',
			...(key.sessionToken === undefined ? {} : { sessionToken: '***' }),
		})),
	});
	server.get('/storage', overview);
	server.put<WithName>('/storage/buckets/:name', (request) => {
		const changes = bucketSchema.omit({ name: true }).parse(jsonOf(request));
		find().setBucket({ name: request.params.name, ...changes });
		return overview();
	});
	server.put<WithName>('/storage/keys/:name', (request) => {
		const changes = accessKeySchema.omit({ accessKey: true }).parse(jsonOf(request));
		find().setKey({ accessKey: request.params.name, ...changes });
		return overview();
	});
	server.delete<WithName>('/storage/keys/:name', ({ params }) => {
		find().removeKey(params.name);
		return overview();
	});

	server.get('/storage/objects', () => find().objects());
	server.put<WithObject>('/storage/objects/:bucket/*', ({ params, body, headers }) => {
		const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
		find().put(params.bucket, params['*'], bytes, headers['content-type']);
		return find().objects();
	});
	server.delete<WithObject>('/storage/objects/:bucket/*', ({ params }) => {
		find().remove(params.bucket, params['*']);
		return find().objects();
	});

	server.get('/storage/requests', () => find().requests());
	server.delete('/storage/requests', () => {
		find().clearRequests();
		return {};
	});

	server.get('/storage/faults', () => find().faults());
	server.post('/storage/faults', (request) => ({
		id: find().addFault(storageFaultSchema.parse(jsonOf(request))),
	}));
	server.delete('/storage/faults', () => {
		find().clearFaults();
		return {};
	});
	server.delete<WithId>('/storage/faults/:id', ({ params }) => {
		find().clearFaults(Number(params.id));
		return {};
	});
}
