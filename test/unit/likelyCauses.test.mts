import {
	causesText,
	likelyCauses,
	type Clues,
} from '../../nodes/AgoraCloudRecording/agora/answers/likelyCauses.ts';

const NOW = Date.UTC(2026, 0, 1, 12);
const HOUR = 3_600_000;

const causes = (clues: Partial<Clues>) =>
	likelyCauses({ mode: 'mix', now: NOW, seenToRun: false, askedFor: 90, ...clues });

describe('Why a recording is not found', () => {
	const seen = { seenToRun: true, startedAt: NOW - HOUR, maxIdleTime: 300 };

	it.each<[string, Partial<Clues>, RegExp[]]>([
		[
			'that never began is its token, then its storage',
			{ startedAt: NOW - 60_000, maxIdleTime: 300, tokenExpiresAt: NOW + HOUR },
			[/^the App ID and App Certificate/, /storage/, /'Channel Profile'/, /UID/],
		],
		[
			'that never began without a token is that one, where the project needs it',
			{ startedAt: NOW - 60_000, maxIdleTime: 300, tokenExpiresAt: null },
			[/no token was sent/, /storage/, /'Channel Profile'/, /UID/],
		],
		[
			'that never began may be idle when it is old enough',
			{ startedAt: NOW - 60_000, maxIdleTime: 30 },
			[/token/, /storage/, /^the channel was empty for 30 seconds/, /'Channel Profile'/, /UID/],
		],
		['that ran is idle time', seen, [/^the channel was empty for/, /another workflow/]],
		[
			'that ran for just the idle time is that already',
			{ ...seen, startedAt: NOW - 300_000 },
			[/^the channel was empty for/, /another workflow/],
		],
		[
			'that ran, and whose idle time is not known, is that time',
			{ ...seen, maxIdleTime: undefined },
			[/^the channel was empty for longer than/, /another workflow/],
		],
		[
			'that was ready, but never seen to run, is idle time, then what it heard',
			{ ...seen, seenToRun: false, ready: true },
			[/^the channel was empty for/, /so the recorder received nothing$/],
		],
		[
			'that ran, and is too young for that, was stopped elsewhere',
			{ ...seen, startedAt: NOW - 299_000 },
			[/another workflow/],
		],
		[
			'that ran, and was asked for during less than 90 s, perhaps moves',
			{ ...seen, startedAt: NOW - 299_000, askedFor: 30 },
			[/moving to another server/, /another workflow/],
		],
		[
			'whose token ended is that before idle time',
			{ ...seen, tokenExpiresAt: NOW - 1000 },
			[/token expired at 2026-01-01T11:59:59/, /^the channel was empty for/, /another/],
		],
		[
			'whose token ends just now is that as well',
			{ ...seen, tokenExpiresAt: NOW },
			[/token expired at 2026-01-01T12:00:00/, /^the channel was empty for/, /another/],
		],
		[
			'whose start is not known is idle time',
			{ seenToRun: true, maxIdleTime: 300 },
			[/^the channel was empty for longer than/, /another/],
		],
		[
			'that was stopped is that',
			{ ...seen, stopped: true },
			[/already been stopped/, /channel was empty/, /another/],
		],
		[
			'that outlived its hours is that',
			{ ...seen, acquiredAt: NOW - 72 * HOUR, resourceExpiredHour: 72 },
			[/72 hours/, /channel was empty/, /another/],
		],
		[
			'within its hours is not that',
			{ ...seen, acquiredAt: NOW - 72 * HOUR + 1, resourceExpiredHour: 72 },
			[/channel was empty/, /another/],
		],
		[
			'of a page that never began is the page',
			{ mode: 'web', startedAt: NOW - 60_000, maxRecordingHour: 3 },
			[/page is not publicly accessible/, /storage/, /WebGL/],
		],
		[
			'of a page whose time is over is that',
			{ mode: 'web', seenToRun: true, startedAt: NOW - 3 * HOUR, maxRecordingHour: 3 },
			[/3 hours has passed/, /another workflow/],
		],
		[
			'of which nothing is known is idle time, then what a start can be wrong in',
			{},
			[/^the channel was empty/, /token/, /storage/, /'Channel Profile'/, /UID/],
		],
	])('%s', (_what, clues, expected) => {
		const all = causes(clues);
		expect(all).toHaveLength(expected.length);
		expected.forEach((cause, i) => expect(all[i]).toMatch(cause));
	});

	it('is told in a line for each, or not at all', () => {
		expect(causesText(['one', 'the other'])).toBe('Likely causes:\n1. One\n2. The other');
		expect(causesText([])).toBe('');
	});
});
