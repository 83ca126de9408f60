import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { resourceIdSchema, uidSchema } from '../../../agora/identity';
import {
	newRecordingFields,
	readStart,
	recordingSettingsFields,
	type StartInput,
} from '../../../form/newRecording';
import {
	ACQUIRED_RESOURCE,
	extraBodyOption,
	optionsField,
	readRequestTimeout,
	readSimplify,
	RECORDING_OPTIONS,
	requestTimeoutOption,
	simplifyOption,
} from '../../../form/options';
import { clock } from '../../../process/clock';
import { alsoRunning, operationError } from '../../../errors';
import type { ItemRun, Operation } from '../../operation';
import { abandon } from './abandon';
import { identityOfSent, startRecording } from './acquireAndStart';
import { attemptAt, attemptGoingOn, type Attempt } from './memory';
import { startOutput, unconfirmed, warnOfStart, type StartSettings } from './output';
import { defaultPatience, verifyStart, type Verification } from './verify';

/** A resource ID lives this long (rest-api.md section 1). */
const RESOURCE_LIFE_MS = 5 * 60 * 1000;

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

const fields: INodeProperties[] = [
	...newRecordingFields,
	...recordingSettingsFields,
	optionsField([
		acquiredResourceOption,
		{
			displayName: 'If Not Answered',
			name: 'ifNotAnswered',
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
					name: 'Return the Item',
					value: 'return',
					description: "Go on, with the outcome 'unconfirmed' in the output",
				},
				{
					name: 'Stop It and Throw Error',
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
			name: 'verifyPatience',
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

/** The resource ID that the user acquired before. @throws NodeOperationError when it is of no use */
function readResource({ parameters, input, context, itemIndex }: ItemRun, start: StartInput) {
	const resourceId = parameters.text(ACQUIRED_RESOURCE);
	if (!resourceIdSchema.safeParse(resourceId).success) {
		throw parameters.refusal(ACQUIRED_RESOURCE, resourceId, 'the resourceId that Acquire returned');
	}
	const fromItem = input.resourceId === resourceId;
	if (fromItem && input.mode !== undefined && input.mode !== start.mode) {
		throw parameters.refusal(
			'mode',
			start.mode,
			`${String(input.mode)}, for which it was acquired`,
		);
	}
	const acquiredAt =
		fromItem && typeof input.acquiredAt === 'string' ? input.acquiredAt : undefined;
	if (start.ownUid) {
		const uid = fromItem ? input.uid : undefined;
		if (!uidSchema.safeParse(String(uid)).success) {
			throw parameters.refusal(
				`${RECORDING_OPTIONS}.recorderUid`,
				'',
				'the UID that the resource was acquired for',
			);
		}
		start.start.uid = String(uid);
		delete start.ownUid;
	}
	if (acquiredAt && clock.now() - Date.parse(acquiredAt) > RESOURCE_LIFE_MS) {
		throw operationError(context.getNode(), itemIndex, {
			message: 'The resource ID is older than five minutes and cannot be used any more',
			advice:
				"Acquire a new one shortly before, or let Start acquire it: remove 'Acquired Resource ID'.",
		});
	}
	return { resourceId, ...(acquiredAt && { acquiredAt }) };
}

function readSettings(run: ItemRun, input: StartInput): StartSettings {
	const { parameters } = run;
	return {
		timeout: readRequestTimeout(parameters),
		verify: parameters.boolean('options.verify', true),
		patience: parameters.wholeNumberWithin(
			'options.verifyPatience',
			defaultPatience(input.start.clientRequest),
			5,
			600,
		),
		ifNotConfirmed: parameters.choice(
			'options.ifNotConfirmed',
			['error', 'return', 'stop'] as const,
			'error',
		),
		simplify: readSimplify(run),
		...(parameters.raw(ACQUIRED_RESOURCE) !== undefined && { resource: readResource(run, input) }),
	};
}

async function execute(
	run: ItemRun,
	input: StartInput,
	settings: StartSettings,
	attempt: Attempt,
): Promise<IDataObject> {
	if (attempt.output) return structuredClone(attempt.output);

	const started =
		attempt.started ??
		(await startRecording(run, input, settings.timeout, attempt, settings.resource));
	const verification: Verification = settings.verify
		? await verifyStart(run, started, input.start.clientRequest, settings)
		: { outcome: 'accepted' };
	if (verification.outcome === 'unconfirmed' && settings.ifNotConfirmed !== 'return') {
		const { error, over } = await unconfirmed(run, input, settings, started, verification);
		attempt.over = over;
		throw error;
	}
	const others = attempt.open.map(identityOfSent);
	warnOfStart(run, input, verification.outcome, others.length);
	const output = startOutput(input, settings, started, verification, others);
	attempt.output = structuredClone(output);
	return output;
}

export const start: Operation = {
	fields,
	async prepare(run) {
		const input = await readStart(run);
		const settings = readSettings(run, input);
		let attempt: Attempt | undefined;
		return {
			async execute() {
				attempt = attemptAt(input.place, run.runIndex);
				try {
					return await execute(run, input, settings, attempt);
				} catch (failure) {
					// Whatever this try came to, what was sent before may have made a recording that goes on.
					throw alsoRunning(failure, attempt.open.map(identityOfSent));
				}
			},
			async abandon() {
				// Not begun, there may be something of an earlier try.
				attempt ??= attemptGoingOn(input.place, run.runIndex);
				return attempt === undefined || (await abandon(run, attempt));
			},
		};
	},
};
