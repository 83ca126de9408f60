import { RTMP, serverResponse, startApi, webRequest, WHO } from './harness.mts';
import type { Api, Session } from './harness.mts';

const NOW = 1_800_000_000_000;
const MP4 = { avFileType: ['hls', 'mp4'] };

describe('answers of query and stop, web', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi({ clock: { speed: 0, now: NOW } });
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const queryAfter = async (ms: number, session: Session) => {
		api.sim.control.advance(ms);
		return serverResponse(await api.query(session));
	};
	test('state, files spelt filename, and the CDN push', async () => {
		const request = { ...webRequest({ maxVideoDuration: 30 }, [RTMP]), recordingFileConfig: MP4 };
		const session = await api.begin('web', request);
		const base = `${session.sid}_${WHO.cname}`;
		const [{ rtmpUrl }] = RTMP.serviceParam.outputs as [{ rtmpUrl: string }];
		expect(await queryAfter(0, session)).toEqual({
			status: 0,
			extensionServiceState: [
				{
					serviceName: 'web_recorder_service',
					payload: { fileList: [], onhold: false, state: 'init' },
				},
				{
					serviceName: 'rtmp_publish_service',
					payload: { state: 'init', outputs: [{ rtmpUrl, status: 'connecting' }] },
				},
			],
		});
		const file = (filename: string, sliceStartTime = NOW) => ({ filename, sliceStartTime });
		const fileList = [
			file(`${base}.m3u8`),
			file(`${base}_0.mp4`),
			file(`${base}_1.mp4`, NOW + 1_800_000),
		];
		expect(await queryAfter(1_800_000, session)).toEqual({
			status: 5,
			extensionServiceState: [
				{
					serviceName: 'web_recorder_service',
					payload: { fileList, onhold: false, state: 'inProgress' },
				},
				{
					serviceName: 'rtmp_publish_service',
					payload: { state: 'inProgress', outputs: [{ rtmpUrl, status: 'publishing' }] },
				},
			],
		});
		expect(serverResponse(await api.stop(session))).toEqual({
			extensionServiceState: [
				{
					serviceName: 'web_recorder_service',
					payload: { fileList, onhold: false, state: 'exit' },
				},
				{ serviceName: 'rtmp_publish_service', payload: { state: 'onhold' } },
				{ serviceName: 'upload_service', payload: { uploadingStatus: 'uploaded' } },
			],
		});
	});

	test('on hold from the start: no files until it is resumed', async () => {
		const session = await api.begin('web', webRequest({ onhold: true }, [RTMP]));
		expect(await queryAfter(60_000, session)).toMatchObject({
			status: 4,
			extensionServiceState: [
				{ payload: { fileList: [], onhold: true, state: 'inProgress' } },
				{ payload: { outputs: [{ status: 'onhold' }] } },
			],
		});
		await api.post(session, 'update', { webRecordingConfig: { onhold: false } });
		expect(await queryAfter(15_000, session)).toMatchObject({
			status: 5,
			extensionServiceState: [
				{ payload: { fileList: [{ sliceStartTime: NOW + 60_000 }], onhold: false } },
				{ payload: { outputs: [{ status: 'publishing' }] } },
			],
		});
	});

	test('pause and new CDN address show in query', async () => {
		const session = await api.begin('web', webRequest({}, [RTMP]));
		await api.post(session, 'update', { webRecordingConfig: { onhold: true } });
		await api.post(session, 'update', {
			rtmpPublishConfig: { outputs: [{ rtmpUrl: 'rtmps://b/2' }] },
		});
		expect(await queryAfter(60_000, session)).toMatchObject({
			extensionServiceState: [
				{ payload: { onhold: true } },
				{ payload: { outputs: [{ rtmpUrl: 'rtmps://b/2', status: 'onhold' }] } },
			],
		});
	});
});
