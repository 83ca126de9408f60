/** Our URLs beside those of the vendors' SDKs, for random keys and options. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { casesOf, VENDOR_CASES } from '../vendors/cases.mts';
import { judges } from '../vendors/judges.mts';
import { difference } from '../vendors/ours.mts';
import { storage } from '../support/built.mts';

const RUNS = Number(process.env.STORAGE_RUNS ?? 1000);
const SEED = Number(process.env.STORAGE_SEED ?? 20_261_121);

describe(`Signatures (seed ${SEED})`, () => {
	for (const [vendor, judge] of Object.entries(judges())) {
		it(`${vendor}: ${RUNS} URLs equal those of ${judge.name}`, async () => {
			const counts: Record<string, number> = { link: 0, list: 0, write: 0, temporary: 0 };
			for (const one of fc.sample(casesOf(vendor), { numRuns: RUNS, seed: SEED })) {
				const told = difference(storage, one, await judge.url(one));
				assert.equal(told, '', JSON.stringify(one));
				counts[Object.keys(one.ask).find((kind) => kind in counts) ?? '']++;
				if (one.access.keys.sessionToken) counts.temporary++;
			}
			const all = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
			console.log(`${vendor}: ${all.join(', ')}; equal to ${judge.name}`);
		});
	}

	it('are judged for every vendor', () => {
		assert.deepEqual(Object.keys(judges()).sort(), Object.keys(VENDOR_CASES).sort());
	});
});
