import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { RECORDING_MODES, type RecordingMode } from '../../agora/modes';
import { defined } from '../../agora/objects';
import { readStreamTypes } from '../../agora/requests/sent';
import { updateSchema, type UpdateClientRequest } from '../../agora/requests/update';
import {
	AUDIO_AND_VIDEO,
	AUDIO_ONLY,
	streamSubscribe,
	VIDEO_ONLY,
} from '../../agora/requests/subscriptions';
import { readAdditionalFields } from '../../form/additionalFields';
import { nameInMessages, placesUnder, shownFor } from '../../form/fields';
import { forModes, modeField } from '../../form/mode';
import {
	extraBodyOption,
	optionsField,
	requestTimeoutOption,
	simplifyOption,
} from '../../form/options';
import { readRecording, type KnownRecording } from '../../form/knownRecording';
import { recordingFields } from '../../form/recordingSource';
import { fileNamePrefixField, readStorage, storageOverridesField } from '../../form/storage';
import {
	readChoices,
	readSpelling,
	subscriptionFields,
	subscriptionPlaces,
	unsubscribeSpellingOption,
} from '../../form/subscription';
import { temporaryKeysField } from '../../form/temporaryKeys';
import { rtmpUrlField } from '../../form/webPage';
import { shownStorage } from '../../agora/requests/shownStorage';
import type { ItemRun, Operation } from '../operation';
import { changeRecording } from './changeRecording';

const storageChange = {
	name: 'Storage Credentials',
	value: 'storage',
	description: 'Send Agora new keys for the bucket, for example a new temporary credential',
};

const fields: INodeProperties[] = [
	...recordingFields({
		...modeField,
		description:
			'Mode that the recording was started with. Items with a different mode cause an error.',
	}),
	...forModes(
		['mix', 'individual'],
		[
			{
				displayName: 'Change',
				name: 'change',
				type: 'options',
				options: [
					storageChange,
					{
						name: 'Users to Record',
						value: 'subscription',
						description: 'Change whose audio and video to record',
					},
				],
				default: 'subscription',
				description: 'What to change in the running recording',
			},
		],
	),
	...forModes(
		['web'],
		[
			{
				displayName: 'Change',
				name: 'change',
				type: 'options',
				options: [
					{
						name: 'CDN Push URL',
						value: 'cdn',
						description: 'Push the page to a different CDN address',
					},
					{
						name: 'Pause',
						value: 'pause',
						description: 'Pause the recording until you resume it',
					},
					{ name: 'Resume', value: 'resume', description: 'Resume the recording after a pause' },
					storageChange,
				],
				default: 'pause',
				description: 'What to change in the running recording',
			},
		],
	),
	...forModes(['mix', 'individual'], shownFor({ change: ['subscription'] }, subscriptionFields)),
	...forModes(
		['web'],
		shownFor({ change: ['cdn'] }, [
			{
				...rtmpUrlField,
				required: true,
				description: 'New address (rtmp:// or rtmps://) of a CDN or live streaming service',
			},
		]),
	),
	...shownFor({ change: ['storage'] }, [
		{
			...fileNamePrefixField,
			description:
				'Folder that the recording was started with. Leave empty to use the folder of the incoming item.',
		},
		// In a collection they appear filled in; here they are added as a whole.
		{ ...storageOverridesField, placeholder: 'Add override', default: {} },
		{ ...temporaryKeysField, placeholder: 'Add keys', default: {} },
	]),
	optionsField([
		extraBodyOption,
		requestTimeoutOption(),
		simplifyOption,
		unsubscribeSpellingOption,
	]),
];

const PLACES = {
	...placesUnder('clientRequest.streamSubscribe.audioUidList.', subscriptionPlaces()),
	...placesUnder('clientRequest.streamSubscribe.videoUidList.', subscriptionPlaces()),
	'clientRequest.rtmpPublishConfig.outputs.*.rtmpUrl': 'rtmpUrl',
};

/** What update is to send, and what of it the output tells. */
interface Change {
	clientRequest: UpdateClientRequest;
	/** By what is really sent: additional fields may have changed it. */
	told?: (sent: UpdateClientRequest) => IDataObject;
	storageField?: (member: string) => string;
}

/**
 * What is recorded of the users at all: Agora takes lists for that alone (rest-api.md section 4). Where
 * nobody tells, both.
 */
function recordedMedia({ parameters, warn }: ItemRun, { known }: KnownRecording): number {
	const streamTypes = readStreamTypes(known.streamTypes) ?? AUDIO_AND_VIDEO;
	const missing =
		streamTypes === AUDIO_ONLY ? 'Video' : streamTypes === VIDEO_ONLY ? 'Audio' : undefined;
	const field = `${missing?.toLowerCase()}Subscription`;
	if (missing && !['everyone', 'nobody'].includes(parameters.text(field))) {
		warn(
			`'${parameters.nameOf(field)}' had no effect, because the recording was started without ${missing.toLowerCase()}.`,
		);
	}
	return streamTypes;
}

function readChange(run: ItemRun, mode: RecordingMode, recording: KnownRecording): Change {
	const { parameters } = run;
	const changes =
		mode === 'web'
			? (['pause', 'resume', 'cdn', 'storage'] as const)
			: (['subscription', 'storage'] as const);
	const change = parameters.choice<(typeof changes)[number]>('change', changes, changes[0]);
	switch (change) {
		case 'pause':
		case 'resume': {
			const onhold = change === 'pause';
			return {
				clientRequest: { webRecordingConfig: { onhold } },
				told: ({ webRecordingConfig: sent }) => defined({ onhold: sent?.onhold }),
			};
		}
		case 'cdn':
			return {
				clientRequest: {
					rtmpPublishConfig: { outputs: [{ rtmpUrl: parameters.text('rtmpUrl') }] },
				},
			};
		case 'subscription':
			return {
				clientRequest: {
					streamSubscribe: streamSubscribe(
						readChoices(parameters, recordedMedia(run, recording)),
						readSpelling(run, 'options'),
					),
				},
			};
		case 'storage': {
			const storage = readStorage(run, parameters, recording);
			return {
				clientRequest: { storageConfig: storage.config },
				told: ({ storageConfig: sent }) => (sent ? { storage: shownStorage(storage, sent) } : {}),
				storageField: storage.fieldOf,
			};
		}
	}
}

export const update: Operation = {
	fields,
	async prepare(run) {
		const { parameters } = run;
		const mode = parameters.choice('mode', RECORDING_MODES, 'mix');
		const recording = readRecording(run, mode);
		const { clientRequest, told, storageField } = readChange(run, mode, recording);
		parameters.check(
			updateSchema(mode),
			{ clientRequest },
			nameInMessages(parameters, PLACES, storageField),
		);
		const { request, overridden } = readAdditionalFields(
			run,
			'options.extraBody',
			{ clientRequest },
			updateSchema(mode),
		);
		return changeRecording(run, recording, 'update', request, {
			...told?.(request.clientRequest),
			...(overridden.length > 0 && { overridden }),
		});
	},
};
