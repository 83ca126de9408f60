import { applyPatch } from '../../nodes/AgoraCloudRecording/agora/requests/patch.ts';

/** RFC 7396, as far as both sides are objects: what is sent, the patch, the outcome, what it replaced. */
const PATCHES: ReadonlyArray<readonly [object, Record<string, unknown>, object, string[]]> = [
	[{ a: 'b' }, { a: 'c' }, { a: 'c' }, ['a']],
	[{ a: 'b' }, { a: 'b' }, { a: 'b' }, []],
	[{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }, []],
	[{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }, ['a']],
	[{ a: 'b' }, { b: null }, { a: 'b' }, []],
	[{ a: ['b'] }, { a: 'c' }, { a: 'c' }, ['a']],
	[{ a: 'c' }, { a: ['b'] }, { a: ['b'] }, ['a']],
	[{ a: { b: 'c', d: 'e' } }, { a: { b: 'f', d: null } }, { a: { b: 'f' } }, ['a.b', 'a.d']],
	[{ a: [{ b: 'c' }] }, { a: { b: 1 } }, { a: { b: 1 } }, ['a']],
	[{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }, []],
	[{ e: null }, { a: 1 }, { e: null, a: 1 }, []],
];

describe('Additional fields', () => {
	it.each(PATCHES)('%j with %j is %j', (request, patch, expected, overridden) => {
		const before = structuredClone(request);
		expect(applyPatch(request, patch)).toEqual({ request: expected, overridden });
		expect(request).toEqual(before);
	});

	it.each(['__proto__', 'constructor', 'prototype'])('write nothing to %s', (name) => {
		const patch = JSON.parse(`{ "a": { "${name}": { "polluted": true } } }`) as object;
		const { request } = applyPatch({}, { ...patch });
		expect(request).toEqual({ a: {} });
		expect(Object.hasOwn((request as { a: object }).a, name)).toBe(false);
		expect({}).not.toHaveProperty('polluted');
	});
});
