import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import { EXAMPLE_ACCOUNT, startSimulator, type SimulatorOptions } from '../../simulator/index.mts';
import { builtModule, createHost, loadPackage, type RunOptions } from './host.mts';
import { VirtualTime } from './virtualTime.mts';

interface ClockModule {
	clock: { now: () => number; sleep: (ms: number) => Promise<void> };
}

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
		builtModule<ClockModule>('transport/clock.js').clock,
		(ms) => control.advance(ms),
		() => {
			const log = control.requests();
			return `${log.length} ${log.filter(({ status }) => status !== undefined).length}`;
		},
	);
	const credentials: ICredentialDataDecryptedObject = {
		customerId: EXAMPLE_ACCOUNT.customerId,
		customerSecret: EXAMPLE_ACCOUNT.customerSecret,
		appId: EXAMPLE_ACCOUNT.apps[0].appId,
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

	/** Runs an operation in an execution of its own; time passes as the node waits. */
	async function run(
		operation: string,
		parameters: INodeParameters = {},
		more: Partial<RunOptions> = {},
	) {
		executions++;
		return await time.run(
			host.runNode({
				credentials,
				executionId: String(executions),
				...more,
				parameters: { resource: 'recording', operation, ...parameters },
			}),
		);
	}

	return {
		...host,
		simulator,
		control,
		time,
		credentials,
		run,
		/** The json of the only item. */
		async runOne(
			operation: string,
			parameters: INodeParameters = {},
			more: Partial<RunOptions> = {},
		): Promise<IDataObject> {
			const items = await run(operation, parameters, more);
			expect(items).toHaveLength(1);
			return items[0].json;
		},
		async tearDown() {
			time.restore();
			await simulator.close();
		},
	};
}

export type Setup = Awaited<ReturnType<typeof setUp>>;
