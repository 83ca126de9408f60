import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

interface Seen {
	answers: Record<'accepted' | 'forged' | 'again', unknown> & {
		items: unknown;
		expected: unknown;
	};
	withoutSecret: number;
	lockedDatabase: Record<'sent' | 'executions' | 'lost' | 'twice', number> & {
		counts: Record<string, number>;
	};
}

/**
 * The trigger in a real n8n. It takes about two minutes and an n8n in the cache (see `npm run demo`),
 * and is therefore run only where `E2E=1` asks for it.
 */
const suite = process.env.E2E === '1' ? describe : describe.skip;

suite('The trigger in a real n8n', () => {
	let seen: Seen;

	beforeAll(async () => {
		const node24 = resolve('node_modules/node/bin/node');
		const script = resolve('test/e2e/triggerInN8n.mts');
		const { stdout } = await promisify(execFile)(node24, [script], { maxBuffer: 1e8 });
		console.log(stdout.slice(stdout.indexOf('"lockedDatabase"')));
		seen = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Seen;
	}, 540_000);

	it('answers 200 in JSON and outputs the notice, 401 in JSON otherwise', () => {
		const type = 'application/json; charset=utf-8';
		const { accepted, forged, again, items, expected } = seen.answers;
		expect(accepted).toEqual({ status: 200, type, body: { received: true, started: true } });
		expect(forged).toMatchObject({ status: 401, type });
		expect(again).toMatchObject({ status: 200, type, body: { reason: 'duplicate' } });
		expect(items).toEqual(expected);
	});

	it('does not become active without a secret', () => {
		expect(seen.withoutSecret).toBe(404);
	});

	it('loses none of 500 notices and starts none twice, with a database that is locked now and then', () => {
		const { sent, executions, lost, twice, counts } = seen.lockedDatabase;
		expect(counts['500'] ?? counts['503'] ?? counts['no answer']).toBeGreaterThan(0);
		expect({ executions, lost, twice }).toEqual({ executions: sent, lost: 0, twice: 0 });
	});
});
