import { createCompoundSchema, type Schema } from 'genson-js';
import type { IDataObject } from 'n8n-workflow';
import { builtModule } from '../support/host.mts';
import type { Output } from '../support/outputs.mts';

/**
 * What n8n's editor reads of JSON Schema: one type each, and no `anyOf`. So null is told of as OpenAPI does,
 * which ajv reads too: a list of types would hide the members of an object.
 */
interface OutputSchema {
	type: string;
	nullable?: true;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

/** Agora's own answers, as they came: nobody here can say what is in them. */
const AS_AGORA_SAYS = ['response'];

const mapped = <From, To>(members: Record<string, From>, to: (member: From, name: string) => To) =>
	Object.fromEntries(Object.entries(members).map(([name, member]) => [name, to(member, name)]));

type Kind = Omit<Schema, 'type'> & { type: string };

const kindsOf = ({ anyOf, ...schema }: Schema): Kind[] =>
	anyOf?.flatMap(kindsOf) ?? [schema.type ?? []].flat().map((type) => ({ ...schema, type }));

/** A number that is whole in every sample need not be. */
const typeOf = ({ type }: Kind) => (type === 'integer' ? 'number' : type);

function readable(schema: Schema, path: string): OutputSchema {
	const kinds = kindsOf(schema);
	const [first = { type: 'null' }, ...others] = kinds.filter(({ type }) => type !== 'null');
	if (others.length > 0) {
		const types = [first, ...others].map(typeOf).join(', ');
		throw new Error(`${path} is now this, now that (${types}): no editor can show it`);
	}
	const { properties, items }: Kind = first;
	return {
		type: typeOf(first),
		...(kinds.length > 1 && { nullable: true }),
		...(properties && {
			properties: mapped(properties, (member, name) => readable(member, `${path}.${name}`)),
		}),
		...(items && { items: readable(items, `${path}[]`) }),
	};
}

/** Members in the order in which the node puts them out, though no single output has them all. */
function ordered(resource: string, properties: Record<string, OutputSchema>) {
	if (resource !== 'recording') return properties;
	const output = builtModule<{ inOrder: (output: object) => typeof properties }>(
		'actions/recording/output.js',
	);
	return output.inOrder(properties);
}

/**
 * The schema of what an operation puts out, merged from outputs of it: types alone, and no word of what is
 * always there, which no number of samples can tell.
 */
export function outputSchema(outputs: Output[]): OutputSchema {
	const [{ resource, operation }] = outputs;
	const samples = outputs.map(({ json }) =>
		mapped(json as Record<string, IDataObject>, (member, name) =>
			AS_AGORA_SAYS.includes(name) ? {} : member,
		),
	);
	const merged = createCompoundSchema(samples, { noRequired: true });
	const schema = readable(merged, `${resource}.${operation}`);
	return { ...schema, properties: ordered(resource, schema.properties ?? {}) };
}
