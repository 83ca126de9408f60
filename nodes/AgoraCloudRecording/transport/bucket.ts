import type { IExecuteFunctions } from 'n8n-workflow';
import { Redaction } from '../agora/redaction';
import { Cancelled, clock, wait } from '../process/clock';
import { bucketAddress, inRegion, type BucketAccess } from '../storage/access';
import { linksTo, publicLink, type Link, type LinkUse } from '../storage/links';
import { readListPage } from '../storage/listPages';
import {
	ListFollower,
	type ListPage,
	type ListPosition,
	type ListQuestion,
	type StoredObject,
} from '../storage/listings';
import type { Permission } from '../storage/policies';
import { StorageProblem } from '../storage/problems';
import {
	listRequest,
	readRequest,
	writeRequest,
	type SignedRequest,
	type SmallObject,
} from '../storage/requests';
import { isOfObject, isPageOrData } from '../storage/troubles/answer';
import { troubleOf, type StorageTrouble } from '../storage/troubles/trouble';
import { noAnswer, publicTrouble, STRANGER, type Trouble } from './bucketTroubles';
import {
	isStorageSuccess,
	sendToStorage,
	type NoAnswer,
	type StorageReply,
} from './storageRequest';

/** Bytes of a page of a list, and of a playlist, that are taken. */
const MAX_PAGE = 5_000_000;
const MAX_TEXT = 16_000_000;
/** Seconds to wait before a request is sent again that the storage was too busy for, or did not answer. */
const REPEATS = [1, 3];
/** A link can be made anew later: nobody waits long for it. */
const LINK_REPEATS = [1];

/** How an execution reads a bucket. */
export interface BucketSettings {
	access: BucketAccess;
	/** Of the recordings, for the policies that messages name. */
	folder: string;
	/** Names of the fields that the keys come from. */
	fields: { accessKey: string; secretKey: string };
	/** Said where the key may not read; '' where nobody knows more than the smallest policy. */
	ifDenied: string;
	/** Address below which everybody may read; '' where links have to be signed. */
	publicUrl: string;
	/** Taken out of what a server says. */
	secrets: readonly string[];
	/** Milliseconds until an unanswered request is given up. */
	timeout: number;
}

/**
 * Reads one bucket for one execution. Whatever is wrong is thrown as a StorageProblem, in words; waits
 * end with Cancelled when the user cancels.
 */
export class Bucket {
	private access: BucketAccess;

	private readonly redaction: Redaction;

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly settings: BucketSettings,
	) {
		this.access = settings.access;
		this.redaction = new Redaction(settings.secrets);
	}

	/** Whether everybody may read it, so that links need no signature. */
	get isPublic(): boolean {
		return this.settings.publicUrl !== '';
	}

	/** Scheme and host that requests go to. */
	get origin(): string {
		const { protocol, host } = bucketAddress(this.access);
		return `${protocol}//${host}`;
	}

	/** Where the bucket is: as it was told, unless an answer has named another region. */
	get place(): Pick<BucketAccess, 'region' | 'signingRegion'> {
		const { region, signingRegion } = this.access;
		return { region, signingRegion };
	}

	/** All objects whose keys begin so, in the order of the list. @throws StorageProblem, Cancelled */
	async list(prefix: string): Promise<StoredObject[]> {
		const follower = new ListFollower();
		const objects: StoredObject[] = [];
		let position: ListPosition | undefined;
		do {
			const page = await this.listPage({ prefix, position });
			objects.push(...page.objects);
			position = follower.next(page);
		} while (position);
		return objects;
	}

	/** The first object whose key begins so; undefined where there is none. @throws StorageProblem, Cancelled */
	async first(prefix: string): Promise<StoredObject | undefined> {
		return (await this.listPage({ prefix, maxKeys: 1 })).objects.at(0);
	}

	private async listPage(question: ListQuestion): Promise<ListPage> {
		const { body, cut } = await this.ask('list', MAX_PAGE, (access, now) =>
			listRequest(access, question, now),
		);
		if (cut) throw new StorageProblem('unreadable', 'A page of the list is too large.');
		const dialect = question.position?.dialect ?? bucketAddress(this.access).vendor.list;
		return readListPage(dialect, body);
	}

	/** Reads no more of an object than its first byte, if it has one. @throws StorageProblem, Cancelled */
	async touch(key: string): Promise<void> {
		await this.ask('read', 0, (access, now) => readRequest(access, key, now, [0, 0]));
	}

	/** The text of an object. @throws StorageProblem, Cancelled */
	async read(key: string): Promise<string> {
		const { body, cut } = await this.ask('read', MAX_TEXT, (access, now) =>
			readRequest(access, key, now),
		);
		if (cut) throw new StorageProblem('unreadable', 'The file is too large to read.');
		return body;
	}

	/** Writes a small object. @throws StorageProblem, Cancelled */
	async write(object: SmallObject): Promise<void> {
		await this.ask('write', 0, (access, now) => writeRequest(access, object, now));
	}

	/**
	 * Makes links, all of one date.
	 *
	 * @param seconds how long they are to be valid
	 * @throws StorageProblem
	 */
	links(seconds: number): (key: string, use?: LinkUse) => Link {
		const { publicUrl } = this.settings;
		if (publicUrl !== '') return (key) => publicLink(publicUrl, key);
		return linksTo(this.access, { seconds, now: clock.now() });
	}

	/** A link that nobody has tried. @throws StorageProblem */
	async link(key: string, seconds: number, use: LinkUse): Promise<Link> {
		return this.links(seconds)(key, use);
	}

	/**
	 * A link, once it was opened here: its first byte, by the same signature that others will use.
	 *
	 * @throws StorageProblem, Cancelled
	 */
	async openedLink(key: string, seconds: number, use: LinkUse): Promise<Link> {
		let link = this.links(seconds)(key, use);
		const open = (): SignedRequest => {
			link = this.links(seconds)(key, use);
			return { method: 'GET', url: link.url, headers: { Range: 'bytes=0-0' } };
		};
		const reply = await this.ask('read', 0, open, LINK_REPEATS);
		if (isPageOrData(reply)) {
			const { kind, message, whatToDo } = isSigned(link.url) ? STRANGER : publicTrouble(reply);
			throw new StorageProblem(kind, message, whatToDo);
		}
		// A storage that ignores the range sends an empty file as it is.
		if (reply.status === OUT_OF_RANGE || !reply.cut) {
			throw new StorageProblem('noObject', 'The file is empty.', 'It may still be uploading.');
		}
		return link;
	}

	/** Sends what `make` signs; once more where an answer names the region, and later where that may help. */
	private async ask(
		permission: Permission,
		maxBytes: number,
		make: (access: BucketAccess, now: number) => SignedRequest,
		repeats: readonly number[] = REPEATS,
	): Promise<StorageReply> {
		const { timeout } = this.settings;
		const signal = this.context.getExecutionCancelSignal?.();
		let moved = false;
		for (let tries = 0; ;) {
			const request = make(this.access, clock.now());
			const options = { maxBytes, timeout, redaction: this.redaction };
			const reply = await sendToStorage(this.context, request, options);
			if (signal?.aborted) throw new Cancelled();
			if ('status' in reply && isGood(reply, permission, request)) return reply;
			const trouble = this.troubleOf(reply, permission, request);
			const elsewhere = trouble.region && !moved && inRegion(this.access, trouble.region);
			if (elsewhere) {
				moved = true;
				this.access = elsewhere;
				continue;
			}
			const seconds = trouble.mayPass ? repeats[tries++] : undefined;
			if (seconds === undefined) {
				throw new StorageProblem(trouble.kind, trouble.message, trouble.whatToDo);
			}
			await wait(clock.jitter(seconds * 1000), signal);
		}
	}

	private troubleOf(
		reply: StorageReply | NoAnswer,
		permission: Permission,
		{ url }: SignedRequest,
	): Trouble {
		const { access, folder, fields, ifDenied } = this.settings;
		if ('reason' in reply) return noAnswer(reply, new URL(url).host);
		if (!isSigned(url)) return publicTrouble(reply);
		if (isStorageSuccess(reply.status)) return STRANGER;
		const trouble: StorageTrouble = troubleOf(reply, {
			...{ storage: this.access, permission, folder, fields, now: clock.now() },
			temporary: access.keys.sessionToken !== undefined,
		});
		const more = trouble.kind === 'denied' && permission !== 'write' ? ifDenied : '';
		const whatToDo = [trouble.whatToDo, more].filter(Boolean).join(' ');
		return { ...trouble, whatToDo, mayPass: trouble.kind === 'busy' };
	}
}

/** The status of a range that begins behind the end. */
const OUT_OF_RANGE = 416;

/** What is signed has a query, even where the public URL is the address of the storage itself. */
const isSigned = (url: string) => url.includes('?');

/** Whether it is the answer that was asked for: who shows a login page in place of a storage says 200, too. */
function isGood(reply: StorageReply, permission: Permission, { url, headers }: SignedRequest) {
	if (reply.status === OUT_OF_RANGE) return 'Range' in headers;
	if (!isStorageSuccess(reply.status)) return false;
	return permission === 'list' || !isSigned(url) || isOfObject(reply);
}
