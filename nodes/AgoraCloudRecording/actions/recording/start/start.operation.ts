import { jsonParse, type IDataObject } from 'n8n-workflow';
import { describeStatus } from '../../../agora/answers/statuses';
import type { ChannelProfile } from '../../../agora/channelProfiles';
import { resourceIdSchema, uidSchema } from '../../../agora/identity';
import { readStart, type StartInput } from '../../../form/newRecording';
import {
	ACQUIRED_RESOURCE,
	readRequestTimeout,
	readSimplify,
	RECORDING_OPTIONS,
} from '../../../form/options';
import { clock } from '../../../process/clock';
import { alsoRunning, operationError } from '../../../errors';
import type { ItemRun, Operation } from '../../operation';
import { abandon } from './abandon';
import { identityOfSent, startRecording } from './acquireAndStart';
import { IF_NOBODY, lookAfter, lookBefore, nobodySeen, type ChannelSeen } from './channel';
import { startFields } from './fields';
import { attemptAt, attemptGoingOn, handOn, type Attempt } from './memory';
import { skippedOutput, startOutput, unconfirmed, warnOfStart, type StartSettings } from './output';
import { defaultPatience, verifyStart, type Verification } from './verify';

/** A resource ID lives this long (rest-api.md section 1). */
const RESOURCE_LIFE_MS = 5 * 60 * 1000;

/** The resource ID that the user acquired before. @throws NodeOperationError when it is of no use */
function readResource({ parameters, input, context, itemIndex }: ItemRun, start: StartInput) {
	const resourceId = parameters.text(ACQUIRED_RESOURCE);
	if (!resourceIdSchema.safeParse(resourceId).success) {
		throw parameters.refusal(
			ACQUIRED_RESOURCE,
			resourceId,
			'must be the resourceId that Acquire returned',
		);
	}
	const fromItem = input.resourceId === resourceId;
	if (fromItem && input.mode !== undefined && input.mode !== start.mode) {
		throw parameters.refusal(
			'mode',
			start.mode,
			`must be ${String(input.mode)}, which the resource was acquired for`,
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
				'must be the UID that the resource was acquired for',
			);
		}
		start.start.uid = String(uid);
		delete start.ownUid;
	}
	if (acquiredAt && clock.now() - Date.parse(acquiredAt) > RESOURCE_LIFE_MS) {
		throw operationError(context.getNode(), itemIndex, {
			message: 'The resource ID is older than five minutes and has expired',
			advice:
				"Acquire a new one right before the start, or remove 'Acquired Resource ID' to let Start acquire it.",
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
			'options.verificationTimeout',
			defaultPatience(input.start.clientRequest),
			5,
			600,
		),
		ifNotConfirmed: parameters.choice(
			'options.ifNotConfirmed',
			['error', 'return', 'stop'] as const,
			'error',
		),
		ifChannelEmpty: parameters.choice('options.ifChannelEmpty', IF_NOBODY, 'start'),
		simplify: readSimplify(run),
		...(parameters.raw(ACQUIRED_RESOURCE) !== undefined && { resource: readResource(run, input) }),
	};
}

/** The same start with the profile that the channel has: what depends on it is read anew. */
async function withProfile(
	run: ItemRun,
	input: StartInput,
	profile: ChannelProfile | undefined,
): Promise<StartInput> {
	if (!input.profile || profile === input.profile.assumed) return input;
	const { ownUid, start } = input;
	// What there is to warn of was told when it was read first.
	const again = await readStart({ ...run, warn: () => undefined }, profile);
	return { ...again, ownUid, start: { ...again.start, uid: start.uid } };
}

async function execute(
	run: ItemRun,
	asRead: StartInput,
	settings: StartSettings,
	attempt: Attempt,
): Promise<IDataObject> {
	if (attempt.output) return jsonParse<IDataObject>(attempt.output);

	// What may have been started goes on as it was sent, whoever is there by now.
	if (!attempt.started && attempt.open.length === 0) {
		attempt.channel = await lookBefore(run, asRead, settings.ifChannelEmpty);
	}
	const seen = attempt.channel;
	if (seen?.nobody) return await endWithoutStart(run, asRead, settings, seen);

	const input = await withProfile(run, asRead, seen?.used.profile);
	const started =
		attempt.started ??
		(await startRecording(run, input, settings.timeout, attempt, settings.resource));
	const verification: Verification = settings.verify
		? await verifyStart(run, started, input.start.clientRequest, settings)
		: { outcome: 'accepted' };
	// A recorder that hears nobody never gets that far.
	const records = describeStatus(verification.response?.status ?? 0).outcome === 'recording';
	const isOpen = verification.outcome === 'ready' || verification.outcome === 'unconfirmed';
	const words = await lookAfter(run, input, records ? undefined : seen, isOpen);
	if (verification.outcome === 'unconfirmed' && settings.ifNotConfirmed !== 'return') {
		const { error, over } = await unconfirmed(run, input, settings, started, verification, words);
		attempt.over = over;
		throw error;
	}
	const others = attempt.open.map(identityOfSent);
	warnOfStart(run, input, verification.outcome, others.length, words);
	const output = startOutput(input, settings, started, verification, others, seen);
	handOn(attempt, output);
	return output;
}

/** Skips the start, or refuses it, because nobody is in the channel. */
async function endWithoutStart(
	run: ItemRun,
	input: StartInput,
	{ ifChannelEmpty }: StartSettings,
	seen: ChannelSeen,
): Promise<IDataObject> {
	const { mode, start } = input;
	const { words, similar } = await nobodySeen(run, start.cname, seen);
	if (ifChannelEmpty === 'error') {
		throw operationError(
			run.context.getNode(),
			run.itemIndex,
			{
				message: words,
				advice: 'Nothing was started. Agora reported an empty channel twice, five seconds apart.',
			},
			{ mode, cname: start.cname },
		);
	}
	// A name that is not quite right would be skipped for ever.
	if (similar.length > 0) run.warn(words);
	return skippedOutput(input);
}

export const start: Operation = {
	fields: startFields,
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
