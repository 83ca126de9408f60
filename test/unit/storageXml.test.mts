import fc from 'fast-check';
import {
	childrenOf,
	childText,
	MAX_XML_LENGTH,
	readXml,
	XmlError,
	type XmlElement,
} from '../../nodes/AgoraCloudRecording/storage/xml.ts';

const element = (name: string, text = '', children: XmlElement[] = []): XmlElement => ({
	...{ name, attributes: {}, text, children },
});

/** Writes a tree as one of many writers might. */
function written({ name, attributes, text, children }: XmlElement, numeric: boolean): string {
	const escaped = (plain: string) =>
		plain.replace(/[&<>"'\p{Cc}]/gu, (character) => {
			const named = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }[character];
			return named && !numeric ? `&${named};` : `&#x${character.charCodeAt(0).toString(16)};`;
		});
	const all = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
	const inner = escaped(text) + children.map((child) => written(child, numeric)).join('');
	return inner === '' && numeric
		? `<${name}${all.join('')}/>`
		: `<${name}${all.join('')}>${inner}</${name}>`;
}

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,8}$/);
/** What an object's name may be, control characters too, but for NUL, which XML cannot say. */
const text = fc.string({ unit: 'grapheme' }).map((all) => all.replaceAll('\0', ''));
const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
	tree: fc.record({
		name,
		attributes: fc.dictionary(name, text, { maxKeys: 3, noNullPrototype: true }),
		text,
		children: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			fc.constant<XmlElement[]>([]),
			fc.array(tie('tree'), { maxLength: 4 }),
		),
	}),
}));

describe('XML', () => {
	it('is read as it was written', () => {
		fc.assert(
			fc.property(tree, fc.boolean(), fc.constantFrom('', '\uFEFF'), (document, numeric, mark) => {
				const xml = `${mark}<?xml version="1.0" encoding="UTF-8"?>\n${written(document, numeric)}\n`;
				expect(readXml(xml)).toEqual(document);
			}),
		);
	});

	it.each<[string, XmlElement]>([
		['<a/>', element('a')],
		[
			'<a b=\'1\' c = "2>"/>'.replace('>"', '"'),
			{ ...element('a'), attributes: { b: '1', c: '2' } },
		],
		['<!-- <x> --><a><!-- --><b>1</b>2</a><!---->', element('a', '2', [element('b', '1')])],
		[
			'<s:a xmlns:s="u"><s:b/></s:a>',
			{ ...element('a', '', [element('b')]), attributes: { 'xmlns:s': 'u' } },
		],
		['<a><![CDATA[<b>&amp;]]></a>', element('a', '<b>&amp;')],
		['<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F3AC;&#x01;</a>', element('a', `<>&"'A🎬\u0001`)],
		['<a>&amp;lt;</a>', element('a', '&lt;')],
		['<a\n>\r\n</a\t>', element('a', '\r\n')],
	])('%j', (xml, read) => {
		expect(readXml(xml)).toEqual(read);
	});

	it.each([
		...['', ' ', 'text', '{}', '<a>', '</a>', '<a></b>', '<a/><b/>', '<a/>text', 'text<a/>', '<a'],
		...['<!DOCTYPE a><a/>', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', '<a><!ENTITY b "c"></a>'],
		...['<a>&b;</a>', '<a>&</a>', '<a>& b</a>', '<a>&nbsp;</a>', '<a>&#0;</a>', '<a>&#xD800;</a>'],
		...['<a>&#x110000;</a>', '<a>&#9999999;</a>', '<a>&#65</a>', '<a>&constructor;</a>'],
		...['<a b></a>', '<a b=c/>', '<a b="<"/>', '<1/>', '< a/>', '<a><!-- </a>', '<a><![CDATA[</a>'],
		...[
			'</a:>',
			'<a></a/>',
			'<?xml',
			'<a></a b="1">',
			'<a/',
			`${'<a>'.repeat(40)}${'</a>'.repeat(40)}`,
		],
		...['<a>'.repeat(100_000), '<a/>'.repeat(500_000)],
	])('%# is refused', (xml) => {
		expect(() => readXml(xml)).toThrow(XmlError);
	});

	it.each(['&#1;', '&#xD7FF;', '&#xE000;', '&#x10FFFF;', '&#xffff;'])('has %s', (reference) => {
		const point = Number(reference.slice(2, -1).replace('x', '0x'));
		expect(readXml(`<a>${reference}</a>`).text).toBe(String.fromCodePoint(point));
	});

	it.each(['&#0;', '&#xD800;', '&#xDFFF;', '&#x110000;', '&#00000000;', '&#x0000041;', '&;'])(
		'has no %s',
		(reference) => expect(() => readXml(`<a>${reference}</a>`)).toThrow(XmlError),
	);

	it('may be as deep and as large as that', () => {
		const nested = (depth: number) => `${'<a>'.repeat(depth)}${'</a>'.repeat(depth)}`;
		expect(readXml(nested(30)).name).toBe('a');
		expect(() => readXml(nested(31))).toThrow('deep');
		expect(readXml(`<a>${' '.repeat(MAX_XML_LENGTH - 7)}</a>`).name).toBe('a');
		expect(readXml(`<a>${'<b/>'.repeat(399_998)}</a>`).children).toHaveLength(399_998);
	});

	it('is bounded in size', () => {
		expect(() => readXml(`<a>${' '.repeat(MAX_XML_LENGTH)}</a>`)).toThrow('too large');
		expect(() => readXml(`<a>${'<b/>'.repeat(400_001)}</a>`)).toThrow('too large');
	});

	it('of any kind is read or refused, and nothing else', () => {
		const piece = fc.oneof(
			fc.constantFrom(
				'<',
				'>',
				'</',
				'/>',
				'<a>',
				'</a>',
				'<a',
				' b="',
				'"',
				"'",
				'=',
				'&amp;',
				'&',
			),
			fc.constantFrom(
				'<!--',
				'-->',
				'<![CDATA[',
				']]>',
				'<?',
				'?>',
				'<!DOCTYPE',
				'&#',
				';',
				'x',
				' ',
			),
			fc.string({ maxLength: 4 }),
		);
		const pieces = fc.array(piece, { maxLength: 60 }).map((all) => all.join(''));
		fc.assert(
			fc.property(fc.oneof(pieces, fc.string({ unit: 'binary' })), (xml) => {
				try {
					expect(readXml(xml).name).toMatch(/^[\w.-]+$/);
				} catch (error) {
					expect(error).toBeInstanceOf(XmlError);
				}
			}),
			{ numRuns: 5000 },
		);
	});

	it('that was cut or changed is read or refused', () => {
		const page = `<L>${'<C><Key>a&amp;b</Key><Size x="1">7</Size></C>'.repeat(5)}</L>`;
		fc.assert(
			fc.property(
				fc.nat(page.length),
				fc.nat(page.length),
				fc.string({ maxLength: 3 }),
				(a, b, put) => {
					try {
						readXml(page.slice(0, a) + put + page.slice(Math.max(a, b)));
					} catch (error) {
						expect(error).toBeInstanceOf(XmlError);
					}
				},
			),
			{ numRuns: 2000 },
		);
	});

	it('comes to an end with what was made to be slow', () => {
		// Backtracking would take hours.
		for (const xml of [
			`<a ${' '.repeat(300_000)}<`,
			`<a${' b="1"'.repeat(100_000)} c>`,
			`<a b${' '.repeat(300_000)}>`,
			`<${'a'.repeat(300_000)} <>`,
			`<a>${'&'.repeat(300_000)}</a>`,
		]) {
			expect(() => readXml(xml)).toThrow(XmlError);
		}
	});

	it('has children by name', () => {
		const read = readXml('<a><b>1</b><c/><b>2</b></a>');
		expect(childText(read, 'b')).toBe('1');
		expect(childText(read, 'd')).toBeUndefined();
		expect(childrenOf(read, 'b').map((child) => child.text)).toEqual(['1', '2']);
	});
});
