import type { IDataObject, IHttpRequestOptions } from 'n8n-workflow';
import type { Simulator, Storage } from '../../simulator/index.mts';
import type { VirtualTime } from '../support/virtualTime.mts';
import { BUCKET } from './account.mts';
import type { Life, Moment } from './life.mts';
import { storageFaultOf } from './storageTroubles.mts';
import type { StorageSent } from './told.mts';
import { failure, refusal, type Sender, type Wire } from './wire.mts';
import { STRANGERS_SID } from './wrongAnswers.mts';

export type PlainSend = (options: IHttpRequestOptions) => Promise<unknown>;

/** What n8n's helper gives for a body as a stream. */
interface StreamedResponse {
	statusCode: number;
	headers: IDataObject;
	body: AsyncIterable<Uint8Array>;
}

/** An answer that is here, as far as it came. */
interface Answer {
	statusCode: number;
	headers: IDataObject;
	bytes: Buffer;
	/** What cut it off. */
	broken?: Error;
}

const XML = { 'content-type': 'application/xml' };

export function storageOf({ control: { storage } }: Simulator): Storage {
	if (!storage) throw new Error('The simulator serves no bucket');
	return storage;
}

/** The network between the node and the storage, in virtual time as {@link Wire}. */
export class StorageWire {
	readonly requests: StorageSent[] = [];
	private readonly counts = { list: 0, get: 0 };
	/** Of `AbortSignal.timeout`, which the node bounds whole answers by. */
	private deadlines: Array<{ at: number; end: AbortController }> = [];

	private readonly wire: Wire;
	private readonly life: Life;
	private readonly storage: Storage;
	private readonly time: VirtualTime;
	private readonly reach: (moment: Moment) => void;
	private readonly next: () => number;

	constructor(
		wire: Wire,
		life: Life,
		storage: Storage,
		time: VirtualTime,
		reach: (moment: Moment) => void,
		next: () => number,
	) {
		this.wire = wire;
		this.life = life;
		this.storage = storage;
		this.time = time;
		this.reach = reach;
		this.next = next;
	}

	/** Stands for `AbortSignal.timeout`. */
	timeout(ms: number): AbortSignal {
		const end = new AbortController();
		this.deadlines.push({ at: this.time.now() + ms, end });
		return end.signal;
	}

	/** Stands for n8n's `httpRequest`. */
	async send(who: Sender, send: PlainSend, options: IHttpRequestOptions): Promise<unknown> {
		const { wire, time } = this;
		if (who.execution.dead) return await wire.silence();
		const sent = this.begin(who, options);
		const { trouble, number } = sent;
		const latencyMs = trouble?.kind === 'endlessList' ? 0 : this.life.latencyMs;
		const { timeout = 300_000 } = options;
		const signal = options.abortSignal as AbortSignal | undefined;
		try {
			this.reach({ stored: number, point: 'sent' });
			if (who.execution.dead) return await wire.silence();
			if (signal?.aborted) throw failure('ERR_CANCELED', 'canceled');
			if (trouble?.kind === 'hostRefuses') throw refusal('policy');
			if (trouble?.kind === 'network') {
				throw failure(trouble.code, `${trouble.code} 127.0.0.1`);
			}
			sent.left = true;
			const slow = trouble?.kind === 'hang' ? Infinity : trouble?.kind === 'slow' ? trouble.ms : 0;
			await wire.pause(latencyMs / 2, signal);
			if (slow + latencyMs > timeout) {
				await wire.pause(timeout - latencyMs / 2, signal);
				if (who.execution.dead) return await wire.silence();
				throw failure('ECONNABORTED', `timeout of ${timeout}ms exceeded`);
			}
			const answer = await this.answerTo(sent, send, options);
			await wire.pause(latencyMs / 2 + slow, signal);
			if (who.execution.dead) return await wire.silence();
			if (answer instanceof Error) throw answer;
			sent.status = answer.statusCode;
			const { statusCode, headers } = answer;
			return { statusCode, headers, body: this.bodyOf(sent, answer, signal) };
		} catch (thrown) {
			sent.failure = (thrown as { code?: string }).code ?? (thrown as Error).message;
			throw thrown;
		} finally {
			sent.answeredAt = time.now();
			if (!who.execution.dead) this.reach({ stored: number, point: 'answered' });
		}
	}

	private begin(who: Sender, { url, headers = {} }: IHttpRequestOptions): StorageSent {
		const { pathname, searchParams } = new URL(url);
		const key = decodeURIComponent(pathname).slice(`/${BUCKET}/`.length);
		const on = key === '' ? 'list' : 'get';
		const nth = ++this.counts[on];
		const met = this.life.storage.faults.find(
			(fault) => fault.on === on && nth >= fault.nth && nth < fault.nth + fault.times,
		);
		const sent: StorageSent = {
			order: this.next(),
			number: this.requests.length + 1,
			execution: who.execution.name,
			node: who.node,
			runIndex: who.runIndex,
			attempt: who.attempt,
			on,
			key: on === 'list' ? (searchParams.get('prefix') ?? '') : key,
			opens: headers.Range !== undefined,
			sentAt: this.time.now(),
			...(met && { trouble: met.trouble }),
			left: false,
			status: 0,
			afterCancel: who.execution.cancelledAt !== undefined,
		};
		this.requests.push(sent);
		return sent;
	}

	/** The whole answer, or why there is none. */
	private async answerTo(
		{ trouble, number }: StorageSent,
		send: PlainSend,
		options: IHttpRequestOptions,
	): Promise<Answer | Error> {
		// Thousands of pages, which nobody has to ask the simulator for.
		if (trouble?.kind === 'endlessList') return endlessPage(number);
		return await this.wire.oneByOne(async () => {
			if (this.life.storage.forged) forgePlaylists(this.storage, this.life.storage.folder);
			const fault = trouble && storageFaultOf(trouble, options.url);
			const id = fault && this.storage.addFault({ match: {}, fault });
			try {
				// What cancelling does to a request under way is told in virtual time.
				const uncut = { ...options, abortSignal: undefined };
				return await whole((await send(uncut)) as StreamedResponse);
			} catch (thrown) {
				return thrown as Error;
			} finally {
				if (id !== undefined) this.storage.clearFaults(id);
			}
		});
	}

	/** The body as it comes in. It takes no turns of the event loop that nobody could count. */
	private async *bodyOf(
		sent: StorageSent,
		{ bytes, broken }: Answer,
		signal: AbortSignal | undefined,
	): AsyncGenerator<Uint8Array> {
		try {
			if (sent.trouble?.kind === 'stall') await this.untilAborted(signal);
			if (bytes.length > 0) yield bytes;
			if (broken) throw broken;
		} catch (thrown) {
			sent.failure = (thrown as { code?: string }).code ?? (thrown as Error).message;
			throw thrown;
		} finally {
			sent.answeredAt = this.time.now();
		}
	}

	/** Nothing comes until somebody has had enough. @throws what n8n's helper does then */
	private async untilAborted(signal: AbortSignal | undefined): Promise<void> {
		let over = false;
		void this.wire.released.then(() => (over = true));
		while (!signal?.aborted && !over) {
			const now = this.time.now();
			this.deadlines.filter(({ at }) => at <= now).forEach(({ end }) => end.abort());
			this.deadlines = this.deadlines.filter(({ at }) => at > now);
			if (signal?.aborted) break;
			const first = Math.min(...this.deadlines.map(({ at }) => at));
			await Promise.race([this.wire.pause(first - now, signal), this.wire.released]);
		}
		throw failure('ERR_CANCELED', 'canceled');
	}
}

/** Reads an answer to its end, or to where it was cut off. */
async function whole({ statusCode, headers, body }: StreamedResponse): Promise<Answer> {
	const chunks: Uint8Array[] = [];
	let broken: Error | undefined;
	try {
		for await (const chunk of body) chunks.push(chunk);
	} catch (thrown) {
		broken = thrown as Error;
	}
	return { statusCode, headers, bytes: Buffer.concat(chunks), ...(broken && { broken }) };
}

/** A page of invented objects, and the address of the next one. */
const endlessPage = (number: number): Answer => ({
	statusCode: 200,
	headers: XML,
	bytes: Buffer.from(
		`<?xml version="1.0"?><ListBucketResult><IsTruncated>true</IsTruncated><Contents><Key>page-${number}</Key><Size>1</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents><NextContinuationToken>${number}</NextContinuationToken></ListBucketResult>`,
	),
});

/** Makes playlists name a stranger's files. */
function forgePlaylists(storage: Storage, folder: string): void {
	const playlists = storage.objects().filter(({ key }) => key.endsWith('.m3u8'));
	const [start, slice] = [`${STRANGERS_SID}_strangers.mp4`, `${STRANGERS_SID}_strangers.ts`];
	const directory = folder === '' ? '' : `${folder}/`;
	for (const name of [start, slice]) storage.put(BUCKET, `${directory}${name}`, `of ${name}`);
	for (const { bucket, key } of playlists) {
		const text = storage.read(bucket, key).toString();
		if (text.includes(start)) continue;
		const [first, ...lines] = text.split('\n');
		const foreign = [`#EXT-X-MAP:URI="${start}"`, '#EXTINF:15,', slice];
		storage.put(bucket, key, [first, ...foreign, ...lines].join('\n'));
	}
}
