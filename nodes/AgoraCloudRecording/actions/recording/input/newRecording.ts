import { chooseRecorderUid } from '../../../agora/identity';
import { RECORDING_MODES, type RecordingMode } from '../../../agora/modes';
import {
	acquireClientRequest,
	acquireSchema,
	startSchema,
	type AcquireRequest,
	type StartClientRequest,
	type StartRequest,
} from '../../../agora/requests/start';
import type { ItemRun } from '../../operation';
import { readComposite, readIndividual, readPostponedMode } from './channel';
import { fieldNames } from './fieldNames';
import { AREA_NAMES, AREAS } from '../../../storage/vendors';
import { warnOfEndings } from './endings';
import { patched } from './patched';
import { readStorage, shownStorage, type StorageInput } from './storage';
import { NO_TOKEN, readToken, type RecorderToken, type TokenSource } from './token';
import { readWebPage } from './webPage';

/** What acquire sends, checked. */
export interface AcquireInput {
	mode: RecordingMode;
	acquire: AcquireRequest;
	/** Places whose value the additional fields replaced. */
	overridden: string[];
	/**
	 * Chooses a UID, from how many recordings the place had before and how many UIDs were tried for
	 * this one; undefined where the user chose it.
	 */
	ownUid?: (generation: number, tried: number) => string;
	/** Where it is started: execution, node, item and channel. Nothing in it that a retry changes. */
	place: string;
}

/** Everything that a start sends, checked; `uid` may still be exchanged where it is our own. */
export interface StartInput extends AcquireInput {
	start: StartRequest;
	storage: StorageInput['shown'];
	/** Token of the recorder; the requests above have none yet. */
	tokenFor: TokenSource;
	/** Whether to rather have two recordings than none where Agora does not answer a start. */
	startAnother: boolean;
}

const READERS = { mix: readComposite, individual: readIndividual, web: readWebPage };

/** The recorder UID of the form, or how to choose one, computed from where the node runs. */
function readRecorderUid({ context, itemIndex, parameters }: ItemRun, cname: string) {
	const place = [context.getExecutionId(), context.getNode().id, itemIndex, cname];
	const given = parameters.optionalText('recorderUid');
	const ownUid = given
		? undefined
		: (generation: number, tried: number) => chooseRecorderUid([...place, generation, tried]);
	return {
		uid: given ?? chooseRecorderUid([...place, 0, 0]),
		...(ownUid && { ownUid }),
		place: JSON.stringify(place),
	};
}

/** Acquire's region: as asked for, or that of the storage. */
function readRegion({ parameters }: ItemRun, storage?: StorageInput): string | undefined {
	const asked = parameters.optionalText('options.region');
	if (asked === 'storage') {
		if (storage?.area) return storage.area;
		throw parameters.refusal(
			'options.region',
			'Same as Storage',
			`a region by name: Agora has no region for the storage${storage ? ` in ${storage.shown.region ?? 'this vendor'}` : ', which is not known here'}`,
		);
	}
	const area = AREAS.find((known) => known === asked);
	if (area && storage?.area && storage.area !== area) {
		throw parameters.refusal(
			'options.region',
			AREA_NAMES[area],
			`${AREA_NAMES[storage.area]}, where the bucket is; far from it, files may get lost`,
		);
	}
	return asked;
}

function readAcquireRequest(
	run: ItemRun,
	identity: { cname: string; uid: string },
	mode: RecordingMode,
	storage?: StorageInput,
	startParameter?: StartClientRequest,
) {
	const { parameters } = run;
	const excluded = parameters.list('options.excludeResourceIds');
	const postponed =
		mode === 'individual' &&
		(readPostponedMode(run) !== undefined || parameters.boolean('options.postponed', false));
	const region = readRegion(run, storage);
	const resourceExpiredHour = parameters.optionalNumber('options.resourceExpiredHour');
	const clientRequest = acquireClientRequest(
		mode,
		{
			...(resourceExpiredHour !== undefined && { resourceExpiredHour }),
			...(region && { region }),
			...(excluded.length > 0 && { excludeResourceIds: excluded }),
			...(postponed && { postponed }),
		},
		startParameter,
	);
	const request = { ...identity, clientRequest };
	parameters.check(
		acquireSchema(mode),
		// What the start to come holds is checked as such, and may be patched with what no schema knows.
		{ ...request, clientRequest: { ...clientRequest, startParameter: undefined } },
		fieldNames(parameters),
	);
	return request;
}

function readIdentity(run: ItemRun) {
	const mode = run.parameters.choice('mode', RECORDING_MODES, 'mix');
	const cname = run.parameters.exactText('channelName');
	return { mode, cname, ...readRecorderUid(run, cname) };
}

function readClientRequest(
	run: ItemRun,
	identity: { mode: RecordingMode; cname: string; uid: string },
) {
	const { parameters } = run;
	const { mode, cname, uid } = identity;
	const storage = readStorage(run);
	const start: StartRequest = { cname, uid, clientRequest: READERS[mode](run, storage.config) };
	parameters.check(startSchema(mode), start, fieldNames(parameters, storage.fieldOf));
	return { storage, start };
}

/** Web page mode joins no channel and needs no token. */
async function tokenOf(run: ItemRun, mode: RecordingMode, cname: string): Promise<RecorderToken> {
	return mode === 'web'
		? NO_TOKEN
		: await readToken(run, cname, run.parameters.optionalText('recorderUid'));
}

/** Puts a token into a start. One that the additional fields brought along stays. */
export function withToken(start: StartRequest, token: string | undefined): StartRequest {
	if (token === undefined) return start;
	return { ...start, clientRequest: { token, ...start.clientRequest } };
}

/** Puts a token into the copy of a start that acquire announces, where it announces one. */
export function withAnnouncedToken(
	acquire: AcquireRequest,
	token: string | undefined,
): AcquireRequest {
	const { clientRequest } = acquire;
	if (token === undefined || !clientRequest.startParameter) return acquire;
	const startParameter = { token, ...clientRequest.startParameter };
	return { ...acquire, clientRequest: { ...clientRequest, startParameter } };
}

/**
 * Reads the form of Acquire.
 *
 * @throws NodeOperationError naming the field, its value and what is allowed
 */
export async function readAcquire(run: ItemRun): Promise<AcquireInput> {
	const { mode, cname, ...own } = readIdentity(run);
	// In a loop each round acquires for a recording of its own.
	const uid = own.ownUid?.(run.runIndex, 0) ?? own.uid;
	const announced = run.parameters.boolean('announceStart', false)
		? readClientRequest(run, { mode, cname, uid })
		: undefined;
	const acquire = readAcquireRequest(
		run,
		{ cname, uid },
		mode,
		announced?.storage,
		announced?.start.clientRequest,
	);
	const token = announced && (await (await tokenOf(run, mode, cname)).tokenFor(uid));
	const { request, overridden } = patched(
		run,
		'options.extraBody',
		withAnnouncedToken(acquire, token?.text),
		acquireSchema(mode),
	);
	return { mode, acquire: request, overridden, ...own };
}

/**
 * Reads the form of Start.
 *
 * @throws NodeOperationError naming the field, its value and what is allowed
 */
export async function readStart(run: ItemRun): Promise<StartInput> {
	const { mode, cname, uid, ...own } = readIdentity(run);
	const { storage, start } = readClientRequest(run, { mode, cname, uid });
	const { request, overridden } = patched(run, 'options.extraBody', start, startSchema(mode));
	const acquire = patched(
		run,
		'options.extraAcquireBody',
		readAcquireRequest(run, { cname, uid }, mode, storage, request.clientRequest),
		acquireSchema(mode),
	);
	const { tokenFor, left } = await tokenOf(run, mode, cname);
	warnOfEndings(run, request, acquire.request, {
		...(left !== undefined && { tokenLeft: left }),
		...(storage.left !== undefined && { storageLeft: storage.left }),
	});
	return {
		mode,
		acquire: acquire.request,
		start: request,
		storage: shownStorage(storage, request.clientRequest.storageConfig),
		tokenFor,
		startAnother:
			run.parameters.choice(
				'options.ifNotAnswered',
				['error', 'startAnother'] as const,
				'error',
			) === 'startAnother',
		overridden: [...overridden, ...acquire.overridden],
		...own,
	};
}
