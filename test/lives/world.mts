import { startSimulator, type Simulator } from '../../simulator/index.mts';
import { VirtualTime } from '../support/virtualTime.mts';
import {
	APP,
	basic,
	BUCKET,
	credentialsOf,
	CUSTOMER,
	keysOf,
	SECRETS,
	SECURED_APP,
	startStranger,
} from './account.mts';
import { pageOf } from './books.mts';
import { computing } from './computing.mts';
import { JSON_SECRET, STREAM_KEY } from './forms.mts';
import { carryOut } from './happen.mts';
import { CHANNELS, type Happening, type Life, type Moment } from './life.mts';
import { loadProcess, type NodeProcess, type Replacement } from './process.mts';
import { openAll } from './opened.mts';
import { Execution, type Surroundings } from './stage.mts';
import { storageOf, StorageWire } from './storageWire.mts';
import type { Lived, LogLine } from './told.mts';
import { Wire } from './wire.mts';

const realTimeout = AbortSignal.timeout.bind(AbortSignal);
const BEGINNING = Date.UTC(2026, 0, 1);
/** So long no life may last: everything that waits has an end. */
const LONGEST_MS = 3 * 3600_000;
/** Between two lives, in which the node's memory of the rate forgets. */
const PAUSE_MS = 15 * 60_000;

/** Runs lives, one after the other: a simulator, and two processes of n8n. */
export class World {
	private lives = 0;
	private readonly simulator: Simulator;
	private readonly processes: readonly NodeProcess[];
	private readonly time: VirtualTime;
	/** Of the life that runs. */
	private wire: Wire | undefined;
	private executions: Execution[] = [];

	private constructor(simulator: Simulator, processes: readonly NodeProcess[]) {
		this.simulator = simulator;
		this.processes = processes;
		const { control } = simulator;
		this.time = new VirtualTime(
			{ now: Date.now, sleep: () => Promise.resolve(), jitter: (ms) => ms },
			(ms) => control.advance(ms),
			() =>
				computing() +
				(this.wire?.underWay ?? 0) +
				this.executions.filter(({ busy }) => busy).length,
		);
		for (const { clock } of processes) {
			clock.now = () => this.time.now();
			clock.sleep = (ms, signal) => this.time.after(ms, signal);
			clock.jitter = (ms) => ms;
		}
	}

	/** @param bug what to put back into the package */
	static async create(bug: readonly Replacement[] = []): Promise<World> {
		const simulator = await startSimulator({
			requestsPerSecond: null,
			clock: { speed: 0, now: BEGINNING },
			// Each object has bytes of its own.
			storage: {
				buckets: [{ name: BUCKET }],
				keys: [],
				media: (kind, key) => Buffer.from(`${kind} of ${key}`),
			},
			accounts: [
				{
					customerId: CUSTOMER,
					customerSecret: SECRETS.customerSecret,
					apps: [{ appId: APP }, { appId: SECURED_APP, certificate: SECRETS.appCertificate }],
				},
			],
		});
		return new World(simulator, [await loadProcess(bug), await loadProcess(bug)]);
	}

	async close(): Promise<void> {
		AbortSignal.timeout = realTimeout;
		await this.simulator.close();
	}

	/** Lives a life to its end. */
	async live(life: Life): Promise<Lived> {
		const { control } = this.simulator;
		const { time } = this;
		this.lives++;
		time.pass(PAUSE_MS);
		control.reset();
		control.advance(time.now() - BEGINNING);
		const storage = storageOf(this.simulator);
		for (const key of keysOf(life)) storage.setKey(key);
		control.configure({
			mp4DelayMs: life.storage.mp4DelayMs,
			uploadingStatus: life.storage.backup ? 'backuped' : 'uploaded',
		});
		for (const channel of life.empty) control.setPublishers(CHANNELS[channel], []);

		const beganAt = time.now();
		const log: LogLine[] = [];
		const met: Lived['met'] = [];
		let over = false;
		let order = 0;
		const next = () => ++order;
		const waiting = [...life.happenings];
		const happen = (happening: Happening): void => {
			if (over || !waiting.includes(happening)) return;
			waiting.splice(waiting.indexOf(happening), 1);
			if (carryOut(life, happening, this.simulator, this.executions, begin)) {
				met.push({ order: next(), at: time.now(), what: happening.what });
			}
		};
		const reach = (moment: Moment): void => {
			for (const happening of life.happenings) {
				const { when } = happening;
				if ('after' in when || 'after' in moment || when.point !== moment.point) continue;
				const same =
					'request' in when
						? 'request' in moment && when.request === moment.request
						: 'stored' in moment && when.stored === moment.stored;
				if (same) happen(happening);
			}
		};
		const wire = new Wire(life, this.simulator, time, reach, next);
		wire.basic = basic;
		this.wire = wire;
		const storageWire = new StorageWire(wire, life, storage, time, reach, next);
		AbortSignal.timeout = (ms) => storageWire.timeout(ms);
		const opened: Lived['opened'] = [];
		const handedOut: Surroundings['handedOut'] = async (jsons, { execution, node, runIndex }) => {
			const found = await wire.oneByOne(async () => await openAll(jsons, storage));
			opened.push(...found.map((one) => ({ execution, node, runIndex, ...one })));
		};
		this.executions = [];
		const credentials = credentialsOf(life, {
			baseUrl: this.simulator.url,
			endpoint: storage.url,
		});
		const begin = (name: string, process: number): void => {
			const id = `${this.lives} ${name}`;
			const { processes } = this;
			this.executions.push(
				new Execution({
					...{ life, name, id, time, wire, storageWire, handedOut },
					...{ credentials, processes, process, log, next },
				}),
			);
		};
		if (life.faults.some(({ trouble }) => trouble.kind === 'otherRecording')) {
			wire.stranger = await startStranger(this.simulator);
		}
		const strangers = pageOf(control).map(({ sid }) => sid);
		for (const happening of life.happenings) {
			if ('after' in happening.when) {
				void time.after(happening.when.after).then(() => happen(happening));
			}
		}
		begin('main', 0);
		await time.run(this.allEnded(beganAt + LONGEST_MS));
		for (const execution of this.executions) if (!execution.told) execution.giveUp();
		over = true;

		const page = pageOf(control);
		const lived: Lived = {
			life,
			beganAt,
			endedAt: time.now(),
			executions: this.executions.flatMap(({ told }) => (told ? [told] : [])),
			log,
			requests: wire.requests,
			stored: storageWire.requests,
			opened,
			bucket: `${storage.url}/${BUCKET}`,
			resources: control
				.resources()
				.map(({ resourceId, cname, uid }) => ({ resourceId, cname, uid })),
			strangers,
			page,
			met,
			secrets: {
				...SECRETS,
				basic,
				streamKey: STREAM_KEY,
				jsonSecret: JSON_SECRET,
				...Object.fromEntries([...wire.tokens].map((token, i) => [`token ${i + 1}`, token])),
			},
		};
		await this.drain(wire);
		return lived;
	}

	/** Everything that was begun has ended, or was killed. */
	private async allEnded(deadline: number): Promise<void> {
		const endless = this.time.after(deadline - this.time.now());
		for (;;) {
			const { executions } = this;
			const count = executions.length;
			let late = false;
			await Promise.race([
				Promise.all(executions.map(({ ended, killed }) => Promise.race([ended, killed]))),
				endless.then(() => (late = true)),
			]);
			if (late || executions.length === count) return;
		}
	}

	/** Lets what is left of killed processes run out, so that it does not reach into the next life. */
	private async drain(wire: Wire): Promise<void> {
		wire.cut();
		for (const execution of this.executions) execution.dead = true;
		await this.time.run(Promise.all(this.executions.map(({ ended }) => ended)));
		this.executions = [];
		this.wire = undefined;
	}
}
