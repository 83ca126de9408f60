import type { Mode } from '../routes.mts';
import type { UpdateRequest } from './bodies.mts';
import { audioListCount, videoListCount } from './subscription.mts';
import { STORAGE_RULES } from './storage.mts';
import type { Rule } from './storage.mts';

/** An update, and the recording it is for. */
export interface UpdateSubject {
	mode: Mode;
	/** What the recording subscribes to: 0 audio, 1 video, 2 both. */
	streamTypes: number;
	/** Whether it was started with a CDN push. */
	pushes: boolean;
	request: UpdateRequest;
}

/** rest-api.md 4. */
export const UPDATE_RULES: readonly Rule<UpdateSubject>[] = [
	{
		field: 'streamSubscribe',
		page: 'rest-api.md 4',
		says: 'only in mode individual and mix',
		broken: ({ mode, request }) => mode === 'web' && request.streamSubscribe !== undefined,
	},
	{
		field: 'webRecordingConfig',
		page: 'rest-api.md 4',
		says: 'only in mode web',
		broken: ({ mode, request }) => mode !== 'web' && request.webRecordingConfig !== undefined,
	},
	{
		field: 'rtmpPublishConfig',
		page: 'rest-api.md 4',
		says: 'only in mode web, started with rtmp_publish_service',
		broken: ({ pushes, request }) => !pushes && request.rtmpPublishConfig !== undefined,
	},
	{
		field: 'streamSubscribe.audioUidList',
		page: 'rest-api.md 4',
		says: 'only with streamTypes 0 or 2',
		broken: ({ streamTypes, request }) =>
			streamTypes === 1 && request.streamSubscribe?.audioUidList !== undefined,
	},
	{
		field: 'streamSubscribe.videoUidList',
		page: 'rest-api.md 4',
		says: 'only with streamTypes 1 or 2',
		broken: ({ streamTypes, request }) =>
			streamTypes === 0 && request.streamSubscribe?.videoUidList !== undefined,
	},
	{
		field: 'streamSubscribe.audioUidList.subscribeAudioUids',
		page: 'rest-api.md 4',
		says: 'one list of audio uids at most',
		broken: ({ request }) => audioListCount(request.streamSubscribe?.audioUidList ?? {}) > 1,
	},
	{
		field: 'streamSubscribe.videoUidList.subscribeVideoUids',
		page: 'rest-api.md 4',
		says: 'one list of video uids at most',
		broken: ({ request }) => videoListCount(request.streamSubscribe?.videoUidList ?? {}) > 1,
	},
	...STORAGE_RULES.map((rule) => ({
		...rule,
		broken: ({ request }: UpdateSubject) =>
			request.storageConfig !== undefined && rule.broken(request.storageConfig),
	})),
];
