import type { IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../../../nodes/AgoraCloudRecording/process/clock.ts';
import { printable } from '../../../nodes/AgoraCloudRecording/trigger/log.ts';
import { refusalsToLog } from '../../../nodes/AgoraCloudRecording/trigger/refusals.ts';
import { storageOf, testSecrets } from '../../../nodes/AgoraCloudRecording/trigger/secrets.ts';

const realNow = clock.now;
let now = Date.UTC(2026, 0, 1);
beforeAll(() => {
	clock.now = () => now;
});
afterAll(() => {
	clock.now = realNow;
});

describe('A line of the log', () => {
	it.each([
		['a\n\u0000\u202E b', 'a b'],
		[' a ', 'a'],
		['x'.repeat(300), 'x'.repeat(300)],
		['x'.repeat(301), `${'x'.repeat(300)}…`],
		['🎬'.repeat(300), '🎬'.repeat(300)],
		[' '.repeat(1200), ''],
		[' '.repeat(1201), '…'],
	])('can be printed: %j', (text, line) => {
		expect(printable(text)).toBe(line);
	});

	it('comes once a second, and counts', () => {
		const after = (ms: number, scope = 'one') => {
			now += ms;
			return refusalsToLog(scope);
		};
		expect([after(0), after(0), after(999), after(1), after(0, 'other')]).toEqual([1, 0, 0, 3, 1]);
		expect([after(5000), after(1000), after(999)]).toEqual([1, 1, 0]);
	});
});

/** A trigger whose credential holds this secret, or cannot be read. */
function trigger(id: string, secret: { value: string | Error }) {
	let reads = 0;
	const context = {
		getNode: () => ({ id, credentials: { agoraApi: { id: 'c', name: 'c' } } }),
		getWorkflow: () => ({ id: 'w' }),
		getCredentials: async () => {
			reads++;
			if (secret.value instanceof Error) throw secret.value;
			return await Promise.resolve({
				...{ receiveNotifications: true, notificationSecret: secret.value },
			});
		},
	} as unknown as IWebhookFunctions;
	const test = async (expected: string) => {
		const { passed } = await testSecrets(
			context,
			({ current }) => current.cloudRecording === expected,
		);
		return [passed, reads];
	};
	return { context, test };
}

describe('The secrets of a trigger', () => {
	it('are read again where they do not fit, at most once a second', async () => {
		const secret = { value: 'old' };
		const { test } = trigger('again', secret);
		expect(await test('old')).toEqual([true, 1]);
		now += 5000;
		expect(await test('old')).toEqual([true, 1]);
		secret.value = 'new';
		expect(await test('new')).toEqual([true, 2]);
		now += 999;
		expect(await test('old')).toEqual([false, 2]);
		now += 1;
		expect(await test('old')).toEqual([false, 3]);
	});

	it('are read once for those who ask at a time', async () => {
		const { test } = trigger('once', { value: 'a' });
		const all = await Promise.all([test('a'), test('a'), test('a')]);
		expect(all).toEqual([
			[true, 1],
			[true, 1],
			[true, 1],
		]);
	});

	it('are read anew after they could not be read', async () => {
		const secret: { value: string | Error } = { value: new Error('SQLITE_BUSY') };
		const { context, test } = trigger('broken', secret);
		await expect(test('a')).rejects.toMatchObject({ description: 'SQLITE_BUSY' });
		secret.value = 'a';
		expect(await test('a')).toEqual([true, 2]);
		expect(await storageOf(context)).toHaveProperty('missing');
	});
});
