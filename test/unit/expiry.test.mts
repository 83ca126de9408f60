import {
	expiryWarnings,
	type Expiry,
} from '../../nodes/AgoraCloudRecording/agora/requests/expiry.ts';

const HOUR = 3600;
const warnings = (expiry: Partial<Expiry>) =>
	expiryWarnings({ managedHoursAsked: false, managedHours: 72, ...expiry });

describe('A start is silent', () => {
	it.each<[string, Partial<Expiry>]>([
		['without token and temporary credential', {}],
		['with a token of a day', { tokenLeft: 24 * HOUR }],
		['with a token of a day that is some minutes old', { tokenLeft: 23.5 * HOUR }],
		['with a credential of a day', { storageLeft: 24 * HOUR }],
		[
			'with a credential that lasts as long as the page',
			{ longestHours: 5, storageLeft: 5 * HOUR },
		],
		['with hours that cover a page', { longestHours: 720, managedHours: 720 }],
		['with a day to manage the recording', { managedHours: 24, managedHoursAsked: true }],
		['with unknown hours', { managedHours: undefined, longestHours: 720 }],
		['with a token of 23 hours', { tokenLeft: 23 * HOUR }],
		[
			'with days to manage the recording, and no token',
			{ managedHours: 72, managedHoursAsked: true },
		],
		[
			'with a token, and a day to manage the recording',
			{ tokenLeft: 24 * HOUR, managedHours: 24, managedHoursAsked: true },
		],
		['with fewer hours than a day that nobody asked for', { managedHours: 12 }],
		[
			'with hours asked for that are not known',
			{ managedHours: undefined, managedHoursAsked: true },
		],
	])('%s', (_what, endings) => expect(warnings(endings)).toEqual([]));
});

describe('A start warns', () => {
	it.each<[string, Partial<Expiry>, RegExp]>([
		['of a token of an hour', { tokenLeft: HOUR }, /token expires in 60 minutes.*24 hours/],
		['of a token of a minute', { tokenLeft: 60 }, /token expires in 1 minute /],
		['of a token of two hours', { tokenLeft: 2 * HOUR }, /token expires in 2 hours/],
		['of a token of 22 hours', { tokenLeft: 22.9 * HOUR }, /token expires in 22 hours/],
		[
			'that no token lasts three days',
			{ tokenLeft: 24 * HOUR, managedHours: 72, managedHoursAsked: true },
			/Tokens last up to 24 hours.*72 hours/,
		],
		[
			'of a credential of four hours',
			{ storageLeft: 4 * HOUR },
			/credential expires in 4 hours.*Update/,
		],
		[
			'of a credential that ends before the page does',
			{ longestHours: 48, storageLeft: 36 * HOUR },
			/expires in 36 hours/,
		],
		[
			'of one minute to manage the recording',
			{ managedHours: 1, managedHoursAsked: true },
			/Query, Update, and Stop cannot reach the recording after 60 minutes/,
		],
		['of a page that outlives its hours', { longestHours: 100 }, /after 72 hours/],
	])('%s', (_what, endings, says) => {
		expect(warnings(endings)).toEqual([expect.stringMatching(says)]);
	});

	it('of everything at once', () => {
		expect(
			warnings({ tokenLeft: 60, storageLeft: 60, managedHours: 2, managedHoursAsked: true }),
		).toHaveLength(3);
	});
});
