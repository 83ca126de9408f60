/** Our URLs beside those of the vendors' SDKs, for random keys and options. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { casesOf, VENDOR_CASES, type SigningCase } from '../vendors/cases.mts';
import { judges } from '../vendors/judges.mts';
import { difference, ourSignature } from '../vendors/ours.mts';
import { storage } from '../support/built.mts';
import { counted, judged } from './outcome.mts';

const RUNS = Number(process.env.STORAGE_RUNS ?? 1000);
const SEED = Number(process.env.STORAGE_SEED ?? 20_261_121);

/** Whose signatures no server that could be run here knows. */
const WITHOUT_SERVER = ['alibabaCloud', 'baiduAiCloud', 'tencentCloud'];
const CHANGED_RUNS = 100;

/** A link in which somebody has changed one thing. */
function changesOf(one: SigningCase): Record<string, SigningCase> {
	const { access, ask, now } = one;
	assert.ok('link' in ask);
	const { link, seconds, use } = ask;
	const other = (change: Partial<typeof ask>) => ({ ...one, ask: { ...ask, ...change } });
	return {
		'another object': other({ link: `${link}x` }),
		'another length': other({ seconds: seconds > 1 ? seconds - 1 : 2 }),
		'another name': other({ use: { use: 'download', fileName: `${use?.fileName ?? ''}x` } }),
		'another time': { ...one, now: now + 1000 },
		'another bucket': { ...one, access: { ...access, bucket: `x${access.bucket}` } },
		'another key': {
			...one,
			access: { ...access, keys: { ...access.keys, secretKey: otherSecret(access.keys) } },
		},
	};
}

/** Base64 of as many bytes, where it is base64. */
const otherSecret = ({ secretKey }: { secretKey: string }) =>
	secretKey.startsWith('A') ? `B${secretKey.slice(1)}` : `A${secretKey.slice(1)}`;

/** What of a signed URL is the signature, whatever the vendor calls it. */
const signatureIn = (url: string): string =>
	[...new URL(url).searchParams]
		.filter(([name]) => /signature$|^sig$|^authorization$/i.test(name))
		// Baidu's holds key, time and length, too.
		.map(([, value]) => value.split('/').at(-1))
		.join('');

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
			counted(vendor, { equalTo: judge.name, counts });
			judged(vendor, ['link', 'list'], `equal to ${judge.name}`);
		});

		if (!WITHOUT_SERVER.includes(vendor)) continue;
		it(`${vendor}: ${judge.name} signs whatever is changed in a link otherwise`, async () => {
			const links = fc
				.sample(casesOf(vendor), { numRuns: CHANGED_RUNS, seed: SEED })
				.filter(({ ask }) => 'link' in ask);
			assert.ok(links.length > CHANGED_RUNS / 10);
			for (const one of links) {
				const signature = signatureIn(await judge.url(one));
				assert.equal(signatureIn(ourSignature(storage, one).url), signature);
				for (const [what, other] of Object.entries(changesOf(one))) {
					assert.notEqual(signatureIn(await judge.url(other)), signature, what);
				}
			}
			judged(vendor, ['tampered'], `another signature by ${judge.name}`);
		});
	}

	it('are judged for every vendor', () => {
		assert.deepEqual(Object.keys(judges()).sort(), Object.keys(VENDOR_CASES).sort());
	});
});
