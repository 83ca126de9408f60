import type { IDataObject } from 'n8n-workflow';
import { failureOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();

const CHANNEL = { channelName: 'class-7' };
const everyone = { audioUidList: { subscribeAudioUids: ['#allstream#'] } };
const everyPicture = { videoUidList: { subscribeVideoUids: ['#allstream#'] } };

async function update(started: IDataObject, parameters: object = {}) {
	const hints: string[] = [];
	const updated = await agora.runOne('update', parameters, { items: [started], hints });
	const { body } = agora.sent('update').at(-1) ?? {};
	const { streamSubscribe } = (body as { clientRequest: IDataObject }).clientRequest;
	return { updated, streamSubscribe, hints };
}

describe('Start tells what it records of the users', () => {
	it.each([
		['mix', {}, 2],
		['mix', { streamTypes: 0 }, 0],
		['mix', { streamTypes: 1 }, 1],
		['individual', { subscribeUidGroup: 0, streamTypes: 0 }, 0],
		// Agora's own default: screenshots alone send no streamTypes
		['individual', { subscribeUidGroup: 0, individualOutput: 'screenshots' }, 2],
	])('in %s with %j: %i', async (mode, parameters, streamTypes) => {
		const started = await agora.runOne('start', { ...CHANNEL, mode, ...parameters });
		expect(started).toMatchObject({ streamTypes });
		expect(await agora.runOne('query', {}, { items: [started] })).toMatchObject({ streamTypes });
	});

	it('but not of a page, and not what nobody can read', async () => {
		const url = 'https://example.com/room';
		const page = await agora.runOne('start', { mode: 'web', channelName: 'page', url });
		expect(page).not.toHaveProperty('streamTypes');
		agora.fail('start', {
			kind: 'answer',
			status: 200,
			body: { sid: '38f8e3cfdc474cd56fc1ceba380d7e1a' },
		});
		const extraBody = '{"clientRequest":{"recordingConfig":{"streamTypes":"all"}}}';
		const options = { extraBody, verify: false };
		const started = await agora.runOne('start', { ...CHANNEL, options });
		expect(started).not.toHaveProperty('streamTypes');
	});
});

describe('Update → Users to Record', () => {
	it.each<[string, number, object]>([
		['audio and video', 2, { ...everyone, ...everyPicture }],
		['audio alone', 0, everyone],
		['video alone', 1, everyPicture],
	])('of a recording of %s has lists for that', async (_what, streamTypes, expected) => {
		const started = await agora.runOne('start', { ...CHANNEL, streamTypes });
		const { updated, streamSubscribe, hints } = await update(started);
		expect(streamSubscribe).toEqual(expected);
		expect(updated).toMatchObject({ outcome: 'updated', streamTypes });
		expect(hints).toEqual([]);
	});

	it('says that a choice for what is not recorded changed nothing', async () => {
		const started = await agora.runOne('start', { ...CHANNEL, streamTypes: 0 });
		const choice = { videoSubscription: 'only', videoUids: '5' };
		const { streamSubscribe, hints } = await update(started, choice);
		expect(streamSubscribe).toEqual(everyone);
		expect(hints).toEqual([
			"'Video From' had no effect, because the recording was started without video.",
		]);
	});

	it('refuses to record nobody of all that is recorded', async () => {
		const started = await agora.runOne('start', { ...CHANNEL, streamTypes: 0 });
		agora.control.clearRequests();
		const failure = await failureOf(update(started, { audioSubscription: 'nobody' }));
		expect(failure.message).toMatch(/^'Audio From' must .*\(got "nobody"\)/);
		expect(agora.sent()).toEqual([]);
	});

	it.each<unknown>([undefined, 7, 'all', null])(
		'of an item with %j for it has both, and changes what the form says',
		async (streamTypes) => {
			const started = await agora.runOne('start', CHANNEL);
			const { streamSubscribe } = await update({ ...started, streamTypes } as IDataObject);
			expect(streamSubscribe).toEqual({ ...everyone, ...everyPicture });
			// What the item has for it is handed on as it is, whatever it is.
			agora.outputs.length = 0;
		},
	);
});
