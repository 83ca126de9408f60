import type { IDataObject, INodeParameters, INodeProperties } from 'n8n-workflow';
import {
	FIELDS,
	type Field,
	type FieldType,
	type Mode,
	type Operation,
} from '../coverage/fields.mts';
import { FIELD_FORMS, formFor, OTHER_SPELLING, type FieldForm } from '../coverage/fieldForms.mts';
import {
	bodyOf,
	merged,
	pathsIn,
	setUpCapture,
	START_FORMS,
	valuesAt,
	type Attempt,
	type CaptureSetup,
} from '../support/capture.mts';
import { placed } from '../support/form.mts';
import { withDefaults } from '../support/host.mts';

/**
 * Every field of the reference against the node: it can be entered, it arrives under its exact name and
 * with its exact type in every mode it belongs to, and nothing in the form produces it in any other.
 */

const MODES: Mode[] = ['mix', 'individual', 'web'];

let agora: CaptureSetup;
beforeAll(async () => {
	agora = await setUpCapture();
});
afterAll(async () => await agora.tearDown());

const keyOf = ({ path, value }: Field) =>
	`${path.replace(/^clientRequest\./, '')}${value === undefined ? '' : ` ${value}`}`;

/** Everything that arrived, by operation and mode, for the last look at it all. */
const arrived = new Map<string, Set<string>>();
/** Parameters that were entered, by operation and mode. */
const entered = new Map<string, Set<string>>();

const note = (seen: Map<string, Set<string>>, key: string, values: string[]) => {
	const set = seen.get(key) ?? new Set();
	values.forEach((value) => set.add(value));
	seen.set(key, set);
};

/** Names of parameters, `recordingOptions.salt` for what lies in a collection; rows of lists by their name. */
function parameterNames(parameters: INodeParameters, path = ''): string[] {
	return Object.entries(parameters).flatMap(([name, value]) => {
		const own = `${path}${name}`;
		const inner: unknown = Array.isArray(value) ? value[0] : value;
		return typeof inner === 'object' && inner !== null
			? [own, ...parameterNames(inner as INodeParameters, `${own}.`)]
			: [own];
	});
}

function fits(type: FieldType, value: unknown): boolean {
	const isPlain = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one);
	switch (type) {
		case 'object':
			return isPlain(value);
		case 'object[]':
			return Array.isArray(value) && value.length > 0 && value.every(isPlain);
		case 'string[]':
			return (
				Array.isArray(value) &&
				value.length > 0 &&
				value.every((element) => typeof element === 'string')
			);
		default:
			return typeof value === type;
	}
}

/** All that is entered: what every run needs, and what this field needs. */
const wholeForm = (
	operation: Operation,
	mode: Mode,
	{ parameters }: FieldForm,
): INodeParameters => ({
	...placed(operation, {
		resource: 'recording',
		operation,
		...(operation === 'acquire' || operation === 'start'
			? merged(
					START_FORMS[mode],
					operation === 'acquire' ? { sendStartSettings: true } : {},
					parameters,
				)
			: merged(operation === 'update' ? { mode } : {}, parameters)),
	}),
});

/** Fills in the form and keeps what came of it. */
async function fill(operation: Operation, mode: Mode, form: FieldForm): Promise<Attempt> {
	const attempt = await agora.fill(operation, mode, form);
	for (const { operation: sent, body } of attempt.sent) {
		note(arrived, `${sent} ${mode}`, pathsIn(body));
	}
	return attempt;
}

/** What is entered is shown, all of it: nothing comes from fields that the user cannot see. */
function expectShown(operation: Operation, mode: Mode, form: FieldForm) {
	const whole = wholeForm(operation, mode, form);
	expect(withDefaults(agora.nodeType, whole)).toMatchObject(whole);
	note(entered, `${operation} ${mode}`, parameterNames(whole));
}

/** Holds what arrived against what should have. */
function expectArrived(body: IDataObject, field: Field, path: string, form: FieldForm) {
	const values = valuesAt(body, path);
	expect({ path, arrived: values.length > 0 }).toEqual({ path, arrived: true });
	for (const value of values) {
		expect({ path, type: field.type, value, fits: fits(field.type, value) }).toMatchObject({
			fits: true,
		});
		if (form.value !== undefined) expect({ path, value }).toEqual({ path, value: form.value });
	}
}

const formOf = (field: Field, mode: Mode) => formFor(field.operation, keyOf(field), mode);

/** The other spelling, if the field has two. */
const spellings = ({ path, alternative, operation }: Field) => [
	{ path, more: undefined },
	...(alternative === undefined
		? []
		: [{ path: alternative, more: OTHER_SPELLING[operation as 'start' | 'update'] }]),
];

const settable = FIELDS.filter(({ extraOnly }) => !extraOnly);
const title = ({ operation, path, value, modes }: Field): [string, Mode[], string] => [
	operation,
	modes,
	`${path}${value === undefined ? '' : ` = ${value}`}`,
];

describe('Every field of the reference', () => {
	it('has a row here, and no row is about nothing', () => {
		const wanted = settable.map((field) => `${field.operation} ${keyOf(field)}`).sort();
		const given = Object.entries(FIELD_FORMS)
			.flatMap(([operation, forms]) => Object.keys(forms).map((key) => `${operation} ${key}`))
			.sort();
		expect(given).toEqual(wanted);
	});

	it.each(settable.map((field) => [...title(field), field] as const))(
		'%s in %j: %s is entered and arrives',
		async (operation, modes, _path, field) => {
			for (const mode of modes) {
				const form = formOf(field, mode);
				if (!form) throw new Error(`Nothing to enter in mode ${mode}`);
				for (const { path, more } of spellings(field)) {
					const filled = { ...form, parameters: merged(form.parameters, more) };
					expectShown(operation as Operation, mode, filled);
					const attempt = await fill(operation as Operation, mode, filled);
					expect(attempt.failure?.message).toBeUndefined();
					expectArrived(bodyOf(attempt, operation), field, path, form);
					// With one spelling the other is not sent (rest-api.md 3.3, rule 7).
					const other = spellings(field).find((one) => one.path !== path)?.path;
					if (other) expect(valuesAt(bodyOf(attempt, operation), other)).toEqual([]);
					if (operation !== 'acquire') continue;
					// Start acquires too, with the same options.
					expectShown('start', mode, filled);
					const started = await fill('start', mode, filled);
					expect(started.failure?.message).toBeUndefined();
					expectArrived(bodyOf(started, 'acquire'), field, path, form);
				}
			}
		},
	);

	it.each(
		settable
			.filter(({ modes }) => modes.length < 3)
			.map((field) => [...title(field), field] as const),
	)(
		'%s: what belongs to %j does not arrive in other modes: %s',
		async (operation, modes, _path, field) => {
			const [own] = modes;
			const form = formOf(field, own);
			for (const mode of MODES.filter((one) => !modes.includes(one))) {
				for (const { path, more } of spellings(field)) {
					const attempt = await fill(operation as Operation, mode, {
						...form,
						parameters: merged(form?.parameters, more),
					});
					if (attempt.failure) {
						// Refused before anything was spent, because the mode has no such choice or operation
						expect({ path, mode, sent: attempt.sent }).toEqual({ path, mode, sent: [] });
						expect(attempt.failure.message).toMatch(/^'(Change|mode in the incoming item)' must /);
						continue;
					}
					const values = valuesAt(bodyOf(attempt, operation), path);
					if (field.value === undefined) {
						expect({ path, mode, values }).toEqual({ path, mode, values: [] });
					} else {
						expect(values).not.toContain(field.value);
					}
				}
			}
		},
	);

	const starts = settable.filter(({ operation }) => operation === 'start');
	it.each(
		starts.flatMap((field) =>
			field.modes.flatMap((mode) =>
				spellings(field).map(({ path, more }) => [path, mode, field, more] as const),
			),
		),
	)('%s in %s stands in startParameter as it stands in start', async (_path, mode, field, more) => {
		const own = formOf(field, mode) ?? {};
		const form = { ...own, parameters: merged(own.parameters, more) };
		const started = await fill('start', mode, form);
		const { clientRequest } = bodyOf(started, 'start');
		const { startParameter } = bodyOf(started, 'acquire').clientRequest as IDataObject;
		expect(startParameter).toEqual(clientRequest);
		// Acquire alone has the same fields, to announce a start.
		expectShown('acquire', mode, form);
		const acquired = await fill('acquire', mode, form);
		expect((bodyOf(acquired, 'acquire').clientRequest as IDataObject).startParameter).toEqual(
			clientRequest,
		);
	});
});

describe('Scene 2', () => {
	it('is an option of Acquire where no start is announced', async () => {
		const parameters = {
			sendStartSettings: false,
			recordingOptions: { postponedProcessing: true },
		};
		const attempt = await agora.fill('acquire', 'individual', { parameters });
		expect(bodyOf(attempt, 'acquire').clientRequest).toEqual({ scene: 2 });
	});

	it.each(['mix', 'web'] as const)('is none in mode %s', async (mode) => {
		const parameters = {
			sendStartSettings: false,
			recordingOptions: { postponedProcessing: true },
		};
		const attempt = await agora.fill('acquire', mode, { parameters });
		expect(bodyOf(attempt, 'acquire').clientRequest).toEqual({ scene: mode === 'web' ? 1 : 0 });
	});
});

describe('Fields that nobody foresaw', () => {
	/** A value of the type, at the path, as JSON for the JSON field. */
	function patchFor({ path, type }: Field): { patch: IDataObject; value: unknown } {
		const value =
			type === 'number'
				? 2
				: type === 'string'
					? 'value'
					: type === 'object'
						? { a: 1 }
						: [{ a: 1 }];
		const patch = path.split('.').reduceRight<unknown>((inner, step) => {
			const [, name = step, service] = /^(\w+)\[(\w*)\]$/.exec(step) ?? [];
			if (service === undefined) return { [name]: inner };
			return { [name]: [{ ...(inner as object), serviceName: service }] };
		}, value);
		return { patch: patch as IDataObject, value };
	}

	const extra = FIELDS.filter(({ extraOnly }) => extraOnly);
	it.each(extra.map((field) => [...title(field), field] as const))(
		'%s in %j: %s goes through the JSON field',
		async (operation, modes, _path, field) => {
			const { patch, value } = patchFor(field);
			for (const mode of modes) {
				const parameters = { options: { extraBody: JSON.stringify(patch) } };
				const attempt = await agora.fill(operation as Operation, mode, { parameters });
				const body = bodyOf(attempt, operation);
				const service = field.path.includes('[aliyun_vod_service].');
				expect(valuesAt(body, field.path)).toEqual([
					service && field.path.endsWith('.serviceName') ? 'aliyun_vod_service' : value,
				]);
				// Start has a JSON field for acquire too.
				if (operation === 'acquire') {
					const started = await agora.fill('start', mode, {
						parameters: { options: { extraAcquireBody: JSON.stringify(patch) } },
					});
					expect(valuesAt(bodyOf(started, 'acquire'), field.path)).toEqual([value]);
				}
			}
		},
	);

	it.each([
		['start', 'mix'],
		['start', 'individual'],
		['start', 'web'],
		['acquire', 'mix'],
		['update', 'mix'],
		['update', 'web'],
		['updateLayout', 'mix'],
	] as const)('%s in %s: what it replaces is told', async (operation, mode) => {
		const attempt = await agora.fill(operation, mode, {
			parameters: {
				...(operation === 'update' && { change: 'storage' }),
				options: {
					extraBody: JSON.stringify({
						clientRequest:
							operation === 'acquire'
								? { scene: 0, newField: 1, startParameter: null }
								: operation === 'updateLayout'
									? { mixedVideoLayout: 1, newField: 1 }
									: { storageConfig: { bucket: 'replaced' }, newField: 1 },
					}),
				},
			},
		});
		const { clientRequest } = bodyOf(attempt, operation);
		expect(clientRequest).toMatchObject({ newField: 1 });
		if (operation !== 'acquire') {
			const replaced =
				operation === 'updateLayout'
					? 'clientRequest.mixedVideoLayout'
					: 'clientRequest.storageConfig.bucket';
			// The simulator knows no newField: some of these are refused, and then there is no output.
			if (attempt.output) expect(attempt.output.overridden).toEqual([replaced]);
		}
	});
});

/** Fields of the form that are not for Agora. */
const OWN_FIELDS = new Set([
	'costNotice',
	...['resource', 'operation', 'mode', 'options.simplify', 'options.requestTimeout'],
	...['options.verify', 'options.verificationTimeout', 'options.ifNotConfirmed'],
	'options.ifNoResponse',
	'options.ifChannelEmpty',
	...['options.resourceId', 'resourceId', 'sendStartSettings'],
	...['recordingSource', 'channelName', 'recordingName', 'recorderUid', 'sid', 'change'],
	'options.keepBackground',
	...[
		'options.mode',
		'options.retryWhileNotFound',
		'options.extraBody',
		'options.extraAcquireBody',
	],
	// Only tells acquire of what start has a field for; tested as scene 2
	'recordingOptions.postponedProcessing',
	// Sent nowhere: told by hand for the paths of files
	'options.fileNamePrefix',
	// The collection itself
	'options',
	// What is done in the bucket after the call: Agora hears nothing of it.
	...['options.waitForFiles', 'options.links', 'options.links.link'],
	...['addLinks', 'checkLinks', 'linkHours', 'linkAction'].map(
		(name) => `options.links.link.${name}`,
	),
	// Presets: computed into what the fields above send
	...['layoutUsers', 'layoutUids'],
]);
/** Overrides of what the credential holds, tested there. */
const OVERRIDES = ['.storage.region', '.storage.endpoint'];

describe('Nothing else', () => {
	/** Fields of an operation in a mode, whatever else is chosen. */
	function everyName(
		fields: readonly unknown[],
		operation: string,
		mode: Mode,
		path = '',
	): string[] {
		return fields.flatMap((field) => {
			const { name, type, options, values, displayOptions } = field as INodeProperties & {
				values?: INodeProperties[];
			};
			const { show = {} } = displayOptions ?? {};
			const fitsHere =
				(show.operation ?? [operation]).includes(operation) &&
				(show.mode ?? show['/mode'] ?? [mode]).includes(mode) &&
				(show.resource ?? ['recording']).includes('recording');
			if (!fitsHere) return [];
			const own = `${path}${name}`;
			if (values) return [own, ...everyName(values, operation, mode, `${own}.`)];
			return type === 'collection' || type === 'fixedCollection'
				? [own, ...everyName(options ?? [], operation, mode, `${own}.`)]
				: [own];
		});
	}

	it.each(
		(['acquire', 'start', 'update', 'updateLayout', 'stop'] as const).flatMap((operation) =>
			(operation === 'updateLayout' ? (['mix'] as const) : MODES).map(
				(mode) => [operation, mode] as const,
			),
		),
	)('is in the form of %s in %s but what was entered above', (operation, mode) => {
		const known = entered.get(`${operation} ${mode}`) ?? new Set();
		const unknown = everyName(agora.nodeType.description.properties, operation, mode).filter(
			(name) =>
				!known.has(name) && !OWN_FIELDS.has(name) && !OVERRIDES.some((end) => name.endsWith(end)),
		);
		expect([...new Set(unknown)]).toEqual([]);
	});

	it('arrived but what the reference has, in its mode', () => {
		const strange = [...arrived].flatMap(([key, paths]) => {
			const [operation, mode] = key.split(' ');
			const known = new Set(
				FIELDS.filter(
					(field) => field.operation === operation && field.modes.includes(mode as Mode),
				).flatMap(({ path, alternative }) => (alternative ? [path, alternative] : [path])),
			);
			const announced = 'clientRequest.startParameter.';
			return [...paths]
				.filter((path) => !path.startsWith(announced) && !known.has(path))
				.map((path) => `${key}: ${path}`);
		});
		expect(strange).toEqual([]);
	});
});
