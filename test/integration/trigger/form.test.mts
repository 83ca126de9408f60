import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeType,
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

const field = (name: string, product?: string) => {
	const found = properties.find(
		(property) =>
			property.name === name &&
			(!product || (property.displayOptions?.show?.product ?? []).includes(product)),
	);
	if (!found) throw new Error(`There is no ${name}`);
	return found;
};
const optionsOf = (name: string, product?: string) =>
	(field(name, product).options ?? []) as INodePropertyOptions[];
const entriesOf = (name: string) => (field(name).options ?? []) as INodeProperties[];

describe('The form of the trigger', () => {
	it('has the parameters of the public contract', () => {
		expect(Object.keys(withDefaults(nodeType, {})).sort()).toEqual(
			['events', 'filters', 'options', 'product', 'setupNotice'].sort(),
		);
		expect(nodeType.description).toMatchObject({
			name: 'agoraCloudRecordingTrigger',
			displayName: 'Agora Cloud Recording Trigger',
			version: [1, 1.1],
			defaultVersion: 1.1,
			inputs: [],
		});
	});

	it('begins with Cloud Recording, and with no event chosen', () => {
		expect(withDefaults(nodeType, {})).toMatchObject({ product: 'cloudRecording', events: [] });
	});

	it.each([
		[
			'cloudRecording',
			[
				...['Any Event', 'All Files Uploaded', 'All Files in Your Storage', 'Recording Ended'],
				...['Recording Failed', 'Recording Started', 'Screenshot Taken'],
			],
		],
		['rtcChannel', ['Any Event', 'Channel Created', 'User Joined', 'User Left']],
	])('of %s offers what most want first, then the rest by name', (product, first) => {
		const names = optionsOf('events', product).map(({ name }) => name);
		expect(names.slice(0, first.length)).toEqual(first);
		const rest = names.slice(first.length);
		expect(rest).toEqual([...rest].sort((a, b) => a.localeCompare(b)));
		expect(new Set(names).size).toBe(names.length);
	});

	it('offers every event of the reference', () => {
		expect(optionsOf('events', 'cloudRecording')).toHaveLength(1 + 31 + 5);
		expect(optionsOf('events', 'rtcChannel')).toHaveLength(1 + 10 + 2);
	});

	it('says in each choice and field what it does', () => {
		const all = [...properties, ...entriesOf('filters'), ...entriesOf('options')];
		for (const { type, displayName, description } of all) {
			if (type === 'notice') continue;
			expect(displayName).toMatch(/^[A-Z]/);
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
			if (type !== 'collection') expect(description).toMatch(/^[A-Z].{10}/);
		}
		for (const product of ['cloudRecording', 'rtcChannel']) {
			for (const { name, description } of optionsOf('events', product)) {
				expect([name, description]).toEqual([name, expect.stringMatching(/^[A-Z].{10}/)]);
			}
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
		const shown = (options: INodeParameters) =>
			NodeHelpers.displayParameter(
				{ product: 'cloudRecording', options },
				field('unverifiedNotice'),
				{ typeVersion: 1.1 },
				nodeType.description,
			);
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
			const order = ['secret', 'ctivate', 'production', 'Check', 'Save'].map((word) =>
				text.search(new RegExp(word)),
			);
			expect(order).toEqual([...order].sort((a, b) => a - b));
			expect(Math.min(...order)).toBeGreaterThan(0);
		}
		expect(activationMessage).toMatch(/production URL/);
	});
});
