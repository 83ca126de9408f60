import type { Control, RecordingView } from '../../simulator/index.mts';

/** What the simulator's books say of a recording at a moment. */
export interface Booked {
	sid: string;
	cname: string;
	uid: string;
	resourceId: string;
	mode: string;
	/** As a query would tell, 0 to 8 or 20. */
	status: number;
	/** It lives and costs money, be it that nobody answers for it at the moment. */
	running: boolean;
	/** It is moving to another server: 404. */
	moving: boolean;
	startedAt: number;
	endedAt?: number;
	/** What ended it: `stop`, `idle`, `killed`, `failure`, `maxRecordingHour`. */
	cause?: string;
	onhold: boolean;
	subscription: unknown;
	layout: unknown;
	files: string[];
}

/** The books at a moment, oldest recording first. */
export type Page = readonly Booked[];

const booked = (view: RecordingView): Booked => ({
	sid: view.sid,
	cname: view.cname,
	uid: view.uid,
	resourceId: view.resourceId,
	mode: view.mode,
	status: view.status,
	running: view.phase === 'running' || view.phase === 'failover',
	moving: view.phase === 'failover',
	startedAt: view.startedAt,
	...(view.ended && { endedAt: view.ended.at, cause: view.ended.cause }),
	onhold: view.onhold,
	subscription: view.subscription,
	layout: view.layout,
	files: view.files.map(({ fileName }) => fileName),
});

/** Opens the simulator's books. */
export const pageOf = (control: Control): Page => control.recordings().map(booked);

export const bookOf = (page: Page, sid: unknown): Booked | undefined =>
	page.find((booked) => booked.sid === sid);
