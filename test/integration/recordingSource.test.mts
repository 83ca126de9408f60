import type { IDataObject, INode } from 'n8n-workflow';
import { failureOf } from '../support/failures.mts';
import { NODE_TYPE } from '../support/host.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();
let started: IDataObject;

beforeEach(async () => {
	started = await agora.runOne('start', { channelName: 'class-7' });
	agora.control.clearRequests();
});

const OPERATIONS = ['query', 'stop'] as const;

const byHand = (changes: IDataObject = {}) =>
	({
		recordingSource: 'manual',
		mode: 'mix',
		channelName: started.cname,
		recorderUid: started.uid,
		resourceId: started.resourceId,
		sid: started.sid,
		...changes,
	}) as object;

const upstreamNode = (name: string, operation: string): INode => ({
	id: name,
	name,
	type: NODE_TYPE,
	typeVersion: 1,
	position: [0, 0],
	parameters: { resource: 'recording', operation },
});

describe.each(OPERATIONS)('The recording of %s', (operation) => {
	const fail = async (parameters: object, more: object = {}) =>
		await failureOf(agora.run(operation, parameters, more));

	it('comes from the item', async () => {
		const output = await agora.runOne(operation, {}, { items: [started] });
		const { mode, cname, uid, resourceId, sid } = started;
		expect(output).toMatchObject({ mode, cname, uid, resourceId, sid });
	});

	it('keeps what is known of it, so that it can go on to the next node', async () => {
		const output = await agora.runOne(operation, {}, { items: [started] });
		const { acquiredAt, startedAt, storage, layout } = started;
		expect(output).toMatchObject({ acquiredAt, startedAt, storage, layout });
		expect(layout).toBeDefined();
	});

	it('comes from an item of the user with mode and the four names alone', async () => {
		const { cname, uid, resourceId, sid } = started;
		const output = await agora.runOne(
			operation,
			{},
			{ items: [{ mode: 'mix', cname, uid, resourceId, sid }] },
		);
		expect(output).toMatchObject({ sid, mode: 'mix' });
		expect(output).not.toHaveProperty('storage');
	});

	it('may have a number for its uid', async () => {
		const items = [{ ...started, uid: Number(started.uid) }];
		expect(await agora.runOne(operation, {}, { items })).toMatchObject({ uid: started.uid });
	});

	it('is entered by hand', async () => {
		const output = await agora.runOne(operation, byHand());
		expect(output).toMatchObject({ sid: started.sid, mode: 'mix' });
	});

	it('is entered by hand with the UID as a number', async () => {
		const output = await agora.runOne(operation, byHand({ recorderUid: Number(started.uid) }));
		expect(output).toMatchObject({ uid: started.uid });
	});

	it('entered by hand gets nothing from an item of another recording', async () => {
		const items = [{ ...started, sid: 'f'.repeat(32), storage: { prefix: 'wrong/' } }];
		const output = await agora.runOne(operation, byHand(), { items });
		expect(output).toMatchObject({ sid: started.sid });
		expect(JSON.stringify(output)).not.toContain('wrong');
	});

	it('entered by hand has its files in the folder that is entered with it', async () => {
		const { cname: channelName } = await agora.runOne('start', {
			channelName: 'class-8',
			fileNamePrefix: 'lessons/class8',
		});
		const [, inFolder] = agora.control.recordings();
		agora.control.advance(30_000);
		const identity = byHand({
			...{ channelName, recorderUid: inFolder.uid },
			...{ resourceId: inFolder.resourceId, sid: inFolder.sid },
		});
		const options = { fileNamePrefix: '/lessons/class8/' };
		const output = await agora.runOne(operation, { ...identity, options });
		expect(output.storage).toEqual({ prefix: 'lessons/class8/' });
		const files = output.files as Array<{ path: string; fileName: string }>;
		expect(files.length).toBeGreaterThan(0);
		for (const { path, fileName } of files) expect(path).toBe(`lessons/class8/${fileName}`);
	});

	it('does not take a folder that the form does not show', async () => {
		const options = { fileNamePrefix: 'other' };
		const output = await agora.runOne(operation, { options }, { items: [started] });
		expect(output.storage).toEqual(started.storage);
	});

	it('with a folder that Agora does not allow is refused', async () => {
		const failure = await fail({ ...byHand(), options: { fileNamePrefix: 'my lessons' } });
		expect(failure.told).toMatch(/^'Folder in Bucket' must contain only letters, digits/);
		expect(agora.sent()).toEqual([]);
	});

	it('is entered by hand where the node is a tool', async () => {
		const { recordingSource, ...identity } = byHand() as IDataObject;
		expect(recordingSource).toBe('manual');
		const output = await agora.runOne(operation, identity, { asTool: true });
		expect(output).toMatchObject({ sid: started.sid });
	});

	it('that an item does not have is asked for, with the expressions to paste', async () => {
		const upstream = [upstreamNode("Record Tim's class", 'start'), upstreamNode('Look', 'query')];
		const failure = await fail({}, { items: [{ name: 'Tim' }], upstream });
		expect(failure.name).toBe('NodeOperationError');
		expect(failure.told).toMatch(
			/contains no recording: cname, uid, resourceId, sid, mode missing/,
		);
		for (const key of ['cname', 'uid', 'resourceId', 'sid']) {
			expect(failure.description).toContain(`{{ $('Record Tim\\'s class').item.json.${key} }}`);
		}
		expect(agora.sent()).toEqual([]);
	});

	it.each([
		['web', 'Recording Name'],
		['mix', 'Channel Name'],
	])('of mode %s is asked for by the name that its form has: %s', async (mode, name) => {
		const failure = await fail({}, { items: [{ mode }] });
		expect(failure.told).toContain(`\n${name} {{ `);
	});

	describe('comes from an item of the four names alone', () => {
		const fourNames = () => {
			const { cname, uid, resourceId, sid } = started;
			return { cname, uid, resourceId, sid };
		};

		it('in the mode of the form', async () => {
			const options = { mode: 'mix' };
			const output = await agora.runOne(operation, { options }, { items: [fourNames()] });
			expect(output).toMatchObject({ ...fourNames(), mode: 'mix' });
			expect(output.outcome).not.toBe('notFound');
		});

		it.each(['individual', 'web'])('under %s, if the form says so', async (mode) => {
			const options = { mode };
			const more = { items: [fourNames()], onError: 'continueRegularOutput' as const };
			await agora.run(operation, { options }, more);
			expect(agora.sent()[0]).toMatchObject({ operation, mode, sid: started.sid });
		});

		it('unless it tells another mode, which is the stronger one', async () => {
			const options = { mode: 'web' };
			const output = await agora.runOne(operation, { options }, { items: [started] });
			expect(output).toMatchObject({ mode: 'mix' });
		});

		it('and not without any mode', async () => {
			const failure = await fail({}, { items: [fourNames()] });
			expect(failure.message).toBe('The incoming item does not contain the recording mode');
			expect(failure.description).toMatch(/option 'Fallback Mode'.*mix \(Composite\)/);
			expect(agora.sent()).toEqual([]);
		});

		it('and not with a mode that does not exist', async () => {
			const failure = await fail({ options: { mode: 'video' } }, { items: [fourNames()] });
			expect(failure.told).toMatch(/^'Fallback Mode' must .*\(got "video"\)/);
		});
	});

	it.each(['cname', 'uid', 'resourceId', 'sid'])(
		'without %s in the item is refused',
		async (key) => {
			const failure = await fail({}, { items: [{ ...started, [key]: '' }] });
			expect(failure.told).toContain(`${key} missing`);
			expect(failure.itemIndex).toBe(0);
			expect(agora.sent()).toEqual([]);
		},
	);

	it.each([
		['Channel Name', { channelName: '' }],
		['Channel Name', { channelName: 'a/b' }],
		['Recorder UID', { recorderUid: '0' }],
		['Recorder UID', { recorderUid: '' }],
		['Resource ID', { resourceId: 'no' }],
		['Resource ID', { resourceId: '' }],
		['Recording ID (SID)', { sid: 'no/sid' }],
		['Recording ID (SID)', { sid: '' }],
		['Mode', { mode: 'composite' }],
	])('with a wrong %s by hand (%j) is refused by that name', async (field, wrong) => {
		const failure = await fail(byHand(wrong));
		expect(failure.name).toBe('NodeOperationError');
		expect(failure.message.startsWith(`'${field}' must `)).toBe(true);
		expect(agora.sent()).toEqual([]);
	});

	it.each([
		['mode', { mode: 'composite' }],
		['uid', { uid: 'host' }],
		['sid', { sid: '../../x' }],
		['resourceId', { resourceId: 'a b c d e f g' }],
	])('with a wrong %s in the item is refused by that name', async (key, wrong) => {
		const failure = await fail({}, { items: [{ ...started, ...wrong }] });
		expect(failure.told).toMatch(new RegExp(`^'${key} in the incoming item' must `));
		expect(agora.sent()).toEqual([]);
	});

	it.each(['individual', 'web'])('in mode %s is asked for under that mode', async (mode) => {
		const cname = mode === 'web' ? 'a label/with ümlauts' : 'class-7';
		await agora.run(
			operation,
			{},
			{ items: [{ ...started, mode, cname }], onError: 'continueRegularOutput' },
		);
		expect(agora.sent()[0]).toMatchObject({ operation, mode, sid: started.sid });
	});
});
