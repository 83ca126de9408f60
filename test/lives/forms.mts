import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { placed } from '../support/form.mts';
import { CHANNELS, type Life, type Links, type Step } from './life.mts';

/** What is filled in for the operations of a life, and the secrets in it. */

/** Part of the address that a web page is pushed to. */
export const STREAM_KEY = 'streamkey-4f1d9c';
/** In JSON that cannot be sent. */
export const JSON_SECRET = 'json-secret-77ab3e';

const EXTRAS = {
	none: '{}',
	broken: `{ "clientRequest": { "token": "${JSON_SECRET}" }`,
	colliding: `{ "cname": "elsewhere", "clientRequest": { "token": "${JSON_SECRET}" } }`,
};

/** The items that come in. */
export const inputItems = ({ items }: Life): IDataObject[] =>
	items.map(({ channel, uid, extra }) => ({
		channel: CHANNELS[channel],
		uid,
		extra: EXTRAS[extra],
	}));

const identityForm = ({ mode, items, node }: Life, from: 'channel' | 'cname'): INodeParameters => {
	// An agent's tool has no items.
	const [first] = items;
	return {
		mode,
		channelName: node.tool ? CHANNELS[first.channel] : `={{ $json.${from} }}`,
		recorderUid: node.tool ? first.uid : '={{ $json.uid }}',
	};
};

/** Whose media an update asks for; nobody else does. */
export const UPDATED_UID = '4711';
/** The colour of the background that an update of the layout asks for. */
export const UPDATED_COLOR = '#12ab34';

export function acquireForm(life: Life): INodeParameters {
	return placed('acquire', {
		resource: 'recording',
		operation: 'acquire',
		...identityForm(life, 'channel'),
	});
}

export function startForm(life: Life): INodeParameters {
	const { mode, start, items, node, storage } = life;
	const { verify, ifNotConfirmed, verificationTimeout, maxIdleTime, simplify, push } = start;
	const { ifChannelEmpty, automaticProfile } = start;
	const acquiredBefore = start.acquiredBefore && !node.tool;
	return placed('start', {
		resource: 'recording',
		operation: 'start',
		...identityForm(life, acquiredBefore ? 'cname' : 'channel'),
		...(acquiredBefore && { resourceId: '={{ $json.resourceId }}' }),
		...(mode === 'individual' && { subscribeUidGroup: 5 }),
		...(mode === 'web' && {
			url: 'https://example.com/room',
			...(push && { rtmpUrl: `rtmp://cdn.example.com/live/${STREAM_KEY}` }),
		}),
		...(mode !== 'web' && maxIdleTime !== undefined && { maxIdleTime }),
		...(mode !== 'web' && !automaticProfile && { channelProfile: 'liveBroadcasting' }),
		...(storage.folder !== '' && { fileNamePrefix: storage.folder }),
		simplify,
		options: {
			verify,
			ifNotConfirmed,
			...(mode !== 'web' && { ifChannelEmpty }),
			...(verificationTimeout !== undefined && { verificationTimeout }),
			extraBody: node.tool ? EXTRAS[items[0].extra] : acquiredBefore ? '{}' : '={{ $json.extra }}',
		},
	});
}

/** What the form says of links; nothing where the life leaves it to the default. */
const linksForm = (links: Links | undefined): INodeParameters =>
	links === undefined
		? {}
		: {
				addLinks: links !== 'none',
				checkLinks: links !== 'unchecked',
				...(links === 'download' && { linkAction: 'download' }),
			};
const waitForm = (wait: number | undefined): INodeParameters =>
	wait === undefined ? {} : { waitForFiles: wait };

export const stepForm = (life: Life, step: Step): INodeParameters =>
	placed(step.do, formOfStep(life, step));

function formOfStep({ mode, start: { simplify } }: Life, step: Step): INodeParameters {
	const common = { resource: 'recording', operation: step.do, simplify };
	switch (step.do) {
		case 'query':
			return {
				...common,
				options: {
					...(step.patience !== undefined && { retryWhileNotFound: step.patience }),
					...linksForm(step.links),
				},
			};
		case 'update':
			return {
				...common,
				mode,
				...(mode === 'web'
					? { change: 'pause' }
					: {
							change: 'subscription',
							audioSubscription: 'only',
							audioUids: UPDATED_UID,
							videoSubscription: 'only',
							videoUids: UPDATED_UID,
						}),
			};
		case 'updateLayout':
			return { ...common, layout: 'bestFit', background: { backgroundColor: UPDATED_COLOR } };
		case 'stop':
			return {
				...common,
				options: {
					asyncStop: step.async,
					...(step.patience !== undefined && { retryWhileNotFound: step.patience }),
					...linksForm(step.links),
					...waitForm(step.wait),
				},
			};
		case 'getMany':
			return {
				resource: 'file',
				operation: step.do,
				files: step.kind,
				options: {
					ifMissing: step.ifMissing,
					...linksForm(step.links),
					...waitForm(step.wait),
				},
			};
		case 'getPlaylist':
			return {
				resource: 'file',
				operation: step.do,
				options: { ifSlicesMissing: step.ifMissing, ...waitForm(step.wait) },
			};
		default:
			throw new Error(`${step.do} is no operation`);
	}
}
