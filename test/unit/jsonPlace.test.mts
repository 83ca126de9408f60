import fc from 'fast-check';
import { placeOfBreak } from '../../nodes/AgoraCloudRecording/form/jsonPlace.ts';

describe('Where a text stops being JSON', () => {
	it.each([
		['{ "a": 1, }', 'line 1, column 11'],
		['{ "a": 1\n  "b": 2 }', 'line 2, column 3'],
		['{ a: 1 }', 'line 1, column 3'],
		["{ 'a': 1 }", 'line 1, column 3'],
		['{ "a" 1 }', 'line 1, column 7'],
		['{ "a": }', 'line 1, column 8'],
		['{ "a": [1, 2 }', 'line 1, column 14'],
		['{ "a": [,] }', 'line 1, column 9'],
		['{ "a": 01 }', 'line 1, column 9'],
		['{ "a": tru }', 'line 1, column 8'],
		['{ "a": "b\\q" }', 'line 1, column 8'],
		['{ "a": 1', 'line 1, column 9'],
		['{} {}', 'line 1, column 4'],
		['nonsense', 'line 1, column 1'],
		[' ', 'line 1, column 2'],
		['', 'line 1, column 1'],
		['[1,\n2,\n]', 'line 3, column 1'],
		...(
			[
				...['[[]]^ x', '[]^x', '[1]^]', '[1 ^2]', '{"a":1^]', '[1^}', '[1,^]', '{"a":^:1}', '{^]'],
				...['[^}', '[^:1]', '"a" ^"b"', '1 ^2', 'true^,', '{"a":1,"b"^}', '{^,}', '{^1:2}', '[{^]'],
				...['[[^', '{"a":{}, ^}', '[{"a":1} ^{}]', '{"a":[]^]', '{"a":1,^}', '{"a"^,1}', '{"a":^]'],
			] as const
		).map((marked): [string, string] => [
			marked.replace(/\^ ?/, (sign) => sign.slice(1)),
			`line 1, column ${marked.replace('^ ', ' ^').indexOf('^') + 1}`,
		]),
	])('%j: %s', (json, place) => {
		expect(() => void JSON.parse(json)).toThrow();
		expect(placeOfBreak(json)).toBe(place);
	});

	it('is where something was put in, or behind it, and nothing before is at fault', () => {
		fc.assert(
			fc.property(fc.json(), fc.nat(), fc.constantFrom(...'{}[],:"x\\'), (json, at, sign) => {
				const position = at % (json.length + 1);
				const broken = json.slice(0, position) + sign + json.slice(position);
				try {
					JSON.parse(broken);
				} catch {
					const [, column] = /^line 1, column (\d+)$/.exec(placeOfBreak(broken)) ?? [];
					const found = Number(column) - 1;
					expect(found).toBeLessThanOrEqual(broken.length);
					// A text or a word in which something was put may begin before.
					const parts = [...json.matchAll(/"(?:[^"\\]|\\.)*"|[\w.+-]+/g)];
					const inside = parts.find(
						({ index, 0: part }) => index <= position && position <= index + part.length,
					);
					expect(found).toBeGreaterThanOrEqual(inside?.index ?? position);
				}
			}),
			{ numRuns: 2000 },
		);
	});
});
