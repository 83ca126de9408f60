import type { IDataObject } from 'n8n-workflow';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();

const HOUR_MS = 3_600_000;

async function recorded(parameters: object, ms = 60_000): Promise<IDataObject> {
	const started = await agora.runOne('start', { channelName: 'class-7', ...parameters });
	agora.time.pass(ms);
	return started;
}

const stop = async (item: IDataObject, hints: string[] = [], parameters: object = {}) =>
	await agora.runOne('stop', parameters, { items: [item], hints });

describe('What a stop gives', () => {
	it('shows first what somebody looks for, and last what only Agora needs', async () => {
		const stopped = await stop(await recorded({}), [], { simplify: false });
		const names = Object.keys(stopped);
		expect(names.slice(0, 10)).toEqual([
			...['outcome', 'uploadStatus', 'mainFile', 'mainFiles', 'files', 'failoverChecked'],
			...['mode', 'cname', 'uid', 'sid'],
		]);
		expect(names.slice(-3)).toEqual(['requestId', 'response', 'resourceId']);
	});

	it('names the MP4 as the file to open, and says that nobody looked for others', async () => {
		const hints: string[] = [];
		const stopped = await stop(await recorded({}), hints);
		const main = { format: 'mp4', part: 1, parts: 1 };
		expect(stopped).toMatchObject({ mainFile: main, mainFiles: [main], failoverChecked: false });
		expect(stopped.files).toMatchObject([{ format: 'mp4' }, { format: 'm3u8' }]);
		expect(hints).toEqual([]);
	});

	it('tells of several parts, which the first alone would hide', async () => {
		const hints: string[] = [];
		const started = await recorded({ recordingOptions: { maxIdleTime: 86_400 } }, 5 * HOUR_MS);
		const { mainFile, mainFiles } = await stop(started, hints);
		const parts = mainFiles as IDataObject[];
		expect(parts.length).toBeGreaterThan(1);
		expect(parts.map(({ part }) => part)).toEqual(parts.map((_, i) => i + 1));
		expect(mainFile).toEqual(parts[0]);
		expect(hints.join()).toMatch(/several parts.*use 'mainFiles'/);
	});

	it('has no main file where each user has their own, and no word of parts', async () => {
		const hints: string[] = [];
		const stopped = await stop(await recorded({ mode: 'individual' }), hints);
		expect(stopped.mainFile).toBeNull();
		expect((stopped.mainFiles as IDataObject[]).length).toBeGreaterThan(0);
		expect(hints).toEqual([]);
	});

	it('has none where nothing was recorded', async () => {
		const started = await recorded({});
		agora.fail('stop', { kind: 'error', error: 'stop.435' });
		const stopped = await stop(started);
		expect(stopped).toMatchObject({ outcome: 'noRecordedData', mainFile: null, mainFiles: [] });
		expect(stopped).not.toHaveProperty('failoverChecked');
	});
});

describe('Screenshots alone', () => {
	it('are of whose video is asked for: sound is not listed', async () => {
		const parameters = {
			...{ mode: 'individual', individualOutput: 'screenshots' },
			...{ videoSubscription: 'only', videoUids: '5' },
		};
		await agora.runOne('start', { channelName: 'class-7', ...parameters });
		const { clientRequest } = agora.sent('start')[0].body as {
			clientRequest: { recordingConfig: IDataObject };
		};
		expect(clientRequest.recordingConfig).toMatchObject({ subscribeVideoUids: ['5'] });
		expect(clientRequest.recordingConfig).not.toHaveProperty('subscribeAudioUids');
	});
});
