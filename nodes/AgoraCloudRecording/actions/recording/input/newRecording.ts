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
import { applyPatch } from '../../../agora/requests/patch';
import type { ItemRun } from '../../operation';
import { readComposite, readIndividual, readPostponedMode } from './channel';
import { fieldNames } from './fieldNames';
import { AREA_NAMES, AREAS } from '../../../agora/storageVendors';
import { warnOfEndings } from './endings';
import { readStorage, shownStorage, type StorageInput } from './storage';
import { NO_TOKEN, readToken, type RecorderToken, type TokenSource } from './token';
import { readWebPage } from './webPage';

/** What acquire sends, checked. */
export interface AcquireInput {
	mode: RecordingMode;
	acquire: AcquireRequest;
	/** Places whose value the additional fields replaced. */
	overridden: string[];
	/** Chooses the UID of the nth try; undefined where the user chose it. */
	ownUid?: (attempt: number) => string;
	/** What tells this start from every other of the same n8n. */
	place: string;
}

/** Everything that a start sends, checked; `uid` may still be exchanged where it is our own. */
export interface StartInput extends AcquireInput {
	start: StartRequest;
	storage: StorageInput['shown'];
	/** Token of the recorder; the requests above have none yet. */
	tokenFor: TokenSource;
}

const READERS = { mix: readComposite, individual: readIndividual, web: readWebPage };

/** The recorder UID of the form, or how to choose one, computed from where the node runs. */
function readRecorderUid({ context, itemIndex, runIndex, parameters }: ItemRun, cname: string) {
	const place = [context.getExecutionId(), context.getNode().id, runIndex, itemIndex, cname];
	const given = parameters.optionalText('recorderUid');
	const ownUid = given ? undefined : (attempt: number) => chooseRecorderUid([...place, attempt]);
	return {
		uid: given ?? chooseRecorderUid([...place, 0]),
		...(ownUid && { ownUid }),
		place: JSON.stringify(place),
	};
}

/** Applies a JSON field of additional request fields. The names of the recording stay as they are. */
export function patched<T extends object>(
	{ parameters }: ItemRun,
	parameter: string,
	request: T,
): { request: T; overridden: string[] } {
	const patch = parameters.jsonObject(parameter);
	const fixed = ['cname', 'uid'].find((name) => name in patch);
	if (fixed) {
		throw parameters.refusal(
			parameter,
			patch,
			`fields other than ${fixed}, which has its own field`,
		);
	}
	return applyPatch(request, patch);
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

/**
 * Puts a token into a start, and into the copy of it that acquire announces. A token that the
 * additional fields brought along stays.
 */
export function withToken<T extends StartRequest | AcquireRequest>(
	request: T,
	token: string | undefined,
): T {
	if (token === undefined) return request;
	const { clientRequest } = request;
	if ('startParameter' in clientRequest) {
		const startParameter = { token, ...clientRequest.startParameter };
		return { ...request, clientRequest: { ...clientRequest, startParameter } };
	}
	return 'scene' in clientRequest
		? request
		: { ...request, clientRequest: { token, ...clientRequest } };
}

/**
 * Reads the form of Acquire.
 *
 * @throws NodeOperationError naming the field, its value and what is allowed
 */
export async function readAcquire(run: ItemRun): Promise<AcquireInput> {
	const { mode, cname, uid, ...own } = readIdentity(run);
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
		withToken(acquire, token?.text),
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
	const { request, overridden } = patched(run, 'options.extraBody', start);
	const acquire = patched(
		run,
		'options.extraAcquireBody',
		readAcquireRequest(run, { cname, uid }, mode, storage, request.clientRequest),
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
		overridden: [...overridden, ...acquire.overridden],
		...own,
	};
}
