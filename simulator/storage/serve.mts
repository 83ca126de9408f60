import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorXml, S3_ERRORS, S3Refused } from './errors.mts';
import type { S3Operation, StorageFault } from './faults.mts';
import { listXml } from './list.mts';
import { need, readObject, writeObject } from './operations.mts';
import type { S3Answer, S3Call } from './operations.mts';
import { authenticate, claimedKey } from './signature.mts';
import type { S3Request } from './signature.mts';
import type { S3LogEntry, Storage } from './storage.mts';
import type { Bucket } from './options.mts';

/** A region is not asked of buckets that do not exist. */
const NO_BUCKET: Bucket = { name: '', region: null, writeOnce: false, checksum: false };

const HTML =
	'<!DOCTYPE html><html><head><title>Console</title></head><body>Please log in</body></html>';

const CHUNK = Buffer.alloc(65_536);

const answer = (status: number, type: string, text: string, headers = {}): S3Answer => ({
	status,
	headers: { 'content-type': type, ...headers },
	body: Buffer.from(text),
});

const refusalAnswer = (refused: S3Refused, requestId: string): S3Answer =>
	answer(
		S3_ERRORS[refused.code][0],
		'application/xml',
		errorXml(refused, requestId),
		refused.headers,
	);

/** `/bucket/a/b` as bucket and key, decoded once. @throws S3Refused InvalidArgument */
function placeOf(url: string): { bucket: string; key: string } {
	const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(url.split('?')[0] ?? '') ?? [];
	try {
		return { bucket: decodeURIComponent(bucket), key: decodeURIComponent(key) };
	} catch {
		throw new S3Refused('InvalidArgument', { message: 'Could not parse the specified URI.' });
	}
}

function operationOf(method: string, key: string): S3Operation {
	if (method === 'GET') return key === '' ? 'list' : 'get';
	if (key === '') return 'other';
	return method === 'HEAD' ? 'head' : method === 'PUT' ? 'put' : 'other';
}

/** A fault that answers instead of the storage. @throws S3Refused */
function insteadOf(fault: StorageFault | undefined, presigned: boolean): S3Answer | undefined {
	switch (fault?.kind) {
		case 'answer': {
			const text = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body);
			return answer(fault.status, 'application/xml', text ?? '', fault.headers);
		}
		case 'error':
			throw new S3Refused(fault.code, { facts: fault.facts, headers: fault.headers });
		case 'slowDown': {
			const { retryAfter } = fault;
			const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
			throw new S3Refused('SlowDown', { headers });
		}
		case 'wrongRegion':
			throw new S3Refused(
				presigned ? 'AuthorizationQueryParametersError' : 'AuthorizationHeaderMalformed',
				{
					message: `Error parsing the Credential; the region is wrong; expecting '${fault.region}'`,
					facts: { Region: fault.region },
					headers: { 'x-amz-bucket-region': fault.region },
				},
			);
		case 'redirect':
			throw new S3Refused(fault.status === 301 ? 'PermanentRedirect' : 'TemporaryRedirect', {
				facts: { Endpoint: fault.endpoint },
				headers: { location: `http://${fault.endpoint}/` },
			});
		case 'html':
			return answer(fault.status, 'text/html', HTML);
		default:
			return undefined;
	}
}

function carryOut(storage: Storage, request: S3Request, fault: StorageFault | undefined): S3Answer {
	const place = placeOf(request.url);
	const found = storage.store.bucket(place.bucket);
	const bucket = found ?? NO_BUCKET;
	const now = storage.now();
	const key = authenticate(request, storage.keys, bucket.region, storage.today());
	if (found === undefined) {
		throw new S3Refused('NoSuchBucket', { facts: { BucketName: place.bucket } });
	}
	const query = new URLSearchParams(request.url.split('?')[1]);
	const { store } = storage;
	const call: S3Call = { request, query, key, bucket, objectKey: place.key, store, now };
	switch (operationOf(request.method, place.key)) {
		case 'list': {
			need(call, 'list');
			const trouble =
				fault?.kind === 'endlessList' || fault?.kind === 'repeatedToken' ? fault.kind : undefined;
			const xml = listXml(bucket.name, store.objects(bucket.name), query, trouble);
			return answer(200, 'application/xml', xml);
		}
		case 'get':
		case 'head':
			return readObject(call);
		case 'put':
			return writeObject(call);
		case 'other':
			throw new S3Refused('MethodNotAllowed');
	}
}

/** Sends an answer, and counts what is sent. */
async function deliver(
	{ status, headers, body }: S3Answer,
	fault: StorageFault | undefined,
	request: S3Request,
	entry: S3LogEntry,
	response: ServerResponse,
): Promise<void> {
	const ignoresRange = fault?.kind === 'ignoreRange' && entry.operation === 'get' && status < 300;
	const size = ignoresRange ? fault.bytes : body.length;
	entry.status = ignoresRange ? 200 : status;
	response.writeHead(entry.status, { ...headers, 'content-length': size });
	if (request.method === 'HEAD') return void response.end();
	function* chunks(): Generator<Buffer> {
		for (let left = size; left > 0; left -= CHUNK.length) {
			const from = size - left;
			const chunk = ignoresRange
				? CHUNK.subarray(0, Math.min(left, CHUNK.length))
				: body.subarray(from, from + CHUNK.length);
			const cut = fault?.kind === 'reset' ? (fault.afterBytes ?? 0) - from : Infinity;
			if (cut <= chunk.length) {
				response.write(chunk.subarray(0, cut), () => response.socket?.destroy());
				return;
			}
			entry.sentBytes += chunk.length;
			yield chunk;
		}
	}
	// A client that has seen enough hangs up.
	await pipeline(Readable.from(chunks(), { highWaterMark: 1 }), response).catch(() => undefined);
}

async function handle(
	storage: Storage,
	message: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { method = 'GET', url = '/', headers } = message;
	const body = Buffer.concat(await message.toArray());
	const request: S3Request = { method, url, headers, body };
	const requestId = randomUUID();
	const entry = storage.begin(described(request));
	storage.sync();
	const subject = {
		...entry,
		key: entry.operation === 'list' ? (entry.query.prefix ?? '') : entry.key,
	};
	const met = storage.faultScript.meet(subject);
	entry.fault = met?.id;
	const fault = met?.fault;
	if (fault?.kind === 'hang') return;
	if (fault?.kind === 'reset' && fault.afterBytes === undefined) {
		return void message.socket.resetAndDestroy();
	}
	if (fault?.kind === 'slow') await sleep(fault.ms, undefined, { ref: false });
	let result: S3Answer;
	try {
		result = insteadOf(fault, entry.signed === 'query') ?? carryOut(storage, request, fault);
	} catch (error) {
		if (!(error instanceof S3Refused)) throw error;
		entry.error = error.code;
		result = refusalAnswer(error, requestId);
	}
	if (fault?.kind === 'vanish') {
		for (const { bucket, key } of storage.objects()) {
			if (key.includes(fault.key)) storage.remove(bucket, key);
		}
	}
	const skew = fault?.kind === 'skewedDate' ? fault.ms : 0;
	response.setHeader('date', new Date(storage.today() + skew).toUTCString());
	response.setHeader('x-amz-request-id', requestId);
	await deliver(result, fault, request, entry, response);
}

/** What the log says of a request. */
function described({ method, url, headers }: S3Request) {
	const all = [...new URLSearchParams(url.split('?')[1])];
	const authorization = headers.authorization ?? '';
	const signed = all.some(([name]) => name === 'X-Amz-Signature')
		? ('query' as const)
		: authorization === ''
			? ('no' as const)
			: authorization.startsWith('AWS4-HMAC-SHA256')
				? ('header' as const)
				: ('other' as const);
	let place = { bucket: '', key: '' };
	try {
		place = placeOf(url);
	} catch {
		// The answer says so.
	}
	return {
		method,
		operation: operationOf(method, place.key),
		...place,
		query: Object.fromEntries(all.filter(([name]) => !name.startsWith('X-Amz-'))),
		signed,
		accessKey: claimedKey({ url, headers }),
		headerNames: Object.keys(headers),
		range: headers.range,
	};
}

/** Serves the buckets on 127.0.0.1. @throws Error if the port is taken. @returns what ends it */
export async function serveStorage(storage: Storage, port: number): Promise<() => Promise<void>> {
	const server = createServer((message, response) => {
		handle(storage, message, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
	const { port: chosen } = server.address() as AddressInfo;
	storage.url = `http://127.0.0.1:${chosen}`;
	return async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	};
}
