import {
	NodeHelpers,
	Workflow,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import { loadPackage, withDefaults } from '../../support/host.mts';

let nodeType: INodeType;
let properties: INodeProperties[];

beforeAll(async () => {
	const { type } = (await loadPackage()).getNode('agoraCloudRecordingTrigger');
	if ('nodeVersions' in type) throw new Error('The node has versions: take the newest one here');
	nodeType = type;
	({ properties } = type.description);
});

const field = (name: string) => {
	const found = properties.find((property) => property.name === name);
	if (!found) throw new Error(`There is no ${name}`);
	return found;
};
const optionsOf = (name: string) => (field(name).options ?? []) as INodePropertyOptions[];
const entriesOf = (name: string) => (field(name).options ?? []) as INodeProperties[];

const isShown = (property: INodeProperties, values: INodeParameters) =>
	NodeHelpers.displayParameter(
		withDefaults(nodeType, values),
		property,
		{ typeVersion: 1.1 },
		nodeType.description,
	);
const rowsWith = (values: INodeParameters) =>
	properties
		.filter((property) => property.type !== 'notice' && isShown(property, values))
		.map(({ displayName }) => displayName);
/** What n8n offers to add to the filters. */
const filtersWith = (events: string[]) =>
	entriesOf('filters')
		.filter((entry) => isShown(entry, { events }))
		.map(({ displayName }) => displayName);

describe('The form of the trigger', () => {
	it('has the parameters of the public contract', () => {
		expect(Object.keys(withDefaults(nodeType, { events: ['other'] })).sort()).toEqual(
			['events', 'filters', 'moreEvents', 'options', 'setupNotice'].sort(),
		);
		expect(nodeType.description).toMatchObject({
			name: 'agoraCloudRecordingTrigger',
			displayName: 'Agora Cloud Recording Trigger',
			version: [1, 1.1],
			defaultVersion: 1.1,
			inputs: [],
		});
	});

	it('begins with no event chosen, and three rows', () => {
		expect(withDefaults(nodeType, {})).toMatchObject({ events: [], filters: {}, options: {} });
		expect(rowsWith({})).toEqual(['Trigger On', 'Filters', 'Options']);
	});

	it('asks for single events only with Other Events', () => {
		expect(rowsWith({ events: ['recording_failed', 'user_left'] })).not.toContain('More Events');
		expect(rowsWith({ events: ['recording_failed', 'other'] })).toContain('More Events');
		// What is empty must not start a workflow that waits for ever.
		expect([field('events').required, field('moreEvents').required]).toEqual([true, true]);
	});

	it('gives n8n its list of triggers, which reads well', () => {
		// As the panel of n8n 2.41 and 1.123 finds it: by the display name of the first such field.
		const found = properties.find(({ displayName }) =>
			['event', 'events', 'trigger on'].includes(displayName.toLowerCase()),
		);
		expect(found?.name).toBe('events');
		expect(found?.displayOptions).toBeUndefined();
		expect((found?.options as INodePropertyOptions[]).map(({ action }) => action)).toEqual([
			...['On all files uploaded', 'On all files in your storage', 'On recording started'],
			...['On recording ended', 'On recording failed', 'On web page time limit reached'],
			...['On screenshot taken', 'On any recording event', 'On channel created'],
			...['On user joined', 'On user left', 'On any channel event', 'On other events'],
		]);
	});

	it('offers every event of the reference, each once', () => {
		const all = [...optionsOf('events'), ...optionsOf('moreEvents')];
		for (const member of ['name', 'value'] as const) {
			expect(new Set(all.map((option) => option[member])).size).toBe(all.length);
		}
		// Three of Agora's have a group of their name.
		expect(optionsOf('moreEvents')).toHaveLength(31 + 10 - 3);
		const names = optionsOf('moreEvents').map(({ name }) => name);
		const legacy = names.filter((name) => name.endsWith('(Legacy)'));
		const current = names.filter((name) => !legacy.includes(name));
		const sorted = (list: string[]) => [...list].sort((a, b) => a.localeCompare(b));
		expect(legacy).toHaveLength(4);
		expect(names).toEqual([...sorted(current), ...sorted(legacy)]);
	});

	it('tells of single events what to select in Console', () => {
		const told = optionsOf('moreEvents').map(({ name, description }) => [name, description]);
		for (const [name, description] of told) {
			expect([name, description]).toEqual([name, expect.stringMatching(/[^.] \((RTC )?\d+\)$/)]);
		}
		expect(Object.fromEntries(told)).toMatchObject({
			'Recorder Left': 'The recorder has left the channel; the output shows why (41)',
			'Host Joined': 'A host joined a live broadcasting channel (RTC 103)',
		});
	});

	it.each([
		[[], ['Channel Name']],
		[['all_files_uploaded'], ['Channel Name', 'Recorder UID', 'Recording ID (SID)']],
		[
			['recording_failed'],
			['Channel Name', 'Minimum Error Level', 'Recorder UID', 'Recording ID (SID)'],
		],
		[['user_left'], ['Channel Name', 'Include Recorders', 'User UID']],
		[
			['other'],
			[...['Channel Name', 'Include Recorders', 'Recorder UID', 'Recording ID (SID)'], 'User UID'],
		],
	])('with %j offers the filters that fit: %j', (events, expected) => {
		expect(filtersWith(events)).toEqual(expected);
	});

	it('says on the canvas what starts the workflow', () => {
		const node = {
			...{ id: '1', name: 'Agora', type: 'trigger', typeVersion: 1.1 },
			position: [0, 0] as [number, number],
			parameters: { events: ['all_files_uploaded', 'recording_failed'] },
		};
		const nodeTypes = { getByNameAndVersion: () => nodeType } as unknown as INodeTypes;
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		const { subtitle } = nodeType.description;
		expect(
			workflow.expression.getSimpleParameterValue(node, subtitle, 'internal', {}, undefined, ''),
		).toBe('all files uploaded, recording failed');
		for (const { value } of optionsOf('events')) expect(value).toMatch(/^[a-z_]+$/);
	});

	it('says in each choice and field what it does', () => {
		const all = [...properties, ...entriesOf('filters'), ...entriesOf('options')];
		for (const { type, displayName, description } of all) {
			if (type === 'notice') continue;
			expect(displayName).toMatch(/^[A-Z]/);
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
			if (type !== 'collection') expect(description).toMatch(/^[A-Z].{10}/);
		}
		for (const { name, description } of [...optionsOf('events'), ...optionsOf('moreEvents')]) {
			expect([name, description]).toEqual([name, expect.stringMatching(/^[A-Z].{10}/)]);
		}
	});

	it('has its collections in alphabetical order', () => {
		for (const name of ['filters', 'options']) {
			const names = entriesOf(name).map(({ displayName }) => displayName);
			expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
		}
	});

	it('verifies unless that is switched off, and says so then', () => {
		expect(entriesOf('options').find(({ name }) => name === 'verifySignature')?.default).toBe(true);
		const shown = (options: INodeParameters) => isShown(field('unverifiedNotice'), { options });
		expect(shown({})).toBe(false);
		expect(shown({ verifySignature: true })).toBe(false);
		expect(shown({ verifySignature: false })).toBe(true);
	});

	it('has n8n answer only when the execution is stored', () => {
		expect(nodeType.description.webhooks).toEqual([
			expect.objectContaining({
				httpMethod: 'POST',
				responseMode: 'onReceived',
				responseData: '',
			}),
		]);
	});

	it('tells how to set up Agora Console, in an order that works', () => {
		const { triggerPanel, activationMessage } = nodeType.description;
		const texts = [field('setupNotice').displayName, JSON.stringify(triggerPanel)];
		for (const text of texts) {
			const order = ['secret', 'Publish', 'production URL', 'Check', 'Save'].map((word) =>
				text.search(new RegExp(word)),
			);
			expect(order).toEqual([...order].sort((a, b) => a - b));
			expect(Math.min(...order)).toBeGreaterThan(0);
		}
		// n8n lets no other list through in a notice.
		expect(texts[0].match(/<\/?\w+>/g)).toEqual([
			'<ul>',
			...Array.from({ length: 8 }, (_, i) => (i % 2 ? '</li>' : '<li>')),
			'</ul>',
		]);
		expect(activationMessage).toMatch(/production URL/);
	});
});
