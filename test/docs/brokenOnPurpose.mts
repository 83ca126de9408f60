/** What was broken, once and by hand, to see a check fail. Bugs that are put back by a command stand in test/lives/bugs.mts. */
export const BROKEN_ON_PURPOSE: ReadonlyArray<
	readonly [check: string, broken: string, said: string]
> = [
	[
		'Rules of n8n-nodes-base',
		'the access key of the storage was shown in clear',
		'cred-class-field-type-options-password-missing',
	],
];
