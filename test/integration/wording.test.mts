import { globSync, readFileSync } from 'node:fs';
import type {
	INodeProperties,
	INodePropertyCollection,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import ts from 'typescript';
import { AgoraApi } from '../../credentials/AgoraApi.credentials.ts';
import { builtModule } from '../support/host.mts';

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

/** Every name that a form shows: of fields, of options, and of what lies in collections. */
function namesIn(entries: readonly Entry[]): string[] {
	return entries.flatMap((entry): string[] => {
		const inner = 'values' in entry ? entry.values : 'options' in entry ? entry.options : [];
		return ['displayName' in entry ? entry.displayName : entry.name, ...namesIn(inner ?? [])];
	});
}

const NODES = ['AgoraCloudRecording', 'AgoraCloudRecordingTrigger'].map((name) => {
	const nodeTypes = builtModule<Record<string, new () => INodeType>>(`${name}.node.js`);
	return new nodeTypes[name]();
});
const { SECRET_FIELDS } = builtModule<{
	SECRET_FIELDS: Record<string, { field: string; displayName: string }>;
}>('transport/notificationSecrets.js');
const credential = new AgoraApi();
const SHOWN = new Set([
	...NODES.flatMap(({ description }) => namesIn(description.properties)),
	...namesIn(credential.properties),
]);

/** Stands where a text has a value put in. */
const PUT_IN = '\uFFFC';

/** Every text in a source file; what is put into a template is left out. */
function textsIn(source: string): string[] {
	const texts: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteralLike(node)) texts.push(node.text);
		if (ts.isTemplateExpression(node)) {
			const spans = node.templateSpans.map(({ literal }) => literal.text);
			texts.push([node.head.text, ...spans].join(PUT_IN));
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
	return texts;
}

/** What texts put into single quotes and begin with a capital: by convention, a name of the form. */
const quotedIn = (source: string) =>
	textsIn(source).flatMap((text) =>
		[...text.matchAll(/(?<![\p{L}\d])'(\p{Lu}[^']*)'(?!\p{L})/gu)]
			.map(([, name]) => name)
			.filter((name) => !name.includes(PUT_IN)),
	);

const FILES = globSync(['nodes/**/*.ts', 'credentials/**/*.ts']);

describe('Names of the form that texts quote', () => {
	it('are those of the form, in every file', () => {
		const unknown = FILES.flatMap((file) =>
			quotedIn(readFileSync(file, 'utf8'))
				.filter((name) => !SHOWN.has(name))
				.map((name) => `${file}: '${name}'`),
		);
		expect(unknown).toEqual([]);
	});

	it('are found, also in templates and beside apostrophes', () => {
		const source = [
			"const a = \"Agora's 'App ID' and the users' 'Record'\";",
			"const b = `'Mode' of ${c ? \"'Layout'\" : ''}, '${d}', 'unconfirmed'`;",
		].join('\n');
		expect(quotedIn(source)).toEqual(['App ID', 'Record', 'Mode', 'Layout']);
		const all = FILES.flatMap((file) => quotedIn(readFileSync(file, 'utf8')));
		expect(all.length).toBeGreaterThan(50);
	});
});

describe("Names of the credential's fields in messages", () => {
	const nameOf = (name: string) =>
		credential.properties.find((property) => property.name === name)?.displayName;

	it.each(Object.values(SECRET_FIELDS))('are those of its form: $field', (secret) => {
		expect(nameOf(secret.field)).toBe(secret.displayName);
	});
});

/** All entries of forms, with those that lie in collections. */
function entriesIn(entries: readonly Entry[]): Entry[] {
	return entries.flatMap((entry): Entry[] => [
		entry,
		...entriesIn(
			('values' in entry ? entry.values : 'options' in entry ? entry.options : []) ?? [],
		),
	]);
}

describe('Texts of the forms', () => {
	const entries = entriesIn([
		...NODES.flatMap(({ description }) => description.properties),
		...credential.properties,
	]);
	const fields = entries.filter((entry): entry is INodeProperties => 'type' in entry);
	const options = entries.filter((entry): entry is INodePropertyOptions => 'value' in entry);

	it('say of every field what it is for', () => {
		/** Say it by their names in every node of n8n. */
		const plain = ['resource', 'operation', 'options'];
		const silent = fields.filter(
			({ name, type, description }) =>
				!description && !plain.includes(name) && !['notice', 'hidden'].includes(type),
		);
		expect(silent.map(({ displayName }) => displayName)).toEqual([]);
	});

	it('fit where n8n shows them', () => {
		// Of an option's description the editor shows two lines and cuts off the rest.
		const cut = options.filter(({ description = '' }) => description.length > 95);
		expect(cut.map(({ name }) => name)).toEqual([]);
		const long = fields.filter(({ hint = '' }) => hint.length > 120);
		expect(long.map(({ displayName }) => displayName)).toEqual([]);
	});

	it('give numbers their unit', () => {
		const unitless = fields.filter(
			({ type, displayName }) => type === 'number' && !/\(\w+\)$|per Second$/.test(displayName),
		);
		// Parts of the picture's width and height, and counts.
		const counts = ['Left', 'Top', 'Width', 'Height', 'Opacity', 'Number of Users', 'Limit'];
		expect(
			unitless.map(({ displayName }) => displayName).filter((n) => !counts.includes(n)),
		).toEqual([]);
	});
});
