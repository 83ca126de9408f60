import fc from 'fast-check';
import {
	NodeHelpers,
	type IDataObject,
	type INodeParameters,
	type INodeProperties,
} from 'n8n-workflow';
import type { Mode } from '../coverage/fields.mts';
import { formOf } from '../support/anyForm.mts';
import { START_FORMS } from '../support/capture.mts';
import { describeFailure, type Failure } from '../support/failures.mts';
import { placed } from '../support/form.mts';
import { withDefaults } from '../support/host.mts';
import { isObject } from '../support/json.mts';
import { useAgora } from '../support/setup.mts';

/** Whatever is entered: a request that the simulator takes, or a refusal that names a field. */

const agora = useAgora();

/** More at night: CONTRIBUTING, *Tests*. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 250);

const MODES: readonly Mode[] = ['mix', 'individual', 'web'];
const OPERATIONS = ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'] as const;
type Operation = (typeof OPERATIONS)[number];
const isNew = (operation: Operation) => operation === 'start' || operation === 'acquire';

/** Every name that a field has on the screen, in a form or in the credential. */
function namesIn(fields: readonly object[]): string[] {
	return fields.flatMap((field) => {
		const {
			displayName,
			options = [],
			values = [],
		} = field as Partial<INodeProperties> & {
			values?: INodeProperties[];
		};
		return [
			...(displayName === undefined ? [] : [displayName]),
			...namesIn([...options, ...values]),
		];
	});
}

/** What the form is made of for an operation. */
const fieldsOf = (operation: Operation) =>
	agora.nodeType.description.properties.filter(({ name, displayOptions }) => {
		const { resource = ['recording'], operation: shown = [operation] } = displayOptions?.show ?? {};
		const fixed = ['resource', 'operation', 'mode'].includes(name);
		return !fixed && resource.includes('recording') && shown.includes(operation);
	});

/** Forms for a mode, mostly of the fields that it shows at once; others are shown by what is chosen. */
function formsOf(operation: Operation, mode: Mode): fc.Arbitrary<INodeParameters> {
	const all = fieldsOf(operation);
	const { nodeType } = agora;
	const untouched = withDefaults(nodeType, { resource: 'recording', operation, mode });
	const shown = all.filter((field) =>
		NodeHelpers.displayParameter(untouched, field, { typeVersion: 1 }, nodeType.description),
	);
	return fc.oneof(
		{ weight: 3, arbitrary: formOf(shown) },
		{ weight: 1, arbitrary: formOf(all, 6) },
	);
}

interface Ran {
	parameters: INodeParameters;
	failure?: Failure;
}

async function fillIn(operation: Operation, mode: Mode, entered: INodeParameters): Promise<Ran> {
	agora.fresh();
	let items: IDataObject[] = [{}];
	if (!isNew(operation)) {
		const start = { ...START_FORMS[mode], options: { verify: false } };
		items = [await agora.runOne('start', start)];
		agora.time.pass(10_000);
		agora.control.clearRequests();
	}
	const least = isNew(operation) ? placed(operation, START_FORMS[mode]) : { mode };
	const parameters = withDefaults(agora.nodeType, {
		...{ resource: 'recording', operation, ...least },
		...entered,
	});
	const run = agora.time.run(
		agora.runNode({
			...{ credentials: agora.credentials, parameters, items },
			executionId: `any form ${agora.time.now()}`,
		}),
	);
	return await run.then(
		() => ({ parameters }),
		(thrown: unknown) => ({ parameters, failure: describeFailure(thrown) }),
	);
}

describe.each(OPERATIONS)('Any form of %s', (operation) => {
	it('is a request that Agora takes, or names a field', async () => {
		const names = namesIn([
			...agora.nodeType.description.properties,
			...agora.credentialType.properties,
		]);
		const seen = { taken: 0, refused: 0 };
		const forms = fc
			.constantFrom(...MODES)
			.chain((mode) => fc.tuple(fc.constant(mode), formsOf(operation, mode)));
		await fc.assert(
			fc.asyncProperty(forms, async ([mode, entered]) => {
				const { failure } = await fillIn(operation, mode, entered);
				const sent = agora.sent();
				// 400 with another code is about what no form can know, such as an expired resource.
				const wrong = sent.filter(
					({ status, answer }) => status === 400 && isObject(answer) && answer.code === 2,
				);
				expect(wrong).toEqual([]);
				if (sent.length > 0) {
					seen.taken++;
					return;
				}
				if (!failure) return;
				seen.refused++;
				expect(failure.name).toMatch(/^Node(Operation|Api)Error$/);
				const named = [...failure.told.matchAll(/'([^']+)'/g)].flatMap(([, name]) =>
					name.replace(/ in the (credential|incoming item)$/, '').split(' → '),
				);
				const known = named.filter(
					(name) => names.includes(name) || /^(cname|uid|resourceId|sid|mode)$/.test(name),
				);
				expect({ told: failure.told, known: known.length > 0 }).toMatchObject({ known: true });
			}),
			{ numRuns: RUNS },
		);
		console.log(`${operation}: ${seen.taken} taken, ${seen.refused} refused`);
		expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(3);
	});
});
