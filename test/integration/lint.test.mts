import { inspect } from 'node:util';
import { Linter } from 'eslint';
import plugin from 'eslint-plugin-n8n-nodes-base';
import type { INodeProperties, INodeType } from 'n8n-workflow';
import { parser } from 'typescript-eslint';
import { AgoraApi } from '../../credentials/AgoraApi.credentials.ts';
import { builtModule } from '../support/host.mts';

/**
 * Most fields come from tables and functions, which a lint cannot look into. So they are written out as a
 * form that was typed by hand would be, and linted like one.
 */
function complaints(properties: INodeProperties[], rules: Linter.RulesRecord, file: string) {
	const written = inspect(properties, { depth: null, maxArrayLength: null, maxStringLength: null });
	const code = `export class Form implements IForm {\n\tproperties: INodeProperties[] = ${written};\n}\n`;
	const files = ['**/*.ts'];
	const found = new Linter().verify(
		code,
		[{ files, languageOptions: { parser }, plugins: { 'n8n-nodes-base': plugin }, rules }],
		{ filename: file },
	);
	const lines = code.split('\n');
	return found
		.map(({ ruleId, message, line }) => `${ruleId}: ${message} ${lines[line - 1].trim()}`)
		.filter((text) => !doesNotApply(text));
}

const { credentials, nodes } = plugin.configs;
const FILE = 'credentials/AgoraApi.credentials.ts';
/** The class around the fields is not ours; and lists that come from tables have an order that helps: sizes by size, the usual first. */
const doesNotApply = (text: string) =>
	/cred-class-(name|field-(name|display-name|documentation))|-unsorted-items:/.test(text);

describe('The rules of eslint-plugin-n8n-nodes-base, for all fields as n8n gets them:', () => {
	it('the credential', () => {
		const { properties } = new AgoraApi();
		expect(complaints(properties, credentials.rules, FILE)).toEqual([]);
	});

	it.each(['AgoraCloudRecording', 'AgoraCloudRecordingTrigger'])('%s', (name) => {
		const module = builtModule<Record<string, new () => INodeType>>(`${name}.node.js`);
		const { properties } = new module[name]().description;
		expect(complaints(properties, nodes.rules, `nodes/x/${name}.ts`)).toEqual([]);
	});

	it('a key that is shown in clear is told', () => {
		const open = new AgoraApi().properties.map(({ typeOptions, ...field }) =>
			field.name === 'storageAccessKey' ? field : { ...field, typeOptions },
		);
		expect(complaints(open as INodeProperties[], credentials.rules, FILE).join()).toContain(
			'password-missing',
		);
	});
});
