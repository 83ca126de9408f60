import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { before, describe, it } from 'node:test';
import { promisify } from 'node:util';

interface Answer {
	status: number;
	type: string;
	body: { reason?: string };
}

interface Seen {
	answers: Record<'accepted' | 'forged' | 'again', Answer> & { items: unknown; expected: unknown };
	withoutSecret: number;
	lockedDatabase: Record<'sent' | 'executions' | 'lost' | 'twice', number> & {
		counts: Record<string, number>;
	};
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** About two minutes, most of them for 500 notices against a database that is locked now and then. */
describe('The trigger in a real n8n', () => {
	let seen: Seen;

	before(async () => {
		const script = resolve('test/e2e/triggerInN8n.mts');
		const { stdout } = await promisify(execFile)(process.execPath, [script], { maxBuffer: 1e8 });
		seen = JSON.parse(stdout.slice(stdout.indexOf('{'))) as Seen;
		console.log(JSON.stringify(seen.lockedDatabase));
	});

	it('answers 200 in JSON and outputs the notice, 401 in JSON otherwise', () => {
		const { accepted, forged, again, items, expected } = seen.answers;
		const started = { received: true, started: true };
		assert.deepEqual(accepted, { status: 200, type: JSON_TYPE, body: started });
		assert.deepEqual([forged.status, forged.type], [401, JSON_TYPE]);
		assert.deepEqual([again.status, again.body.reason], [200, 'duplicate']);
		assert.deepEqual(items, expected);
	});

	it('does not become active without a secret', () => {
		assert.equal(seen.withoutSecret, 404);
	});

	it('loses none of 500 notices and starts none twice, with a database that is locked now and then', () => {
		const { sent, executions, lost, twice, counts } = seen.lockedDatabase;
		assert.ok((counts['500'] ?? counts['503'] ?? counts['no answer'] ?? 0) > 0);
		assert.deepEqual({ executions, lost, twice }, { executions: sent, lost: 0, twice: 0 });
	});
});
