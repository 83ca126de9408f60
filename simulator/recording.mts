import { CHANNEL_PROFILES } from './channels.mts';
import type { ChannelProfile } from './channels.mts';
import type { Mode } from './routes.mts';
import type { StartRequest } from './schemas/bodies.mts';
import type { Layout } from './schemas/layout.mts';
import type { SubscriptionLists } from './schemas/subscription.mts';
import type { StorageConfig } from './schemas/storage.mts';
import { webRecorderParam } from './schemas/web.mts';

/** What acquire gave out. Times are virtual Unix milliseconds. */
export interface Resource {
	resourceId: string;
	appId: string;
	cname: string;
	uid: string;
	scene: number;
	resourceExpiredHour: number;
	region?: string;
	excludeResourceIds?: string[];
	startParameter?: Record<string, unknown>;
	acquiredAt: number;
	/** The recording that it was used for. */
	sid?: string;
}

/** From stop's arrival on. */
export interface Stop {
	at: number;
	async: boolean;
	/** Whether its answer has gone out. */
	answered: boolean;
	/** A query was under way at the same time (errors.md 7). */
	spoiled: boolean;
}

/** What makes a recording fail (errors.md 6, first row). */
export type Blame =
	'storage' | 'token' | 'tokenExpired' | 'uid' | 'profile' | 'pageUnreachable' | 'pageNotReady';

/** One start that was accepted, and all that was done to it. Times are virtual Unix milliseconds. */
export interface Recording {
	sid: string;
	resource: Resource;
	mode: Mode;
	startedAt: number;
	request: StartRequest;
	/** In force now; update replaces it. */
	subscription: SubscriptionLists;
	/** In force now; update refreshes it. */
	storage: StorageConfig;
	/** As last set by start or updateLayout (mix). */
	layout: Layout;
	/** CDN addresses in force now (web). */
	rtmpUrls: string[];
	/** Pauses and resumes (web), oldest first. */
	onhold: { at: number; onhold: boolean }[];
	/** When it answers 404 although it lives (best-practices.md 3). */
	failovers: { from: number; to: number }[];
	/** What the asynchronous check finds, and when (errors.md 6). */
	failure?: { at: number; because: string; blame: Blame };
	stop?: Stop;
	killed?: { at: number; abnormal: boolean };
	/** Requests for it that have not been answered yet, by operation. */
	underWay: Map<string, number>;
}

/** The key that only one running recording can have (rest-api.md 1). */
export function taskKey(appId: string, cname: string, uid: string): string {
	return JSON.stringify([appId, cname, uid]);
}

/** Seconds an empty channel is waited in (rest-api.md 3.3). */
export const maxIdleSeconds = ({ request }: Recording): number =>
	request.recordingConfig?.maxIdleTime ?? 30;

/** The profile in which it joins: the only one whose users it hears (rest-api.md 3.3). */
export const profileOf = ({ request }: Recording): ChannelProfile =>
	CHANNEL_PROFILES[request.recordingConfig?.channelType ?? 0] ?? 'communication';

/** 0 audio, 1 video, 2 both (rest-api.md 3.3). */
export const streamTypes = ({ request }: Recording): number =>
	request.recordingConfig?.streamTypes ?? 2;

/** The page to record and how, in mode web (rest-api.md 3.7). */
export const pageOf = ({ request }: Recording) =>
	webRecorderParam(request.extensionServiceConfig?.extensionServices ?? []);
