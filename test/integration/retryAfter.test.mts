import { failureOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();

const CHANNEL = { channelName: 'class-7' };
/** Not to be mistaken for what the node chose by itself. */
const http = (ms: number) => new Date(ms).toUTCString();
const rfc850 = (ms: number) => {
	const [, day, month, year, time] =
		/^\w+, (\d+) (\w+) \d\d(\d\d) ([\d:]+) GMT$/.exec(http(ms)) ?? [];
	const weekday = new Date(ms).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' });
	return `${weekday}, ${day}-${month}-${year} ${time} GMT`;
};

function limited(retryAfter: string, times: number | null = 1) {
	agora.control.addFault({
		match: { operation: 'acquire' },
		fault: {
			kind: 'answer',
			status: 429,
			body: { message: 'API rate limit exceeded' },
			headers: { 'retry-after': retryAfter },
		},
		times,
	});
}

describe('Retry-After', () => {
	it.each([
		['seconds', () => '20'],
		['a date', () => http(agora.time.now() + 20_000)],
		['a date of RFC 850', () => rfc850(agora.time.now() + 20_000)],
	])('as %s is waited for', async (_form, header) => {
		limited(header());
		await agora.run('acquire', CHANNEL);
		const [gap] = agora.gaps('acquire');
		expect(gap).toBeGreaterThanOrEqual(19);
		expect(gap).toBeLessThan(21.5);
	});

	it.each([
		['seconds', () => '600'],
		['a date', () => http(agora.time.now() + 600_000)],
	])('as %s, longer than the node waits, is told with the time', async (_form, header) => {
		const until = new Date(agora.time.now() + 600_000).toISOString();
		limited(header(), null);
		const failure = await failureOf(agora.run('acquire', CHANNEL));
		expect(failure.message).toBe("Agora's rate limit was exceeded");
		expect(failure.description).toContain(`Agora asks to wait until ${until.slice(0, 17)}`);
		expect(agora.count('acquire')).toBe(1);
	});

	it.each([
		['nonsense', 'soon'],
		['a date that is over', http(0)],
		['more than a year', '99999999999999'],
		['a date beyond all', 'Fri, 31 Dec 9999 23:59:59 GMT'],
		['nothing', '-5'],
	])('that is %s counts as none', async (_what, header) => {
		limited(header);
		await agora.run('acquire', CHANNEL);
		expect(agora.gaps('acquire')).toEqual([1]);
	});

	it('is told by a stop too, whatever it says else', async () => {
		const items = [await agora.runOne('start', CHANNEL)];
		agora.fail('stop', { kind: 'rateLimited', retryAfter: 300 }, { times: null });
		const until = new Date(agora.time.now() + 300_000).toISOString();
		const failure = await failureOf(agora.run('stop', {}, { items }));
		expect(failure.description).toContain(`Agora asks to wait until ${until.slice(0, 17)}`);
	});
});
