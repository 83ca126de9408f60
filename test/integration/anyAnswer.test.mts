import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { describeFailure } from '../support/failures.mts';
import { runOf, type Column } from '../support/faultTable.mts';
import { useAgora } from '../support/setup.mts';

/** Whatever JSON comes back: an item that can be stored, or an error of n8n's that names the recording. */

const agora = useAgora();

/** More at night: CONTRIBUTING, *Tests*. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 100);

const COLUMNS = ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'] as const;
const QUESTIONS = ['getAll', 'getChannels', 'getChannelUsers'] as const;

const anything = fc.oneof(
	fc.constantFrom<unknown>('', null, 0, -1, 5, 1e300, true, [], {}, 'x'.repeat(5000), '\u202E'),
	fc.jsonValue({ maxDepth: 3 }),
);
/** What Agora would say there, or anything. */
const or = (...usual: unknown[]) =>
	fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...usual) }, { weight: 2, arbitrary: anything });
/** All of them, some of them, or something else. */
const members = (all: Record<string, fc.Arbitrary<unknown>>) =>
	fc.oneof(
		{ weight: 4, arbitrary: fc.record(all) },
		{ weight: 2, arbitrary: fc.record(all, { requiredKeys: [] }) },
		anything,
	);
const several = (one: fc.Arbitrary<unknown>) => fc.oneof(fc.array(one, { maxLength: 3 }), anything);

const file = members({
	fileName: or('a/b.m3u8', 'b_0.mp4', '../../etc'),
	filename: or('b.m3u8'),
	trackType: or('audio_and_video', 'video'),
	uid: or('7', 0),
	mixedAllUser: or(true),
	isPlayable: or(true),
	sliceStartTime: or(1_700_000_000_000),
	slice_start_time: or(1_700_000_000_000),
});
const files = fc.oneof(several(file), fc.constantFrom('class.m3u8', ''));
const states = several(
	members({
		serviceName: or('web_recorder_service', 'upload_service', 'rtmp_publish_service'),
		payload: members({
			...{ fileList: files, onhold: or(true), state: or('inProgress', 'exit') },
			...{ uploadingStatus: or('uploaded', 'backuped'), outputs: several(anything) },
		}),
	}),
);
const serverResponse = members({
	...{ status: or(0, 4, 5, 6, 8, 20), fileList: files, fileListMode: or('json', 'string') },
	...{ sliceStartTime: or(1_700_000_000_000), uploadingStatus: or('uploaded', 'unknown') },
	...{ extensionServiceState: states, subServiceStatus: members({ recordingService: or('on') }) },
});
const data = members({
	...{ channels: several(members({ channel_name: or('class-7'), user_count: or(1) })) },
	...{ total_size: or(1), channel_exist: or(true), mode: or(1, 2), users: several(anything) },
	...{ broadcasters: several(anything), audience: several(anything), audience_total: or(1) },
	service: members({ hosts: several(members({ primaryIP: or('52.9.0.1') })) }),
});

const situations = fc.record({
	status: fc.oneof({ weight: 3, arbitrary: fc.constant(200) }, fc.integer({ min: 200, max: 599 })),
	body: members({
		...{ code: or(0, 2, 65, 404, 435), reason: or('invalid'), message: or('no'), serverResponse },
		...{ cname: or('class-7'), uid: or('527841'), success: or(true), data },
	}),
	/** Whether the answer is about the recording that was asked about. */
	named: fc.boolean(),
	simplify: fc.boolean(),
});

/** What a run ends in, to be held against what may be. */
const ending = async (run: Promise<Array<{ json: IDataObject }>>) =>
	await run.then(
		(items) => ({ name: 'items', text: JSON.stringify(items.map(({ json }) => json)) }),
		(thrown: unknown) => {
			const { name, message } = describeFailure(thrown);
			return { name, text: message };
		},
	);

afterEach(() => void agora.outputs.splice(0));

describe.each<Column>([...COLUMNS, ...QUESTIONS])('Any answer to %s', (column) => {
	it('is an item, or an error in words', async () => {
		const { resource, operation, sends, isAboutRecording } = runOf(column);
		const seen: Record<string, number> = {};
		await fc.assert(
			fc.asyncProperty(situations, async ({ status, body, named, simplify }) => {
				agora.fresh();
				const isNew = column === 'acquire' || column === 'start';
				const items: IDataObject[] =
					isNew || !isAboutRecording
						? [{}]
						: [await agora.runOne('start', { channelName: 'class-7' })];
				const [{ sid = '0123456789abcdef0123456789abcdef', resourceId = 'a'.repeat(40) }] = items;
				const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
				agora.control.addFault({
					match: { operation: sends.operation },
					fault: {
						...{ kind: 'answer', status },
						body: named && isObject ? { ...body, sid, resourceId } : body,
					},
					times: null,
				});
				const form = { resource, channelName: 'class-7', simplify };
				const more = { items, executionId: `any answer ${agora.time.now()}` };
				const { name, text } = await ending(agora.run(operation, form, more));
				seen[name] = (seen[name] ?? 0) + 1;
				expect(['items', 'NodeApiError', 'NodeOperationError']).toContain(name);
				expect(text).not.toMatch(/\b(undefined|NaN|Invalid DateTime)\b|\[object Object\]/);
			}),
			{ numRuns: RUNS },
		);
		console.log(column, seen);
	});
});
