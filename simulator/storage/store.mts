import { createHash } from 'node:crypto';
import type { Bucket } from './options.mts';

/** An object as it lies in a bucket. */
export interface StoredObject {
	bytes: Buffer;
	type: string;
	/** Quoted, as it goes over the wire. */
	etag: string;
	/** Virtual Unix ms. */
	modifiedAt: number;
}

/** What is said about an object to whoever looks into the books. */
export interface ObjectView {
	bucket: string;
	key: string;
	size: number;
	type: string;
	etag: string;
	modifiedAt: number;
}

/** S3 guesses no type (object-storage.md 6). */
export const UNTYPED = 'binary/octet-stream';

/** Many objects share their bytes. */
const etags = new WeakMap<Buffer, string>();

function etagOf(bytes: Buffer): string {
	const known = etags.get(bytes) ?? `"${createHash('md5').update(bytes).digest('hex')}"`;
	etags.set(bytes, known);
	return known;
}

/** Buckets and what lies in them. */
export class Store {
	readonly #buckets = new Map<string, { bucket: Bucket; objects: Map<string, StoredObject> }>();

	/** Makes a bucket, or changes one and leaves its objects where they are. */
	setBucket(bucket: Bucket): void {
		const objects = this.#buckets.get(bucket.name)?.objects ?? new Map<string, StoredObject>();
		this.#buckets.set(bucket.name, { bucket, objects });
	}

	bucket(name: string): Bucket | undefined {
		return this.#buckets.get(name)?.bucket;
	}

	buckets(): Bucket[] {
		return [...this.#buckets.values()].map(({ bucket }) => bucket);
	}

	/** What lies in a bucket; nothing if there is none. */
	objects(name: string): ReadonlyMap<string, StoredObject> {
		return this.#buckets.get(name)?.objects ?? new Map<string, StoredObject>();
	}

	/** Whether an object may be put there: not if it exists and the bucket is for writing once. */
	takes(name: string, key: string): boolean {
		const found = this.#buckets.get(name);
		return found !== undefined && !(found.bucket.writeOnce && found.objects.has(key));
	}

	put(name: string, key: string, bytes: Buffer, type: string, modifiedAt: number): StoredObject {
		const object = { bytes, type, etag: etagOf(bytes), modifiedAt };
		this.#buckets.get(name)?.objects.set(key, object);
		return object;
	}

	/** @returns whether it was there */
	remove(name: string, key: string): boolean {
		return this.#buckets.get(name)?.objects.delete(key) ?? false;
	}

	/** Every object, by bucket and in the order in which they came. */
	list(): ObjectView[] {
		return [...this.#buckets].flatMap(([bucket, { objects }]) =>
			[...objects].map(([key, { bytes, type, etag, modifiedAt }]) => ({
				bucket,
				key,
				size: bytes.length,
				type,
				etag,
				modifiedAt,
			})),
		);
	}

	clear(): void {
		this.#buckets.clear();
	}
}
