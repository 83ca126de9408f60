import fc from 'fast-check';
import {
	fitsPattern,
	passesFilters,
	type NotificationFilters,
} from '../../../nodes/AgoraCloudRecording/agora/notifications/filters.ts';
import {
	parseEnvelope,
	readNotification,
} from '../../../nodes/AgoraCloudRecording/agora/notifications/notice.ts';
import {
	EVENT_GROUPS,
	type Product,
} from '../../../nodes/AgoraCloudRecording/agora/notifications/events.ts';
import { golden, makeNotice } from '../../support/notices.mts';

const NONE: NotificationFilters = {
	events: ['any_recording_event', 'any_channel_event'],
	minimumErrorLevel: 4,
	includeRecorders: true,
};

function passes(
	notice: object,
	filters: Partial<NotificationFilters>,
	product: Product = 'cloudRecording',
): boolean {
	const envelope = parseEnvelope(Buffer.from(JSON.stringify(notice)));
	if (!envelope) throw new Error('Not read');
	return passesFilters(readNotification(envelope, product), { ...NONE, ...filters });
}

const event = (eventType: number, details: object = {}) => makeNotice({ details }, { eventType });

describe('Events', () => {
	it.each<[string[], number, boolean]>([
		[['any_recording_event'], 40, true],
		[['any_recording_event'], 777, true],
		[['any_channel_event'], 40, false],
		[[], 40, false],
		[['recorder_started'], 40, true],
		[['40'], 40, true],
		[['777'], 777, true],
		[['uploaded'], 40, false],
		[['uploaded'], 32, false],
		[['all_files_uploaded'], 31, true],
		[['all_files_uploaded'], 32, true],
		[['all_files_uploaded'], 33, false],
		[['all_files_in_storage'], 31, true],
		[['all_files_in_storage'], 32, false],
		[['recording_started'], 40, true],
		[['recording_started'], 70, true],
		[['uploaded', 'session_exit'], 11, true],
		[['recording_ended'], 11, true],
		[['other'], 40, false],
		[['recorder_snapshot_file'], 45, true],
		[['screenshot_taken'], 45, true],
		[['111'], 111, false],
		[['110'], 110, true],
		[['user_joined'], 103, false],
		[['toString'], 40, false],
	])('%j: %d passes: %p', (events, eventType, expected) => {
		expect(passes(event(eventType), { events })).toBe(expected);
	});

	it.each<[number, object, boolean]>([
		[1, { errorLevel: 5 }, true],
		[1, { errorLevel: 4 }, true],
		[1, { errorLevel: '4' }, true],
		[1, { errorLevel: 3 }, false],
		[1, {}, true],
		[3, { status: 20 }, true],
		[3, { status: 5 }, false],
		[3, {}, false],
		[11, { exitStatus: 1 }, true],
		[11, { exitStatus: 0 }, false],
		[11, { leaveStatus: 0 }, false],
		[71, { code: 0 }, false],
		[71, { code: 1 }, false],
		[71, { code: 2 }, true],
		[71, { code: 6 }, true],
		[71, { code: 17 }, true],
		[71, {}, true],
		[30, { status: 0 }, false],
		[30, { status: 1 }, true],
		[31, { status: 0 }, false],
		[31, { status: '0' }, false],
		[31, { status: 2 }, true],
		[32, { status: '1' }, true],
		[32, { status: '0' }, false],
		[40, { status: 1 }, true],
		[40, { status: -1 }, true],
		[40, { status: 'broken' }, true],
		[40, { status: 0 }, false],
		[40, {}, false],
		[40, { status: null }, false],
		[41, { leaveCode: 0 }, true],
		[41, { leaveCode: '0' }, true],
		[41, { leaveCode: 24 }, false],
		[41, { leaveCode: 4 }, false],
		[41, {}, false],
		[33, { status: 1 }, false],
		[70, { status: 1 }, false],
	])('%d with %j tells that recording failed: %p', (eventType, details, expected) => {
		expect(passes(event(eventType, details), { events: ['recording_failed'] })).toBe(expected);
	});

	it.each([1, -1, '1', 'broken', true, {}])(
		'with the status %j are no start and no upload of all files',
		(status) => {
			const groups = ['recording_started', 'all_files_uploaded', 'all_files_in_storage'];
			for (const eventType of [31, 32, 40]) {
				expect(passes(event(eventType, { status }), { events: groups })).toBe(false);
				expect(passes(event(eventType, { status }), { events: ['recording_failed'] })).toBe(true);
			}
		},
	);

	it.each([0, 1, undefined])(
		'of an end with exit status %p tell that a recording ended',
		(exitStatus) => {
			expect(passes(event(11, { exitStatus }), { events: ['recording_ended'] })).toBe(true);
		},
	);

	it('with an abnormal status still come under their own names and numbers', () => {
		for (const [name, eventType] of [
			['uploaded', 31] as const,
			['recorder_started', 40] as const,
		]) {
			for (const wanted of [name, String(eventType), 'any_recording_event']) {
				expect(passes(event(eventType, { status: 1 }), { events: [wanted] })).toBe(true);
			}
		}
	});

	it.each([
		[0, false],
		[1, true],
		['1', true],
		[2, false],
		[undefined, false],
	])('of a page that stopped with code %p tell of its time limit: %p', (code, expected) => {
		expect(passes(event(71, { code }), { events: ['web_time_limit'] })).toBe(expected);
	});

	it('of other products with the same numbers are in no group', () => {
		const { notice } = golden('cloudRecording-0031-captions');
		const groups = EVENT_GROUPS.cloudRecording.map(({ name }) => name);
		expect(passes(notice, { events: [...groups, 'uploaded'] })).toBe(false);
		expect(passes(notice, { events: ['any_recording_event'] })).toBe(true);
	});

	it.each([1, 2, 3, 4, 5])('fail a recording from level %d on', (minimumErrorLevel) => {
		for (const errorLevel of [1, 2, 3, 4, 5]) {
			expect(
				passes(event(1, { errorLevel }), { events: ['recording_failed'], minimumErrorLevel }),
			).toBe(errorLevel >= minimumErrorLevel);
		}
	});

	it('are judged by level only where a failure is waited for', () => {
		expect(passes(event(1, { errorLevel: 1 }), { events: ['cloud_recording_error'] })).toBe(true);
	});
});

describe('Filters', () => {
	const notice = makeNotice({ cname: 'class-7', uid: '42', sid: 'abc' });

	it.each<[Partial<NotificationFilters>, boolean]>([
		[{ cname: '' }, true],
		[{ cname: 'class-7' }, true],
		[{ cname: 'class-*' }, true],
		[{ cname: 'class-8' }, false],
		[{ cname: 'CLASS-7' }, false],
		[{ recorderUid: '42' }, true],
		[{ recorderUid: '4' }, false],
		[{ userUid: '4', includeRecorders: false }, true],
		[{ sid: 'abc' }, true],
		[{ sid: 'ab' }, false],
		[{ cname: 'class-7', sid: 'other' }, false],
	])('%j lets it pass: %p', (filters, expected) => {
		expect(passes(notice, filters)).toBe(expected);
	});

	it('do not let pass what has no such member', () => {
		const nameless = makeNotice({ cname: undefined, uid: undefined });
		expect(passes(nameless, { cname: 'a*' })).toBe(false);
		expect(passes(nameless, { recorderUid: '42' })).toBe(false);
	});

	it.each<[Partial<NotificationFilters>, boolean]>([
		[{ userUid: '7' }, true],
		[{ userUid: '8' }, false],
		[{ recorderUid: '8', sid: 'abc' }, true],
		[{ cname: 'class-8' }, false],
		[{ events: ['user_joined'] }, true],
		[{ events: ['107'] }, true],
		[{ events: ['user_left'] }, false],
		[{ events: ['any_recording_event'] }, false],
		[{ events: ['any_channel_event'] }, true],
	])('of channels: %j lets it pass: %p', (filters, expected) => {
		const joined = { productId: 1, eventType: 107, payload: { channelName: 'class-7', uid: '7' } };
		expect(passes(joined, filters, 'rtcChannel')).toBe(expected);
	});

	it('leave out the recorder itself, and nobody else', () => {
		const { notice: recorder } = golden('rtcChannel-0103');
		const { notice: user } = golden('rtcChannel-0105');
		expect(passes(recorder, { includeRecorders: false }, 'rtcChannel')).toBe(false);
		expect(passes(recorder, { includeRecorders: true }, 'rtcChannel')).toBe(true);
		expect(passes(user, { includeRecorders: false }, 'rtcChannel')).toBe(true);
		const text = { ...recorder, payload: { ...recorder.payload, clientType: '10' } };
		expect(passes(text, { includeRecorders: false }, 'rtcChannel')).toBe(false);
	});
});

describe('Patterns', () => {
	it.each([
		['a', 'a', true],
		['a', 'b', false],
		['', '', true],
		['*', '', true],
		['*', 'anything', true],
		['a*', 'a', true],
		['a*', 'abc', true],
		['a*', 'ba', false],
		['*a', 'ba', true],
		['*a', 'ab', false],
		['a*c', 'abc', true],
		['a*c', 'ac', true],
		['ab*ba', 'aba', false],
		['ab*ba', 'abba', true],
		['a*b*c', 'a1b2c', true],
		['a*b*c', 'a1c2b', false],
		['**', 'x', true],
		['a.c', 'abc', false],
		['a+', 'a+', true],
		['a+', 'aa', false],
		['[ab]', 'a', false],
		['^a$', 'a', false],
		['class (?)', 'class (?)', true],
	])('%p fits %p: %p', (pattern, value, expected) => {
		expect(fitsPattern(pattern, value)).toBe(expected);
	});

	it('mean what a regular expression would', () => {
		const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
		const value = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 12 });
		fc.assert(
			fc.property(letters, value, (pattern, name) => {
				const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
				expect(fitsPattern(pattern, name)).toBe(expected);
			}),
			{ numRuns: 1000 },
		);
	});
});
