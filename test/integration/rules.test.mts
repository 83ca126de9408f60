import type { IDataObject } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../simulator/index.mts';
import { Direct } from '../coverage/direct.mts';
import type { Mode } from '../coverage/fields.mts';
import { RULE_FORMS } from '../coverage/ruleForms.mts';
import { base, patch, RULES } from '../coverage/rules.mts';
import {
	bodyOf,
	merged,
	recorderToken,
	SECURED,
	setUpCapture,
	START_FORMS,
	type CaptureSetup,
	type Form,
} from '../support/capture.mts';
import { textOf } from '../support/failures.mts';
import { tokenContent } from '../support/rtcToken.mts';

/**
 * Every documented rule on request bodies, twice: the node refuses what breaks it before a request is
 * spent, and names the field; the simulator, which has its own reading of the reference, refuses the same
 * thing when it is sent to it directly. What keeps the rule is sent, and taken by both.
 */

let agora: CaptureSetup;
let simulator: Simulator;
let direct: Direct;

beforeAll(async () => {
	agora = await setUpCapture();
	simulator = await startSimulator({ requestsPerSecond: null, clock: { speed: 0 } });
	direct = new Direct(simulator);
});
afterAll(async () => {
	await agora.tearDown();
	await simulator.close();
});

const formsOf = (id: string) => RULE_FORMS[id] ?? {};

describe('Every rule of the reference', () => {
	it('is handled here, and nothing that is none', () => {
		expect(Object.keys(RULE_FORMS).sort()).toEqual(RULES.map(({ id }) => id).sort());
		const idle = Object.entries(RULE_FORMS)
			.filter(([, { pairs, construction, open, elsewhere }]) => {
				const kinds = [pairs?.length, construction?.attempts.length, open, elsewhere];
				return !kinds.some(Boolean);
			})
			.map(([id]) => id);
		expect(idle).toEqual([]);
	});

	it('is tried in every mode that it is for, but in individual mode where there is no such field', () => {
		const missing = RULES.flatMap(({ id, modes }) => {
			const { pairs = [], construction, open, elsewhere } = formsOf(id);
			if (open || elsewhere) return [];
			const tried = new Set([...pairs, ...(construction?.attempts ?? [])].map(({ mode }) => mode));
			return modes.filter((mode: Mode) => !tried.has(mode)).map((mode) => `${id} in ${mode}`);
		});
		// Files of individual recordings are HLS: mp4-individual
		expect(missing).toEqual(['file-type in individual']);
	});

	const pairs = RULES.flatMap(({ id, text }) =>
		(formsOf(id).pairs ?? []).map(
			(pair) =>
				[
					id,
					pair.operation,
					pair.mode,
					text,
					JSON.stringify(pair.red).slice(0, 120),
					pair,
				] as const,
		),
	);

	it.each(pairs)('%s (%s, %s): red: %s %s', async (_id, operation, mode, _text, _red, pair) => {
		const attempt = await agora.fill(operation, mode, pair.red, pair.begun);
		// Nothing of this operation, nor anything before it but what made the recording it is about
		const sent = agora.sent().map((request) => request.operation);
		expect(sent).toEqual(
			operation === 'acquire' || operation === 'start' ? [] : ['acquire', 'start'],
		);
		expect(attempt.sent).toEqual([]);
		expect(attempt.failure?.name).toBe('NodeOperationError');
		expect(attempt.failure?.message).toMatch(nameInMessage(pair.field));
		expect(attempt.failure?.message).toContain('Allowed: ');
	});

	it.each(pairs)('%s (%s, %s): green: %s', async (_id, operation, mode, _text, _red, pair) => {
		const attempt = await agora.fill(operation, mode, pair.green);
		expect(attempt.failure?.message).toBeUndefined();
		expect(attempt.sent.map(({ status }) => status)).not.toContain(400);
		expect(bodyOf(attempt, operation)).toBeDefined();
	});

	const constructions = RULES.flatMap(({ id, text }) =>
		(formsOf(id).construction?.attempts ?? []).map(
			(attempt, i) => [id, attempt.operation, attempt.mode, i, text, attempt] as const,
		),
	);

	it.each(constructions)(
		'%s (%s, %s): nothing that is entered breaks it (%i): %s',
		async (_id, operation, mode, _i, _text, { form, holds }) => {
			const attempt = await agora.fill(operation, mode, form);
			expect(attempt.failure?.message).toBeUndefined();
			const body = bodyOf(attempt, operation);
			const acquire =
				operation === 'start' || operation === 'acquire' ? bodyOf(attempt, 'acquire') : {};
			expect({ body, holds: holds(body, acquire) }).toMatchObject({ holds: true });
		},
	);

	it.each(['individual', 'web'] as const)(
		'layout-mode: Update Layout for a recording of mode %s is refused before a request',
		async (mode) => {
			const attempt = await agora.fill('updateLayout', mode, { parameters: { layout: 'bestFit' } });
			expect(attempt.sent).toEqual([]);
			expect(attempt.failure?.message).toContain("'mode in the incoming item'");
		},
	);
});

describe('A start that Acquire announced', () => {
	/** Acquire with the announcement, and Start with its resource ID and the same form. */
	async function inTwoSteps(form: Form) {
		agora.control.reset();
		const acquired = await agora.attempt('acquire', {
			...form,
			parameters: merged(START_FORMS.mix, { announceStart: true }, form.parameters),
		});
		agora.time.pass(1000);
		const own = { acquireResource: false, resourceId: textOf(acquired.output?.resourceId) };
		const started = await agora.attempt(
			'start',
			{
				...form,
				parameters: merged(START_FORMS.mix, own, { options: { verify: false } }, form.parameters),
			},
			acquired.output,
		);
		return { acquired, started };
	}

	it.each([
		['without a token', {}],
		[
			'with an own token',
			{
				parameters: { tokenSource: 'manual', token: recorderToken({ appId: SECURED.appId }) },
				credentials: SECURED,
			},
		],
		['with a token made by the node', { credentials: SECURED }],
	] as Array<[string, Form]>)(
		'start-parameter: is sent as it was announced, %s',
		async (_name, form) => {
			const { acquired, started } = await inTwoSteps(form);
			const { startParameter } = bodyOf(acquired, 'acquire').clientRequest as IDataObject;
			expect(startParameter).toEqual(bodyOf(started, 'start').clientRequest);
			expect(started.failure?.message).toBeUndefined();
		},
	);
});

describe("The simulator's own reading", () => {
	const examples = RULES.flatMap((rule) =>
		rule.examples.map(
			(example, i) => [rule.id, example.operation, example.mode, i, rule, example] as const,
		),
	);

	it.each(examples)(
		'takes what keeps %s (%s, %s, %i)',
		async (_id, operation, mode, _i, _rule, { green }) => {
			const verdict = await direct.send(operation, mode, patch(base(operation, mode), green));
			expect(verdict).toMatchObject({ status: 200, ended: false });
		},
	);

	it.each(examples.filter(([, , , , { kind }]) => kind === 'refused' || kind === 'ends'))(
		'refuses what breaks %s (%s, %s, %i)',
		async (_id, operation, mode, _i, { kind }, { red }) => {
			const verdict = await direct.send(operation, mode, patch(base(operation, mode), red));
			if (kind === 'ends' && verdict.status === 200) expect(verdict.ended).toBe(true);
			else expect(verdict.status).toBe(400);
		},
	);
});

it('The tokens of these tests are those of token.md (vector A)', () => {
	const content = tokenContent({
		appId: '970CA35de60c44645bbae8a215061b33',
		certificate: '5CFd2fd1755d40ecb72977518be15d3b',
		channel: '7d72365eb983485397e3e3f9d460bdda',
		uid: '2882341273',
		issuedAt: 1_111_111,
		expire: 600,
	});
	expect(content.toString('hex')).toBe(
		[
			'200016a0b84c5a5e82cbf74fb813d09f59c54bdac9c06120580539ac97578e958b1a',
			'2000393730434133356465363063343436343562626165386132313530363162333347f41000',
			'5802000001000000010001000100010058020000',
			'200037643732333635656239383334383533393765336533663964343630626464610a0032383832333431323733',
		].join(''),
	);
});

describe('The rules', () => {
	it('are left to count', () => {
		const number = (of: (id: string) => number) => RULES.reduce((sum, { id }) => sum + of(id), 0);
		const checked = RULES.filter(({ id }) => formsOf(id).pairs).length;
		const constructed = RULES.filter(({ id }) => formsOf(id).construction).length;
		const open = RULES.filter(({ id }) => formsOf(id).open).map(({ id }) => id);
		const hard = RULES.filter(
			({ kind, examples }) => (kind === 'refused' || kind === 'ends') && examples.length > 0,
		);
		process.stdout.write(
			[
				`${RULES.length} rules: ${checked} checked by the node`,
				`(${number((id) => formsOf(id).pairs?.length ?? 0)} red and as many green forms),`,
				`${constructed} that nothing entered can break, ${open.length} not checked (${open.join(', ')});`,
				`the simulator refuses ${hard.length} of them by itself\n`,
			].join(' '),
		);
		expect(checked + constructed + open.length).toBeGreaterThanOrEqual(RULES.length - 1);
	});
});

/** The name in quotes, or as the last part of a place in the form. */
function nameInMessage(field: string): RegExp {
	const name = field.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(`^'([^']* → )?${name}( Of| UIDs| in the credential)?' is `);
}
