import { readFileSync } from 'node:fs';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { Mode } from '../coverage/fields.mts';
import {
	bodyOf,
	merged,
	setUpCapture,
	START_FORMS,
	type CaptureSetup,
} from '../support/capture.mts';

/**
 * What the forms send untouched. The golden bodies are those of the form before its fields moved into
 * collections: a field that moves keeps its default where its entry is not added.
 */
const GOLDEN = JSON.parse(readFileSync('test/golden/defaultBodies.json', 'utf8')) as Record<
	string,
	IDataObject
>;

/** Defaults that were changed on purpose, by the place in `clientRequest`. */
const PICTURE = { width: 1280, height: 720, fps: 15, bitrate: 2260 };
const MP4 = { recordingFileConfig: { avFileType: ['hls', 'mp4'] } };
const CHANGED: Record<string, IDataObject> = {
	'mix start': { ...MP4, recordingConfig: { transcodingConfig: PICTURE } },
	'mix audioOnly': MP4,
	'mix videoOnly': { ...MP4, recordingConfig: { transcodingConfig: PICTURE } },
	'web start': MP4,
};

let agora: CaptureSetup;
beforeAll(async () => {
	agora = await setUpCapture();
});
afterAll(async () => await agora.tearDown());

const MODES: Mode[] = ['mix', 'individual', 'web'];
const CHANNELS: Mode[] = ['mix', 'individual'];

describe('A form as it comes sends what it sent', () => {
	const starts: Array<[string, Mode, INodeParameters]> = [
		...MODES.map((mode): [string, Mode, INodeParameters] => ['start', mode, {}]),
		...CHANNELS.map((mode): [string, Mode, INodeParameters] => [
			...(['audioOnly', mode, { streamTypes: 0 }] as const),
		]),
		...CHANNELS.map((mode): [string, Mode, INodeParameters] => [
			...(['videoOnly', mode, { streamTypes: 1 }] as const),
		]),
		['screenshots', 'individual', { individualOutput: 'screenshots' }],
		['both', 'individual', { individualOutput: 'both' }],
	];

	it.each(starts)('%s in %s', async (name, mode, parameters) => {
		const expected = merged(GOLDEN[`${mode} ${name}`], CHANGED[`${mode} ${name}`]);
		const attempt = await agora.fill('start', mode, { parameters });
		const { clientRequest } = bodyOf(attempt, 'start');
		expect(clientRequest).toEqual(expected);
		const { startParameter, ...acquire } = bodyOf(attempt, 'acquire').clientRequest as IDataObject;
		expect(startParameter).toEqual(clientRequest);
		const wanted = { ...GOLDEN[`${mode} acquire`] };
		delete wanted.startParameter;
		expect(acquire).toEqual(wanted);
	});

	it.each(MODES)('acquire alone in %s', async (mode) => {
		const attempt = await agora.attempt('acquire', { parameters: START_FORMS[mode] });
		expect(bodyOf(attempt, 'acquire').clientRequest).toEqual(GOLDEN[`${mode} acquireAlone`]);
	});

	it.each([
		['mix', 'subscription'],
		['mix', 'storage'],
		['web', 'pause'],
		['web', 'storage'],
	] as const)('update in %s: %s', async (mode, change) => {
		const attempt = await agora.fill('update', mode, { parameters: { change } });
		const { clientRequest } = bodyOf(attempt, 'update');
		expect(clientRequest).toEqual(GOLDEN[`update ${mode} ${change}`]);
	});

	it('update layout', async () => {
		const attempt = await agora.fill('updateLayout', 'mix', {});
		expect(bodyOf(attempt, 'updateLayout').clientRequest).toEqual(GOLDEN.updateLayout);
	});

	it('and is taken in individual mode, for 17 users', async () => {
		const parameters: INodeParameters = { mode: 'individual', channelName: 'class-7' };
		const attempt = await agora.attempt('start', { parameters });
		expect(attempt.failure).toBeUndefined();
		expect(bodyOf(attempt, 'start').clientRequest).toMatchObject({
			recordingConfig: { subscribeUidGroup: 3 },
		});
	});
});
