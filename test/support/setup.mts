import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import {
	EXAMPLE_ACCOUNT,
	startSimulator,
	type FaultInput,
	type SimulatorOptions,
} from '../../simulator/index.mts';
import { placed } from './form.mts';
import { builtModule, createHost, loadPackage, type RunOptions } from './host.mts';
import { describeFailure } from './failures.mts';
import { misfit, type Output } from './outputs.mts';
import { Sweep } from './sweep.mts';
import { VirtualTime, type NodeClock } from './virtualTime.mts';

interface ClockModule {
	clock: NodeClock;
}

type FaultedOperation = 'acquire' | 'start' | 'query' | 'stop' | 'channelUsers' | 'channelList';

/** Node, simulator and virtual time, ready to run operations against each other. */
export async function setUp(options: SimulatorOptions = {}) {
	const host = createHost(await loadPackage());
	const simulator = await startSimulator({
		requestsPerSecond: null,
		clock: { speed: 0, now: Date.UTC(2026, 0, 1) },
		...options,
	});
	const { control } = simulator;
	const time = new VirtualTime(
		builtModule<ClockModule>('process/clock.js').clock,
		(ms) => control.advance(ms),
		host.requestsUnderWay,
	);
	const credentials: ICredentialDataDecryptedObject = {
		customerId: EXAMPLE_ACCOUNT.customerId,
		customerSecret: EXAMPLE_ACCOUNT.customerSecret,
		appId: EXAMPLE_ACCOUNT.apps[0].appId,
		advanced: true,
		apiDomain: 'custom',
		baseUrl: simulator.url,
		requestsPerSecond: 10,
		storageVendor: 'amazonS3',
		storageRegion: 'eu-central-1',
		storageBucket: 'lessons',
		storageAccessKey: 'AKIAEXAMPLE',
		storageSecretKey: 'example-secret-key',
	};
	let executions = 0;
	const outputs: Output[] = [];
	const sweep = new Sweep();

	/** Runs an operation, and looks for the credential's secrets in all that it gives, says and logs. */
	async function runAndSweep(options: RunOptions) {
		const { log = [], hints = [] } = options;
		sweep.mark(options.credentials);
		const [logged, hinted] = [log.length, hints.length];
		try {
			const items = await time.run(host.runNode({ ...options, log, hints }));
			for (const { json } of items) sweep.look('items', JSON.stringify(json));
			return items;
		} catch (thrown) {
			if (thrown instanceof Error) sweep.look('errors', describeFailure(thrown).everything);
			throw thrown;
		} finally {
			for (const line of log.slice(logged)) sweep.look('lines of the log', line);
			for (const hint of hints.slice(hinted)) sweep.look('hints', hint);
		}
	}

	/** Runs an operation in an execution of its own; time passes as the node waits. */
	async function run(operation: string, parameters: object = {}, more: Partial<RunOptions> = {}) {
		executions++;
		const entered = { resource: 'recording', operation, ...parameters };
		const items = await runAndSweep({
			credentials,
			executionId: String(executions),
			...more,
			parameters: placed(operation, entered),
		});
		const { resource } = entered;
		outputs.push(...items.map(({ json }) => ({ resource, operation, json })));
		return items;
	}

	return {
		...host,
		simulator,
		control,
		time,
		credentials,
		/** What all runs so far gave, for the editor's schemas; a test that hands on nonsense empties it. */
		outputs,
		run,
		/** The json of the only item. */
		async runOne(
			operation: string,
			parameters: object = {},
			more: Partial<RunOptions> = {},
		): Promise<IDataObject> {
			const items = await run(operation, parameters, more);
			expect(items).toHaveLength(1);
			return items[0].json;
		},
		/**
		 * What was sent, in order; of one operation alone if named. Questions about channels, which change
		 * nothing, are told of only by their name.
		 */
		sent(operation?: string) {
			return control
				.requests()
				.filter((request) =>
					operation === undefined
						? !request.operation?.startsWith('channel')
						: request.operation === operation,
				);
		},
		/** Requests of one operation so far. */
		count(operation: string): number {
			return control.requests().filter((request) => request.operation === operation).length;
		},
		/** Virtual seconds between the requests of one operation. */
		gaps(operation: string): number[] {
			const times = control
				.requests()
				.filter((request) => request.operation === operation)
				.map(({ virtualTime }) => virtualTime);
			return times.slice(1).map((time, i) => (time - times[i]) / 1000);
		},
		/** Recordings that cost money at the moment. */
		running() {
			return control.recordings().filter(({ phase }) => ['running', 'failover'].includes(phase));
		},
		/** Adds a fault for one operation: the first request of it, or as many as `times` says. */
		fail(
			operation: FaultedOperation,
			fault: FaultInput['fault'],
			more: Pick<FaultInput, 'nth' | 'times'> & { cname?: string } = {},
		) {
			const { cname, ...rest } = more;
			control.addFault({ match: { operation, ...(cname && { cname }) }, fault, ...rest });
		},
		/** Forgets what tests did: nothing recorded, no faults, and no request in the last minutes. */
		fresh(): void {
			time.flowing = false;
			time.pass(10 * 60_000);
			control.reset();
			// The simulator's clock began anew, the node's goes on: tokens and expiries need both alike.
			control.advance(time.now() - (options.clock?.now ?? Date.UTC(2026, 0, 1)));
		},
		/** Where secrets were found since the last time. */
		leaks: () => sweep.found(),
		async tearDown() {
			time.restore();
			await simulator.close();
			sweep.count();
			const leaks = sweep.found();
			if (leaks.length > 0) throw new Error(leaks.join('\n'));
		},
	};
}

export type Setup = Awaited<ReturnType<typeof setUp>>;

/** {@link setUp} for the tests of a file, or of a `describe`: each of them begins afresh. */
export function useAgora(options: SimulatorOptions = {}): Setup {
	const agora = {} as Setup;
	beforeAll(async () => {
		Object.assign(agora, await setUp(options));
	});
	afterEach(() => agora.fresh());
	// The editor tells beforehand what comes out: it is to be right of every output of every test.
	afterEach(() => {
		const misfits = agora.outputs.splice(0).flatMap((output) => misfit(output) ?? []);
		expect([...new Set(misfits)]).toEqual([]);
	});
	afterEach(() => expect(agora.leaks()).toEqual([]));
	afterAll(async () => await agora.tearDown());
	return agora;
}
