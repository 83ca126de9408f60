/**
 * What a builder does in the first hour: with this package's nodes, and by hand with n8n's HTTP Request,
 * Webhook and Crypto nodes. Only what has to be entered is written here; what n8n fills in is not.
 */

/** A node as it is entered. */
export interface Entered {
	name: string;
	type: string;
	typeVersion: number;
	parameters: Record<string, unknown>;
	/** Body of an HTTP Request node, which is entered as JSON text. */
	body?: object;
	credential?: 'agora' | 'basic' | 'crypto';
	/** Names of the nodes behind each output; the next node where absent. */
	to?: string[][];
}

export interface Side {
	nodes: Entered[];
	/** What the builder does not get, in words; empty for a full equal. */
	without: string[];
}

/** `recording` is run by hand and has to leave an ended recording; `notice` answers signed requests. */
export interface Task {
	name: string;
	kind: 'recording' | 'notice';
	ours: Side;
	byHand: Side;
}

/** What the nodes of a side have in common. */
export interface World {
	simulatorUrl: string;
	appId: string;
	/** Of one side of one task: its channel, or the path of its webhook. */
	id: string;
}

const AGORA = 'n8n-nodes-agora-cloud-recording.agoraCloudRecording';

const ours = (name: string, parameters: Entered['parameters']): Entered => ({
	name,
	type: AGORA,
	typeVersion: 1,
	parameters,
	credential: 'agora',
});

const base = (name: string, typeVersion: number, parameters: Entered['parameters']) => ({
	type: `n8n-nodes-base.${name}`,
	typeVersion,
	parameters,
});

/** A request to Agora, for a recording whose start answered in the node "Start" where there was one. */
function request({ simulatorUrl, appId }: World) {
	return (name: string, path: string, body?: object): Entered => ({
		name,
		...base('httpRequest', 4.2, {
			...(body && { method: 'POST' }),
			url: `=${simulatorUrl}/v1/apps/${appId}/cloud_recording/${path}`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpBasicAuth',
			...(body && { sendBody: true, specifyBody: 'json' }),
		}),
		body,
		credential: 'basic',
	});
}

const STORAGE = {
	vendor: 1,
	region: 7,
	bucket: 'demo-recordings',
	accessKey: 'example-access-key',
	secretKey: 'example-secret-key',
};
const RUNNING =
	"resourceid/{{ $('Start').item.json.resourceId }}/sid/{{ $('Start').item.json.sid }}";

/** Acquire, start, wait, ask: go on only if the recording runs. */
function startByHand(world: World, mode: string, start: object): Entered[] {
	const to = request(world);
	const who = { cname: world.id, uid: '527841' };
	const asked = mode === 'web' ? { scene: 1 } : {};
	return [
		to('Acquire', 'acquire', { ...who, clientRequest: asked }),
		to('Start', `resourceid/{{ $json.resourceId }}/mode/${mode}/start`, {
			...who,
			clientRequest: start,
		}),
		{ name: 'Wait', ...base('wait', 1.1, { amount: 6 }) },
		to('Query', `${RUNNING}/mode/${mode}/query`),
		{
			name: 'Does It Run',
			...base('if', 1, {
				conditions: {
					number: [
						{
							value1: '={{ $json.serverResponse.status }}',
							operation: 'equal',
							value2: 5,
						},
					],
				},
			}),
			to: [[], ['Does Not Run']],
		},
		{ name: 'Does Not Run', ...base('stopAndError', 1, { errorMessage: 'Not recording' }), to: [] },
	];
}

/** A change or the end of a recording that was started by hand. */
function callByHand(world: World, name: string, mode: string, path: string, clientRequest: object) {
	const who = { cname: world.id, uid: '527841' };
	return request(world)(name, `${RUNNING}/mode/${mode}/${path}`, { ...who, clientRequest });
}

const CHANNEL = { recordingConfig: { channelType: 0, maxIdleTime: 300 }, storageConfig: STORAGE };
/** What only the node does; nobody builds it by hand in an hour. */
const UNSURE = [
	'token made, limits kept, an unanswered start not paid for twice',
	'"nobody was recorded" and "not found" told from success',
];

/** The link of the MP4, from the answer to stop; by hand it opens only if the bucket is public. */
const mp4Link = (expression: string): Entered => ({
	name: 'Link',
	...base('set', 3.4, {
		assignments: { assignments: [{ name: 'link', value: expression, type: 'string' }] },
	}),
});

export const tasks = (worldOf: (side: string) => World): Task[] => {
	const [record, recordByHand] = [worldOf('record'), worldOf('record-by-hand')];
	const [layout, layoutByHand] = [worldOf('layout'), worldOf('layout-by-hand')];
	const [page, pageByHand] = [worldOf('page'), worldOf('page-by-hand')];
	const withMp4 = { recordingFileConfig: { avFileType: ['hls', 'mp4'] } };
	return [
		{
			name: 'Record a channel, be sure that it runs, stop it, link the MP4',
			kind: 'recording',
			ours: {
				nodes: [
					ours('Start', { channelName: record.id }),
					ours('Stop', { operation: 'stop' }),
					mp4Link('={{ $json.mainFile.link }}'),
				],
				without: [],
			},
			byHand: {
				nodes: [
					...startByHand(recordByHand, 'mix', { ...CHANNEL, ...withMp4 }),
					callByHand(recordByHand, 'Stop', 'mix', 'stop', {}),
					mp4Link(
						"=https://demo-recordings.s3.eu-central-1.amazonaws.com/{{ $json.serverResponse.fileList.find((file) => file.fileName.endsWith('.mp4')).fileName }}",
					),
				],
				without: [...UNSURE, 'a link that opens from a private bucket'],
			},
		},
		{
			name: 'Switch the layout while it records',
			kind: 'recording',
			ours: {
				nodes: [
					ours('Start', { channelName: layout.id }),
					ours('Switch', { operation: 'updateLayout', layout: 'bestFit' }),
					ours('Stop', { operation: 'stop' }),
				],
				without: [],
			},
			byHand: {
				nodes: [
					...startByHand(layoutByHand, 'mix', CHANNEL),
					callByHand(layoutByHand, 'Switch', 'mix', 'updateLayout', { mixedVideoLayout: 1 }),
					callByHand(layoutByHand, 'Stop', 'mix', 'stop', {}),
				],
				without: [...UNSURE, 'the background kept'],
			},
		},
		{
			name: 'Record a web page, push it to a CDN, pause, resume, stop',
			kind: 'recording',
			ours: {
				nodes: [
					ours('Start', {
						mode: 'web',
						recordingName: page.id,
						url: 'https://example.com/show',
						recordingOptions: { rtmpUrl: 'rtmp://cdn.example.com/live/key' },
					}),
					ours('Pause', { operation: 'update', mode: 'web', change: 'pause' }),
					ours('Resume', { operation: 'update', mode: 'web', change: 'resume' }),
					ours('Stop', { operation: 'stop' }),
				],
				without: [],
			},
			byHand: {
				nodes: [
					...startByHand(pageByHand, 'web', {
						extensionServiceConfig: {
							extensionServices: [
								{
									serviceName: 'web_recorder_service',
									serviceParam: {
										...{ url: 'https://example.com/show', audioProfile: 0 },
										...{ videoWidth: 1280, videoHeight: 720, maxRecordingHour: 2 },
									},
								},
								{
									serviceName: 'rtmp_publish_service',
									serviceParam: { outputs: [{ rtmpUrl: 'rtmp://cdn.example.com/live/key' }] },
								},
							],
						},
						storageConfig: STORAGE,
					}),
					callByHand(pageByHand, 'Pause', 'web', 'update', {
						webRecordingConfig: { onhold: true },
					}),
					callByHand(pageByHand, 'Resume', 'web', 'update', {
						webRecordingConfig: { onhold: false },
					}),
					callByHand(pageByHand, 'Stop', 'web', 'stop', {}),
				],
				without: UNSURE,
			},
		},
		{
			name: 'Start a workflow when all files are uploaded: signed, once',
			kind: 'notice',
			ours: {
				nodes: [
					{
						name: 'Trigger',
						type: `${AGORA}Trigger`,
						typeVersion: 1.1,
						parameters: { events: ['all_files_uploaded'] },
						credential: 'agora',
					},
				],
				without: [],
			},
			byHand: {
				nodes: noticeNodes(worldOf('notice-by-hand')),
				without: [
					'the second signature, a secret rotated without loss, constant time',
					'an answer only when the execution is stored',
					'executions that are not spent on what is refused',
					'files with their keys in the bucket',
				],
			},
		},
	];
};

function noticeNodes({ id }: World): Entered[] {
	const compare = (value1: string, value2: string) => ({
		conditions: { string: [{ value1, value2 }] },
	});
	const respond = (name: string, responseCode: number, to: string[][]): Entered => ({
		name,
		...base('respondToWebhook', 1.1, {
			...{ respondWith: 'json', responseBody: '{}' },
			options: { responseCode },
		}),
		to,
	});
	return [
		{
			name: 'Webhook',
			...base('webhook', 2.1, {
				...{ httpMethod: 'POST', path: id, responseMode: 'responseNode' },
				options: { rawBody: true },
			}),
		},
		{
			name: 'Crypto',
			...base('crypto', 2, {
				...{ action: 'hmac', binaryData: true, binaryPropertyName: 'data', type: 'SHA256' },
				...{ dataPropertyName: 'hmac' },
			}),
			credential: 'crypto',
		},
		{
			name: 'Is Signed',
			...base(
				'if',
				1,
				compare('={{ $json.hmac }}', "={{ $('Webhook').item.json.headers['agora-signature-v2'] }}"),
			),
			to: [['Accept'], ['Refuse']],
		},
		respond('Refuse', 401, []),
		respond('Accept', 200, [['Is Uploaded']]),
		{
			name: 'Is Uploaded',
			...base('if', 1, {
				conditions: {
					number: [31, 32].map((value2) => ({
						value1: "={{ $('Webhook').item.json.body.eventType }}",
						operation: 'equal',
						value2,
					})),
				},
				combineOperation: 'any',
			}),
			to: [['Once']],
		},
		{
			name: 'Once',
			...base('removeDuplicates', 2, {
				operation: 'removeItemsSeenInPreviousExecutions',
				dedupeValue: "={{ $('Webhook').item.json.body.noticeId }}",
			}),
		},
	];
}
