import fc from 'fast-check';
import type {
	GenericValue,
	INodeParameters,
	INodeProperties,
	INodePropertyCollection,
} from 'n8n-workflow';

/** Forms that anybody, or any expression, could fill in: drawn from what the form itself says of its fields. */

type Entries = NonNullable<INodeProperties['options']>;
type Arbitrary = fc.Arbitrary<unknown>;

/** What an expression may give wherever it stands. */
const anything = fc.oneof(
	fc.constantFrom<GenericValue>('', ' ', null, true, -1, 0, 1.5, 1e12, '12', 'nonsense', '[]'),
	fc.constantFrom<GenericValue>(
		'ä ☃ \u202E',
		'x'.repeat(300),
		'\n',
		'"',
		'{{ 1 }}',
		'../..',
		'<b>',
	),
	fc.string(),
	fc.jsonValue({ maxDepth: 1 }),
);

/** Texts that are right somewhere. */
const texts = fc.constantFrom(
	...[
		'class-7',
		'lessons/class7',
		'lessons',
		'527841',
		'1',
		'1, 2, 3',
		'#allstream#',
		'4294967295',
	],
	...['https://example.com/room', 'rtmp://example.com/live/key', 'http://example.com/a.png'],
	...['#12AB34', '2030-01-01T00:00:00Z', 'eu-central-1', 's3.example.com', 'A'.repeat(43) + '='],
	...['ASIAEXAMPLE', '00', '0x1', 'class 7', 'Ann'],
);
/** Members that nobody knows are sent on, which is what these fields are for: none of them here. */
const json = fc.oneof(
	fc.constantFrom('{}', '{ "clientRequest": {} }', '{', '[]', 'null', '{ "cname": "x" }'),
	fc.constantFrom('{ "clientRequest": 1 }', '{ "uid": "1" }', '"{}"'),
	fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify([value])),
);

/** Mostly what the field is made for, now and then anything. */
const mostly = (own: Arbitrary): Arbitrary =>
	fc.oneof({ weight: 9, arbitrary: own }, { weight: 1, arbitrary: anything });

const valuesOf = (options: Entries) =>
	options.flatMap((option) => ('value' in option ? [option.value] : []));

function valueOf(field: INodeProperties): Arbitrary {
	const { type, options = [], typeOptions = {}, default: usual } = field;
	switch (type) {
		case 'boolean':
			return mostly(fc.boolean());
		case 'options':
			return mostly(fc.constantFrom(...valuesOf(options), usual));
		case 'multiOptions':
			return mostly(fc.subarray(valuesOf(options)));
		case 'number': {
			const { minValue = -5, maxValue = 5000 } = typeOptions;
			return mostly(
				fc.oneof(
					fc.integer({ min: Math.ceil(minValue), max: Math.floor(maxValue) }),
					fc.constantFrom(minValue, maxValue, minValue - 1, maxValue + 1),
					fc.double({ min: minValue, max: maxValue, noNaN: true }),
				),
			);
		}
		case 'json':
			return json;
		case 'resourceLocator':
			return texts.map((value) => ({ __rl: true, mode: 'name', value }));
		case 'collection':
			return formOf(options as INodeProperties[]);
		case 'fixedCollection':
			return groupsOf(options as INodePropertyCollection[], typeOptions.multipleValues === true);
		default:
			return mostly(texts);
	}
}

function groupsOf(groups: INodePropertyCollection[], several: boolean): Arbitrary {
	return fc.record(
		Object.fromEntries(
			groups.map(({ name, values }) => [
				name,
				several ? fc.array(formOf(values, 6), { maxLength: 3 }) : formOf(values, 6),
			]),
		),
	);
}

/** A form in which some fields are filled in; n8n leaves out those that are not shown. */
export function formOf(fields: INodeProperties[], most = 4): fc.Arbitrary<INodeParameters> {
	const filled = fields.filter(({ type }) => type !== 'notice');
	return fc
		.uniqueArray(fc.nat(filled.length - 1), { maxLength: most })
		.chain((chosen) =>
			fc.record(Object.fromEntries(chosen.map((at) => [filled[at].name, valueOf(filled[at])]))),
		)
		.map((form) => form as INodeParameters);
}
