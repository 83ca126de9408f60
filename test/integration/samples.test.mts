import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { SAMPLE_FORMS, type SampleForm } from '../coverage/sampleForms.mts';
import { SAMPLES, type Sample } from '../coverage/samples.mts';
import {
	bodyOf,
	merged,
	setUpCapture,
	START_FORMS,
	type Attempt,
	type CaptureSetup,
	type Form,
} from '../support/capture.mts';
import { textOf } from '../support/failures.mts';
import { placed } from '../support/form.mts';
import { withDefaults } from '../support/host.mts';

/**
 * Every request sample that the reference and the seeds print, made with the form alone: deep equal, and
 * taken by the simulator. What cannot be as printed is said case by case, in sampleForms.mts.
 */

let agora: CaptureSetup;
beforeAll(async () => {
	agora = await setUpCapture();
});
beforeEach(() => agora.control.reset());
afterAll(async () => await agora.tearDown());

const PARENT = /\.?([^.[]+)$/;

/** A copy with another value at a path without lists; undefined takes the member away. */
function having(body: IDataObject, path: string, value: unknown): IDataObject {
	const copy = structuredClone(body);
	const parent = path
		.replace(PARENT, '')
		.split('.')
		.filter((step) => step !== '')
		.reduce((inner, step) => inner[step] as IDataObject, copy);
	const [, name] = PARENT.exec(path) ?? [path, path];
	if (value === undefined) delete parent[name];
	else parent[name] = value;
	return copy;
}

/** The sample as it can be sent: broken values replaced, what has no field taken away. */
const sendable = ({ body }: Sample, { broken = {}, noField = [] }: SampleForm): IDataObject => {
	const replaced = Object.entries(broken).reduce(
		(copy, [path, { instead }]) => having(copy, path, instead),
		body as IDataObject,
	);
	return noField.reduce((copy, path) => having(copy, path, undefined), replaced);
};

const cases = SAMPLES.flatMap((sample) =>
	[sample.mode, ...(sample.also ?? [])].map((mode) => ({
		sample,
		mode,
		form: SAMPLE_FORMS[sample.name] ?? {},
		title: [sample.name, mode, sample.source] as const,
	})),
);
type Case = (typeof cases)[number];

/** What stays as it is when a sample is about a recording that runs */
const identityOf = ({ sample, form }: Case): INodeParameters => {
	const { cname, uid } = sendable(sample, form);
	return {
		recordingSource: 'manual',
		channelName: textOf(cname),
		recorderUid: textOf(uid),
	};
};

/** A recording that the sample could be about, told by hand. */
async function running({ sample, mode, form }: Case): Promise<INodeParameters> {
	if (sample.fragment) return {};
	const { channelName, recorderUid } = identityOf({ sample, mode, form } as Case);
	const started = await agora.begin(mode, {
		channelName,
		recorderUid,
		...(mode === 'web' && { rtmpUrl: 'rtmp://example.com/live/key' }),
	});
	return {
		recordingSource: 'manual',
		channelName,
		recorderUid,
		resourceId: started.resourceId as string,
		sid: started.sid as string,
		...(sample.operation === 'updateLayout' ? {} : { mode }),
	};
}

/** Everything that is entered, from nothing; the JSON field only takes away. */
async function wholeForm(one: Case, more: Form = {}): Promise<Form> {
	const { sample, mode, form } = one;
	const { operation } = sample;
	const base =
		operation === 'acquire'
			? { mode }
			: operation === 'start'
				? { mode, options: { verify: false } }
				: await running(one);
	const least = sample.fragment ? START_FORMS[mode] : {};
	const without = form.without ? { options: { extraBody: JSON.stringify(form.without) } } : {};
	return {
		parameters: merged(base, least, form.parameters, without, more.parameters),
		credentials: merged(form.credentials, more.credentials),
	};
}

function expectShown(operation: string, { parameters }: Form) {
	const whole = placed(operation, { resource: 'recording', operation, ...parameters });
	expect(withDefaults(agora.nodeType, whole)).toMatchObject(whole);
}

const last = ({ sent }: Attempt, operation: string) =>
	sent.filter((request) => request.operation === operation).at(-1);

describe('Every request sample', () => {
	it('has a form here, and no form is for nothing', () => {
		expect(Object.keys(SAMPLE_FORMS).sort()).toEqual(SAMPLES.map(({ name }) => name).sort());
	});

	it.each(cases.map((one) => [...one.title, one] as const))(
		'%s (%s, %s) comes out of the form',
		async (_name, mode, _source, one) => {
			const { sample, form } = one;
			const { operation } = sample;
			const whole = await wholeForm(one);
			expectShown(operation, whole);
			const attempt = await agora.attempt(operation, whole);
			expect(attempt.failure?.message).toBeUndefined();
			const body = bodyOf(attempt, operation);
			const wanted = sendable(sample, form);
			if (sample.fragment) expect(body.clientRequest).toMatchObject(wanted);
			else expect(body).toEqual(wanted);
			// A part has to be the whole of what it names.
			if (sample.fragment) {
				const { storageConfig } = body.clientRequest as IDataObject;
				expect(storageConfig).toEqual(wanted.storageConfig);
			}
			expect(last(attempt, operation)).toMatchObject({ mode: operation === 'acquire' ? '' : mode });
			expect({ answer: last(attempt, operation)?.answer }).not.toMatchObject({
				answer: { code: 2 },
			});
			expect(last(attempt, operation)?.status).toBe(200);
		},
	);

	it('takes nothing but members away with the JSON field', () => {
		const values = (nulls: unknown): unknown[] =>
			typeof nulls === 'object' && nulls !== null ? Object.values(nulls).flatMap(values) : [nulls];
		const given = Object.values(SAMPLE_FORMS).flatMap(({ without }) => values(without ?? {}));
		expect([...new Set(given)]).toEqual([null]);
	});

	it('says why, where the JSON field or no field is needed', () => {
		const unexplained = Object.entries(SAMPLE_FORMS)
			.filter(([, { without, noField, note }]) => (without || noField) && !note)
			.map(([name]) => name);
		expect(unexplained).toEqual([]);
	});

	it('tells what it took away, in the output', async () => {
		const [one] = cases.filter(({ sample }) => sample.name === 'individual, screenshots only');
		const { output } = await agora.attempt('start', await wholeForm(one));
		expect(output?.overridden).toEqual(['clientRequest.recordingConfig.maxIdleTime']);
	});
});

describe('A printed value that breaks a rule', () => {
	const broken = cases.flatMap((one) =>
		Object.entries(one.form.broken ?? {}).map(
			([path, value]) => [one.sample.name, path, one, value] as const,
		),
	);

	it.each(broken)('%s: %s is refused before a request', async (_name, path, one, value) => {
		const whole = await wholeForm(one, value.printed);
		const before = agora.control.requests().length;
		const attempt = await agora.attempt(one.sample.operation, whole);
		expect(attempt.failure?.message).toContain(value.field);
		expect(agora.control.requests()).toHaveLength(before);
		// The sample names it as such.
		const placeholder = one.sample.placeholders?.find((place) => place.path === path);
		expect(placeholder?.breaks).toBeDefined();
	});

	it.each(
		cases
			// Stop has no JSON field
			.filter(({ sample, form }) => form.noField && sample.operation !== 'stop')
			.map((one) => [one.sample.name, one.form.noField?.join(' and '), one] as const),
	)('%s: %s has no field, and goes through the JSON field all the same', async (_, _paths, one) => {
		const { sample, form } = one;
		const printed = (form.noField ?? []).map((path) => {
			const value = sample.placeholders?.find((place) => place.path === path)?.value;
			return path.split('.').reduceRight<unknown>((inner, step) => ({ [step]: inner }), value);
		});
		const whole = await wholeForm(one);
		const extraBody = merged(form.without, ...(printed as object[]));
		const attempt = await agora.attempt(sample.operation, {
			...whole,
			parameters: merged(whole.parameters, {
				options: { extraBody: JSON.stringify(extraBody) },
			}),
		});
		expect(bodyOf(attempt, sample.operation)).toEqual(sendable(sample, { ...form, noField: [] }));
		expect(last(attempt, sample.operation)?.status).toBe(200);
	});

	it('is every one that samples.mts names, and that the form can refuse', () => {
		const named = SAMPLES.flatMap(({ name, placeholders = [] }) =>
			placeholders
				.filter(({ breaks, stray }) => breaks ?? stray)
				.map(({ path }) => `${name}: ${path}`),
		);
		const handled = Object.entries(SAMPLE_FORMS).flatMap(([name, { broken: values, noField }]) =>
			[...Object.keys(values ?? {}), ...(noField ?? [])].map((path) => `${name}: ${path}`),
		);
		expect(handled.sort()).toEqual(named.sort());
	});
});
