import fc from 'fast-check';
import {
	alike,
	busiestFirst,
	channelFacts,
	channelPage,
	isEmpty,
	NOBODY,
	onceEach,
	withoutUids,
} from '../../nodes/AgoraCloudRecording/agora/answers/channels.ts';
import {
	assumptionText,
	channelText,
	nobodyText,
} from '../../nodes/AgoraCloudRecording/agora/answers/channelFindings.ts';
import { profileOfType } from '../../nodes/AgoraCloudRecording/agora/channelProfiles.ts';
import {
	canBeAskedAbout,
	channelsPath,
	channelUsersPath,
} from '../../nodes/AgoraCloudRecording/agora/requests/channels.ts';

const APP_ID = '970ca35de60c44645bbae8a215061b33';
/** Samples of channel-management.md, sections 2 and 3. */
const answer = (data: object) => ({ success: true, data });
const COMMUNICATION = answer({ channel_exist: true, mode: 1, total: 1, users: [906218805] });
const LIVE = answer({
	channel_exist: true,
	mode: 2,
	broadcasters: [2206227541, 2845863044],
	audience: [906219905],
	audience_total: 1,
});
const HOSTS_ONLY = answer({ channel_exist: true, mode: 2, broadcasters: [574332, 1347839] });

function factsOf(body: object) {
	const facts = channelFacts(body);
	if (!facts) throw new Error('Not known');
	return facts;
}

describe('Where channels are asked about', () => {
	it('is below the App ID', () => {
		expect(channelsPath(APP_ID, 2, 500)).toBe(`/dev/v1/channel/${APP_ID}?page_no=2&page_size=500`);
		expect(channelUsersPath(APP_ID, 'class-7')).toBe(`/dev/v1/channel/user/${APP_ID}/class-7`);
	});

	it('keeps every name that a channel may have', () => {
		const char = fc.constantFrom(...'abzAZ09 !#$%&()+-:;<=.>?@[]^_{}|~,');
		fc.assert(
			fc.property(fc.string({ unit: char, minLength: 1, maxLength: 63 }), (name) => {
				fc.pre(canBeAskedAbout(name));
				const { pathname, search, hash } = new URL(
					`https://api.agora.io${channelUsersPath(APP_ID, name)}`,
				);
				expect(decodeURIComponent(pathname.split('/').at(-1) ?? '')).toBe(name);
				expect([pathname.split('/').length, search, hash]).toEqual([7, '', '']);
			}),
		);
	});

	it.each(['.', '..'])('is nowhere for %s', (name) => {
		expect(canBeAskedAbout(name)).toBe(false);
	});
});

describe('Who is in a channel', () => {
	it('reads Agora’s samples', () => {
		expect(channelFacts(COMMUNICATION)).toEqual({
			exists: true,
			profile: 'communication',
			hosts: [],
			audience: [],
			audienceTotal: 0,
			users: ['906218805'],
			userCount: 1,
		});
		expect(channelFacts(LIVE)).toEqual({
			exists: true,
			profile: 'liveBroadcasting',
			hosts: ['2206227541', '2845863044'],
			audience: ['906219905'],
			audienceTotal: 1,
			users: ['2206227541', '2845863044', '906219905'],
			userCount: 3,
		});
		expect(channelFacts(HOSTS_ONLY)).toMatchObject({ hosts: ['574332', '1347839'], userCount: 2 });
		expect(channelFacts(answer({ channel_exist: false }))).toEqual(NOBODY);
	});

	it('counts the whole audience, of which Agora names the first 10,000', () => {
		const audience = Array.from({ length: 10_000 }, (_, i) => i + 1);
		const live = { channel_exist: true, mode: 2, broadcasters: [], audience };
		const facts = factsOf(answer({ ...live, audience_total: 25_000 }));
		expect(facts).toMatchObject({ audienceTotal: 25_000, userCount: 25_000 });
		expect(withoutUids(facts, ['1', '2'])).toMatchObject({ audienceTotal: 24_998 });
	});

	it.each<[string, unknown]>([
		['success: false', { ...COMMUNICATION, success: false }],
		['no success', { data: COMMUNICATION.data }],
		['no data', { success: true }],
		['text accounts', answer({ channel_exist: true, mode: 1, total: 1, users: ['alice'] })],
		['a UID that is none', answer({ channel_exist: true, mode: 1, total: 1, users: [2 ** 32] })],
		['no list of users', answer({ channel_exist: true, mode: 1, total: 1 })],
		['no mode', answer({ channel_exist: true, users: [1] })],
		['an unknown mode', answer({ channel_exist: true, mode: 3, users: [1] })],
		['a word for a truth', answer({ channel_exist: 'false' })],
		[
			'no host, and no word of an audience',
			answer({ channel_exist: true, mode: 2, broadcasters: [] }),
		],
		['a portal', { status: 'ok' }],
		['nothing', undefined],
	])('is not known from an answer with %s', (_what, body) => {
		expect(channelFacts(body)).toBeUndefined();
	});

	it('throws for no answer at all', () => {
		fc.assert(
			fc.property(fc.jsonValue(), (body) => {
				channelFacts(body);
				channelFacts(answer({ channel_exist: true, mode: 1, users: body }));
				channelPage(body);
			}),
		);
	});

	it('leaves out who does not count, whatever they are listed as', () => {
		const facts = factsOf(LIVE);
		expect(withoutUids(facts, ['2845863044', '906219905', '7'])).toEqual({
			...facts,
			hosts: ['2206227541'],
			audience: [],
			audienceTotal: 0,
			users: ['2206227541'],
			userCount: 1,
		});
		expect(isEmpty(withoutUids(facts, facts.users))).toBe(true);
		expect(isEmpty(withoutUids(factsOf(COMMUNICATION), ['906218805']))).toBe(true);
	});

	it('is somebody where only an audience is, and where the number says so', () => {
		expect(isEmpty(withoutUids(factsOf(LIVE), ['2206227541', '2845863044']))).toBe(false);
		const more = factsOf(answer({ channel_exist: true, mode: 1, total: 3, users: [7] }));
		expect(isEmpty(withoutUids(more, ['7']))).toBe(false);
		expect(isEmpty(NOBODY)).toBe(true);
	});
});

describe('A page of channels', () => {
	const channels = [{ channel_name: 'lkj144', user_count: 3 }];

	it('reads Agora’s sample', () => {
		expect(channelPage(answer({ channels, total_size: 1 }))).toEqual({
			channels: [{ cname: 'lkj144', userCount: 3 }],
			total: 1,
		});
	});

	it('beyond the end is empty, with or without a list', () => {
		expect(channelPage(answer({ channels: [], total_size: 1 }))?.channels).toEqual([]);
		expect(channelPage(answer({ total_size: 1 }))?.channels).toEqual([]);
	});

	it.each<[string, unknown]>([
		['success: false', { success: false, data: { channels, total_size: 1 } }],
		['neither channels nor their number', answer({})],
		['a channel without a name', answer({ channels: [{ user_count: 1 }] })],
		['a number in words', answer({ channels: [{ channel_name: 'a', user_count: 'one' }] })],
	])('with %s is none', (_what, body) => {
		expect(channelPage(body)).toBeUndefined();
	});

	const of = (...names: string[]) => names.map((cname, i) => ({ cname, userCount: i + 1 }));

	it('tells a channel once that moved to another', () => {
		expect(onceEach(of('a', 'b', 'a'))).toEqual([
			{ cname: 'a', userCount: 3 },
			{ cname: 'b', userCount: 2 },
		]);
	});

	it('puts those with most users first', () => {
		const names = busiestFirst([...of('a', 'b', 'c'), { cname: 'B', userCount: 2 }]);
		expect(names.map(({ cname }) => cname)).toEqual(['c', 'B', 'b', 'a']);
	});

	it('finds names that differ in nothing but capitals and spaces around them', () => {
		const similar = alike('Class-7', of('class-7', 'CLASS-7 ', 'Class-7', 'class-77'));
		expect(similar.map(({ cname }) => cname)).toEqual(['class-7', 'CLASS-7 ']);
	});
});

describe('What is told of a channel', () => {
	const live = { profile: 'liveBroadcasting', from: 'channel' } as const;
	const chosen = { profile: 'communication', from: 'form' } as const;
	const assumed = { profile: 'communication', from: 'credential' } as const;

	it.each([
		['nobody', live, NOBODY, 'The channel is empty.'],
		['users', chosen, factsOf(COMMUNICATION), '1 user is in the channel.'],
		['hosts', live, factsOf(LIVE), '2 hosts are in the channel.'],
		[
			'an audience alone',
			live,
			withoutUids(factsOf(LIVE), ['2206227541', '2845863044']),
			'The channel has no host, only an audience of 1.',
		],
	] as const)('%s', (_what, used, facts, text) => {
		expect(channelText('class-7', used, facts, [])).toBe(text);
	});

	it('names another profile than the one that was chosen, or assumed', () => {
		expect(channelText('class-7', chosen, factsOf(LIVE), [])).toMatch(
			/^The channel uses the Live Broadcasting profile, but Communication was set in the form, so nothing is recorded/,
		);
		expect(channelText('class-7', assumed, factsOf(LIVE), [])).toMatch(/Communication was assumed/);
		expect(channelText('class-7', live, factsOf(COMMUNICATION), [])).toMatch(
			/^The channel uses the Communication profile, but Live Broadcasting was the channel's profile at the start/,
		);
	});

	it('names the channel that is meant', () => {
		const similar = [{ cname: 'class-7', userCount: 3 }];
		expect(nobodyText('Class-7', false, similar)).toBe(
			"Channel 'Class-7' does not exist, but 'class-7' has 3 users. Names are case-sensitive.",
		);
		expect(nobodyText('Class-7', true, similar)).toBe(
			"Channel 'Class-7' is empty, but 'class-7' has 3 users. Names are case-sensitive.",
		);
		expect(nobodyText('Class-7', true, [])).toBe('The channel is empty.');
	});

	it('says what was assumed, and why', () => {
		expect(assumptionText(assumed, NOBODY)).toMatch(
			/Communication was assumed, because the channel was empty\. If your app uses Live Broadcasting/,
		);
		expect(assumptionText(assumed, undefined)).toMatch(/because Agora did not return the channel/);
		expect(assumptionText(chosen, undefined)).toBe('');
		expect(assumptionText(live, undefined)).toBe('');
	});
});

it('A channel without a type is communication, Agora’s default', () => {
	expect([undefined, 0, 1, 2, '1'].map((type) => profileOfType(type))).toEqual([
		'communication',
		'communication',
		'liveBroadcasting',
		undefined,
		undefined,
	]);
});
