import {
	containing,
	having,
	matching,
	MIX,
	RTMP,
	startApi,
	STORAGE,
	webRequest,
	WHO,
} from './harness.mts';
import type { Api } from './harness.mts';

const audioOnly = having(MIX, 'recordingConfig.streamTypes', 0);
const videoOnly = having(MIX, 'recordingConfig.streamTypes', 1);
const audio = (lists: object) => ({ streamSubscribe: { audioUidList: lists } });
const video = (lists: object) => ({ streamSubscribe: { videoUidList: lists } });

describe('update and updateLayout', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi();
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	test.each([
		['pause in mix', 'mix', MIX, { webRecordingConfig: { onhold: true } }, 'webRecordingConfig'],
		['lists in web', 'web', webRequest(), audio({ subscribeAudioUids: ['1'] }), 'streamSubscribe'],
		[
			'CDN address without push',
			'web',
			webRequest(),
			{ rtmpPublishConfig: RTMP.serviceParam },
			'rtmpPublishConfig',
		],
		[
			'two addresses',
			'web',
			webRequest({}, [RTMP]),
			{ rtmpPublishConfig: { outputs: [] } },
			'outputs',
		],
		['audio of video', 'mix', videoOnly, audio({ subscribeAudioUids: ['1'] }), 'audioUidList'],
		['video of audio', 'mix', audioOnly, video({ subscribeVideoUids: ['1'] }), 'videoUidList'],
		['empty list', 'mix', MIX, audio({ subscribeAudioUids: [] }), 'subscribeAudioUids'],
		[
			'both lists',
			'mix',
			MIX,
			audio({ subscribeAudioUids: ['1'], unSubscribeAudioUids: ['2'] }),
			'subscribeAudioUids',
		],
		['wrong place', 'mix', MIX, audio({ subscribeVideoUids: ['1'] }), 'unknown parameter'],
		['half a storage', 'mix', MIX, { storageConfig: { stsToken: 't' } }, 'storageConfig.vendor'],
		['layout', 'mix', MIX, { mixedVideoLayout: 1 }, 'unknown parameter mixedVideoLayout'],
	])('update refuses: %s', async (_what, mode, start, clientRequest, blamed) => {
		const session = await api.begin(mode, start);
		const reply = await api.post(session, 'update', clientRequest);
		expect(reply.status).toBe(400);
		expect(reply.data).toEqual({ code: 2, reason: containing(blamed) });
		expect(reply.data).toMatchObject({ reason: matching(/^Update: /) });
	});

	test('update refreshes the storage credential', async () => {
		const storageConfig = { ...STORAGE, stsToken: 'secret', stsExpiration: 4_000_000_000 };
		const session = await api.begin('mix', MIX);
		expect((await api.post(session, 'update', { storageConfig })).status).toBe(200);
		expect(api.sim.control.recording(session.sid).storage).toMatchObject({
			stsToken: '***',
			stsExpiration: 4_000_000_000,
		});
	});

	test('update to a bucket that is not there ends the recording', async () => {
		api.sim.control.configure({ buckets: [STORAGE] });
		const session = await api.begin('mix', MIX);
		api.sim.control.advance(60_000);
		await api.post(session, 'update', { storageConfig: { ...STORAGE, secretKey: 'old' } });
		api.sim.control.advance(3000);
		expect((await api.query(session)).status).toBe(404);
	});

	test.each([
		['a canvas', { mixedVideoLayout: 0, width: 640 }, 'unknown parameter width'],
		['layout 3 without regions', { mixedVideoLayout: 3 }, 'layoutConfig'],
		['regions of layout 1', { mixedVideoLayout: 1, layoutConfig: [] }, 'layoutConfig'],
		['a colour by name', { backgroundColor: 'red' }, 'backgroundColor'],
	])('updateLayout refuses %s', async (_what, clientRequest, blamed) => {
		const session = await api.begin('mix', MIX);
		const reply = await api.post(session, 'updateLayout', clientRequest);
		expect(reply.status).toBe(400);
		expect(reply.data).toMatchObject({ code: 2, reason: containing(blamed) });
	});

	test('updateLayout replaces the whole layout', async () => {
		const request = having(MIX, 'recordingConfig.transcodingConfig', {
			width: 640,
			mixedVideoLayout: 1,
			backgroundColor: '#00FF00',
		});
		const session = await api.begin('mix', request);
		const layout = () => api.sim.control.recording(session.sid).layout;
		expect(layout()).toEqual({ mixedVideoLayout: 1, backgroundColor: '#00FF00' });
		await api.post(session, 'updateLayout', { mixedVideoLayout: 2 });
		expect(layout()).toEqual({ mixedVideoLayout: 2 });
	});

	test.each(['update', 'updateLayout'])('%s after stop is 404', async (operation) => {
		const session = await api.begin('mix', MIX);
		await api.stop(session);
		expect((await api.post(session, operation, {})).status).toBe(404);
	});

	test.each(['update', 'updateLayout', 'stop'])('%s needs the identity', async (operation) => {
		const session = await api.begin('mix', MIX);
		const reply = await api.request('POST', api.path(session, operation), {
			cname: WHO.cname,
			clientRequest: {},
		});
		expect(reply.data).toMatchObject({
			code: 2,
			reason: containing('uid is missing'),
		});
		const { data } = await api.request('POST', api.path(session, operation), WHO);
		expect(data).toMatchObject({ reason: containing('clientRequest is missing') });
	});

	test('stop refuses what it does not know', async () => {
		const session = await api.begin('mix', MIX);
		expect((await api.stop(session, { asyncStop: true })).data).toMatchObject({ code: 2 });
		expect((await api.stop(session, { async_stop: 'true' })).data).toMatchObject({ code: 2 });
	});
});
