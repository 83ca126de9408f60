import {
	having,
	HLS,
	INDIVIDUAL,
	MIX,
	serverResponse,
	startApi,
	webRequest,
	WHO,
} from './harness.mts';
import type { Api, Session } from './harness.mts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('lives', () => {
	let api: Api;
	beforeAll(async () => {
		api = await startApi();
	});
	afterAll(() => api.sim.close());
	beforeEach(() => api.sim.control.reset());

	const statusOf = async (session: Session) => {
		const reply = await api.query(session);
		return reply.status === 200 ? serverResponse(reply).status : reply.status;
	};

	test('status goes from 0 to 5', async () => {
		const session = await api.begin('mix', MIX);
		const seen = [];
		for (let step = 0; step < 7; step++) {
			seen.push(await statusOf(session));
			api.sim.control.advance(400);
		}
		expect(seen).toEqual([0, 1, 2, 3, 4, 5, 5]);
	});

	test('status stays 4 until somebody publishes', async () => {
		api.sim.control.setPublishers(WHO.cname, []);
		const session = await api.begin('mix', MIX);
		api.sim.control.advance(10_000);
		expect(await statusOf(session)).toBe(4);
		api.sim.control.setPublishers(WHO.cname, ['7']);
		expect(await statusOf(session)).toBe(5);
	});

	test('status 4 lasts as long as the channel is empty, then 7 and 404', async () => {
		api.sim.control.setPublishers(WHO.cname, []);
		const session = await api.begin('mix', MIX);
		const { startedAt } = api.sim.control.recording(session.sid);
		api.sim.control.advance(29_999);
		expect(await statusOf(session)).toBe(4);
		api.sim.control.advance(1);
		expect(await statusOf(session)).toBe(7);
		api.sim.control.advance(5000);
		expect(await statusOf(session)).toBe(404);
		expect(api.sim.control.recording(session.sid).ended).toEqual({
			at: startedAt + 30_000,
			cause: 'idle',
			because: 'nobody in the channel',
		});
	});

	test('status 5 stays while the channel is empty again', async () => {
		const session = await api.begin('mix', MIX);
		api.sim.control.advance(2000);
		api.sim.control.setPublishers(WHO.cname, []);
		api.sim.control.advance(29_999);
		expect(await statusOf(session)).toBe(5);
	});

	describe('channels that have a profile', () => {
		const recorderOf = (channelType: number) =>
			having(
				having(MIX, 'recordingConfig.channelType', channelType),
				'recordingConfig.maxIdleTime',
				60,
			);
		const setProfile = (profile: 'communication' | 'liveBroadcasting' | null) =>
			api.sim.control.setProfile(WHO.cname, profile);

		test.each([
			['communication', 0, 5],
			['communication', 1, 4],
			['liveBroadcasting', 0, 4],
			['liveBroadcasting', 1, 5],
			[null, 0, 5],
			[null, 1, 5],
		] as const)('%s, channelType %i: status %i', async (profile, channelType, status) => {
			api.sim.control.setPublishers(WHO.cname, ['7']);
			setProfile(profile);
			const session = await api.begin('mix', recorderOf(channelType));
			api.sim.control.advance(59_999);
			expect(await statusOf(session)).toBe(status);
			expect(api.sim.control.recording(session.sid).files).toHaveLength(status === 5 ? 1 : 0);
			api.sim.control.advance(1);
			expect(await statusOf(session)).toBe(status === 5 ? 5 : 7);
			api.sim.control.advance(5000);
			expect(await statusOf(session)).toBe(status === 5 ? 5 : 404);
			const { startedAt, ended } = api.sim.control.recording(session.sid);
			expect(ended).toEqual(
				status === 5
					? undefined
					: {
							at: startedAt + 60_000,
							cause: 'idle',
							because: 'the channel has another profile',
						},
			);
		});

		test.each(['mix', 'individual'])('stop in the wrong one: 206/435, %s', async (mode) => {
			setProfile('liveBroadcasting');
			const session = await api.begin(mode, mode === 'mix' ? MIX : INDIVIDUAL);
			api.sim.control.advance(20_000);
			const { status, data } = await api.stop(session);
			expect([status, data]).toEqual([206, { code: 435, reason: 'no recorded data' }]);
		});

		test('web pages have none', async () => {
			setProfile('liveBroadcasting');
			const session = await api.begin('web', webRequest());
			api.sim.control.advance(HOUR);
			expect(await statusOf(session)).toBe(5);
		});

		test('a change is no news for what was', async () => {
			const session = await api.begin('mix', recorderOf(0));
			api.sim.control.advance(20_000);
			const before = api.sim.control.recording(session.sid).files;
			setProfile('liveBroadcasting');
			expect(api.sim.control.recording(session.sid).files).toEqual(before);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.advance(30_000);
			setProfile(null);
			api.sim.control.advance(HOUR);
			expect(await statusOf(session)).toBe(5);
		});

		test('publishers come and go in it, also planned ones', async () => {
			const planned = await startApi({
				channels: { [WHO.cname]: [{ afterMs: 20_000, uids: ['7'] }] },
				profiles: { [WHO.cname]: 'liveBroadcasting' },
			});
			const seen = async (channelType: number, uid: string) => {
				const who = { ...WHO, uid };
				const session = await planned.begin('mix', recorderOf(channelType), { who });
				return () => planned.sim.control.recording(session.sid).status;
			};
			const live = await seen(1, '1');
			const communication = await seen(0, '2');
			planned.sim.control.advance(10_000);
			expect([live(), communication()]).toEqual([4, 4]);
			planned.sim.control.advance(10_000);
			expect([live(), communication()]).toEqual([5, 4]);
			planned.sim.control.setPublishers(WHO.cname, ['8']);
			expect([live(), communication()]).toEqual([5, 4]);
			planned.sim.control.advance(1);
			planned.sim.control.setProfile(WHO.cname, 'communication');
			expect([live(), communication()]).toEqual([5, 5]);
			planned.sim.control.reset();
			expect(planned.sim.control.channels()[WHO.cname]).toMatchObject([
				{ uids: [], profile: 'liveBroadcasting' },
				{ uids: ['7'], profile: 'liveBroadcasting' },
			]);
			await planned.sim.close();
		});

		test('a profile may be planned for a channel in which somebody is', async () => {
			const planned = await startApi({ profiles: { [WHO.cname]: 'communication' } });
			const session = await planned.begin('mix', recorderOf(1));
			planned.sim.control.advance(10_000);
			expect(planned.sim.control.recording(session.sid).status).toBe(4);
			await planned.sim.close();
		});
	});

	describe('idle exit', () => {
		test('after maxIdleTime without publishers, 30 s by default', async () => {
			const session = await api.begin('mix', MIX);
			api.sim.control.advance(HOUR);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.setPublishers(WHO.cname, []);
			api.sim.control.advance(29_999);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.advance(1);
			expect(await statusOf(session)).toBe(7);
			expect((await api.stop(session)).data).toMatchObject({ code: 49 });
			api.sim.control.advance(5000);
			expect(await statusOf(session)).toBe(404);
			expect((await api.stop(session)).status).toBe(404);
			expect(api.sim.control.recording(session.sid).ended).toMatchObject({ cause: 'idle' });
		});

		test('a publisher who comes in time starts the count anew', async () => {
			const request = having(MIX, 'recordingConfig.maxIdleTime', 60);
			api.sim.control.setPublishers(WHO.cname, []);
			const session = await api.begin('mix', request);
			api.sim.control.advance(59_000);
			api.sim.control.setPublishers(WHO.cname, ['7']);
			api.sim.control.advance(HOUR);
			api.sim.control.setPublishers(WHO.cname, []);
			api.sim.control.advance(59_000);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.advance(7000);
			expect(await statusOf(session)).toBe(404);
		});

		const emptyFrom = (fromMs: number, untilMs: number) => ({
			channels: {
				[WHO.cname]: [
					{ afterMs: 0, uids: ['7'] },
					{ afterMs: fromMs, uids: [] },
					{ afterMs: untilMs, uids: ['7'] },
				],
			},
		});

		test.each([
			['long enough', 20_000, 50_000, 404],
			['a moment too short', 20_000, 49_999, 200],
		])('channels can be planned: empty %s', async (_what, from, to, status) => {
			const planned = await startApi(emptyFrom(from, to));
			const session = await planned.begin('mix', MIX);
			planned.sim.control.advance(49_000);
			expect((await planned.query(session)).status).toBe(200);
			planned.sim.control.advance(7000);
			expect((await planned.query(session)).status).toBe(status);
			await planned.sim.close();
		});

		test('what is said now replaces the plan', async () => {
			const planned = await startApi(emptyFrom(20_000, HOUR));
			const session = await planned.begin('mix', MIX);
			planned.sim.control.advance(10_000);
			planned.sim.control.setPublishers(WHO.cname, ['8']);
			planned.sim.control.advance(10 * MINUTE);
			expect((await planned.query(session)).status).toBe(200);
			await planned.sim.close();
		});

		test('to say twice that nobody is there does not prolong it', async () => {
			const session = await api.begin('mix', MIX);
			api.sim.control.setPublishers(WHO.cname, []);
			api.sim.control.advance(20_000);
			api.sim.control.setPublishers(WHO.cname, []);
			api.sim.control.advance(10_000);
			expect(await statusOf(session)).toBe(7);
		});

		test('does not concern web pages, which end after maxRecordingHour', async () => {
			const { cname } = WHO;
			api.sim.control.setPublishers(cname, []);
			const session = await api.begin('web', webRequest({ maxRecordingHour: 2 }));
			api.sim.control.advance(2 * HOUR - 1);
			expect(await statusOf(session)).toBe(5);
			api.sim.control.advance(1);
			expect(await statusOf(session)).toBe(7);
			api.sim.control.advance(5000);
			expect(await statusOf(session)).toBe(404);
		});
	});

	test('individual needs nothing but hls, and screenshots nothing at all', async () => {
		await api.begin('individual', { ...INDIVIDUAL, recordingFileConfig: HLS });
		await api.begin(
			'individual',
			{
				...having(INDIVIDUAL, 'recordingFileConfig', undefined),
				snapshotConfig: { fileType: ['jpg'] },
			},
			{ who: { ...WHO, uid: '2' } },
		);
		const warned = api.sim.control.requests().filter(({ warnings }) => warnings.length > 0);
		expect(warned).toEqual([]);
	});
});
