import {
	NodeHelpers,
	Workflow,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeType,
	type INodeTypes,
} from 'n8n-workflow';
import { builtModule, withDefaults } from '../support/host.mts';

type Entry = INodeProperties | INodePropertyCollection | INodePropertyOptions;

interface NodeModule {
	AgoraCloudRecording: new () => INodeType;
}
const nodeType = new (builtModule<NodeModule>('AgoraCloudRecording.node.js').AgoraCloudRecording)();
const { properties } = nodeType.description;
/** As n8n turns it into a tool of an agent. */
const toolDescription = { ...nodeType.description, name: 'agoraCloudRecordingTool' };

const OPERATIONS = ['acquire', 'query', 'start', 'stop', 'update', 'updateLayout'];

/** All of a form, also what lies in collections, with what leads there. */
function everyField(fields: readonly Entry[], path = ''): Array<[string, INodeProperties]> {
	return fields.flatMap((field): Array<[string, INodeProperties]> => {
		if (!('type' in field)) return [];
		const name = `${path}${field.name}`;
		const inner = field.type === 'collection' ? (field.options ?? []) : [];
		return [[name, field], ...everyField(inner, `${name}.`)];
	});
}

const ofOperation = (operation: string, fields = properties) =>
	fields.filter(({ displayOptions }) =>
		(displayOptions?.show?.operation ?? [operation]).includes(operation),
	);

describe('The form', () => {
	it('has the operations of the public contract', () => {
		const field = properties.find(({ name }) => name === 'operation');
		const options = (field?.options ?? []) as INodePropertyOptions[];
		expect(options.map(({ value }) => value).sort()).toEqual(OPERATIONS);
	});

	it.each([
		['acquire', 'mix', ['mode', 'channelName', 'sendStartSettings'], 2],
		[
			'start',
			'mix',
			[
				...['mode', 'channelName', 'streamTypes', 'fileFormat', 'layout'],
				...['videoProfile', 'fileNamePrefix'],
			],
			2,
		],
		[
			'start',
			'individual',
			[
				...['mode', 'channelName', 'individualOutput', 'streamTypes'],
				...['streamMode', 'subscribeUidGroup', 'fileNamePrefix'],
			],
			2,
		],
		[
			'start',
			'web',
			[
				...['mode', 'recordingName', 'url', 'fileFormat', 'pageSize', 'maxRecordingHour'],
				'fileNamePrefix',
			],
			2,
		],
		['query', undefined, ['recordingSource'], 1],
		[
			'update',
			'mix',
			['recordingSource', 'mode', 'change', 'audioSubscription', 'videoSubscription'],
			1,
		],
		['update', 'web', ['recordingSource', 'mode', 'change'], 1],
		['updateLayout', undefined, ['recordingSource', 'layout'], 2],
		['stop', undefined, ['recordingSource'], 1],
	])(
		'shows for %s in %s, untouched, these rows in this order',
		(operation, mode, rows, collections) => {
			const parameters = { resource: 'recording', operation, ...(mode && { mode }) };
			const whole = withDefaults(nodeType, parameters);
			const shown = properties.filter((property) =>
				NodeHelpers.displayParameter(whole, property, { typeVersion: 1 }, nodeType.description),
			);
			const isCollection = ({ type }: INodeProperties) => type === 'collection';
			const isRow = ({ type }: INodeProperties) => !['collection', 'notice'].includes(type);
			expect(shown.filter(isRow).map(({ name }) => name)).toEqual([
				...['resource', 'operation'],
				...rows,
			]);
			expect(shown.filter(isCollection)).toHaveLength(collections);
			// Nothing stands below the collections.
			expect(shown.findIndex(isCollection)).toBe(rows.length + 2);
		},
	);

	it('asks for the recording by hand where that is chosen', () => {
		const parameters = { resource: 'recording', operation: 'stop', recordingSource: 'manual' };
		expect(withDefaults(nodeType, parameters)).toMatchObject({
			channelName: { __rl: true, mode: 'name', value: '' },
			recorderUid: '',
			resourceId: '',
			sid: '',
			mode: 'mix',
		});
	});

	/** Parameters that decide what else is shown. */
	const CHOICES: INodeParameters[] = [
		{},
		{ streamTypes: 0 },
		{ layout: 'vertical' },
		{ streamTypes: 0, layout: 'vertical' },
		{ pageSize: 'custom', mode: 'web' },
		{ recordingSource: 'manual' },
		{ mode: 'individual' },
		{ mode: 'individual', individualOutput: 'screenshots' },
		{ mode: 'individual', individualOutput: 'both', audioSubscription: 'only' },
		{ mode: 'web' },
		{ mode: 'web', change: 'cdn' },
		{ mode: 'mix', change: 'storage' },
		{ layout: 'custom', videoProfile: 'custom' },
		{ layout: 'presenter', videoSubscription: 'except' },
		{ sendStartSettings: true },
		{ sendStartSettings: true, mode: 'web' },
	];
	const situations = [nodeType.description, toolDescription].flatMap((description) =>
		OPERATIONS.flatMap((operation) =>
			CHOICES.map((choice) => [operation, JSON.stringify(choice), choice, description] as const),
		),
	);

	it.each(situations)(
		'shows no two fields of one name for %s with %s',
		(operation, _text, choice, description) => {
			const parameters =
				NodeHelpers.getNodeParameters(
					properties,
					{ resource: 'recording', operation, ...choice },
					true,
					false,
					{ typeVersion: 1 },
					description,
				) ?? {};
			const shown = properties.filter((property) =>
				NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, description),
			);
			const names = shown.map(({ name }) => name);
			expect(names).toEqual([...new Set(names)]);
			expect(names).toContain('options');
		},
	);

	it.each(OPERATIONS)('gives every field of %s a name, a default and words', (operation) => {
		for (const [path, field] of everyField(ofOperation(operation))) {
			const { displayName, description, type } = field;
			expect([path, displayName]).toEqual([path, expect.stringMatching(/^[A-Z]/)]);
			expect([path, field.default]).toEqual([path, expect.anything()]);
			if (description !== undefined) expect(description).toMatch(/^[A-Z0-9][^\n]{7,}/);
			if (type === 'boolean') expect(description).toMatch(/^Whether /);
			if (type === 'options') {
				const values = (field.options ?? []).map((option) => 'value' in option && option.value);
				expect([path, values]).toEqual([path, expect.arrayContaining([field.default])]);
			}
			if (type === 'string' && /token|secret/i.test(field.name)) {
				expect([path, field.typeOptions?.password]).toEqual([path, true]);
			}
		}
	});

	it('has one type for a name within an operation', () => {
		for (const operation of OPERATIONS) {
			const types = new Map<string, Set<string>>();
			for (const [path, { type }] of everyField(ofOperation(operation))) {
				types.set(path, (types.get(path) ?? new Set()).add(type));
			}
			// In the tool the source of the recording is there, but hidden.
			types.get('recordingSource')?.delete('hidden');
			const several = [...types].filter(([, { size }]) => size > 1).map(([path]) => path);
			expect(several).toEqual([]);
		}
	});

	/** What the same parameter is called elsewhere, with good reason. */
	const OTHER_NAMES = ['Recording Name'];

	it('uses one name for one thing in every operation', () => {
		const names = new Map<string, Set<string>>();
		for (const [path, { displayName }] of everyField(properties)) {
			if (OTHER_NAMES.includes(displayName)) continue;
			names.set(path, (names.get(path) ?? new Set()).add(displayName));
		}
		expect([...names].filter(([, { size }]) => size > 1)).toEqual([]);
	});

	it('says of every operation on the canvas what it does', () => {
		const { subtitle } = nodeType.description;
		const nodeTypes = { getByNameAndVersion: () => nodeType } as unknown as INodeTypes;
		const told = properties
			.filter(({ name }) => name === 'operation')
			.flatMap(({ options, displayOptions }) =>
				(options ?? []).flatMap((option) =>
					'value' in option
						? [{ resource: displayOptions?.show?.resource?.[0], operation: option.value }]
						: [],
				),
			)
			.map((chosen) => {
				const node = {
					...{ id: '1', name: 'Agora', type: 'agora', typeVersion: 1 },
					position: [0, 0] as [number, number],
					parameters: chosen as INodeParameters,
				};
				const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
				const { expression } = workflow;
				return expression.getSimpleParameterValue(node, subtitle, 'internal', {}, undefined, '');
			});
		expect(told.length).toBeGreaterThan(7);
		for (const words of told) expect(words).toMatch(/^[A-Z][a-z]+ [A-Za-z ]+$/);
		expect(told).toContain('Start recording');
	});

	it('takes the mode without expression where a recording is made', () => {
		for (const operation of ['acquire', 'start']) {
			const mode = ofOperation(operation).find(({ name }) => name === 'mode');
			expect(mode).toMatchObject({ noDataExpression: true });
		}
	});

	it('says the same of a limit as the node does', () => {
		const limits = Object.fromEntries(
			everyField(ofOperation('start')).flatMap(([path, { typeOptions }]) =>
				typeOptions?.maxValue === undefined
					? []
					: [[path, [typeOptions.minValue, typeOptions.maxValue]]],
			),
		);
		expect(limits).toEqual({
			captureInterval: [1, 3600],
			layoutUsers: [1, 17],
			maxRecordingHour: [1, 720],
			videoHeight: [240, 1920],
			videoWidth: [240, 1920],
			bitrate: [1, 6500],
			height: [1, 1920],
			width: [1, 1920],
			'recordingOptions.maxIdleTime': [5, 2_592_000],
			'recordingOptions.maxVideoDuration': [30, 240],
			'recordingOptions.readyTimeout': [0, 60],
			'recordingOptions.videoBitrate': [50, 8000],
			'recordingOptions.videoFps': [5, 60],
			'recordingOptions.resourceExpiredHour': [1, 720],
			'options.requestTimeout': [1, 300],
			'options.verificationTimeout': [5, 600],
		});
	});
});
