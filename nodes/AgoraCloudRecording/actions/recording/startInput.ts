import { chooseRecorderUid } from '../../agora/identity';
import {
	acquireClientRequest,
	acquireSchema,
	compositeStart,
	LAYOUTS,
	startSchema,
	type AcquireRequest,
	type LayoutName,
	type StartRequest,
} from '../../agora/requests';
import type { RecordingMode } from '../../agora/modes';
import type { ItemRun } from '../operation';
import { readStorage, type StorageInput } from './storageInput';

/** Everything that a start sends, checked; `uid` may still be exchanged where it is our own. */
export interface StartInput {
	mode: RecordingMode;
	acquire: AcquireRequest;
	start: StartRequest;
	storage: StorageInput['shown'];
	/** Chooses the UID of the nth try; undefined where the user chose it. */
	ownUid?: (attempt: number) => string;
	/** What tells this start from every other of the same n8n. */
	place: string;
}

const LAYOUT_NAMES = Object.keys(LAYOUTS) as LayoutName[];

/** Where in the form each part of the request comes from. */
const PARAMETERS: Record<string, string> = {
	cname: 'channelName',
	uid: 'recorderUid',
	'clientRequest.resourceExpiredHour': 'options.resourceExpiredHour',
	'clientRequest.region': 'options.region',
	'clientRequest.token': 'token',
	'clientRequest.recordingConfig.channelType': 'channelType',
	'clientRequest.recordingConfig.streamTypes': 'streamTypes',
	'clientRequest.recordingConfig.videoStreamType': 'recordingOptions.videoStreamType',
	'clientRequest.recordingConfig.maxIdleTime': 'maxIdleTime',
	'clientRequest.recordingConfig.audioProfile': 'recordingOptions.audioProfile',
	'clientRequest.recordingConfig.transcodingConfig.width': 'video.width',
	'clientRequest.recordingConfig.transcodingConfig.height': 'video.height',
	'clientRequest.recordingConfig.transcodingConfig.fps': 'video.fps',
	'clientRequest.recordingConfig.transcodingConfig.bitrate': 'video.bitrate',
	'clientRequest.recordingConfig.transcodingConfig.mixedVideoLayout': 'layout',
	'clientRequest.recordingConfig.transcodingConfig.maxResolutionUid': 'maxResolutionUid',
	'clientRequest.recordingConfig.transcodingConfig.backgroundColor': 'video.backgroundColor',
	'clientRequest.recordingFileConfig.avFileType': 'fileFormat',
};

/** Agora's defaults for the picture; if one of the four is sent, all should be (rest-api.md 3.4). */
const PICTURE_DEFAULTS = { width: 360, height: 640, fps: 15, bitrate: 500 };

/** What acquire asks for beside the start to come. */
export function readAcquireOptions({ parameters }: ItemRun) {
	const region = parameters.optionalText('options.region');
	const resourceExpiredHour = parameters.optionalNumber('options.resourceExpiredHour');
	return {
		...(resourceExpiredHour !== undefined && { resourceExpiredHour }),
		...(region && { region }),
	};
}

/** The recorder UID of the form, or how to choose one, computed from where the node runs. */
export function readRecorderUid({ context, itemIndex, parameters }: ItemRun, cname: string) {
	const place = [
		context.getExecutionId(),
		context.getNode().id,
		Number(context.evaluateExpression('{{ $runIndex }}', itemIndex)),
		itemIndex,
		cname,
	];
	const given = parameters.optionalText('recorderUid');
	const ownUid = given ? undefined : (attempt: number) => chooseRecorderUid([...place, attempt]);
	return { uid: given ?? chooseRecorderUid([...place, 0]), ownUid, place: JSON.stringify(place) };
}

/** Names the field of the form, or of the credential, behind a place in acquire's or start's body. */
export function startFieldOf({ parameters }: ItemRun, storage?: StorageInput) {
	return (path: string) => {
		const startPath = path.replace('clientRequest.startParameter.', 'clientRequest.');
		const inStorage = startPath.replace('clientRequest.storageConfig.', '');
		if (storage && inStorage !== startPath) return { name: storage.fieldOf(inStorage) };
		return { name: parameters.nameOf(PARAMETERS[startPath] ?? startPath) };
	};
}

/**
 * Reads the form of Start.
 *
 * @throws NodeOperationError naming the field, its value and what is allowed
 */
export function readStart(run: ItemRun): StartInput {
	const { parameters } = run;
	const mode = parameters.choice('mode', ['mix'] as const, 'mix');
	const cname = parameters.exactText('channelName');
	const { uid, ownUid, place } = readRecorderUid(run, cname);
	const storage = readStorage(run);
	const streamTypes = parameters.number('streamTypes', 2);
	const layout = parameters.choice('layout', LAYOUT_NAMES, 'floating');
	const tokenSource = parameters.choice('tokenSource', ['manual', 'none'] as const, 'none');
	const token = tokenSource === 'manual' ? parameters.text('token') : undefined;
	if (token === '') throw parameters.refusal('token', token, 'the RTC token for the recorder');

	const clientRequest = compositeStart({
		token,
		channelType: parameters.number('channelType', 0),
		streamTypes,
		videoStreamType: parameters.optionalNumber('recordingOptions.videoStreamType'),
		maxIdleTime: parameters.number('maxIdleTime', 300),
		audioProfile: parameters.optionalNumber('recordingOptions.audioProfile'),
		fileFormat: parameters.choice('fileFormat', ['hls', 'hlsAndMp4'] as const, 'hls'),
		...(streamTypes !== 0 && {
			picture: {
				width: parameters.number('video.width', PICTURE_DEFAULTS.width),
				height: parameters.number('video.height', PICTURE_DEFAULTS.height),
				fps: parameters.number('video.fps', PICTURE_DEFAULTS.fps),
				bitrate: parameters.number('video.bitrate', PICTURE_DEFAULTS.bitrate),
				layout,
				...(layout === 'vertical' && {
					maxResolutionUid: parameters.optionalText('maxResolutionUid'),
				}),
				backgroundColor: parameters.optionalText('video.backgroundColor'),
			},
		}),
		storage: storage.config,
	});
	const start = { cname, uid, clientRequest };
	const acquire = {
		cname,
		uid,
		clientRequest: acquireClientRequest(mode, {
			...readAcquireOptions(run),
			startParameter: clientRequest,
		}),
	};
	const fieldOf = startFieldOf(run, storage);
	parameters.check(startSchema, start, fieldOf);
	parameters.check(acquireSchema, acquire, fieldOf);
	return { mode, acquire, start, storage: storage.shown, place, ...(ownUid && { ownUid }) };
}
