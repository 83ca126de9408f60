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
		'Reserved recorder that Acquire returned as resourceId, for the same channel and recorder UID. It can be used once, within five minutes. Without this option Start acquires one itself.',
};

const costNotice: INodeProperties = {
	displayName:
		'Each run starts a recording, which is billed until it is stopped or ends by itself: a channel when it is empty, a web page after its hours.',
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
					description: "Start nothing, and go on with the outcome 'skipped' in the output",
				},
				{
					name: 'Start Anyway',
					value: 'start',
					description: 'Let the recorder wait in the channel, for people who come later',
				},
				{
					name: 'Throw Error',
					value: 'error',
					description: 'Start nothing, and let the node fail',
				},
			],
			default: 'start',
			description:
				'What to do when nobody is in the channel, which Agora has to say twice, five seconds apart. Who only listens to a live broadcast is somebody, and so is everybody where Agora does not answer.',
		},
		{
			displayName: 'If No Response',
			name: 'ifNoResponse',
			type: 'options',
			options: [
				{
					name: 'Start Another Recording',
					value: 'startAnother',
					description: 'Try a new resource and recorder UID. Two recordings may run and be billed.',
				},
				{
					name: 'Throw Error',
					value: 'error',
					description:
						'Let the node fail; the recording, which may be running, is named in the details',
				},
			],
			default: 'error',
			description:
				'What to do when Agora, asked again and again, does not say whether it has started the recording',
		},
		{
			displayName: 'If Not Confirmed',
			name: 'ifNotConfirmed',
			type: 'options',
			options: [
				{
					name: 'Return Item',
					value: 'return',
					description: "Go on, with the outcome 'unconfirmed' in the output",
				},
				{
					name: 'Stop and Throw Error',
					value: 'stop',
					description: 'Stop the recording, which may be running, then let the node fail',
				},
				{
					name: 'Throw Error',
					value: 'error',
					description:
						'Let the node fail; the recording, which may be running, is named in the details',
				},
			],
			default: 'error',
			description: 'What to do when Agora does not say in time that the recording is running',
		},
		extraBodyOption,
		{
			...extraBodyOption,
			displayName: 'Additional Acquire Fields (JSON)',
			name: 'extraAcquireBody',
			description:
				"The same as 'Additional Request Fields (JSON)', for the request that gets the resource ID",
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
				'How long to wait until Agora says that the recording is running, from 5 to 600. Without this option 90 seconds, and for a web page 30 seconds and twice the time that it may take to load.',
		},
		{
			displayName: 'Verify Start',
			name: 'verify',
			type: 'boolean',
			default: true,
			description:
				'Whether to ask Agora until the recording is really running, which takes at least 5 seconds. Turned off, the node learns only that Agora accepted the start.',
		},
	]),
	costNotice,
];
