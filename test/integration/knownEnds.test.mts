import type { IDataObject } from 'n8n-workflow';
import { failureOf, textOf } from '../support/failures.mts';
import { type Setup, useAgora } from '../support/setup.mts';
import { tokenFor } from '../support/tokens.mts';

const agora = useAgora();

const HOUR = 3_600_000;
const CHANNEL = { channelName: 'class-7' };
const PAGE = { mode: 'web', channelName: 'page', url: 'https://example.com/lesson' };
const SECURED = {
	appId: 'ffeeddccbbaa99887766554433221100',
	appCertificate: '0123456789abcdef0123456789abcdef',
};
const STS = { stsAccessKey: 'STS', stsSecretKey: 'key', stsToken: 'sts' };

const start = async (parameters: object = {}, more: Parameters<Setup['run']>[2] = {}) =>
	await agora.runOne('start', { ...CHANNEL, ...parameters }, more);

describe('What Start knows of the end of a recording', () => {
	it('is in its output, and goes on from item to item', async () => {
		const started = await start({ maxIdleTime: 40, options: { resourceExpiredHour: 5 } });
		const ends = { maxIdleTime: 40, resourceExpiredHour: 5, tokenExpiresAt: null };
		expect(started).toMatchObject(ends);
		const updated = await agora.runOne('update', {}, { items: [started] });
		const queried = await agora.runOne('query', {}, { items: [updated] });
		expect(queried).toMatchObject({ outcome: 'recording', ...ends });
	});

	it('tells when a token ends that was made, or pasted', async () => {
		const credentials = { ...agora.credentials, ...SECURED };
		const made = await start({}, { credentials });
		const asked = Date.parse(textOf(made.startedAt));
		expect(Date.parse(textOf(made.tokenExpiresAt))).toBe(asked + 24 * HOUR);
		const token = await tokenFor({ uid: '', expire: 7200 });
		const pasted = await start({ tokenSource: 'manual', token });
		expect(pasted.tokenExpiresAt).toBe('2026-01-01T02:00:00.000Z');
	});

	it('of a page is its longest time', async () => {
		const started = await start({ ...PAGE, maxRecordingHour: 100 });
		expect(started).toMatchObject({ maxRecordingHour: 100, resourceExpiredHour: 100 });
		expect(started).not.toHaveProperty('tokenExpiresAt');
		expect(started).not.toHaveProperty('maxIdleTime');
	});
});

describe('A recording that is not found', () => {
	/** What a recording that is gone, or a later time, makes of an item. */
	async function gone(started: IDataObject, later: number) {
		agora.control.kill(textOf(started.sid));
		agora.time.pass(later);
		const items = [started];
		const options = { retryWhileNotFound: 90 };
		const queried = await agora.runOne('query', { options }, { items });
		const stopped = await agora.runOne('stop', { options }, { items });
		const failures = [
			await failureOf(agora.run('update', {}, { items })),
			await failureOf(agora.run('updateLayout', {}, { items })),
		];
		return { queried, stopped, failures };
	}

	it.each<[string, object, number, RegExp]>([
		[
			'after its idle time was idle',
			{ maxIdleTime: 40 },
			60_000,
			/^the channel was empty .* 40 seconds/,
		],
		['before that was stopped by another', { maxIdleTime: 3600 }, 60_000, /^another workflow/],
		[
			'after its hours cannot be asked for',
			{ options: { resourceExpiredHour: 2 } },
			2 * HOUR,
			/2 hours/,
		],
	])('%s', async (_what, parameters, later, cause) => {
		const { queried, stopped, failures } = await gone(await start(parameters), later);
		for (const { outcome, likelyCauses } of [queried, stopped]) {
			expect(outcome).toBe('notFound');
			expect((likelyCauses as string[])[0]).toMatch(cause);
		}
		for (const { description, details } of failures) {
			const [first] = details.likelyCauses as string[];
			// Those two do not ask for 90 seconds, so that it may still be moving.
			expect(first).toMatch(new RegExp(`${cause.source}|moving to another server`));
			expect(description).toContain(
				`Likely causes:<br>1. ${first[0].toUpperCase()}${first.slice(1)}`,
			);
		}
	});

	it('after its token ended had to leave', async () => {
		const token = await tokenFor({
			uid: '',
			issuedAt: Math.floor(agora.time.now() / 1000),
			expire: 7200,
		});
		const started = await start({ tokenSource: 'manual', token, maxIdleTime: 86_400 });
		const { queried } = await gone(started, 2 * HOUR);
		expect((queried.likelyCauses as string[])[0]).toMatch(/token expired/);
	});

	it('and was only accepted never began', async () => {
		const started = await start({ options: { verify: false } });
		const { stopped } = await gone(started, 30_000);
		expect((stopped.likelyCauses as string[])[0]).toMatch(/no token was sent/);
	});

	it('after a stop was stopped', async () => {
		const stopped = await agora.runOne('stop', {}, { items: [await start()] });
		agora.time.pass(60_000);
		const again = await agora.runOne('stop', {}, { items: [stopped] });
		expect(again).toMatchObject({ outcome: 'notFound' });
		expect((again.likelyCauses as string[])[0]).toBe('it has already been stopped');
	});

	it('has no causes where it is found', async () => {
		const started = await start();
		expect(await agora.runOne('query', {}, { items: [started] })).not.toHaveProperty(
			'likelyCauses',
		);
	});
});

describe('What ends before the recording may', () => {
	const hintsOf = async (parameters: object, more: Parameters<Setup['run']>[2] = {}) => {
		const hints: string[] = [];
		await agora.run('start', { ...CHANNEL, ...parameters }, { ...more, hints });
		return hints;
	};
	const issued = () => ({ issuedAt: Math.floor(agora.time.now() / 1000), uid: '' });
	const inHours = (hours: number) => new Date(agora.time.now() + hours * HOUR).toISOString();

	it('is not said of a start that is all right', async () => {
		expect(await hintsOf({})).toEqual([]);
		const credentials = { ...agora.credentials, ...SECURED };
		expect(await hintsOf({ channelName: 'b' }, { credentials })).toEqual([]);
	});

	it('is said of a pasted token', async () => {
		const token = await tokenFor({ ...issued(), expire: 5 * 3600 });
		expect(await hintsOf({ tokenSource: 'manual', token })).toEqual([
			expect.stringMatching(/token expires in 5 hours/),
		]);
	});

	it('is said of the token that is made, where the recording is to be managed for longer', async () => {
		const credentials = { ...agora.credentials, ...SECURED };
		const options = { resourceExpiredHour: 100 };
		expect(await hintsOf({ options }, { credentials })).toEqual([
			expect.stringMatching(/Tokens last up to 24 hours/),
		]);
	});

	it('is said of a temporary credential', async () => {
		const storageOverrides = { ...STS, stsExpiration: inHours(6) };
		expect(await hintsOf({ storageOverrides })).toEqual([
			expect.stringMatching(/temporary storage credential expires in 6 hours/),
		]);
		expect(
			await hintsOf({
				...PAGE,
				maxRecordingHour: 5,
				storageOverrides: { ...STS, stsExpiration: inHours(6) },
			}),
		).toEqual([]);
	});

	it('is said of the hours that the recording can be managed', async () => {
		expect(await hintsOf({ options: { resourceExpiredHour: 2 } })).toEqual([
			expect.stringMatching(/Query, Update, and Stop cannot reach the recording after 2 hours/),
		]);
		const extraAcquireBody = { clientRequest: { resourceExpiredHour: 5 } };
		expect(
			await hintsOf({ ...PAGE, maxRecordingHour: 100, options: { extraAcquireBody } }),
		).toEqual([expect.stringMatching(/after 5 hours/)]);
	});

	it('is said once for items that have it in common, and names the others', async () => {
		const hours = (all: number[]) => ({
			items: all.map((value, i) => ({ value, channel: `class-${i}` })),
		});
		const parameters = {
			channelName: '={{ $json.channel }}',
			options: { resourceExpiredHour: '={{ $json.value }}', verify: false },
		};
		expect(await hintsOf(parameters, hours([2, 2, 2]))).toEqual([
			expect.stringMatching(/^Query, Update, and Stop cannot .* 2 hours/),
		]);
		expect(await hintsOf(parameters, hours([72, 2, 72, 2]))).toEqual([
			expect.stringMatching(/^Item 1, 3: Query, Update, and Stop cannot/),
		]);
		const many = await hintsOf(parameters, hours([3, 4, 5, 6, 7, 8, 9]));
		expect(many).toHaveLength(6);
		expect(many[5]).toMatch(/^2 more/);
	});
});
