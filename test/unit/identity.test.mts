import fc from 'fast-check';
import {
	channelNameSchema,
	chooseRecorderUid,
	newRecordingNameSchema,
	recorderUidSchema,
	resourceIdSchema,
	sidSchema,
	uidSchema,
} from '../../nodes/AgoraCloudRecording/agora/identity.ts';

const accepts = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
	schema.safeParse(value).success;

describe('A recorder UID', () => {
	it('may be every whole number from 1 to 2^32 - 1', () => {
		const all = fc.oneof(
			fc.integer({ min: 1, max: 2 ** 32 - 1 }),
			fc.constantFrom(1, 9, 10, 2 ** 31, 4_294_967_295),
		);
		fc.assert(fc.property(all, (uid) => accepts(uidSchema, String(uid))));
	});

	it.each([
		...['0', '', ' ', '-1', '+1', '01', '1.5', '1e3', '0x10', '4294967296', '99999999999'],
		...['9999999999', ' 1', '1 ', '١', 'john', 'NaN', '1\n'],
	])('may not be %j', (uid) => {
		expect(accepts(uidSchema, uid)).toBe(false);
	});

	it('may be no text that does not read as such a number', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const number = Number(text);
				const fits = String(number) === text && Number.isInteger(number);
				expect(accepts(uidSchema, text)).toBe(fits && number >= 1 && number < 2 ** 32);
			}),
		);
	});
});

describe('A recorder UID of our own', () => {
	const places = fc.array(fc.oneof(fc.string(), fc.nat()), { minLength: 1, maxLength: 6 });

	it('is always the same for a place, and valid', () => {
		fc.assert(
			fc.property(places, (place) => {
				const uid = chooseRecorderUid(place);
				expect(chooseRecorderUid([...place])).toBe(uid);
				expect(accepts(uidSchema, uid)).toBe(true);
				// Positive in 32 bits, and far from the small numbers that people give to users.
				expect(Number(uid)).toBeLessThan(2 ** 31);
				expect(Number(uid)).toBeGreaterThanOrEqual(1_000_000_000);
			}),
		);
	});

	it('differs from place to place', () => {
		const all = Array.from({ length: 500 }, (_, item) => [
			chooseRecorderUid(['execution', 'node', 0, item, 'class-7', 0]),
			chooseRecorderUid(['execution', 'node', 1, item, 'class-7', 0]),
		]).flat();
		expect(new Set(all).size).toBe(1000);
	});

	it('does not confuse places whose texts run together', () => {
		expect(chooseRecorderUid(['a', 'bc'])).not.toBe(chooseRecorderUid(['ab', 'c']));
		expect(chooseRecorderUid(['1'])).not.toBe(chooseRecorderUid([1]));
	});
});

describe('What Agora’s Console tests notifications with', () => {
	it('is no name, and no UID, of a recording', () => {
		for (const mode of ['mix', 'individual', 'web'] as const) {
			expect(accepts(newRecordingNameSchema(mode), 'test_webhook')).toBe(false);
			expect(accepts(newRecordingNameSchema(mode), 'test_webhook2')).toBe(true);
		}
		expect(accepts(recorderUidSchema, '12121212')).toBe(false);
		expect(accepts(recorderUidSchema, '12121213')).toBe(true);
		expect(recorderUidSchema.safeParse('12121212').error?.message).toMatch(/Console uses to test/);
	});
});

describe('The label of a web page', () => {
	it.each([
		['', false],
		['Ä lesson – of 3 €', true],
		['€'.repeat(341), true],
		['€'.repeat(342), false],
		['x'.repeat(1024), true],
		['x'.repeat(1025), false],
	])('%s: %p', (label, fits) => {
		expect(accepts(newRecordingNameSchema('web'), label)).toBe(fits);
	});
});

/** rest-api.md section 2. */
const ALLOWED = new Set([
	...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
	...' !#$%&()+-:;<=.>?@[]^_{}|~,',
]);

describe('A channel name', () => {
	it('has no other characters than the documented ones', () => {
		const codes = Array.from({ length: 0x250 }, (_, code) => String.fromCodePoint(code));
		const accepted = codes.filter((char) => accepts(channelNameSchema, `a${char}z`));
		expect(accepted.sort()).toEqual([...ALLOWED].sort());
	});

	it('is refused for a single wrong character anywhere', () => {
		const good = fc.string({ unit: fc.constantFrom(...ALLOWED), maxLength: 20 });
		const bad = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 });
		fc.assert(
			fc.property(good, bad, good, (before, char, after) => {
				expect(accepts(channelNameSchema, `a${before}${char}${after}z`)).toBe(
					[...char].every((part) => ALLOWED.has(part)),
				);
			}),
		);
	});

	it('is shorter than 64 bytes and not empty', () => {
		const names = fc.string({ unit: fc.constantFrom(...ALLOWED), maxLength: 130 });
		fc.assert(
			fc.property(names, (name) => {
				const fits = name.length > 0 && name.length < 64 && !/^ | $/.test(name);
				expect(accepts(channelNameSchema, name)).toBe(fits);
			}),
		);
		expect(accepts(channelNameSchema, 'x y'.repeat(21))).toBe(true);
		expect(accepts(channelNameSchema, 'x'.repeat(64))).toBe(false);
		expect(accepts(channelNameSchema, ' class')).toBe(false);
		expect(accepts(channelNameSchema, 'class ')).toBe(false);
	});
});

describe('IDs of Agora', () => {
	it.each(['JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8BrQoRPCHxmeVxwY22-x-kv4GdPcjZeMz', 'abc-DEF_012345=='])(
		'%s is a resource ID',
		(id) => expect(accepts(resourceIdSchema, id)).toBe(true),
	);

	it.each(['', 'short', 'with/slash/in/it', 'with space in it', 'query?x=1&y=2', '../../../etc'])(
		'%j is none',
		(id) => expect(accepts(resourceIdSchema, id)).toBe(false),
	);

	it('takes 32 hexadecimal characters for a sid', () => {
		expect(accepts(sidSchema, '38f8e3cfdc474cd56fc1ceba380d7e1a')).toBe(true);
	});

	it.each(['', 'abc', 'a/b/c/d/e/f', 'x'.repeat(65), '38f8e3cf dc474cd5'])('%j is no sid', (sid) =>
		expect(accepts(sidSchema, sid)).toBe(false),
	);
});
