/** What was broken, once and by hand, to see a check fail. Bugs that are put back by a command stand in test/lives/bugs.mts. */
export const BROKEN_ON_PURPOSE: ReadonlyArray<
	readonly [check: string, broken: string, said: string]
> = [
	[
		'Rules of n8n-nodes-base',
		'the access key of the storage was shown in clear',
		'cred-class-field-type-options-password-missing',
	],
	[
		'Any form',
		'whole numbers were no longer bounded above',
		'the simulator: “invalid resourceExpiredHour value”',
	],
	[
		'Any answer',
		'one member of a file was read as what it should be, not as what it is',
		'“Cannot read properties of undefined”',
	],
	[
		'The search for secrets',
		'the storage’s secret key was logged, in Base64 and with more before it',
		'“storageSecretKey in lines of the log”',
	],
	[
		'Layouts',
		'the small pictures stood closer to each other than they are wide',
		'picture in picture: users who lie over each other',
	],
];
