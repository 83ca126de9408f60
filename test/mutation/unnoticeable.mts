/** A mutant that no test can notice, because the program does the same with it. */
export interface Unnoticeable {
	/** The end of the file's path. */
	file: string;
	/** What is replaced, and by what, as the report of a survivor prints it. */
	code: string;
	by: string;
	why: string;
}

export const UNNOTICEABLE: readonly Unnoticeable[] = [
	...['x_axis + width', 'y_axis + height'].map((sum) => ({
		file: 'requests/picture.ts',
		code: `${sum} <= 1 + 1e-9`,
		by: `${sum} < 1 + 1e-9`,
		why: 'parts of six decimals never add up to just the tolerance',
	})),
	{
		file: 'requests/picture.ts',
		code: 'Math.abs(value * 1e6 - Math.round(value * 1e6)) < 1e-4',
		by: 'Math.abs(value * 1e6 - Math.round(value * 1e6)) <= 1e-4',
		why: 'no number is just the tolerance away from six decimals',
	},
	{
		file: 'agora/identity.ts',
		code: 'OWN_UID_MAX - OWN_UID_MIN + 1',
		by: 'OWN_UID_MAX - OWN_UID_MIN - 1',
		why: 'one UID in a billion fewer',
	},
	{
		file: 'notifications/details.ts',
		code: 'code === undefined',
		by: 'false',
		why: 'undefined has no bits, and no row in a table',
	},
	{
		file: 'notifications/details.ts',
		code: 'eventType === null',
		by: 'false',
		why: 'null has no row in a table',
	},
	{
		file: 'notifications/notice.ts',
		code: '{ return undefined; }',
		by: '{}',
		why: 'what is no JSON stays undefined, which is no envelope either',
	},
	{
		file: 'requests/endings.ts',
		code: 'managedHours !== undefined',
		by: 'true',
		why: 'undefined is less than nothing',
	},
	{
		file: 'requests/storage.ts',
		code: 'stsExpiration !== undefined',
		by: 'true',
		why: 'undefined is reckoned to NaN, which no limit refuses, and which is not sent',
	},
	...['agora/pastedToken.ts', 'agora/rtcToken.ts'].map((file) => ({
		file,
		code: '{ return undefined; }',
		by: '{}',
		why: 'a function that ends without a word returns undefined',
	})),
	...['files/shape.ts', 'notifications/members.ts'].map((file) => ({
		file,
		code: '[]',
		by: '["Stryker was here"]',
		why: 'an entry without a name is no file',
	})),
	{
		file: 'playlists/copies.ts',
		code: '[]',
		by: '["Stryker was here"]',
		why: 'what may be signed has a name that can be read',
	},
	{
		file: 'playlists/copies.ts',
		code: 'age(copy) > age(best)',
		by: 'age(copy) >= age(best)',
		why: 'no two copies of a playlist have the same number',
	},
	{
		file: 'playlists/parse.ts',
		code: '[]',
		by: '["Stryker was here"]',
		why: 'its second entry is read',
	},
	{
		file: 'files/names.ts',
		code: '[]',
		by: '["Stryker was here"]',
		why: 'the stamp was found by the same pattern before',
	},
	...[
		['default: return false;', 'default:'],
		['false', 'true'],
	].map(([code, by]) => ({
		file: 'notifications/filters.ts',
		code,
		by,
		why: 'each event of the group of failures has a case of its own',
	})),
	{
		file: 'notifications/filters.ts',
		code: '-1',
		by: '+1',
		why: 'neither a status to come nor 1 is a failure',
	},
];
