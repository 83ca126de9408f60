import fc from 'fast-check';
import type { FaultInput } from '../../simulator/index.mts';
import { describeFailure } from '../support/failures.mts';
import { type Setup, useAgora } from '../support/setup.mts';

const agora = useAgora();

type Fault = FaultInput['fault'];

/** Faults after which nobody can know whether the request had its effect. */
const lost = fc
	.boolean()
	.chain((effect): fc.Arbitrary<Fault> =>
		fc.constantFrom<Fault>(
			{ kind: 'reset', effect },
			{ kind: 'html', effect },
			{ kind: 'html', status: 200, effect },
			{ kind: 'emptyBody', effect },
			{ kind: 'truncatedJson', effect },
			{ kind: 'answer', status: 500, body: { code: 500, reason: 'internal_error' }, effect },
			{ kind: 'answer', status: 504, body: { code: 62, reason: 'request timeout' }, effect },
			{ kind: 'answer', status: 206, body: { code: 65, reason: 'not completed' }, effect },
		),
	);
const noEffect = (...errors: string[]) =>
	fc.constantFrom(...errors.map((error) => ({ kind: 'error', error }) as Fault), {
		kind: 'rateLimited',
	} as Fault);
/** A few of them, in any order, or one that comes again and again. */
const faultsOf = (own: fc.Arbitrary<Fault>) => {
	const any = fc.oneof(lost, own);
	return fc.oneof(
		fc.array(any, { maxLength: 5 }),
		any.map((fault) => Array.from({ length: 9 }, () => fault)),
	);
};

const situations = fc.record({
	acquire: faultsOf(noEffect('acquire.500', 'acquire.501', 'acquire.406', 'acquire.2')),
	start: faultsOf(
		fc.oneof(
			noEffect('start.502', 'start.2'),
			fc.constantFrom<Fault>(
				{ kind: 'emptySid', status: 200, effect: true },
				{ kind: 'emptySid', status: 500, effect: true },
				{ kind: 'failover', ms: 50_000 },
			),
		),
	),
	query: faultsOf(noEffect('query.404', 'query.62', 'gateway.credentials')),
	recorderUid: fc.constantFrom('', '527841'),
	options: fc.record({
		verify: fc.boolean(),
		ifNotConfirmed: fc.constantFrom('error', 'return', 'stop'),
	}),
});

/** Gives the nth request of an operation the nth fault. */
function meet(operation: 'acquire' | 'start' | 'query' | 'stop', faults: Fault[]) {
	faults.forEach((fault, i) => agora.fail(operation, fault, { nth: i + 1 }));
}

const result = async (work: ReturnType<Setup['runOne']>) =>
	await work.then(
		(item) => ({ item, failure: undefined }),
		(thrown: unknown) => ({ item: undefined, failure: describeFailure(thrown) }),
	);

describe('Whatever goes wrong', () => {
	it('a start makes one recording at most, and never lies about it', async () => {
		await fc.assert(
			fc.asyncProperty(situations, async ({ acquire, start, query, ...form }) => {
				agora.fresh();
				meet('acquire', acquire);
				meet('start', start);
				meet('query', query);
				const parameters = { channelName: 'class-7', ...form };
				const { item, failure } = await result(
					agora.runOne('start', parameters, { executionId: `any ${agora.time.now()}` }),
				);
				const recordings = agora.control.recordings();
				expect(recordings.length).toBeLessThanOrEqual(1);
				const [running] = agora.running();
				if (item) {
					expect(item.sid).toBe(running.sid);
					if (item.outcome === 'recording') expect(item.status).toMatchObject({ code: 5 });
				} else if (running) {
					expect(failure?.message).toMatch(/running/);
				}
				if (failure?.details.sid) expect(failure.details.sid).toBe(recordings[0].sid);
			}),
			{ numRuns: 150 },
		);
	});

	it('a start that is run again makes no second recording', async () => {
		await fc.assert(
			fc.asyncProperty(situations, async ({ acquire, start, query, ...form }) => {
				agora.fresh();
				meet('acquire', acquire);
				meet('start', start);
				meet('query', query);
				const parameters = { channelName: 'class-7', ...form };
				const more = { executionId: `again ${agora.time.now()}` };
				const first = await result(agora.runOne('start', parameters, more));
				const before = agora.running().length;
				const second = await result(agora.runOne('start', parameters, more));
				expect(agora.running().length).toBeLessThanOrEqual(1);
				if (before === 1) expect(agora.control.recordings()).toHaveLength(1);
				if (first.item) expect(second.item).toEqual(first.item);
			}),
			{ numRuns: 100 },
		);
	});

	it('a stop never says that it stopped what runs', async () => {
		const faults = faultsOf(noEffect('stop.2'));
		await fc.assert(
			fc.asyncProperty(faults, fc.boolean(), async (stop, asyncStop) => {
				agora.fresh();
				const started = await agora.runOne('start', { channelName: 'class-7' });
				meet('stop', stop);
				const { item, failure } = await result(
					agora.runOne('stop', { options: { asyncStop } }, { items: [started] }),
				);
				if (item) {
					expect(['stopped', 'stopping', 'notFound']).toContain(item.outcome);
					expect(agora.running()).toEqual([]);
				} else {
					expect(failure?.details).toMatchObject({ sid: started.sid });
				}
			}),
			{ numRuns: 100 },
		);
	});
});
