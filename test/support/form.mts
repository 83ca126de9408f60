import type { INodeParameters } from 'n8n-workflow';
import { isObject } from './json.mts';

/**
 * Tests say what is entered by the names of the fields alone. Where a field stands in the form is said
 * here, once; `test/integration/form.test.mts` and the coverage tests see to it that it is shown there.
 */

type Places = Record<string, string>;

const each = (path: string, ...names: string[]): Places =>
	Object.fromEntries(names.map((name) => [name, `${path}.${name}`]));

const TEMPORARY_KEYS = ['stsAccessKey', 'stsSecretKey', 'stsToken', 'stsExpiration'];
const OVERRIDES = ['bucket', 'region', 'endpoint', 'sse', 'tag'];
const STORAGE = (collection: string): Places => ({
	...Object.fromEntries(
		OVERRIDES.map((name) => [
			`storageOverrides.${name}`,
			`${collection}storageOverrides.storage.${name}`,
		]),
	),
	...each(`${collection}temporaryKeys.keys`, ...TEMPORARY_KEYS),
});

/** Of Start; Acquire, which may be told of the start, has the same. */
const START: Places = {
	...STORAGE('recordingOptions.'),
	...each('recordingOptions.recorderToken.token', 'tokenSource', 'token'),
	...each(
		'recordingOptions.usersToRecord.users',
		...['audioSubscription', 'audioUids', 'videoSubscription', 'videoUids'],
	),
	...each('recordingOptions.encryption.channel', 'decryptionMode', 'secret', 'salt'),
	...each('recordingOptions.postponed.processing', 'format', 'sampleRate', 'channels'),
	transMode: 'recordingOptions.postponed.processing.mode',
	audioBitrate: 'recordingOptions.postponed.processing.bitrate',
	...each(
		'recordingOptions',
		...[
			'recorderUid',
			'region',
			'resourceExpiredHour',
			'excludeResourceIds',
			'postponedProcessing',
		],
		...[
			'channelProfile',
			'maxIdleTime',
			'videoStreamType',
			'correctEXTINF',
			'unsubscribeSpelling',
			'originalAudio',
		],
		...['audioProfile', 'enableNTPtimestamp', 'backgroundColor', 'backgroundImage'],
		...['defaultUserBackgroundImage', 'userImages'],
		...['rtmpUrl', 'videoBitrate', 'videoFps', 'maxVideoDuration', 'mobile', 'onhold'],
		...['readyTimeout'],
	),
	...{ width: 'width', height: 'height', fps: 'fps', bitrate: 'bitrate' },
	...each(
		'options',
		...[
			'simplify',
			'verify',
			'verificationTimeout',
			'ifNotConfirmed',
			'ifNoResponse',
			'resourceId',
		],
		...['ifChannelEmpty'],
		...['extraBody', 'extraAcquireBody', 'requestTimeout'],
	),
};

/** Of the operations about a recording that was started. */
const OTHERS: Places = {
	...STORAGE(''),
	...each('options', 'simplify', 'keepBackground'),
	...each('options.links.link', 'addLinks', 'linkHours', 'linkAction', 'checkLinks'),
};

const isNew = (operation: unknown) => operation === 'start' || operation === 'acquire';

/** Objects that group fields in a test; their members have places of their own. */
const GROUPS = ['recordingOptions', 'storageOverrides', 'background', 'options', 'video'];

function put(target: INodeParameters, path: string, value: INodeParameters[string]): void {
	const [name, ...rest] = path.split('.');
	if (rest.length === 0) {
		const old = target[name];
		if (!isObject(value) || !isObject(old)) target[name] = value;
		else
			for (const [key, inner] of Object.entries(value)) {
				put(old as INodeParameters, key, inner as INodeParameters[string]);
			}
		return;
	}
	if (!isObject(target[name])) target[name] = {};
	put(target[name] as INodeParameters, rest.join('.'), value);
}

/** What is entered, at the places where n8n keeps it. */
export function placed(operation: unknown, entered: INodeParameters): INodeParameters {
	const places = isNew(operation) ? START : OTHERS;
	const result: INodeParameters = {};
	const place = (fields: INodeParameters, group: string) => {
		for (const [name, value] of Object.entries(fields)) {
			if (value === undefined) continue;
			const known = places[`${group}${name}`] ?? places[name];
			if (GROUPS.includes(name) && group === '' && isObject(value)) {
				place(value as INodeParameters, `${name}.`);
				if (Object.keys(value).length === 0) put(result, name, {});
			} else put(result, known ?? `${group}${name}`, value);
		}
	};
	place(entered, '');
	if (entered.mode === 'web' && entered.channelName !== undefined) {
		result.recordingName = result.channelName;
		delete result.channelName;
	}
	return result;
}
