/** notifications.md 3. */
export const RTC = 1;
export const CLOUD_RECORDING = 3;

/** An event of a product, as the documents have it. */
export interface EventKind {
	/** `msgName` of Cloud Recording; a name for people in RTC. */
	name: string;
	/** Whether Console's list has it; the others are sent only when a webhook names them. */
	listed: boolean;
	/** `serviceType` of Cloud Recording (notifications.md 4). */
	serviceType: number;
	/** `details` as documented, without msgName; of RTC: what stands beside channelName and ts. */
	sample: Record<string, unknown>;
	/** What is different in it when something went wrong, for events that have a number for that. */
	abnormal?: Record<string, unknown>;
	/** What is different in it on another of Agora's pages, or in what was observed. */
	other?: Record<string, unknown>;
}

type Row = readonly [
	eventType: number,
	name: string,
	serviceType: number,
	sample: Record<string, unknown>,
	unlisted?: 'unlisted',
];

const SAMPLE_MS = 1_619_172_632_080;
const sampleFile = (fileName: string) => ({
	fileName,
	trackType: 'audio_and_video',
	uid: '0',
	mixedAllUser: true,
	isPlayable: true,
	sliceStartTime: SAMPLE_MS,
});
const sampleUpload = { status: 0, fileList: [sampleFile('xxx.mp4'), sampleFile('xxx.m3u8')] };

/** notifications.md 5 and 6. Names of 13, 34, 46 and 47 are invented: no document has them. */
const RECORDING_ROWS: readonly Row[] = [
	[
		1,
		'cloud_recording_error',
		0,
		{ module: 1, errorLevel: 5, errorCode: 32, stat: 1, errorMsg: 'storage configuration wrong' },
	],
	[2, 'cloud_recording_warning', 0, { module: 1, warnCode: 31 }],
	[3, 'cloud_recording_status_update', 0, { status: 5, recordingMode: 1, fileList: 'xxx.m3u8' }],
	[4, 'cloud_recording_file_infos', 0, { fileList: 'xxx.m3u8' }],
	[11, 'session_exit', 0, { exitStatus: 0 }],
	[12, 'session_failover', 0, { newUid: 123_456_789 }],
	[13, 'high_availability_register_success', 0, {}, 'unlisted'],
	[30, 'uploader_started', 2, { status: 0 }],
	[31, 'uploaded', 2, sampleUpload],
	[32, 'backuped', 2, sampleUpload],
	[33, 'uploading_progress', 2, { progress: 10_000 }],
	[34, 'STSExpired', 2, {}, 'unlisted'],
	[40, 'recorder_started', 1, { status: 0 }],
	[41, 'recorder_leave', 1, { leaveCode: 24 }],
	[
		42,
		'recorder_slice_start',
		1,
		{
			startUtcMs: SAMPLE_MS,
			discontinueUtcMs: SAMPLE_MS,
			mixedAllUser: true,
			streamUid: '0',
			trackType: 'audio_and_video',
		},
	],
	[43, 'recorder_audio_stream_state_changed', 1, { streamUid: '0', state: 0, utcMs: SAMPLE_MS }],
	[44, 'recorder_video_stream_state_changed', 1, { streamUid: '0', state: 0, utcMs: SAMPLE_MS }],
	[45, 'recorder_snapshot_file', 1, { fileName: 'prefix/xxx.jpg' }],
	[46, 'recorder_audio_info_changed', 1, {}, 'unlisted'],
	[47, 'recorder_video_info_changed', 1, {}, 'unlisted'],
	[60, 'vod_started', 4, { aliVodInfo: { videoId: 'video-id' } }],
	[61, 'vod_triggered', 4, {}],
	[70, 'web_recorder_started', 6, { recorderStartTime: SAMPLE_MS }],
	[
		71,
		'web_recorder_stopped',
		6,
		{
			code: 0,
			message: 'ok',
			details: '',
			fileList: [{ filename: 'xxx.m3u8', sliceStartTime: SAMPLE_MS }],
		},
	],
	[72, 'web_recorder_capability_limit', 6, { limitType: 'resolution' }],
	[73, 'web_recorder_reload', 6, { reason: 'audio_silence' }],
	[80, 'transcoder_started', 7, {}, 'unlisted'],
	[
		81,
		'transcoder_completed',
		7,
		{
			result: 'all_success',
			uids: [{ uid: '123', result: 'success', fileList: [{ fileName: 'xxx.mp4' }] }],
		},
		'unlisted',
	],
	[90, 'download_failed', 8, { vendor: 1, region: 0, bucket: 'bucket', fileName: 'a.ts;b.ts' }],
	[100, 'rtmp_publish_status', 6, { rtmpUrl: 'rtmp://example.com/live', status: 'publishing' }],
	[110, 'cloud_transcoder_started', 0, {}, 'unlisted'],
	[111, 'cloud_transcoder_stopped', 0, {}, 'unlisted'],
	[112, 'cloud_transcoder_status', 0, {}, 'unlisted'],
	[113, 'cloud_transcoder_updated', 0, {}, 'unlisted'],
	[
		1001,
		'postpone_transcode_final_result',
		0,
		{ result: 'total_success', fileList: [{ fileName: 'xxx.mp4' }] },
	],
];

const user = { uid: 12_121_212, platform: 1, clientSeq: 1_625_051_030_789 };
const speaker = { uid: 12_121_212, clientSeq: 1_625_051_030_789 };
const left = { ...user, reason: 1, duration: 600 };

/** rtc-channel-events.md. */
const RTC_ROWS: readonly Row[] = [
	[101, 'channel create', 0, {}],
	[102, 'channel destroy', 0, { lastUid: 12_121_212 }],
	[103, 'broadcaster join channel', 0, user],
	[104, 'broadcaster leave channel', 0, left],
	[105, 'audience join channel', 0, user],
	[106, 'audience leave channel', 0, left],
	[107, 'user join channel with communication mode', 0, user],
	[108, 'user leave channel with communication mode', 0, left],
	[111, 'client role change to broadcaster', 0, speaker],
	[112, 'client role change to audience', 0, speaker],
];

type Changes = Readonly<Record<number, Record<string, unknown>>>;

/** notifications.md 5: 0 is normal and any other number is not; of 41 it is the other way round. */
const RECORDING_ABNORMAL: Changes = {
	1: { stat: 1 },
	3: { status: 20 },
	11: { exitStatus: 1 },
	30: { status: 1 },
	31: { status: 1 },
	32: { status: 1 },
	40: { status: 1 },
	41: { leaveCode: 0 },
	71: { code: 6, message: 'recorder_error ' },
};

/** notifications.md 5: a Chinese sample (31, 32), older texts (11), a table (71), other spellings. */
const RECORDING_OTHER: Changes = {
	11: { exitStatus: undefined, leaveStatus: 0 },
	31: { status: '0' },
	32: { status: '0' },
	43: { utcMs: undefined, UtcMs: SAMPLE_MS },
	44: { utcMs: undefined, UtcMs: SAMPLE_MS },
	71: { fileList: [{ fileName: 'xxx.m3u8', sliceStartTime: SAMPLE_MS }] },
	90: { fileName: undefined, filename: 'a.ts;b.ts' },
};

/** rtc-channel-events.md: another page has the user's account and the type of applets. */
const applet = { account: 'user-1', platform: 6, clientType: 8 };
const RTC_OTHER: Changes = { 103: applet, 104: applet, 105: applet, 106: applet };

const tableOf = (
	rows: readonly Row[],
	other: Changes,
	abnormal: Changes = {},
): ReadonlyMap<number, EventKind> =>
	new Map(
		rows.map(([eventType, name, serviceType, sample, unlisted]) => [
			eventType,
			{
				name,
				listed: unlisted === undefined,
				serviceType,
				sample,
				abnormal: abnormal[eventType],
				other: other[eventType],
			},
		]),
	);

/** Every known event of each product, by number. */
export const EVENTS: ReadonlyMap<number, ReadonlyMap<number, EventKind>> = new Map([
	[RTC, tableOf(RTC_ROWS, RTC_OTHER)],
	[CLOUD_RECORDING, tableOf(RECORDING_ROWS, RECORDING_OTHER, RECORDING_ABNORMAL)],
]);

/** Events 110 to 113 under Cloud Recording's product ID are another product's (notifications.md 6). */
export const isCloudTranscoder = (eventType: number): boolean =>
	eventType >= 110 && eventType <= 113;

/** Which of an event's samples: as the newest documents have it, when something went wrong, elsewhere. */
export const SAMPLES = ['documented', 'abnormal', 'other'] as const;

/** A sample of an event; the documented one where there is no other. */
export function sampleOf(
	product: number,
	eventType: number,
	which: (typeof SAMPLES)[number],
): Record<string, unknown> {
	const kind = EVENTS.get(product)?.get(eventType);
	return { ...kind?.sample, ...(which === 'documented' ? {} : kind?.[which]) };
}
