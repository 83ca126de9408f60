import type { IWebhookFunctions } from 'n8n-workflow';
import { readSettings } from '../../../nodes/AgoraCloudRecording/trigger/settings.ts';

const read = (parameters: Record<string, unknown>) =>
	readSettings({
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
	} as unknown as IWebhookFunctions);

const FILTERS = {
	...{ channelName: ' class-* ', recorderUid: ' 1 ', userUid: '2', sid: 'abc' },
	...{ minimumErrorLevel: 2, includeRecorders: true },
};

describe('Settings', () => {
	it('are what the form shows', () => {
		expect(read({ events: ['recording_failed', 'user_left'], filters: FILTERS })).toEqual({
			products: ['cloudRecording', 'rtcChannel'],
			filters: {
				events: ['recording_failed', 'user_left'],
				...{ cname: 'class-*', recorderUid: '1', sid: 'abc', minimumErrorLevel: 2 },
				...{ userUid: '2', includeRecorders: true },
			},
			verifySignature: true,
			includeRawBody: false,
			folder: '',
		});
	});

	it('count more events only where the form shows them', () => {
		const moreEvents = ['uploaded', 'broadcaster_join'];
		expect(read({ events: ['user_left'], moreEvents })).toMatchObject({
			products: ['rtcChannel'],
			filters: { events: ['user_left'] },
		});
		expect(read({ events: ['user_left', 'other'], moreEvents })).toMatchObject({
			products: ['cloudRecording', 'rtcChannel'],
			filters: { events: ['user_left', 'other', ...moreEvents] },
		});
	});

	it.each<[string[], string[]]>([
		[[], []],
		[['any_recording_event'], ['cloudRecording']],
		[['any_channel_event'], ['rtcChannel']],
		[['recording_ended', 'uploaded', '40'], ['cloudRecording']],
		[['channel_created', 'broadcaster_join', '101'], ['rtcChannel']],
		[['777'], ['cloudRecording']],
		[['other', 'toString', 'any', ''], []],
	])('of %j take the products %j', (events, products) => {
		expect(read({ events }).products).toEqual(products);
	});

	it.each([
		[
			['a', 7],
			['a', '7'],
		],
		['a', ['a']],
		[7, ['7']],
		[{}, []],
		[null, []],
		[[null, 'a'], []],
	])('take %j for the events %j', (events, expected) => {
		expect(read({ events }).filters.events).toEqual(expected);
		const more = read({ events: 'other', moreEvents: events }).filters.events;
		expect(more).toEqual(['other', ...expected]);
	});

	it.each([undefined, null, 'x', 7, []])('have defaults where a collection is %j', (nonsense) => {
		expect(read({ filters: nonsense, options: nonsense })).toMatchObject({
			products: [],
			filters: { events: [], minimumErrorLevel: 4, includeRecorders: false },
			verifySignature: true,
		});
	});

	it('take a folder without the spaces around it', () => {
		expect(read({ options: { folder: ' lessons/class7 ' } }).folder).toBe('lessons/class7');
		expect(read({ options: { folder: 7 } }).folder).toBe('7');
		expect(read({ options: { folder: null } }).folder).toBe('');
	});

	it('take a UID that an expression gave as a number', () => {
		expect(read({ filters: { recorderUid: 42 } }).filters.recorderUid).toBe('42');
	});
});
