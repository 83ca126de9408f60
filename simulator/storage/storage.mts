import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServedStorage } from '../life.mts';
import type { Recording } from '../recording.mts';
import type { StorageConfig } from '../schemas/storage.mts';
import type { State } from '../state.mts';
import { isComplete, uploadsOf } from './agora.mts';
import { StorageFaults } from './faults.mts';
import type { S3Operation, StorageFaultInput } from './faults.mts';
import { accessKeySchema, bucketSchema } from './options.mts';
import type { AccessKey, AccessKeyInput, Bucket, BucketInput } from './options.mts';
import type { Media, StorageOptions } from './options.mts';
import { Store, UNTYPED } from './store.mts';
import type { ObjectView } from './store.mts';

/** A request to the storage, and what became of it. */
export interface S3LogEntry {
	/** Counts from 1. */
	number: number;
	/** Virtual Unix ms. */
	at: number;
	method: string;
	operation: S3Operation;
	bucket: string;
	key: string;
	/** What stands in the query, but for what belongs to the signature. */
	query: Record<string, string>;
	/** How it was signed, `other` being an Authorization that is not S3's. */
	signed: 'no' | 'query' | 'header' | 'other';
	/** The key that it names, be the signature good or not. */
	accessKey?: string;
	/** Names of its headers, in lower case. */
	headerNames: string[];
	range?: string;
	/** null while there is no answer, or if the connection was cut. */
	status: number | null;
	/** S3's code of a refusal. */
	error?: string;
	/** The scripted fault that it met. */
	fault?: number;
	/** Bytes of the answer's body that were handed to the network. */
	sentBytes: number;
}

/** Made by ffmpeg: a test picture and a tone, 4 s as MP4, 15 s as a slice. */
const OWN_MEDIA = join(import.meta.dirname, '../media');

function mediaOf(given: StorageOptions['media']): Media {
	if (typeof given === 'function') return given;
	const files = new Map<string, Buffer>();
	return (kind) => {
		const bytes = files.get(kind) ?? readFileSync(join(given ?? OWN_MEDIA, kind));
		files.set(kind, bytes);
		return bytes;
	};
}

/** The buckets that are served: their books, and what a test may do to them. */
export class Storage implements ServedStorage {
	/** Address below which the buckets lie, without a slash at its end; set when it is served. */
	url = '';
	readonly store = new Store();
	readonly faultScript = new StorageFaults();
	readonly keys = new Map<string, AccessKey>();
	readonly #options: StorageOptions;
	readonly #state: State;
	readonly #media: Media;
	readonly #complete = new Set<Recording>();
	/** Which uploads of a recording have been put, by key and version. */
	readonly #put = new Map<Recording, Set<string>>();
	#log: S3LogEntry[] = [];
	#requests = 0;

	constructor(options: StorageOptions, state: State) {
		this.#options = options;
		this.#state = state;
		this.#media = mediaOf(options.media);
		this.reset();
	}

	/** Everything that lies in the buckets now. */
	objects(): ObjectView[] {
		this.sync();
		return this.store.list();
	}

	/** The content of an object. @throws Error if it is not there */
	read(bucket: string, key: string): Buffer {
		this.sync();
		const object = this.store.objects(bucket).get(key);
		if (object === undefined) throw new Error(`No object ${key} lies in bucket ${bucket}`);
		return object.bytes;
	}

	/** Puts an object there without any question. @throws Error if there is no such bucket */
	put(bucket: string, key: string, bytes: Buffer | string, type = UNTYPED): void {
		if (this.store.bucket(bucket) === undefined) throw new Error(`No bucket is called ${bucket}`);
		this.sync();
		this.store.put(bucket, key, Buffer.from(bytes), type, this.#state.clock.now());
	}

	/** Removes an object for good: it is not uploaded again. @throws Error if it is not there */
	remove(bucket: string, key: string): void {
		this.sync();
		if (!this.store.remove(bucket, key)) {
			throw new Error(`No object ${key} lies in bucket ${bucket}`);
		}
	}

	buckets(): Bucket[] {
		return this.store.buckets();
	}

	/** Makes a bucket, or changes one. @throws z.ZodError if it is wrong */
	setBucket(bucket: BucketInput): void {
		this.sync();
		this.store.setBucket(bucketSchema.parse(bucket));
	}

	/** Makes a key, or changes one. @throws z.ZodError if it is wrong */
	setKey(key: AccessKeyInput): void {
		const parsed = accessKeySchema.parse(key);
		this.sync();
		this.keys.set(parsed.accessKey, parsed);
	}

	removeKey(accessKey: string): void {
		this.sync();
		this.keys.delete(accessKey);
	}

	/** Scripts a fault (README, "Storage"). @returns its number. @throws z.ZodError if it is none */
	addFault(fault: StorageFaultInput): number {
		return this.faultScript.add(fault);
	}

	faults() {
		return this.faultScript.list();
	}

	/** Removes one fault, or all. */
	clearFaults(id?: number): void {
		this.faultScript.clear(id);
	}

	/** The requests, oldest first. */
	requests(): readonly S3LogEntry[] {
		return this.#log;
	}

	clearRequests(): void {
		this.#log = [];
		this.#requests = 0;
	}

	/** Adds an entry to the log, which its owner completes. */
	begin(entry: Omit<S3LogEntry, 'number' | 'at' | 'status' | 'sentBytes'>): S3LogEntry {
		const at = this.#state.clock.now();
		const complete = { ...entry, number: ++this.#requests, at, status: null, sentBytes: 0 };
		this.#log.push(complete);
		return complete;
	}

	/** Virtual Unix ms. */
	now(): number {
		return this.#state.clock.now();
	}

	/** The time by which signatures are judged, Unix ms. */
	today(): number {
		return this.#state.settings.signatureClock === 'real' ? Date.now() : this.now();
	}

	problem(config: StorageConfig): string | undefined {
		if (this.store.bucket(config.bucket) === undefined) return undefined;
		return this.#mayWrite(config) ? undefined : 'the access key may not write there';
	}

	sync(): void {
		const now = this.now();
		for (const recording of this.#state.recordings.values()) {
			const { storage } = recording;
			const bucket = this.store.bucket(storage.bucket);
			if (this.#complete.has(recording) || bucket === undefined) continue;
			if (!this.#mayWrite(storage)) continue;
			this.#upload(recording, bucket, now);
			if (isComplete(recording, now, this.#state)) {
				this.#complete.add(recording);
				this.#put.delete(recording);
			}
		}
	}

	/** Back to the buckets, keys and objects of the beginning. */
	reset(): void {
		this.store.clear();
		this.keys.clear();
		this.#complete.clear();
		this.#put.clear();
		this.clearFaults();
		this.clearRequests();
		for (const bucket of this.#options.buckets) this.store.setBucket(bucket);
		for (const key of this.#options.keys) this.keys.set(key.accessKey, key);
	}

	#upload(recording: Recording, { name, writeOnce }: Bucket, now: number): void {
		const done = this.#put.get(recording) ?? new Set<string>();
		this.#put.set(recording, done);
		const fresh = uploadsOf(recording, now, this.#media, this.#state).filter(
			({ key, version }) => !done.has(`${key} ${version}`),
		);
		// Of an object that was written several times meanwhile only one remains.
		const remaining = new Map(
			(writeOnce ? fresh.toReversed() : fresh).map((upload) => [upload.key, upload]),
		);
		for (const upload of fresh) {
			const { key, version, at, bytes } = upload;
			done.add(`${key} ${version}`);
			if (remaining.get(key) !== upload || !this.store.takes(name, key)) continue;
			this.store.put(name, key, bytes(), UNTYPED, at);
		}
	}

	/** A temporary key needs its token, as in any request. */
	#mayWrite({ accessKey, secretKey, stsToken }: StorageConfig): boolean {
		const key = this.keys.get(accessKey);
		return (
			key !== undefined &&
			key.secretKey === secretKey &&
			key.sessionToken === stsToken &&
			key.rights.includes('write') &&
			(key.expiresAt === undefined || key.expiresAt > this.now())
		);
	}
}
