import {
	acquireClientRequest,
	endsByItself,
	formatsOf,
	idleSeconds,
	layoutOf,
	recordingHours,
	streamTypesOf,
	webPageOf,
	type StartClientRequest,
} from '../../nodes/AgoraCloudRecording/agora/requests/start.ts';
import {
	VIDEO_PROFILE_KEYS,
	videoProfile,
} from '../../nodes/AgoraCloudRecording/agora/requests/videoProfiles.ts';
import { webPageServices } from '../../nodes/AgoraCloudRecording/agora/requests/webPage.ts';

const PAGE = {
	url: 'https://example.com/lesson',
	audioProfile: 0,
	videoWidth: 1280,
	videoHeight: 720,
	maxRecordingHour: 3,
};
const start = (request: object) => request as StartClientRequest;
const page = (changes: object = {}) =>
	start({ extensionServiceConfig: webPageServices({ ...PAGE, ...changes }) });
const channel = (recordingConfig: object, more: object = {}) => start({ recordingConfig, ...more });

describe('Of a start is read', () => {
	it.each([
		[channel({}), 30, 2, 'when the channel has been empty for 30 seconds'],
		[
			channel({ maxIdleTime: 300, streamTypes: 0 }),
			300,
			0,
			'when the channel has been empty for 300 seconds',
		],
		[
			channel({ maxIdleTime: 'soon', streamTypes: 7 }),
			undefined,
			undefined,
			'after the time set at the start',
		],
		[page(), undefined, undefined, 'after 3 hours'],
		[page({ maxRecordingHour: 1000 }), undefined, undefined, 'after the time set at the start'],
	])('when %j ends, and what it records', (request, idle, streams, ends) => {
		expect(idleSeconds(request)).toBe(idle);
		expect(streamTypesOf(request)).toBe(streams);
		expect(endsByItself(request)).toBe(ends);
	});

	it('its layout, without the picture around it', () => {
		const layout = { mixedVideoLayout: 2, maxResolutionUid: '5', backgroundColor: undefined };
		const picture = { width: 640, height: 360, fps: 15, bitrate: 800, ...layout };
		const read = layoutOf(channel({ transcodingConfig: picture })) ?? {};
		expect(Object.entries(read)).toEqual([
			['mixedVideoLayout', 2],
			['maxResolutionUid', '5'],
		]);
		expect(layoutOf(channel({}))).toBeUndefined();
		expect(layoutOf(page())).toBeUndefined();
	});

	it.each([
		[{}, ['hls']],
		[{ recordingFileConfig: { avFileType: ['hls', 'mp4', 7] } }, ['hls', 'mp4']],
		[{ snapshotConfig: { fileType: ['jpg'] } }, ['jpg']],
		[{ snapshotConfig: {}, recordingFileConfig: { avFileType: ['hls'] } }, ['hls', 'jpg']],
	])('which files %j makes', (more, formats) => {
		expect(formatsOf(channel({}, more))).toEqual(formats);
	});

	it('its page, whichever service is named first', () => {
		const { extensionServices } = webPageServices({ ...PAGE }, 'rtmp://example.com/live/key');
		const services = [...extensionServices].reverse();
		const request = start({ extensionServiceConfig: { extensionServices: services } });
		expect(webPageOf(request)).toMatchObject({ maxRecordingHour: 3, videoWidth: 1280 });
		expect(recordingHours(request)).toBe(3);
		expect(webPageOf(channel({}))).toBeUndefined();
		const others = { extensionServices: [{ serviceName: 'another' }] };
		expect(webPageOf(start({ extensionServiceConfig: others }))).toBeUndefined();
		expect(recordingHours(undefined)).toBeUndefined();
	});
});

describe('A video profile', () => {
	it.each([
		['1280x720_15', 'communication', { width: 1280, height: 720, fps: 15, bitrate: 1130 }],
		['1280x720_15', 'liveBroadcasting', { width: 1280, height: 720, fps: 15, bitrate: 2260 }],
		['1920x1080_60', 'liveBroadcasting', { width: 1920, height: 1080, fps: 60, bitrate: 6500 }],
		['1280x720_16', 'communication', undefined],
	] as const)('%s in a channel of the profile %s', (key, channel, profile) => {
		expect(videoProfile(key, channel)).toEqual(profile);
	});

	it('has a value of its own', () => {
		expect(VIDEO_PROFILE_KEYS).toContain('1280x720_15');
		expect(new Set(VIDEO_PROFILE_KEYS).size).toBe(VIDEO_PROFILE_KEYS.length);
	});
});

describe('The services of a web page', () => {
	it('are the recorder, and the push to a CDN where there is an address', () => {
		const names = (rtmpUrl?: string) =>
			webPageServices({ ...PAGE }, rtmpUrl).extensionServices.map(({ serviceName }) => serviceName);
		expect(names()).toEqual(['web_recorder_service']);
		expect(names('rtmp://example.com/live/key')).toEqual([
			'web_recorder_service',
			'rtmp_publish_service',
		]);
	});
});

describe('The hours that Agora takes calls for a recording', () => {
	it.each([
		['cover the recording', 100, undefined, 100],
		['are raised to cover it', 100, 24, 100],
		['are left alone where they do', 3, 24, 24],
		['are not asked for where 72 are enough', 72, undefined, undefined],
		['are left alone where they break a rule', 100, 0, 0],
		['are left alone where they are none', 100, 1.5, 1.5],
		['are as asked for a channel', undefined, 1, 1],
	])('%s', (_what, recorded, asked, sent) => {
		const request = recorded === undefined ? channel({}) : page({ maxRecordingHour: recorded });
		const acquire = acquireClientRequest('web', { resourceExpiredHour: asked }, request);
		expect(acquire.resourceExpiredHour).toBe(sent);
		expect(acquire).not.toHaveProperty('region');
	});

	it('are raised from a single one, the fewest there are', () => {
		const acquire = acquireClientRequest('web', { resourceExpiredHour: 1 }, page());
		expect(acquire.resourceExpiredHour).toBe(3);
	});
});
