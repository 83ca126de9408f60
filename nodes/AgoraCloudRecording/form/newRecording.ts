import type { INodeProperties } from 'n8n-workflow';
import type { ChannelProfile } from '../agora/channelProfiles';
import { RECORDING_MODES, type RecordingMode } from '../agora/modes';
import {
	acquireClientRequest,
	acquireSchema,
	startSchema,
	type AcquireRequest,
	type StartClientRequest,
	type StartRequest,
} from '../agora/requests/start';
import { withAnnouncedToken } from '../agora/requests/token';
import { shownStorage, type ShownStorage } from '../agora/requests/shownStorage';
import { readAdditionalFields } from './additionalFields';
import { warnOfExpiry } from './expiry';
import { readGivenProfile } from './channel';
import { nameInMessages, placesUnder } from './fields';
import type { FormItem } from './item';
import { forModes, modeField } from './mode';
import { FORMS } from './modeForms';
import { channelNameField, nameParameter, readName, recordingNameField } from './names';
import { RECORDING_OPTIONS, recordingOptionsField } from './options';
import { isPostponed } from './postponed';
import {
	readGivenUid,
	readRecorderOptions,
	readRecorderUid,
	recorderOptions,
	recorderPlaces,
} from './recorder';
import {
	fileNamePrefixField,
	readStorage,
	storageOverridesField,
	type StorageInput,
} from './storage';
import { temporaryKeysField } from './temporaryKeys';
import { NO_TOKEN, readToken, type RecorderToken, type TokenSource } from './token';

/** What a recording that is to be made is like, and what acquire and start are told of it. */

/** What names a recording that is to be made. */
export const newRecordingFields: INodeProperties[] = [
	modeField,
	channelNameField,
	recordingNameField,
];

/** What the recording is to be like; Acquire has these fields too, to announce a start. */
export const recordingSettingsFields: INodeProperties[] = [
	...RECORDING_MODES.flatMap((mode) => forModes([mode], FORMS[mode].rows)),
	fileNamePrefixField,
	...RECORDING_MODES.flatMap((mode) =>
		forModes(
			[mode],
			[
				recordingOptionsField([
					...FORMS[mode].options,
					...recorderOptions,
					storageOverridesField,
					temporaryKeysField,
				]),
			],
		),
	),
];

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
	storage: ShownStorage;
	/** Token of the recorder; the requests above have none yet. */
	tokenFor: TokenSource;
	/** The channel's profile, as far as the form says it; undefined for a web page. */
	profile?: { assumed: ChannelProfile; from: 'form' | 'credential' };
	/** Whether to rather have two recordings than none where Agora does not answer a start. */
	startAnother: boolean;
}

/** Names the field behind a place of acquire's, or start's, request. */
const namesOf = (item: FormItem, mode: RecordingMode, storage?: StorageInput) =>
	nameInMessages(
		item.parameters,
		{
			cname: nameParameter(mode),
			...recorderPlaces,
			...placesUnder('clientRequest.', FORMS[mode].places),
		},
		storage?.fieldOf,
	);

function readAcquireRequest(
	item: FormItem,
	identity: { cname: string; uid: string },
	mode: RecordingMode,
	storage?: StorageInput,
	startParameter?: StartClientRequest,
): AcquireRequest {
	const { parameters } = item;
	const postponed = mode === 'individual' && isPostponed(item);
	const clientRequest = acquireClientRequest(
		mode,
		{ ...readRecorderOptions(item, storage), ...(postponed && { postponed }) },
		startParameter,
	);
	const request = { ...identity, clientRequest };
	parameters.check(
		acquireSchema(mode),
		// What the start to come holds is checked as such, and may be patched with what no schema knows.
		{ ...request, clientRequest: { ...clientRequest, startParameter: undefined } },
		namesOf(item, mode),
	);
	return request;
}

function readIdentity(item: FormItem) {
	const mode = item.parameters.choice('mode', RECORDING_MODES, 'mix');
	const cname = readName(item, mode);
	return { mode, cname, ...readRecorderUid(item, cname) };
}

/** The profile to start with where the channel itself is not asked, or does not tell. */
function readProfile(item: FormItem): NonNullable<StartInput['profile']> {
	const given = readGivenProfile(item);
	return given
		? { assumed: given, from: 'form' }
		: { assumed: item.credentials.channelProfile, from: 'credential' };
}

function readStartRequest(
	item: FormItem,
	{ mode, cname, uid }: { mode: RecordingMode; cname: string; uid: string },
	profile: ChannelProfile,
): { storage: StorageInput; start: StartRequest } {
	const { parameters } = item;
	const storage = readStorage(item, parameters.within(RECORDING_OPTIONS));
	const start = parameters.check(
		startSchema(mode),
		{
			cname,
			uid,
			clientRequest: { ...FORMS[mode].read(item, profile), storageConfig: storage.config },
		},
		namesOf(item, mode, storage),
	);
	return { storage, start };
}

/** Web page mode joins no channel and needs no token. */
async function tokenOf(item: FormItem, mode: RecordingMode, cname: string): Promise<RecorderToken> {
	return mode === 'web' ? NO_TOKEN : await readToken(item, cname, readGivenUid(item));
}

/**
 * Reads the form of Acquire.
 *
 * @throws NodeOperationError naming the field, its value and what is allowed
 */
export async function readAcquire(item: FormItem): Promise<AcquireInput> {
	const { mode, cname, ...own } = readIdentity(item);
	// In a loop each round acquires for a recording of its own.
	const uid = own.ownUid?.(item.runIndex, 0) ?? own.uid;
	const announced = item.parameters.boolean('sendStartSettings', false)
		? readStartRequest(item, { mode, cname, uid }, readProfile(item).assumed)
		: undefined;
	const acquire = readAcquireRequest(
		item,
		{ cname, uid },
		mode,
		announced?.storage,
		announced?.start.clientRequest,
	);
	const token = announced && (await (await tokenOf(item, mode, cname)).tokenFor(uid));
	const { request, overridden } = readAdditionalFields(
		item,
		'options.extraBody',
		withAnnouncedToken(acquire, token?.text),
		acquireSchema(mode),
	);
	return { mode, acquire: request, overridden, ...own };
}

/**
 * Reads the form of Start.
 *
 * @param found the profile that the channel was found to have: requests that were read before that was
 *   known have another bitrate, too
 * @throws NodeOperationError naming the field, its value and what is allowed
 */
export async function readStart(item: FormItem, found?: ChannelProfile): Promise<StartInput> {
	const { mode, cname, uid, ...own } = readIdentity(item);
	const profile = readProfile(item);
	const { storage, start } = readStartRequest(item, { mode, cname, uid }, found ?? profile.assumed);
	const { request, overridden } = readAdditionalFields(
		item,
		'options.extraBody',
		start,
		startSchema(mode),
	);
	const acquire = readAdditionalFields(
		item,
		'options.extraAcquireBody',
		readAcquireRequest(item, { cname, uid }, mode, storage, request.clientRequest),
		acquireSchema(mode),
	);
	const { tokenFor, left } = await tokenOf(item, mode, cname);
	warnOfExpiry(item, request, acquire.request, {
		...(left !== undefined && { tokenLeft: left }),
		...(storage.left !== undefined && { storageLeft: storage.left }),
	});
	return {
		mode,
		...(mode !== 'web' && { profile }),
		acquire: acquire.request,
		start: request,
		storage: shownStorage(storage, request.clientRequest.storageConfig),
		tokenFor,
		startAnother:
			item.parameters.choice(
				'options.ifNoResponse',
				['error', 'startAnother'] as const,
				'error',
			) === 'startAnother',
		overridden: [...overridden, ...acquire.overridden],
		...own,
	};
}
