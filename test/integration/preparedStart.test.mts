import type { IDataObject } from 'n8n-workflow';
import { failureOf } from '../support/failures.mts';
import { type Setup, useAgora } from '../support/setup.mts';

const agora = useAgora();

const start = async (parameters: object = {}, more: Parameters<Setup['run']>[2] = {}) =>
	await agora.runOne('start', { channelName: 'class-7', ...parameters }, more);
const failedStart = async (parameters: object = {}, more: Parameters<Setup['run']>[2] = {}) =>
	await failureOf(start(parameters, more));

describe('A start of a resource that was acquired before', () => {
	const acquire = async (parameters: object = {}): Promise<IDataObject> =>
		await agora.runOne('acquire', { channelName: 'class-7', ...parameters });
	const PREPARED = { resourceId: '={{ $json.resourceId }}' };

	it('takes resource ID and UID from the item', async () => {
		const acquired = await acquire();
		expect(acquired).toMatchObject({ outcome: 'acquired', mode: 'mix', cname: 'class-7' });
		const started = await start(PREPARED, { items: [acquired] });
		const { resourceId, uid, acquiredAt } = acquired;
		expect(started).toMatchObject({ outcome: 'recording', resourceId, uid, acquiredAt });
		expect(agora.count('acquire')).toBe(1);
	});

	it('takes a resource ID and a UID by hand', async () => {
		const { resourceId } = await acquire({ recorderUid: '527841' });
		const parameters = { resourceId, recorderUid: 527_841 };
		expect(await start(parameters)).toMatchObject({ outcome: 'recording', uid: '527841' });
	});

	it('is not judged by the age of another one that the item tells of', async () => {
		const old = await acquire();
		agora.time.pass(5 * 60_000 + 1);
		const { resourceId, uid } = await acquire({ recorderUid: '527841' });
		const started = await start({ resourceId, recorderUid: uid }, { items: [old] });
		expect(started).toMatchObject({ outcome: 'recording', resourceId, uid });
		expect(started).not.toHaveProperty('acquiredAt');
	});

	it('that is too old is refused before anything is sent', async () => {
		const acquired = await acquire();
		agora.time.pass(5 * 60_000 + 1);
		agora.control.clearRequests();
		const failure = await failedStart(PREPARED, { items: [acquired] });
		expect(failure.message).toMatch(/older than five minutes/);
		expect(agora.sent()).toEqual([]);
	});

	it('just within five minutes is started', async () => {
		const acquired = await acquire();
		agora.time.pass(5 * 60_000 - 1000);
		expect(await start(PREPARED, { items: [acquired] })).toMatchObject({ outcome: 'recording' });
	});

	it('twice is refused by Agora, and the first goes on', async () => {
		const acquired = await acquire();
		await start(PREPARED, { items: [acquired] });
		const failure = await failedStart(PREPARED, { items: [acquired] });
		expect(failure.message).toMatch(/is running, but Agora did not return/);
		expect(failure.details).toMatchObject({ code: 7, httpCode: '201' });
		expect(agora.running()).toHaveLength(1);
	});

	it('without a UID is refused, since nobody knows for whom it was acquired', async () => {
		const { resourceId } = await acquire();
		agora.control.clearRequests();
		const failure = await failedStart({ resourceId });
		expect(failure.message).toMatch(/'Recorder UID' must .*\(got nothing\)/);
		expect(agora.sent()).toEqual([]);
	});

	it.each(['', 'short', 'with/slash/in/it'])('%j is refused by name', async (resourceId) => {
		const failure = await failedStart({
			resourceId,
			recorderUid: '527841',
		});
		expect(failure.message).toMatch(/^'Acquired Resource ID' must /);
		expect(agora.sent()).toEqual([]);
	});

	it('for another mode is refused before anything is sent', async () => {
		const acquired = await acquire();
		agora.control.clearRequests();
		const failure = await failedStart(PREPARED, { items: [{ ...acquired, mode: 'web' }] });
		expect(failure.message).toMatch(/mode/i);
		expect(agora.sent()).toEqual([]);
	});

	it('never acquires another one by itself', async () => {
		const acquired = await acquire();
		agora.fail('start', { kind: 'error', error: 'start.502' }, { times: null });
		await failedStart(PREPARED, { items: [acquired] });
		expect(agora.count('acquire')).toBe(1);
		expect(new Set(agora.sent('start').map(({ uid }) => uid)).size).toBe(1);
	});
});
