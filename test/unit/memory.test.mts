import { nextHost } from '../../nodes/AgoraCloudRecording/agora/hosts.ts';
import { BoundedMemory } from '../../nodes/AgoraCloudRecording/process/boundedMemory.ts';
import { sideBySide } from '../../nodes/AgoraCloudRecording/process/sideBySide.ts';
import { HostChoice } from '../../nodes/AgoraCloudRecording/transport/hostChoice.ts';

describe('A bounded memory', () => {
	it('forgets what is too old', () => {
		const memory = new BoundedMemory<string>(10, 1000);
		memory.set('a', 'one', 0);
		expect([memory.get('a', 999), memory.get('a', 1000), memory.get('b', 0)]).toEqual([
			...['one', undefined, undefined],
		]);
		memory.set('b', 'two', 999);
		expect(memory.size).toBe(2);
		memory.set('c', 'three', 1000);
		expect(memory.size).toBe(2);
		memory.delete('c');
		expect([memory.size, memory.get('c', 1000)]).toEqual([1, undefined]);
	});

	it('forgets the oldest where there are too many, and what is set anew is the newest', () => {
		const memory = new BoundedMemory<number>(2, 1000);
		for (const [at, key] of ['a', 'b', 'a', 'c'].entries()) memory.set(key, at, at);
		expect(['a', 'b', 'c'].map((key) => memory.get(key, 4))).toEqual([2, undefined, 3]);
		expect(memory.size).toBe(2);
	});
});

describe('Work side by side', () => {
	it.each([
		[1, 1],
		[3, 3],
		[9, 5],
	])('at most %i at a time are %i of five, and results stay in order', async (limit, most) => {
		let running = 0;
		let seen = 0;
		const results = await sideBySide([5, 4, 3, 2, 1], limit, async (one) => {
			seen = Math.max(seen, ++running);
			for (let turn = 0; turn < one; turn++) await Promise.resolve();
			running--;
			return one * 2;
		});
		expect([results, seen]).toEqual([[10, 8, 6, 4, 2], most]);
		expect(await sideBySide([], limit, async () => await Promise.resolve(1))).toEqual([]);
	});
});

describe('The host that is asked', () => {
	const OWN = 'https://api.agora.io';
	const answer = (networkCode?: string) => ({ status: 0, body: undefined, networkCode });

	it('is another one after that answered, until the own one answers again', () => {
		const other = `https://${nextHost('api.agora.io', 2, true)}`;
		expect(other).not.toBe(OWN);
		new HostChoice(OWN, false).answered(other);
		expect(new HostChoice(OWN, false).first()).toBe(other);
		expect(new HostChoice(OWN, true).first()).toBe(OWN);
		new HostChoice(OWN, false).answered(other);
		expect(new HostChoice(OWN, false).first()).toBe(other);
		new HostChoice(OWN, false).answered(OWN);
		expect(new HostChoice(OWN, false).first()).toBe(OWN);
	});

	it('is never left where the user typed it', () => {
		const typed = new HostChoice('http://127.0.0.1:7080', true);
		typed.answered('https://elsewhere.example');
		expect([typed.mayChange, typed.first()]).toEqual([false, 'http://127.0.0.1:7080']);
		expect(new HostChoice('https://elsewhere.example', false).mayChange).toBe(false);
		expect(new HostChoice(OWN, false).mayChange).toBe(true);
	});

	it.each(['ENOTFOUND', 'EAI_AGAIN', 'ECONNRESET', undefined])('follows Agora after %p', (code) => {
		const own = 'https://api-us-east-1.agora.io';
		const choice = new HostChoice(own, false);
		const unresolved = code === 'ENOTFOUND' || code === 'EAI_AGAIN';
		for (const failures of [1, 2, 3, 4, 5, 6]) {
			const host = nextHost('api-us-east-1.agora.io', failures, unresolved);
			const next = choice.next(own, failures, answer(code));
			expect(next?.origin).toBe(host && `https://${host}`);
			if (next) expect(next.wait).toBeGreaterThanOrEqual(0);
		}
		choice.avoid(own, answer(code));
		expect(choice.first()).toBe(`https://${nextHost('api-us-east-1.agora.io', 2, unresolved)}`);
		expect(choice.first()).not.toBe(own);
		choice.answered(own);
	});
});
