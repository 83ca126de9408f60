import { Redaction } from '../../nodes/AgoraCloudRecording/agora/redaction.ts';
import { atMost, clock, Cancelled, wait } from '../../nodes/AgoraCloudRecording/process/clock.ts';
import { networkFailure } from '../../nodes/AgoraCloudRecording/transport/network.ts';
import {
	notFoundSchedule,
	SCHEDULES,
} from '../../nodes/AgoraCloudRecording/transport/schedules.ts';
import { inTurn } from '../../nodes/AgoraCloudRecording/process/turns.ts';
import { VirtualTime } from '../support/virtualTime.mts';

describe('Waiting', () => {
	let time: VirtualTime;
	beforeEach(() => {
		time = new VirtualTime(
			clock,
			() => undefined,
			() => 0,
		);
	});
	afterEach(() => time.restore());

	it.each([0, 1, 999, 1000, 1001, 30_000])('of %i ms takes just that long', async (ms) => {
		const begun = time.now();
		await time.run(wait(ms));
		expect(time.now() - begun).toBe(ms);
	});

	it.each([0, 1, 700, 4321, 7000])('ends when it is cancelled after %i ms', async (ms) => {
		const begun = time.now();
		const cancel = new AbortController();
		void time.after(ms).then(() => cancel.abort());
		await expect(time.run(wait(60_000, cancel.signal))).rejects.toThrow(Cancelled);
		expect(time.now() - begun).toBe(ms);
	});

	it.each([NaN, Infinity])('of %d, which has no end, is none', async (ms) => {
		const begun = time.now();
		await time.run(wait(ms));
		expect(time.now()).toBe(begun);
	});

	it('listens no longer than it takes', async () => {
		const { signal } = new AbortController();
		const listening = jest.spyOn(signal, 'addEventListener');
		const left = jest.spyOn(signal, 'removeEventListener');
		await time.run(wait(60_000, signal));
		expect(listening.mock.calls.length).toBeGreaterThan(1);
		expect(left.mock.calls.map(([, listener]) => listener)).toEqual(
			listening.mock.calls.map(([, listener]) => listener),
		);
	});

	describe('for what is good to know', () => {
		const never = () => new Promise<string>(() => undefined);

		it.each([
			['comes', async () => await Promise.resolve('known'), 'known', 0],
			['fails', async () => await Promise.reject(new Error('no')), undefined, 0],
			['does not come', never, undefined, 2000],
		] as Array<[string, () => Promise<string>, string | undefined, number]>)(
			'ends where it %s',
			async (_what, work, known, ms) => {
				const begun = time.now();
				expect(await time.run(atMost(2000, work))).toBe(known);
				expect(time.now() - begun).toBe(ms);
			},
		);

		it('ends when it is cancelled, and tells whoever looks for it', async () => {
			const begun = time.now();
			const cancel = new AbortController();
			void time.after(700).then(() => cancel.abort());
			let told: AbortSignal | undefined;
			const work = (over: AbortSignal) => {
				told = over;
				return never();
			};
			expect(await time.run(atMost(2000, work, cancel.signal))).toBeUndefined();
			expect(time.now() - begun).toBe(700);
			expect(told?.aborted).toBe(true);
		});

		it('does not begin when it was cancelled before', async () => {
			const work = jest.fn(never);
			expect(await time.run(atMost(2000, work, AbortSignal.abort()))).toBeUndefined();
			expect(work).not.toHaveBeenCalled();
		});

		it('leaves nobody waiting', async () => {
			const begun = time.now();
			const { signal } = new AbortController();
			const left = jest.spyOn(signal, 'removeEventListener');
			await time.run(atMost(2000, async () => await Promise.resolve('known'), signal));
			await time.run(time.after(1));
			expect(time.now() - begun).toBe(1);
			expect(left).toHaveBeenCalledTimes(1);
		});
	});

	it('before a repeat is drawn out by a fifth at most', () => {
		time.restore();
		const waits = Array.from({ length: 200 }, () => clock.jitter(1000));
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(1000);
		expect(Math.max(...waits)).toBeLessThan(1200);
		expect(new Set(waits).size).toBeGreaterThan(100);
	});

	it('does not begin when it was cancelled before', async () => {
		const begun = time.now();
		await expect(time.run(wait(60_000, AbortSignal.abort()))).rejects.toThrow(Cancelled);
		expect(time.now()).toBe(begun);
	});
});

describe('Calls in turn', () => {
	/** Calls that say when they begin and end when they are told to. */
	function calls() {
		const begun: string[] = [];
		const ends = new Map<string, (failure?: Error) => void>();
		const call = (name: string) => async () => {
			begun.push(name);
			return await new Promise<string>((resolve, reject) => {
				ends.set(name, (failure) => (failure ? reject(failure) : resolve(name)));
			});
		};
		return { begun, call, end: (name: string, failure?: Error) => ends.get(name)?.(failure) };
	}
	const settle = async () => await new Promise((resolve) => setImmediate(resolve));

	it('wait for each other where the recording is the same, in their order', async () => {
		const { begun, call, end } = calls();
		const all = ['a', 'b', 'c'].map((name) => inTurn('sid', call(name)));
		await settle();
		expect(begun).toEqual(['a']);
		end('a');
		await settle();
		expect(begun).toEqual(['a', 'b']);
		end('b');
		await settle();
		end('c');
		expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
	});

	it('do not wait for those of another recording', async () => {
		const { begun, call, end } = calls();
		const all = ['a', 'b'].map((name) => inTurn(`sid of ${name}`, call(name)));
		await settle();
		expect(begun).toEqual(['a', 'b']);
		end('a');
		end('b');
		await Promise.all(all);
	});

	it('go on after one that failed', async () => {
		const { begun, call, end } = calls();
		const first = inTurn('sid', call('a'));
		const second = inTurn('sid', call('b'));
		await settle();
		end('a', new Error('no'));
		await expect(first).rejects.toThrow('no');
		await settle();
		expect(begun).toEqual(['a', 'b']);
		end('b');
		expect(await second).toBe('b');
	});

	it('begin at once when all before them are over', async () => {
		expect(await inTurn('sid', () => Promise.resolve(1))).toBe(1);
		expect(await inTurn('sid', () => Promise.resolve(2))).toBe(2);
	});
});

describe('Schedules', () => {
	it.each([
		[0, []],
		[3, [3]],
		[5, [5]],
		[30, [5, 10, 15]],
		[31, [5, 10, 15, 1]],
		[90, [5, 10, 15, 15, 15, 15, 15]],
	])('ask %i seconds for a recording that is not found', (patience, waits) => {
		expect(notFoundSchedule(patience)).toEqual(waits);
	});

	it('sum up to the patience whatever it is', () => {
		for (let patience = 0; patience <= 90; patience++) {
			const sum = notFoundSchedule(patience).reduce((total, wait) => total + wait, 0);
			expect(sum).toBe(patience);
		}
	});

	it.each([
		['start', 'unfinished', [3, 6]],
		['start', 'ambiguous', [3, 6, 9]],
		['query', 'ambiguous', [5, 10, 15, 30]],
		['query', 'unavailable', [5, 10, 15, 30]],
		['stop', 'ambiguous', [3, 6, 9]],
		['acquire', 'unavailable', [3, 6, 9]],
	] as const)('of %s after %s are those of errors.md section 8', (operation, kind, waits) => {
		expect(SCHEDULES[operation][kind]).toEqual(waits);
	});

	it.each([
		['refused'],
		['alreadyStarted'],
		['conflict'],
		['noRecordedData'],
		['alreadyStopping'],
	] as const)('never repeat what was %s', (kind) => {
		const repeated = Object.values(SCHEDULES).filter((schedule) => schedule[kind] !== undefined);
		expect(repeated).toEqual([]);
	});

	it('ask slowly for a free place', () => {
		const waits = SCHEDULES.acquire.quota ?? [];
		expect(waits.length).toBeGreaterThan(0);
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(5);
	});
});

describe('A network failure', () => {
	const NOTHING = new Redaction([]);

	it.each([
		['ENOTFOUND', true],
		['EAI_AGAIN', true],
		['ECONNREFUSED', true],
		['ECONNRESET', false],
		['ECONNABORTED', false],
		['ETIMEDOUT', false],
		['EPIPE', false],
		['ERR_BAD_RESPONSE', false],
	])('with %s is known not to have been sent: %p', (code, notSent) => {
		const nested = { message: 'wrapped', cause: { cause: { code } }, config: { secret: 'x' } };
		expect(networkFailure({ code }, NOTHING)).toEqual(
			expect.objectContaining({ status: 0, notSent }),
		);
		expect(networkFailure(nested, NOTHING)).toEqual({
			status: 0,
			body: undefined,
			networkCode: code,
			notSent,
		});
	});

	it.each([
		[{ name: 'SsrfBlockedIpError', message: 'Blocked', description: 'Ask somebody.' }],
		[{ name: 'SsrfBlockedHostnameError', message: 'Blocked', description: 'Ask somebody.' }],
		[{ message: 'Domain not allowed: example.com', description: 'Ask somebody.' }],
		[{ message: 'Cannot determine the host for this connection' }],
		[{ message: 'Node "Start" does not have any credentials of type "agoraApi" set' }],
		[{ code: 'ERR_INVALID_URL', message: 'Invalid URL' }],
		[{ code: 'ERR_BAD_REQUEST', message: 'Unsupported protocol ftp:' }],
		[{ code: 'ERR_INVALID_CHAR', message: 'Invalid character in header' }],
		[{ code: 'ERR_UNESCAPED_CHARACTERS', message: 'Request path contains unescaped characters' }],
		[{ code: 'ERR_BAD_OPTION', message: 'Unknown option' }],
		[{ code: 'ERR_BAD_OPTION_VALUE', message: 'option x must be a number' }],
		[{ code: 'ERR_NOT_SUPPORT', message: 'Blob is not supported' }],
	])('that n8n itself made (%j) is told in its words, however it is wrapped', (refusal) => {
		const { message, description } = refusal as { message: string; description?: string };
		const hostWords = [message, description].filter(Boolean).join('. ');
		for (const thrown of [refusal, { message: 'wrapped', cause: { errorResponse: refusal } }]) {
			expect(networkFailure(thrown, NOTHING)).toMatchObject({
				status: 0,
				notSent: true,
				hostWords,
			});
		}
	});

	it.each([
		[{ code: 'ERR_BAD_REQUEST', message: 'Request body larger than maxBodyLength limit' }],
		[{ code: 'ERR_BAD_RESPONSE', message: 'stream has been aborted' }],
		[{ code: 'EPROTO', message: 'write EPROTO' }],
		[{ message: 'socket hang up', code: 'ECONNRESET' }],
	])('that may have come later (%j) is no refusal of n8n', (thrown) => {
		expect(networkFailure(thrown, NOTHING)).toMatchObject({ status: 0, notSent: false });
		expect(networkFailure(thrown, NOTHING)).not.toHaveProperty('hostWords');
	});

	it('is told without secrets and cut, and by a code only that is one', () => {
		const message = `Invalid URL: https://x/?password=letmein-9&${'x'.repeat(5000)}`;
		const { hostWords = '' } = networkFailure({ message }, new Redaction(['letmein-9']));
		expect(hostWords).not.toContain('letmein');
		expect(hostWords.length).toBeLessThanOrEqual(400);
		expect(networkFailure({ code: 'a text, not a code' }, NOTHING)).not.toHaveProperty(
			'networkCode',
		);
	});

	it('is looked for in five layers, and n8n’s words in the innermost', () => {
		const within = (layers: number, inner: object): object =>
			layers === 0 ? inner : { cause: within(layers - 1, inner) };
		expect(networkFailure(within(4, { code: 'EPIPE' }), NOTHING).networkCode).toBe('EPIPE');
		expect(networkFailure(within(5, { code: 'EPIPE' }), NOTHING).networkCode).toBeUndefined();
		const outer = { name: 'SsrfBlockedIpError', message: 'outer', code: '' };
		const inner = { name: 'SsrfBlockedIpError', code: 'EPIPE' };
		expect(networkFailure({ ...outer, cause: inner }, NOTHING)).toMatchObject({
			...{ networkCode: 'EPIPE', hostWords: 'no reason' },
		});
		expect(networkFailure({ ...inner, cause: outer }, NOTHING).hostWords).toBe('outer');
	});

	it.each([[undefined], ['text'], [new Error('no code')], [{ cause: null }]])(
		'of which nothing is known (%p) may have been sent',
		(thrown) => {
			expect(networkFailure(thrown, NOTHING)).toEqual({
				status: 0,
				body: undefined,
				notSent: false,
			});
		},
	);
});

describe('Work that comes to no end', () => {
	it('is given up by virtual time, so that a test fails at once', async () => {
		const time = new VirtualTime(
			clock,
			() => undefined,
			() => 0,
		);
		let tired = false;
		const waiting = async () => {
			while (!tired) await time.after(0);
		};
		await expect(time.run(waiting())).rejects.toThrow('No end in sight');
		tired = true;
		time.restore();
	});
});
