/** Who does what in the bench of the storage. */
export const CONTESTANTS = ['package', 'AWS SDK'] as const;
export type Contestant = (typeof CONTESTANTS)[number];
export const TASKS = ['links', 'list', 'playlist'] as const;
export type Task = (typeof TASKS)[number];

/** Where the objects are. */
export interface Place {
	endpoint: string;
	bucket: string;
	accessKey: string;
	secretKey: string;
	/** Of all objects. */
	prefix: string;
	/** Of the recording with many objects, and of that with a long playlist. */
	sids: { list: string; playlist: string };
}

export const LINKS = 20_000;
