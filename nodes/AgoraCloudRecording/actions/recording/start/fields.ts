import type { INodeProperties } from 'n8n-workflow';
import { newRecordingFields, recordingSettingsFields } from '../../../form/newRecording';
import {
	extraBodyOption,
	optionsField,
	requestTimeoutOption,
	simplifyOption,
} from '../../../form/options';

const acquiredResourceOption: INodeProperties = {
	displayName: 'Acquired Resource ID',
	name: 'resourceId',
	type: 'string',
	default: '={{ $json.resourceId }}',
	description:
		'Resource ID that Acquire returned for the same channel and recorder UID. Use it once, within five minutes. By default, Start acquires its own.',
};

const costNotice: INodeProperties = {
	displayName:
		'Each run starts a recording. You are billed until it stops: when you stop it, when the channel is empty, or when a web page reaches its maximum length.',
	name: 'costNotice',
	type: 'notice',
	default: '',
};

export const startFields: INodeProperties[] = [
	...newRecordingFields,
	...recordingSettingsFields,
	optionsField([
		acquiredResourceOption,
		{
			displayName: 'If Channel Is Empty',
			name: 'ifChannelEmpty',
			type: 'options',
			displayOptions: { hide: { '/mode': ['web'] } },
			options: [
				{
					name: 'Skip',
					value: 'skip',
					description: "Do not start, and return the outcome 'skipped'",
				},
				{
					name: 'Start Anyway',
					value: 'start',
					description: 'Let the recorder wait in the channel for users to join',
				},
				{
					name: 'Throw Error',
					value: 'error',
					description: 'Do not start, and stop with an error',
				},
			],
			default: 'start',
			description:
				'What to do if no users are in the channel. Agora is asked twice, five seconds apart. The audience of a live broadcast counts as users, and a channel counts as occupied if Agora does not respond.',
		},
		{
			displayName: 'If No Response',
			name: 'ifNoResponse',
			type: 'options',
			options: [
				{
					name: 'Start Another Recording',
					value: 'startAnother',
					description:
						'Retry with a new resource and recorder UID. Two recordings may run and be billed.',
				},
				{
					name: 'Throw Error',
					value: 'error',
					description: 'Stop with an error that identifies the recording, which may be running',
				},
			],
			default: 'error',
			description: 'What to do if Agora does not respond to the start, even after retries',
		},
		{
			displayName: 'If Not Confirmed',
			name: 'ifNotConfirmed',
			type: 'options',
			options: [
				{
					name: 'Return Item',
					value: 'return',
					description: "Continue with the outcome 'unconfirmed'",
				},
				{
					name: 'Stop and Throw Error',
					value: 'stop',
					description: 'Stop the recording, which may be running, then stop with an error',
				},
				{
					name: 'Throw Error',
					value: 'error',
					description: 'Stop with an error that identifies the recording, which may be running',
				},
			],
			default: 'error',
			description: 'What to do if Agora does not confirm in time that the recording is running',
		},
		extraBodyOption,
		{
			...extraBodyOption,
			displayName: 'Additional Acquire Fields (JSON)',
			name: 'extraAcquireBody',
			description:
				"Like 'Additional Request Fields (JSON)', but for the request that acquires the resource",
		},
		requestTimeoutOption(),
		simplifyOption,
		{
			displayName: 'Verification Timeout (Seconds)',
			name: 'verificationTimeout',
			type: 'number',
			typeOptions: { minValue: 5, maxValue: 600 },
			default: 90,
			description:
				'How long to wait for Agora to confirm that the recording is running, from 5 to 600. Defaults to 90 or, for web pages, to 30 plus twice the time that the page may take to load.',
		},
		{
			displayName: 'Verify Start',
			name: 'verify',
			type: 'boolean',
			default: true,
			description:
				'Whether to wait until Agora confirms that the recording is running, which takes at least 5 seconds. While off, you only know that Agora accepted the start.',
		},
	]),
	costNotice,
];
