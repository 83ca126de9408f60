import type { Resource } from '../recording.mts';
import type { Mode } from '../routes.mts';
import type { AcquireRequest, StartRequest, StopRequest, UpdateRequest } from './bodies.mts';
import type { Layout } from './layout.mts';
import { audioListCount, namedUids, videoListCount } from './subscription.mts';
import type { SubscriptionLists } from './subscription.mts';
import type { StorageConfig } from './storage.mts';
import { regionRow, VENDORS } from './storageRegions.mts';
import { webRecorderParam } from './web.mts';

/**
 * What is accepted although documents contradict each other about it, leave it open or advise against
 * it. Each row: when it is so, what the request log says, and where that is written.
 */
type Row<Subject> = readonly [applies: (subject: Subject) => boolean, text: string, page: string];

function texts<Subject>(rows: readonly Row<Subject>[], subject: Subject): string[] {
	return rows.filter(([applies]) => applies(subject)).map(([, text, page]) => `${text} (${page})`);
}

const FOUR_HOURS = 4 * 3600;
/** Frame rates that mix mode supports; others fall back to 15 (rest-api.md 3.4). */
const FRAME_RATES = [1, 7, 10, 15, 24, 30, 60];
/** Largest number of uids of each subscribeUidGroup (rest-api.md 3.3). */
const UID_GROUPS = [2, 7, 12, 17, 32, 49];

type AcquireSubject = { cname: string; clientRequest: AcquireRequest | undefined };

const ACQUIRE: readonly Row<AcquireSubject>[] = [
	[({ clientRequest }) => clientRequest === undefined, 'clientRequest left out', 'rest-api.md 2'],
	[
		({ cname, clientRequest }) => clientRequest?.scene === 1 && Buffer.byteLength(cname) > 128,
		'cname over 128 bytes: older pages do not allow it',
		'rest-api.md 2',
	],
	[
		({ clientRequest }) => clientRequest?.regionAffinity !== undefined,
		'regionAffinity is not documented',
		'rest-api.md 2',
	],
	[({ clientRequest }) => clientRequest?.scene === 2, 'scene 2 is legacy', 'rest-api.md 9'],
	[
		({ clientRequest }) => clientRequest?.scene === 2 && clientRequest.region !== undefined,
		'region is advised against together with scene 2',
		'rest-api.md 2',
	],
];

type StorageSubject = { storage: StorageConfig; now: number; area?: string };

const row = ({ storage }: StorageSubject) => regionRow(storage.vendor, storage.region);

const STORAGE: readonly Row<StorageSubject>[] = [
	[({ storage }) => VENDORS.get(storage.vendor)?.legacy === true, 'legacy vendor', 'storage.md 1'],
	[(subject) => row(subject) === undefined, 'region is in no table', 'storage.md 2'],
	[(subject) => row(subject)?.[3] === 'disputed', 'sources disagree on region', 'storage.md 2'],
	[
		(subject) => {
			const area = row(subject)?.[2] ?? '';
			return subject.area !== undefined && area !== '' && area !== subject.area;
		},
		'storage lies outside the region of acquire',
		'rest-api.md 2',
	],
	[
		({ storage, now }) =>
			storage.stsExpiration !== undefined && storage.stsExpiration < now / 1000 + FOUR_HOURS,
		'stsToken is good for less than four hours',
		'rest-api.md 3.2',
	],
	[
		({ storage: { stsToken, stsExpiration } }) =>
			(stsToken === undefined) !== (stsExpiration === undefined),
		'stsToken and stsExpiration belong together',
		'storage.md 3',
	],
	[
		({ storage }) => Object.values(storage.extensionParams ?? {}).includes(''),
		'empty extension parameter counts as not set',
		'rest-api.md 3.2',
	],
	[
		({ storage }) => storage.extensionParams?.endpoint?.includes('://') === true,
		'endpoint with a scheme is not documented',
		'storage.md 3',
	],
];

const LISTS: readonly Row<SubscriptionLists>[] = [
	[
		({ unsubscribeAudioUids, unsubscribeVideoUids }) =>
			unsubscribeAudioUids !== undefined || unsubscribeVideoUids !== undefined,
		'unsubscribe…Uids: guides and official clients write unSubscribe…Uids',
		'rest-api.md 3.3, rule 7',
	],
];

const LAYOUT: readonly Row<Layout>[] = [
	[
		({ layoutConfig }) => (layoutConfig ?? []).some(({ uid }) => uid === ''),
		'empty uid of a region counts as not set',
		'rest-api.md 3.4',
	],
	[
		({ maxResolutionUid, mixedVideoLayout }) =>
			maxResolutionUid !== undefined && mixedVideoLayout !== 2,
		'maxResolutionUid has a meaning in layout 2 only',
		'rest-api.md 3.4',
	],
	[
		({ backgroundConfig }) =>
			(backgroundConfig ?? []).some(({ image_url }) => image_url.startsWith('http://')),
		'image_url without https: the current page does not allow it',
		'rest-api.md 3.4',
	],
];

type StartSubject = { mode: Mode; request: StartRequest; resource: Resource; now: number };

const canvas = ({ request }: StartSubject) => request.recordingConfig?.transcodingConfig;
const page = ({ request }: StartSubject) =>
	webRecorderParam(request.extensionServiceConfig?.extensionServices ?? []);
const fileTypes = ({ request }: StartSubject) => request.recordingFileConfig?.avFileType;
const services = ({ request }: StartSubject) => [
	...(request.extensionServiceConfig?.extensionServices ?? []),
	...(request.extensionServiceConfig === undefined ? [] : [request.extensionServiceConfig]),
];

const START: readonly Row<StartSubject>[] = [
	[
		({ request }) =>
			request.recordingFileConfig === undefined && request.snapshotConfig === undefined,
		'recordingFileConfig left out: the reference calls it needed, the guides do not',
		'rest-api.md 3.1',
	],
	[
		({ request }) => (request.snapshotConfig?.captureInterval ?? 10) < 5,
		'captureInterval under 5: the guides allow it, the reference does not',
		'rest-api.md 3.6',
	],
	[
		(subject) => fileTypes(subject) === null,
		'avFileType null counts as not set',
		'rest-api.md 3.5',
	],
	[
		(subject) => services(subject).some(({ errorHandlePolicy }) => errorHandlePolicy === ''),
		'empty errorHandlePolicy counts as not set',
		'rest-api.md 3.7',
	],
	[
		({ mode, request }) =>
			mode === 'mix' && request.recordingConfig?.subscribeUidGroup !== undefined,
		'subscribeUidGroup is for individual mode; a sample and the Go client send it in mix',
		'rest-api.md 3.3',
	],
	[
		({ mode, request }) =>
			mode === 'individual' && request.recordingConfig?.subscribeUidGroup === undefined,
		'subscribeUidGroup left out: required in individual mode, although two samples lack it',
		'rest-api.md 3.3',
	],
	[
		({ mode, request }) =>
			mode === 'individual' && request.recordingConfig?.extensionParams !== undefined,
		'extensionParams of recordingConfig: documented for mix only',
		'rest-api.md 3.3',
	],
	[
		(subject) => fileTypes(subject)?.[0] === 'mp4',
		'avFileType is documented as ["hls","mp4"], in this order',
		'rest-api.md 3.5',
	],
	[
		(subject) => Math.max(canvas(subject)?.width ?? 0, canvas(subject)?.height ?? 0) > 1920,
		'side over 1920: older pages do not allow it',
		'rest-api.md 3.4',
	],
	[
		(subject) => !FRAME_RATES.includes(canvas(subject)?.fps ?? 15),
		'fps is not supported: 15 is used',
		'rest-api.md 3.4',
	],
	[
		(subject) => {
			const { width, height, fps, bitrate } = canvas(subject) ?? {};
			const set = [width, height, fps, bitrate].filter((value) => value !== undefined).length;
			return canvas(subject) !== undefined && set > 0 && set < 4;
		},
		'width, height, fps and bitrate: an older page wants all of them or none',
		'rest-api.md 3.4',
	],
	[
		({ request: { recordingConfig } }) => {
			const room = UID_GROUPS[recordingConfig?.subscribeUidGroup ?? 5] ?? 49;
			return namedUids(recordingConfig ?? {}) > room;
		},
		'more uids are subscribed to than subscribeUidGroup has room for',
		'rest-api.md 3.3',
	],
	[
		(subject) => page(subject) !== undefined && page(subject)?.audioProfile === undefined,
		'audioProfile left out: required in the current page, 0 by default in an older one',
		'rest-api.md 3.7',
	],
	[
		(subject) => (page(subject)?.maxRecordingHour ?? 0) > subject.resource.resourceExpiredHour,
		'maxRecordingHour exceeds resourceExpiredHour: the API cannot stop it to the end',
		'rest-api.md 3.7',
	],
	[
		({ request, resource }) => request.appsCollection !== undefined && resource.scene !== 2,
		'appsCollection without scene 2: sources disagree',
		'rest-api.md 9',
	],
];

/** What the log says about an acquire. */
export const acquireWarnings = (subject: AcquireSubject): string[] => texts(ACQUIRE, subject);

/** What the log says about a layout, of start or updateLayout. */
export const layoutWarnings = (layout: Layout): string[] => texts(LAYOUT, layout);

/** What the log says about a start. `now` is in Unix milliseconds. */
export function startWarnings(subject: StartSubject): string[] {
	const { request, resource, now } = subject;
	return [
		...texts(START, subject),
		...texts(LISTS, request.recordingConfig ?? {}),
		...texts(LAYOUT, request.recordingConfig?.transcodingConfig ?? {}),
		...texts(STORAGE, { storage: request.storageConfig, now, area: resource.region }),
	];
}

/** What the log says about a stop: which members do not belong there. */
export const stopWarnings = (request: StopRequest): string[] =>
	Object.keys(request)
		.filter((name) => name !== 'async_stop')
		.map((name) => `${name} does not belong in stop (rest-api.md 7)`);

/** What the log says about an update. `now` is in Unix milliseconds. */
export function updateWarnings(request: UpdateRequest, now: number): string[] {
	const lists = {
		...request.streamSubscribe?.audioUidList,
		...request.streamSubscribe?.videoUidList,
	};
	const nothing = Object.keys(request).length === 0;
	const listless =
		request.streamSubscribe !== undefined && audioListCount(lists) + videoListCount(lists) === 0;
	return [
		...(nothing || listless ? ['update of nothing (rest-api.md 4)'] : []),
		...texts(LISTS, lists),
		...(request.storageConfig === undefined
			? []
			: texts(STORAGE, { storage: request.storageConfig, now })),
	];
}
