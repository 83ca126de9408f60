import { globSync, readFileSync } from 'node:fs';
import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { ANSWER_ROWS } from '../../nodes/AgoraCloudRecording/agora/answers/table.ts';
import { EVENTS } from '../../nodes/AgoraCloudRecording/agora/notifications/events.ts';
import { STORAGE_VENDORS } from '../../nodes/AgoraCloudRecording/storage/vendors.ts';
import { ERRORS } from '../../simulator/errors.mts';
import { FIELDS } from '../coverage/fields.mts';
import { RULE_FORMS } from '../coverage/ruleForms.mts';
import { RULES } from '../coverage/rules.mts';
import { SAMPLES } from '../coverage/samples.mts';
import { BUGS } from '../lives/bugs.mts';
import { COLUMNS, FAULT_ROWS } from '../support/faultTable.mts';
import type { Setup } from '../support/setup.mts';
import { FORGERIES } from '../support/signatures.mts';
import { VENDOR_CASES } from '../vendors/cases.mts';

/** What there is, how many, what is done with each, and the files that say so. */
export type Count = readonly [what: string, count: number, tested: string, where: string];

type Entry = INodeProperties | INodePropertyCollection;

const isGroup = (entry: object): entry is INodePropertyCollection => 'values' in entry;

/** Every field, also those in collections. */
const fieldsIn = (entries: readonly Entry[]): INodeProperties[] =>
	entries.flatMap((entry) => {
		if (isGroup(entry)) return fieldsIn(entry.values);
		const { type, options = [] } = entry;
		const inner = type === 'collection' || type === 'fixedCollection' ? (options as Entry[]) : [];
		return type === 'notice' ? [] : [entry, ...fieldsIn(inner)];
	});

const versionIn = (file: string) =>
	(JSON.parse(readFileSync(file, 'utf8')) as { dependencies: { n8n: string; node: string } })
		.dependencies;

/** The versions that are tested, from what is installed for the tests. */
export const VERSIONS = {
	oldest: versionIn('test/e2e/oldestN8n/package.json'),
	newest: versionIn('demo/n8n/package.json'),
};

/** What the code and the tables of the tests know of themselves. */
export function counts({ nodeType, credentialType }: Setup): readonly Count[] {
	const { properties } = nodeType.description;
	const operations = properties
		.filter(({ name }) => name === 'operation')
		.flatMap(({ options = [] }) => options);
	const settable = FIELDS.filter(({ extraOnly }) => !extraOnly);
	const kept = RULES.filter(({ id }) => !RULE_FORMS[id]?.open);
	const propertyTests = globSync('test/**/*.test.mts').reduce(
		(sum, file) =>
			sum + (readFileSync(file, 'utf8').match(/\bfc\.(asyncP|p)roperty\(/g)?.length ?? 0),
		0,
	);
	const allEvents = Object.values(EVENTS).flat();
	return [
		[
			'Operations',
			operations.length,
			'each has a run and a schema of its output',
			'nodes/AgoraCloudRecording/actions',
		],
		[
			'Fields of the form',
			fieldsIn(properties).length,
			'every field is shown somewhere, and any form is filled in',
			'test/integration/form.test.mts',
		],
		[
			'Fields of the credential',
			fieldsIn(credentialType.properties).length,
			'the same',
			'test/integration/credentialForm.test.mts',
		],
		[
			'Request fields of Agora’s API',
			FIELDS.length,
			`${settable.length} are entered in the form and arrive; the others go through JSON`,
			'test/coverage/fields.mts',
		],
		[
			'Rules of Agora’s API',
			RULES.length,
			`${kept.length} are broken, and refused before a request is sent; a second reading, the simulator’s, agrees`,
			'test/coverage/rules.mts',
		],
		[
			'Samples of requests in Agora’s documentation',
			SAMPLES.length,
			'each can be made in the form, to the letter',
			'test/coverage/samples.mts',
		],
		[
			'Samples of notifications',
			globSync('test/golden/notifications/*').length,
			'each is read as it stands',
			'test/golden/notifications',
		],
		[
			'Events of notifications',
			allEvents.length,
			'each is named, filtered and told',
			'nodes/AgoraCloudRecording/agora/notifications/events.ts',
		],
		[
			'Rows of the table of answers',
			ANSWER_ROWS.length,
			'each is met',
			'nodes/AgoraCloudRecording/agora/answers/table.ts',
		],
		[
			'Errors that the simulator knows',
			ERRORS.size,
			'each is one of the faults',
			'simulator/errors.mts',
		],
		[
			'Faults',
			FAULT_ROWS.length,
			`met for ever by each of ${COLUMNS.length} requests, in three modes, and while a start is verified: what is said, when it asks again, what runs`,
			'test/support/faultTable.mts',
		],
		['Forged notifications', FORGERIES, 'each is refused', 'test/unit/trigger/signature.test.mts'],
		[
			'Vendors of storage',
			STORAGE_VENDORS.length,
			`${Object.keys(VENDOR_CASES).length} are signed for, and compared with the SDKs of the vendors`,
			'test/vendors/cases.mts',
		],
		[
			'Bugs that were mended and are put back',
			BUGS.length,
			'the lives find each of them again',
			'test/lives/bugs.mts',
		],
		[
			'Properties that hold for random input',
			propertyTests,
			'hundreds to thousands of runs each',
			'test/**/*.test.mts',
		],
		[
			'Examples',
			globSync('examples/*.json').length,
			'each is run in a real n8n',
			'test/e2e/examples',
		],
	];
}
