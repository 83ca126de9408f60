/**
 * Makes `test/golden/storage/signatures.json`: URLs that the vendors' SDKs sign, for the unit tests, which
 * run without them. `npm run test:storage -- --vectors`.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { casesOf } from './cases.mts';
import { judges } from './judges.mts';

const SEED = 7;
const PER_VENDOR = 8;
const FILE = fileURLToPath(new URL('../golden/storage/signatures.json', import.meta.url));

const vectors: object[] = [];
for (const [vendor, judge] of Object.entries(judges())) {
	for (const one of fc.sample(casesOf(vendor), { numRuns: PER_VENDOR, seed: SEED })) {
		vectors.push({ judge: judge.name, case: one, url: await judge.url(one) });
	}
}
writeFileSync(FILE, `${JSON.stringify(vectors, null, '\t')}\n`);
console.log(`${vectors.length} vectors in ${FILE}`);
