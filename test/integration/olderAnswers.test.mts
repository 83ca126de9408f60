import type { IDataObject } from 'n8n-workflow';
import { textOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();
let started: IDataObject;

beforeEach(async () => {
	started = await agora.runOne('start', { channelName: 'class-7' });
});

/** An answer about the recording, as references before 2021 print it (rest-api.md section 6). */
function answer(operation: 'query' | 'stop', status: number, body: object) {
	const { cname, uid, sid, resourceId } = started;
	agora.fail(operation, {
		kind: 'answer',
		status,
		body: { cname, uid, sid, resourceId, ...body },
	});
}
const run = async (operation: string, parameters: object = {}) =>
	await agora.runOne(operation, parameters, { items: [started] });

const FILE = {
	filename: 'a.m3u8',
	trackType: 'audio_and_video',
	uid: 123,
	mixedAllUser: 'false',
	isPlayable: 'true',
	sliceStartTime: '1562724971626',
};
const TOLD = {
	fileName: 'a.m3u8',
	track: 'audio_and_video',
	uid: '123',
	mixedAllUsers: false,
	isPlayable: true,
	startedAt: '2019-07-10T02:16:11.626Z',
};

describe('Numbers and booleans that come as text', () => {
	it('are read in a query', async () => {
		answer('query', 200, {
			code: '0',
			serverResponse: { status: '5', fileListMode: 'json', fileList: [FILE] },
		});
		expect(await run('query')).toMatchObject({
			outcome: 'recording',
			status: { code: 5, name: 'inProgress' },
			files: [TOLD],
		});
	});

	it('are read in a query of a web page', async () => {
		answer('query', 200, {
			serverResponse: {
				status: '5',
				extensionServiceState: [
					{
						serviceName: 'web_recorder_service',
						payload: {
							state: 'inProgress',
							onhold: 'true',
							fileList: [{ filename: 'a.m3u8', sliceStartTime: '1623000000' }],
						},
					},
				],
			},
		});
		expect(await run('query')).toMatchObject({
			outcome: 'paused',
			onhold: true,
			files: [{ fileName: 'a.m3u8', startedAt: '2021-06-06T17:20:00.000Z' }],
		});
	});

	it('are read with a single file', async () => {
		const serverResponse = {
			status: '5',
			sliceStartTime: '1562724971626',
			fileListMode: 'string',
			fileList: 'a.m3u8',
		};
		answer('query', 200, { serverResponse });
		expect(await run('query')).toMatchObject({
			files: [{ fileName: 'a.m3u8', startedAt: TOLD.startedAt }],
		});
	});

	it('are read in a stop', async () => {
		const serverResponse = { fileList: [FILE], uploadingStatus: 'uploaded' };
		answer('stop', 200, { serverResponse });
		expect(await run('stop')).toMatchObject({
			outcome: 'stopped',
			uploadStatus: 'uploaded',
			files: [TOLD],
		});
	});

	it('are read where a start is verified', async () => {
		agora.control.addFault({
			match: { operation: 'query' },
			fault: { kind: 'answer', status: 200, body: { serverResponse: { status: '5' } } },
		});
		const again = await agora.runOne('start', { channelName: 'class-8' });
		expect(again).toMatchObject({ outcome: 'recording', status: { code: 5 } });
	});

	it('are read as Agora’s code', async () => {
		answer('stop', 206, { code: '435', reason: 'no recorded data' });
		expect(await run('stop')).toMatchObject({ outcome: 'noRecordedData' });
	});

	it('and a text where a number is meant are no status', async () => {
		answer('query', 200, { serverResponse: { status: 'five', fileList: 'a.m3u8' } });
		const queried = await run('query');
		expect(queried).toMatchObject({ outcome: 'unknown' });
		expect(textOf(queried.outcome)).toBe('unknown');
	});
});
