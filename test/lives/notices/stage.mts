import { builtModule } from '../../support/host.mts';
import { makeNotice, type Notice } from '../../support/notices.mts';
import { signatures } from '../../support/signatures.mts';
import { VirtualTime, type NodeClock } from '../../support/virtualTime.mts';
import { SECRET, type SendOptions, type WebhookHost } from '../../support/webhookHost.mts';
import type { Delivery, Life, Storing } from './plan.mts';

/** n8n's hands on a notice, from when its execution is to be stored until its answer. */
export interface Storage {
	began: number;
	/** Absent: never, or not in this process. */
	stored?: number;
	answered?: number;
	dedupKey: string;
}

/** What became of a delivery. Times are milliseconds since the life began. */
export interface Passed extends Delivery {
	name: string;
	/** Which n8n process had it, counted from 0. */
	process: number;
	storage?: Storage;
	/** n8n's answer, whether it was heard or not. */
	answer?: { at: number; status: number; reason?: string; started: boolean };
	/** When the process that had it was killed, if that was before its answer. */
	killed?: number;
	/** When its sender hung up, if that was before an answer. */
	hungUp?: number;
	/** Whether the credential could not be read while it was handled. */
	metUnreadable: boolean;
}

/** What a delivery met, in words, for statistics. */
export function namesOf({ sender, storage, answer, killed, hungUp }: Passed): string[] {
	const ends = answer ? `${answer.status} ${answer.reason ?? ''}`.trim() : 'no answer';
	return [
		`sent: ${sender}`,
		`answered: ${ends}`,
		...(hungUp === undefined ? [] : ['the sender hangs up']),
		...(hungUp !== undefined && hungUp < (storage?.began ?? -1)
			? ['the sender hangs up before its turn']
			: []),
		...(killed === undefined ? [] : ['n8n is killed at it']),
		...(killed !== undefined && storage?.stored !== undefined
			? ['n8n is killed after storing']
			: []),
	];
}

/** All that happened. */
export interface Books {
	wanted: readonly boolean[];
	passed: Passed[];
	/** In words, in order. */
	story: string[];
}

/** After this long nothing of a life goes on: claims, patience, storing. */
const AFTERLIFE = 130_000;
const WELL: Storing = { ends: 'stored', takes: 0, answersAfter: 0 };
const FOREVER = new Promise<never>(() => {});
/** Events of these numbers: wanted by the trigger of a life, and not. */
const WANTED = 40;
const UNWANTED = 33;

/** Bytes and signature of a delivery; each copy has its own `notifyMs`. */
function letter(notice: Notice, { sender }: Delivery, number: number): [string, SendOptions] {
	const copy = { ...notice, notifyMs: notice.notifyMs + number };
	if (sender === 'redundant') copy.noticeId = `${notice.noticeId}-${number}`;
	const body = JSON.stringify(copy);
	switch (sender) {
		case 'wrongSecret':
			return [body, { secret: 'of somebody else' }];
		case 'unsigned':
			return [body, { secret: null }];
		case 'altered':
			return [
				body.replace('Testing2', 'Altered'),
				{ secret: null, headers: signatures(body, SECRET) },
			];
		default:
			return [body, {}];
	}
}

/** A life that is being lived: n8n with its database, the senders, and what is written down. */
class Stage {
	readonly books: Books;
	private readonly host: WebhookHost;
	private readonly life: Life;
	private readonly time: VirtualTime;
	private readonly notices: Notice[];
	private readonly begin: number;
	private process = 0;
	private stored = 0;
	private looks = 0;
	private isCalm = false;

	constructor(host: WebhookHost, life: Life) {
		this.host = host;
		this.life = life;
		const { clock } = builtModule<{ clock: NodeClock }>('process/clock.js');
		this.time = new VirtualTime(clock, () => {}, host.moving);
		// Whoever sleeps in a process that is killed does not wake up.
		const { sleep } = clock;
		clock.sleep = async (ms) => {
			const { process } = this;
			await sleep(ms);
			if (process !== this.process) await FOREVER;
		};
		this.begin = this.time.now();
		this.notices = life.notices.map((wanted) =>
			makeNotice({}, { eventType: wanted ? WANTED : UNWANTED }),
		);
		this.books = { wanted: life.notices, passed: [], story: [] };
	}

	async live(): Promise<Books> {
		this.host.fresh({
			parameters: { events: ['recording_started'] },
			store: ({ dedupKey }, name) => this.store(name, typeof dedupKey === 'string' ? dedupKey : ''),
			onAnswer: (name, status, body) => this.answered(name, status, body),
			onCredentials: () => this.lookAtCredential(),
		});
		try {
			await this.time.run(this.all());
		} finally {
			this.time.restore();
		}
		return this.books;
	}

	private async all(): Promise<void> {
		const { deliveries, restarts } = this.life;
		// A moment for each, because what happens at the same one has no order.
		await Promise.all([
			...deliveries.map((delivery, i) => this.deliver({ ...delivery, at: delivery.at + i / 100 })),
			...restarts.map((at, i) => this.restart(at + (i + 50) / 100)),
		]);
		await this.time.after(AFTERLIFE);
		this.isCalm = true;
		this.tell('all is over; each notice that is wanted comes once more');
		for (const notice of this.life.notices.keys()) {
			if (!this.life.notices[notice]) continue;
			await this.deliver({ notice, sender: 'agora', at: this.now(), patience: AFTERLIFE });
		}
	}

	private now(): number {
		return this.time.now() - this.begin;
	}

	private tell(text: string): void {
		this.books.story.push(`${(this.now() / 1000).toFixed(3).padStart(9)} s  ${text}`);
	}

	private find(name: string): Passed {
		const found = this.books.passed.find((passed) => passed.name === name);
		if (!found) throw new Error(`No delivery is called ${name}`);
		return found;
	}

	private async deliver(delivery: Delivery): Promise<void> {
		await this.time.after(delivery.at - this.now());
		const number = this.books.passed.length;
		const name = `delivery ${number + 1}`;
		const process = this.process;
		const passed: Passed = { ...delivery, name, process, metUnreadable: false };
		this.books.passed.push(passed);
		const wanted = this.life.notices[delivery.notice] ? '' : ', which nobody wants';
		this.tell(`${name}: ${delivery.sender} sends notice ${delivery.notice + 1}${wanted}`);
		const [body, options] = letter(this.notices[delivery.notice], delivery, number);
		let isOver = false;
		const hangUp = this.time.after(delivery.patience).then(() => {
			if (isOver) return;
			passed.hungUp = this.now();
			this.tell(`${name}: its sender hangs up`);
		});
		await this.host
			.send(body, { ...options, delivery: name, hangUp })
			.catch(() => undefined)
			.finally(() => (isOver = true));
	}

	private async restart(at: number): Promise<void> {
		await this.time.after(at);
		this.process++;
		for (const passed of this.books.passed) if (!passed.answer) passed.killed ??= this.now();
		this.tell('n8n is killed and begins again');
		this.host.restart();
	}

	private async store(name: string, dedupKey: string): Promise<void> {
		const weather = this.isCalm ? WELL : (this.life.database[this.stored++] ?? WELL);
		const passed = this.find(name);
		const storage: Storage = { began: this.now(), dedupKey };
		passed.storage = storage;
		this.tell(`${name}: n8n is to store its execution`);
		await this.pass(weather.takes);
		if (weather.ends === 'never') return await FOREVER;
		if (weather.ends === 'stored') {
			storage.stored = this.now();
			this.tell(`${name}: n8n has stored its execution`);
			await this.pass(weather.answersAfter);
		}
		storage.answered = this.now();
		if (weather.ends === 'fails') throw new Error('SQLITE_BUSY: database is locked');
	}

	/** For ever if the process is killed meanwhile. */
	private async pass(ms: number): Promise<void> {
		const { process } = this;
		if (ms > 0) await this.time.after(ms);
		if (process !== this.process) await FOREVER;
	}

	private answered(name: string, status: number, body: unknown): void {
		const { reason, started = false } = body as { reason?: string; started?: boolean };
		this.find(name).answer = { at: this.now(), status, reason, started };
		this.tell(`${name}: n8n answers ${status} ${reason ?? (started ? 'started' : '')}`.trimEnd());
	}

	private lookAtCredential(): void {
		const isReadable = this.isCalm || (this.life.credential[this.looks++] ?? true);
		if (isReadable) return;
		this.tell('the credential cannot be read');
		for (const passed of this.books.passed) if (!passed.answer) passed.metUnreadable = true;
		throw new Error('SQLITE_BUSY: database is locked');
	}
}

/** Lives a life with the trigger of the built package behind real HTTP, in virtual time. */
export async function live(host: WebhookHost, life: Life): Promise<Books> {
	return await new Stage(host, life).live();
}
