/** What is wrong with a storage, or with what was asked of it. */
export const STORAGE_PROBLEMS = [
	'denied',
	'unknownKey',
	'wrongSecret',
	'wrongRegion',
	'wrongAddress',
	'noBucket',
	'noObject',
	'wrongClock',
	'expiredKeys',
	'expiredLink',
	'archived',
	'busy',
	'noAnswer',
	'noStorage',
	'unreadable',
	'notAllowed',
	'other',
] as const;
export type StorageProblemKind = (typeof STORAGE_PROBLEMS)[number];

/** Trouble with a storage in words: what is wrong, and what to do. Holds no key and no link. */
export class StorageProblem extends Error {
	readonly kind: StorageProblemKind;
	/** '' where the message says it all. */
	readonly whatToDo: string;

	constructor(kind: StorageProblemKind, message: string, whatToDo = '') {
		super(message);
		this.name = 'StorageProblem';
		this.kind = kind;
		this.whatToDo = whatToDo;
	}
}

/** What came of some work, or the problem with the storage that ended it; other errors are thrown on. */
export const orProblem = async <Result>(work: Promise<Result>): Promise<Result | StorageProblem> =>
	await work.catch(async (error: unknown) =>
		error instanceof StorageProblem ? error : await Promise.reject(error),
	);
