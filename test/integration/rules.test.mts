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

	const checked = RULES.flatMap(({ id, text }) => {
		const { pairs = [] } = formsOf(id);
		return pairs.length > 0 ? [[id, text, pairs] as const] : [];
	});

	it.each(checked)(
		'%s: what breaks it is refused before a request: %s',
		async (id, _text, pairs) => {
			for (const { operation, mode, red, begun, field } of pairs) {
				const { sent, failure } = await agora.fill(operation, mode, red, begun);
				const form = `${id} (${operation}, ${mode}): ${JSON.stringify(red)}`;
				// Nothing of this operation, nor anything before it but what made the recording it is about
				const before = agora.sent().map((request) => request.operation);
				const recordingOf =
					operation === 'acquire' || operation === 'start' ? [] : ['acquire', 'start'];
				expect({ form, before, sent, name: failure?.name }).toEqual({
					...{ form, before: recordingOf, sent: [], name: 'NodeOperationError' },
				});
				expect(`${form}: ${failure?.told}`).toMatch(/' must |no storage yet: .*fill in/);
				expect({ form, message: failure?.message }).toEqual({
					form,
					message: expect.stringMatching(nameInMessage(field)) as string,
				});
			}
		},
	);

	it.each(checked)('%s: what keeps it is sent, and taken: %s', async (id, _text, pairs) => {
		for (const { operation, mode, green } of pairs) {
			const attempt = await agora.fill(operation, mode, green);
			const form = `${id} (${operation}, ${mode}): ${JSON.stringify(green)}`;
			const refused = attempt.sent.filter(({ status }) => status === 400);
			expect({ form, refused, message: attempt.failure?.message }).toEqual({
				...{ form, refused: [], message: undefined },
			});
			expect(bodyOf(attempt, operation)).toBeDefined();
		}
	});

	const constructed = RULES.flatMap(({ id, text }) => {
		const { attempts = [] } = formsOf(id).construction ?? {};
		return attempts.length > 0 ? [[id, text, attempts] as const] : [];
	});

	it.each(constructed)('%s: nothing that is entered breaks it: %s', async (id, _text, attempts) => {
		for (const { operation, mode, form, holds } of attempts) {
			const attempt = await agora.fill(operation, mode, form);
			const body = bodyOf(attempt, operation);
			const acquire =
				operation === 'start' || operation === 'acquire' ? bodyOf(attempt, 'acquire') : {};
			expect({
				...{ id, form, body, message: attempt.failure?.message, holds: holds(body, acquire) },
			}).toEqual({ id, form, body, message: undefined, holds: true });
		}
	});

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
			parameters: merged(START_FORMS.mix, { sendStartSettings: true }, form.parameters),
		});
		agora.time.pass(1000);
		const own = { resourceId: textOf(acquired.output?.resourceId) };
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
	const tried = RULES.filter(({ examples }) => examples.length > 0);
	it.each(tried.map((rule) => [rule.id, rule] as const))(
		'takes what keeps %s',
		async (_id, { examples }) => {
			for (const { operation, mode, green } of examples) {
				const verdict = await direct.send(operation, mode, patch(base(operation, mode), green));
				expect({ operation, mode, green, ...verdict }).toMatchObject({
					...{ operation, mode, green, status: 200, ended: false },
				});
			}
		},
	);

	const hard = tried.filter(({ kind }) => kind === 'refused' || kind === 'ends');
	it.each(hard.map((rule) => [rule.id, rule] as const))(
		'refuses what breaks %s',
		async (_id, { kind, examples }) => {
			for (const { operation, mode, red } of examples) {
				const { status, ended } = await direct.send(
					operation,
					mode,
					patch(base(operation, mode), red),
				);
				const refused = status === 400 || (kind === 'ends' && status === 200 && ended);
				expect({ operation, mode, red, status, refused }).toMatchObject({ refused: true });
			}
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

/** The name in quotes, or as the last part of a place in the form. */
function nameInMessage(field: string): RegExp {
	const name = field.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return new RegExp(
		`^(The credential has no storage yet: .*'${name}'|'([^']* → )?${name}( From| UIDs| in the credential)?' must )`,
	);
}
