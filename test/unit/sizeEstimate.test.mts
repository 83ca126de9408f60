import type { RecordingMode } from '../../nodes/AgoraCloudRecording/agora/modes.ts';
import type { StartClientRequest } from '../../nodes/AgoraCloudRecording/agora/requests/start.ts';
import { estimatedBytesPerHour } from '../../nodes/AgoraCloudRecording/agora/requests/sizeEstimate.ts';

const estimate = (mode: RecordingMode, request: object) =>
	estimatedBytesPerHour(mode, { storageConfig: {}, ...request } as StartClientRequest);

const mix = (config: object, more: object = {}) =>
	estimate('mix', {
		recordingConfig: config,
		recordingFileConfig: { avFileType: ['hls'] },
		...more,
	});

const pageRequest = (page: object) => ({
	extensionServiceConfig: {
		extensionServices: [
			{
				serviceName: 'web_recorder_service',
				serviceParam: { audioProfile: 0, videoWidth: 1280, videoHeight: 720, ...page },
			},
		],
	},
});
const web = (page: object, avFileType = ['hls']) =>
	estimate('web', { ...pageRequest(page), recordingFileConfig: { avFileType } });

/** Bytes an hour of so many kbps. */
const kbps = (rate: number) => rate * 450_000;

describe('The size of a recording', () => {
	it('is as in Agora’s example: 208.8 MB for half an hour of 128 and 800 kbps', () => {
		const perHour = mix({ audioProfile: 1, transcodingConfig: { bitrate: 800 } });
		expect((perHour ?? 0) / 2).toBe(208_800_000);
	});

	it.each<[string, number | null, number | null]>([
		['defaults of composite', mix({}), kbps(48 + 500)],
		['audio alone', mix({ streamTypes: 0, audioProfile: 2 }), kbps(192)],
		['video alone', mix({ streamTypes: 1, transcodingConfig: { bitrate: 2260 } }), kbps(2260)],
		['HLS and MP4', mix({}, { recordingFileConfig: { avFileType: ['hls', 'mp4'] } }), kbps(1096)],
		['no word on formats', mix({}, { recordingFileConfig: undefined }), kbps(548)],
		['a list for audio alone', mix({ subscribeAudioUids: ['1'] }), kbps(48)],
		['a list for video alone', mix({ unSubscribeVideoUids: ['1'] }), kbps(500)],
		['lists for both', mix({ subscribeAudioUids: ['1'], subscribeVideoUids: ['1'] }), kbps(548)],
		['a page of 1280 × 720', web({}), kbps(48 + 2000)],
		['a smaller page', web({ videoWidth: 960 }), kbps(48 + 1500)],
		['a page with bitrate', web({ audioProfile: 1, videoBitrate: 3000 }), kbps(3128)],
		['a page as MP4 too', web({ videoBitrate: 1000 }, ['hls', 'mp4']), 2 * kbps(1048)],
		['individual', estimate('individual', { recordingConfig: { streamTypes: 2 } }), null],
		['screenshots', estimate('individual', { recordingConfig: {}, snapshotConfig: {} }), null],
		['a page without profile', web({ audioProfile: undefined }), null],
		['a page without width', web({ videoWidth: undefined }), null],
		['a page without height', web({ videoHeight: undefined }), null],
		['a page with a bitrate as text', web({ videoBitrate: '500' }), null],
		['a page in another mode', estimate('mix', pageRequest({})), null],
		['a page without recorder', estimate('web', { extensionServiceConfig: {} }), null],
		['a profile to come', mix({ audioProfile: 9 }), null],
		['a bitrate as text', mix({ transcodingConfig: { bitrate: '500' } }), null],
		['composite without settings', estimate('mix', {}), null],
	])('%s', (_what, bytes, expected) => {
		expect(bytes).toBe(expected);
	});
});
