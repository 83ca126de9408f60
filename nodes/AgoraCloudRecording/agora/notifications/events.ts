/**
 * What Agora tells by notification. An event number means something only together with its product:
 * Console has a secret, a URL and a list of events for each.
 */
export const PRODUCTS = {
	cloudRecording: { productId: 3, displayName: 'Cloud Recording' },
	rtcChannel: { productId: 1, displayName: 'RTC Channel Events' },
} as const;

export type Product = keyof typeof PRODUCTS;

/** All products, in the order in which the form offers their events. */
export const ALL_PRODUCTS = Object.keys(PRODUCTS) as Product[];

export interface AgoraEvent {
	/** `eventType`. */
	eventType: number;
	/** Value in workflows and `event` in the output: Agora's `msgName`; never rename. */
	name: string;
	displayName: string;
	description: string;
	/** `payload.serviceType`, where it is documented. */
	serviceType?: number;
}

const event = (
	eventType: number,
	serviceType: number | undefined,
	name: string,
	displayName: string,
	description: string,
): AgoraEvent => ({ eventType, serviceType, name, displayName, description });

/**
 * Events of Cloud Recording, one row a number. Source: notifications.md section 5. Of 13, 34, 46 and
 * 47 only number and subject are known; their names are ours.
 */
const CLOUD_RECORDING_EVENTS: readonly AgoraEvent[] = [
	event(1, 0, 'cloud_recording_error', 'Error Reported', 'Agora reported an error of any level'),
	event(
		2,
		0,
		'cloud_recording_warning',
		'Warning Reported',
		'A problem occurred, but the recording continues',
	),
	event(
		3,
		0,
		'cloud_recording_status_update',
		'Status Update',
		'A request did not match the state of the recording, for example a second start',
	),
	event(
		4,
		0,
		'cloud_recording_file_infos',
		'Playlist Created',
		'A playlist (M3U8) of the recording was uploaded for the first time',
	),
	event(
		11,
		0,
		'session_exit',
		'Recording Ended',
		"The recording has ended. The upload may continue: see 'All Files Uploaded'.",
	),
	event(
		12,
		0,
		'session_failover',
		'Moved to Another Server',
		'The recording continues with the same SID but a different recorder UID',
	),
	event(
		13,
		undefined,
		'high_availability_registered',
		'High Availability Registered',
		'The recording can move to another server if needed',
	),
	event(
		30,
		2,
		'uploader_started',
		'Uploader Started',
		'The uploader has started; the output shows whether it succeeded',
	),
	event(
		31,
		2,
		'uploaded',
		'Upload Ended',
		'The upload to your storage has ended; the output shows whether it succeeded',
	),
	event(
		32,
		2,
		'backuped',
		'Upload Ended (Agora Backup)',
		"Ended with files in Agora's backup storage; the output shows whether it succeeded",
	),
	event(33, 2, 'uploading_progress', 'Upload Progress', 'Progress of the upload, once a minute'),
	event(
		34,
		2,
		'sts_expired',
		'Temporary Storage Keys Expired',
		'The temporary credential (STS) has expired; send Agora a new one with Update',
	),
	event(
		40,
		1,
		'recorder_started',
		'Recorder Started',
		'The recorder of a channel has started; the output shows whether it succeeded',
	),
	event(
		41,
		1,
		'recorder_leave',
		'Recorder Left',
		'The recorder has left the channel; the output shows why',
	),
	event(
		42,
		1,
		'recorder_slice_start',
		'Slice Started',
		'Recording of a user has begun, or resumed after a gap',
	),
	event(
		43,
		1,
		'recorder_audio_stream_state_changed',
		'Audio Stream Changed',
		'The recorder started or stopped receiving audio',
	),
	event(
		44,
		1,
		'recorder_video_stream_state_changed',
		'Video Stream Changed',
		'The recorder started or stopped receiving video',
	),
	event(45, 1, 'recorder_snapshot_file', 'Screenshot Taken', 'A screenshot was uploaded'),
	event(
		46,
		1,
		'recorder_audio_info_changed',
		'Audio Info Changed',
		'The properties of the audio changed',
	),
	event(
		47,
		1,
		'recorder_video_info_changed',
		'Video Info Changed',
		'The properties of the video changed',
	),
	event(
		60,
		4,
		'vod_started',
		'Alibaba Cloud VoD Upload Started (Legacy)',
		'The uploader to Alibaba Cloud VoD is ready',
	),
	event(
		61,
		4,
		'vod_triggered',
		'Alibaba Cloud VoD Upload Finished (Legacy)',
		'All files are in Alibaba Cloud VoD',
	),
	event(
		70,
		6,
		'web_recorder_started',
		'Web Page Recorder Started',
		'The recorder of a web page has started',
	),
	event(
		71,
		6,
		'web_recorder_stopped',
		'Web Page Recorder Stopped',
		'The recorder of a web page has stopped; the output shows why and lists the files',
	),
	event(
		72,
		6,
		'web_recorder_capability_limit',
		'Web Page Limit Exceeded',
		'The page uses features that cannot be recorded; the recording stops',
	),
	event(73, 6, 'web_recorder_reload', 'Web Page Reloaded', 'The recorder reloaded the page'),
	event(
		80,
		7,
		'transcoder_started',
		'Transcoding Started (Legacy)',
		'Transcoding after the recording has started',
	),
	event(
		81,
		7,
		'transcoder_completed',
		'Transcoding Completed (Legacy)',
		'Transcoding after the recording has ended, with the result for each user',
	),
	event(
		90,
		8,
		'download_failed',
		'Download Failed',
		'Agora could not download files for transcoding',
	),
	event(
		100,
		6,
		'rtmp_publish_status',
		'CDN Push Status Changed',
		'The push to a CDN started, failed, or ended',
	),
	event(
		1001,
		0,
		'postpone_transcode_final_result',
		'Transcoding Result',
		'The final result of the transcoding after the recording',
	),
];

/** Source: rtc-channel-events.md. The names are ours, after Agora's words. */
const RTC_CHANNEL_EVENTS: readonly AgoraEvent[] = [
	event(101, undefined, 'channel_create', 'Channel Created', 'The first user joined a channel'),
	event(
		102,
		undefined,
		'channel_destroy',
		'Channel Destroyed',
		'The last user left a channel; not sent while a recorder is in it',
	),
	event(
		103,
		undefined,
		'broadcaster_join',
		'Host Joined',
		'A host joined a live broadcasting channel',
	),
	event(
		104,
		undefined,
		'broadcaster_leave',
		'Host Left',
		'A host left a live broadcasting channel',
	),
	event(
		105,
		undefined,
		'audience_join',
		'Audience Member Joined',
		'An audience member joined a live broadcasting channel',
	),
	event(
		106,
		undefined,
		'audience_leave',
		'Audience Member Left',
		'An audience member left a live broadcasting channel',
	),
	event(
		107,
		undefined,
		'communication_join',
		'Participant Joined',
		'A user joined a communication channel',
	),
	event(
		108,
		undefined,
		'communication_leave',
		'Participant Left',
		'A user left a communication channel',
	),
	event(111, undefined, 'role_broadcaster', 'User Became Host', 'An audience member became a host'),
	event(
		112,
		undefined,
		'role_audience',
		'User Became Audience',
		'A host became an audience member',
	),
];

export const EVENTS: Record<Product, readonly AgoraEvent[]> = {
	cloudRecording: CLOUD_RECORDING_EVENTS,
	rtcChannel: RTC_CHANNEL_EVENTS,
};

/** The event of that number, or undefined for one that the reference does not know. */
export function findEvent(product: Product, eventType: number | null): AgoraEvent | undefined {
	return EVENTS[product].find((row) => row.eventType === eventType);
}

/**
 * What most workflows wait for, in words: sometimes told by several numbers, sometimes by a number that
 * tells something else too. Which notices count is decided by their details.
 */
export interface EventGroup {
	/** Value in workflows; never rename. */
	name: string;
	displayName: string;
	description: string;
	eventTypes: readonly number[];
	/** Which notices of those numbers: unless said otherwise, those of a normal state. */
	only?: 'failures' | 'timeLimit';
}

export const RECORDING_FAILED = 'recording_failed';

/** Groups of a product, in the order in which the form offers them. */
export const EVENT_GROUPS: Record<Product, readonly EventGroup[]> = {
	cloudRecording: [
		{
			name: 'all_files_uploaded',
			displayName: 'All Files Uploaded',
			description:
				"All files are in your storage (31) or will be moved there from Agora's backup (32)",
			eventTypes: [31, 32],
		},
		{
			name: 'all_files_in_storage',
			displayName: 'All Files in Your Storage',
			description:
				"All files are in your storage (31). Not sent if files went to Agora's backup storage (32).",
			eventTypes: [31],
		},
		{
			name: 'recording_started',
			displayName: 'Recording Started',
			description: 'The recorder of a channel (40) or of a web page (70) has started',
			eventTypes: [40, 70],
		},
		{
			name: 'recording_ended',
			displayName: 'Recording Ended',
			description:
				"The recording has ended (11). The upload may continue: see 'All Files Uploaded'.",
			eventTypes: [11],
		},
		{
			name: RECORDING_FAILED,
			displayName: 'Recording Failed',
			description:
				'A severe error (1), abnormal status (3, 11, 30–32, 40, 41), or failed page (71)',
			eventTypes: [1, 3, 11, 30, 31, 32, 40, 41, 71],
			only: 'failures',
		},
		{
			name: 'web_time_limit',
			displayName: 'Web Page Time Limit Reached',
			description:
				"A web page recording reached its time limit (71). Does not count as 'Recording Failed'.",
			eventTypes: [71],
			only: 'timeLimit',
		},
		{
			name: 'screenshot_taken',
			displayName: 'Screenshot Taken',
			description: 'A screenshot was uploaded (45)',
			eventTypes: [45],
		},
	],
	rtcChannel: [
		{
			name: 'channel_created',
			displayName: 'Channel Created',
			description: 'The first user joined a channel (RTC 101)',
			eventTypes: [101],
		},
		{
			name: 'user_joined',
			displayName: 'User Joined',
			description: 'A user joined a channel, in any role and profile (RTC 103, 105, 107)',
			eventTypes: [103, 105, 107],
		},
		{
			name: 'user_left',
			displayName: 'User Left',
			description: 'A user left a channel, in any role and profile (RTC 104, 106, 108)',
			eventTypes: [104, 106, 108],
		},
	],
};

/** Fits every event of a product, also those that Agora adds one day. */
export const ANY_EVENT: Record<
	Product,
	Pick<EventGroup, 'name' | 'displayName' | 'description'>
> = {
	cloudRecording: {
		name: 'any_recording_event',
		displayName: 'Any Recording Event',
		description: 'All recording events, including events that Agora may add later',
	},
	rtcChannel: {
		name: 'any_channel_event',
		displayName: 'Any Channel Event',
		description: 'All RTC channel events, including events that Agora may add later',
	},
};

const NAMES: ReadonlyMap<string, Product> = new Map(
	ALL_PRODUCTS.flatMap((product) =>
		[
			...[ANY_EVENT[product], ...EVENT_GROUPS[product], ...EVENTS[product]].map(({ name }) => name),
			...EVENTS[product].map(({ eventType }) => String(eventType)),
		].map((name) => [name, product] as const),
	),
);

/**
 * Product that an event, a group or a number belongs to; undefined where it is none of them. Numbers
 * that no table has are Cloud Recording's, which other services of Agora use too.
 */
export function productOfEvent(name: string): Product | undefined {
	return NAMES.get(name) ?? (/^\d+$/.test(name) ? 'cloudRecording' : undefined);
}

/** Products that a workflow has to hear of to get these events. */
export function productsOf(events: readonly string[]): Product[] {
	return ALL_PRODUCTS.filter((product) => events.some((name) => productOfEvent(name) === product));
}

/** Product of a notice, of which real ones always tell the number; undefined for any other of Agora's. */
export function productOfNotice(productId: number | undefined): Product | undefined {
	if (productId === undefined) return 'cloudRecording';
	return ALL_PRODUCTS.find((product) => PRODUCTS[product].productId === productId);
}
