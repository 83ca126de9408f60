import type { INode, INodeProperties } from 'n8n-workflow';
import { readMembers, readRow } from '../../nodes/AgoraCloudRecording/form/fields.ts';
import { ABSENT, ItemParameters } from '../../nodes/AgoraCloudRecording/form/parameters.ts';
import { readChoices } from '../../nodes/AgoraCloudRecording/form/subscription.ts';

const NODE: INode = {
	...{ id: 'n', name: 'Agora', type: 'agoraCloudRecording', typeVersion: 1, parameters: {} },
	position: [0, 0],
};
const NAMES = new Map([
	...(['a', 'list.row.b', 'list', 'box.c'] as const).map((path): [string, string] => [
		path,
		`The ${path}`,
	]),
]);

/** A form that holds these values. */
const form = (values: Record<string, unknown>) =>
	new ItemParameters({
		...{ node: NODE, itemIndex: 0, names: NAMES, prefix: '', title: '' },
		valueOf: (name) => (name in values ? values[name] : ABSENT),
	});

const refused = expect.objectContaining({ name: 'NodeOperationError' }) as Error;

type Reader = (item: ItemParameters) => unknown;
const READERS: Record<string, Reader> = {
	text: (item) => item.text('a'),
	exactText: (item) => item.exactText('a'),
	optionalText: (item) => item.optionalText('a'),
	list: (item) => item.list('a'),
	number: (item) => item.number('a', 7),
	optionalNumber: (item) => item.optionalNumber('a'),
	wholeNumber: (item) => item.wholeNumberWithin('a', 2, 1, 3),
	boolean: (item) => item.boolean('a', true),
	choice: (item) => item.choice('a', ['x', 'y'], 'y'),
	jsonObject: (item) => item.jsonObject('a'),
	rows: (item) => item.rows('a').length,
};

/** Stands for a field that is not shown. */
const GONE = Symbol('gone');
const REFUSED = Symbol('refused');

describe('A field is read', () => {
	it.each<[keyof typeof READERS, Array<[given: unknown, read: unknown]>]>([
		[
			'text',
			[
				[GONE, ''],
				[null, ''],
				[' x ', 'x'],
				[5, '5'],
				[true, REFUSED],
				[['x'], REFUSED],
			],
		],
		[
			'exactText',
			[
				[GONE, ''],
				[' x ', ' x '],
				[5, '5'],
				[{}, REFUSED],
			],
		],
		[
			'optionalText',
			[
				[GONE, undefined],
				[' ', undefined],
				['x', 'x'],
			],
		],
		[
			'list',
			[
				[GONE, []],
				[' 1, ,2 ', ['1', '2']],
				[5, ['5']],
				[
					[1, ' b ', ''],
					['1', 'b'],
				],
				[[{}], REFUSED],
			],
		],
		[
			'number',
			[
				[GONE, 7],
				[0, 0],
				[' 5 ', 5],
				[' ', REFUSED],
				['x', REFUSED],
				[NaN, REFUSED],
				[Infinity, REFUSED],
				['1e999', REFUSED],
				[null, REFUSED],
				[[5], REFUSED],
			],
		],
		[
			'optionalNumber',
			[
				[GONE, undefined],
				['5', 5],
				[null, REFUSED],
			],
		],
		[
			'wholeNumber',
			[
				[GONE, 2],
				[1, 1],
				['3', 3],
				[0, REFUSED],
				[4, REFUSED],
				[1.5, REFUSED],
			],
		],
		[
			'boolean',
			[
				[GONE, true],
				[false, false],
				[true, true],
				['false', false],
				['true', true],
				['yes', REFUSED],
				[0, REFUSED],
				[null, REFUSED],
			],
		],
		[
			'choice',
			[
				[GONE, 'y'],
				['x', 'x'],
				['z', REFUSED],
				[null, REFUSED],
			],
		],
		[
			'jsonObject',
			[
				[GONE, {}],
				[null, {}],
				['', {}],
				['{"b":1}', { b: 1 }],
				[{ b: 1 }, { b: 1 }],
				['[1]', REFUSED],
				['{', REFUSED],
				[5, REFUSED],
			],
		],
		[
			'rows',
			[
				[GONE, 0],
				[null, 0],
				[[{}, {}], 2],
				['x', REFUSED],
			],
		],
	])('as %s', (reader, cases) => {
		for (const [given, read] of cases) {
			const item = form(given === GONE ? {} : { a: given });
			const work = () => READERS[reader](item);
			if (read === REFUSED) expect(work).toThrow(refused);
			else expect([given, work()]).toEqual([given, read]);
		}
	});

	it('out of a choice with a list, however deep', () => {
		const located = (value: unknown) => ({ __rl: true, mode: 'id', value });
		expect(form({ a: located(located(' x ')) }).text('a')).toBe('x');
		expect(() => form({ a: { __rl: false, value: 'x' } }).text('a')).toThrow(refused);
	});

	it('in collections, and in what is not there', () => {
		const item = form({ box: { c: 5, deep: { d: 'x' } } });
		expect(item.raw('box.deep.d')).toBe('x');
		expect(item.raw('box.c.d')).toBeUndefined();
		expect(item.raw('other.c')).toBeUndefined();
		expect(form({ box: undefined }).raw('box')).toBeNull();
		const box = item.within('box');
		expect([box.number('c', 0), box.number('e', 1), box.nameOf('c')]).toEqual([5, 1, 'The box.c']);
		expect(item.within('nothing').text('c')).toBe('');
	});

	it('in rows, which are named by their numbers', () => {
		const [first, second] = form({ list: { row: [{ b: 1 }, null] } }).rows('list.row');
		expect([first.raw('b'), second.raw('b')]).toEqual([1, undefined]);
		expect(second.nameOf('b')).toBe('The list 2 → The list.row.b');
	});

	it('or refused by its name, and shown unless it is secret', () => {
		const item = form({});
		expect(item.refusal('a', ['x'], 'y').message).toBe(`'The a' y (got ["x"])`);
		for (const nothing of [undefined, null, '']) {
			expect(item.refusal('a', nothing, 'y').message).toMatch(/ \(got nothing\)$/);
		}
		for (const secret of ['token', 'rtmpUrl']) {
			expect(item.refusal(secret, 'hush', 'y').message).not.toContain('hush');
		}
	});
});

describe('Members of a request', () => {
	const field = (name: string, more: Partial<INodeProperties>): INodeProperties => ({
		...{ displayName: name, name, type: 'string', default: '', ...more },
	});
	const FIELDS = [
		field('text', {}),
		field('needed', { required: true }),
		field('size', { type: 'number', default: 3 }),
		field('isOn', { type: 'boolean', default: true }),
	];

	it('are what was filled in', () => {
		expect(readMembers(form({}), FIELDS)).toStrictEqual({});
		expect(
			readMembers(form({ text: ' ', needed: ' ', size: '5', isOn: false }), FIELDS),
		).toStrictEqual({ needed: '', size: 5, isOn: false });
	});

	it('of a row have their defaults', () => {
		expect(readRow(form({}), FIELDS)).toStrictEqual({ size: 3, isOn: true });
		expect(readRow(form({ text: 'x', size: 1 }), FIELDS)).toStrictEqual({
			...{ text: 'x', size: 1, isOn: true },
		});
	});
});

describe('Whose audio and video', () => {
	const everyone = { who: 'everyone', uids: [] };

	it.each<[number, Record<string, unknown>, object]>([
		[2, {}, { Audio: everyone, Video: everyone }],
		[0, {}, { Audio: everyone }],
		[1, {}, { Video: everyone }],
		[
			2,
			{ audioSubscription: 'nobody', audioUids: '1' },
			{ Audio: { who: 'nobody', uids: [] }, Video: everyone },
		],
		[
			0,
			{ audioSubscription: 'except', audioUids: '1, 2' },
			{ Audio: { who: 'except', uids: ['1', '2'] } },
		],
		[1, { videoSubscription: 'only', videoUids: '1' }, { Video: { who: 'only', uids: ['1'] } }],
	])('of the stream types %i with %j', (streamTypes, values, choices) => {
		expect(readChoices(form(values), streamTypes)).toEqual(choices);
	});

	it.each<[number, Record<string, unknown>, RegExp]>([
		[2, { audioSubscription: 'only' }, /audioUids/],
		[2, { videoSubscription: 'except', videoUids: ' , ' }, /videoUids/],
		[2, { audioSubscription: 'nobody', videoSubscription: 'nobody' }, /audioSubscription/],
		[0, { audioSubscription: 'nobody' }, /audioSubscription/],
		[1, { videoSubscription: 'nobody' }, /videoSubscription/],
	])('of the stream types %i is refused with %j', (streamTypes, values, field) => {
		expect(() => readChoices(form(values), streamTypes)).toThrow(field);
	});
});
