import type { IWebhookFunctions } from 'n8n-workflow';
import { readSettings } from '../../../nodes/AgoraCloudRecording/trigger/settings.ts';

const read = (parameters: Record<string, unknown>) =>
	readSettings({
		getNodeParameter: (name: string, fallback: unknown) => parameters[name] ?? fallback,
	} as unknown as IWebhookFunctions);

/** What a form holds after its product was switched to and fro. */
const ALL = {
	...{ channelName: ' class-* ', recorderUid: '1', userUid: '2', sid: 'abc' },
	...{ minimumErrorLevel: 2, includeRecorders: false },
};

describe('Settings', () => {
	it('are those that the form shows for Cloud Recording', () => {
		expect(read({ product: 'cloudRecording', events: ['any'], filters: ALL })).toEqual({
			product: 'cloudRecording',
			filters: {
				events: ['any'],
				...{ cname: 'class-*', uid: '1', sid: 'abc' },
				...{ minimumErrorLevel: 2, includeRecorders: true },
			},
			verifySignature: true,
			includeRawBody: false,
		});
	});

	it('are those that the form shows for RTC channel events', () => {
		expect(read({ product: 'rtcChannel', filters: ALL }).filters).toMatchObject({
			...{ cname: 'class-*', uid: '2', sid: undefined, includeRecorders: false },
		});
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
	});

	it.each([undefined, null, 'x', 7, []])('have defaults where a collection is %j', (nonsense) => {
		expect(read({ product: nonsense, filters: nonsense, options: nonsense })).toMatchObject({
			product: 'cloudRecording',
			filters: { events: [], minimumErrorLevel: 4 },
			verifySignature: true,
		});
	});

	it('take a UID that an expression gave as a number', () => {
		expect(read({ filters: { recorderUid: 42 } }).filters.uid).toBe('42');
	});
});
