import type { Booked } from './books.mts';
import { UPDATED_UID } from './forms.mts';
import type { Life } from './life.mts';
import { RULES } from './rules/index.mts';
import type { ExecutionTold, Lived, LogLine, NodeRun, Sent, StorageSent } from './told.mts';

/**
 * The rules themselves: each has a made-up life that keeps it and one that breaks it. What is made up is
 * a start of one item that goes well, and changes of it.
 */

const BEGAN = Date.UTC(2026, 0, 1);
const SID = 'a'.repeat(32);
const OTHER_SID = 'b'.repeat(32);
const RESOURCE = 'resource-one-of-the-recording';
const WHO = { cname: 'class-7', uid: '1234567890' };

const BUCKET = 'http://127.0.0.1:7081/recordings';
const VIDEO = `${SID}_class-7_0.mp4`;
const LINK = `${BUCKET}/${VIDEO}?X-Amz-Signature=1`;

const at = (seconds: number) => BEGAN + seconds * 1000;

const life = (change: Partial<Life> = {}): Life => ({
	mode: 'mix',
	items: [{ channel: 0, uid: '', extra: 'none' }],
	start: {
		acquiredBefore: false,
		verify: true,
		ifNotConfirmed: 'error',
		ifChannelEmpty: 'start',
		automaticProfile: false,
		simplify: true,
		push: false,
	},
	node: { onError: 'stopWorkflow', tries: 1, tool: false },
	steps: [],
	certificate: false,
	empty: [],
	faults: [],
	questions: [],
	storage: { keys: 'own', folder: '', mp4DelayMs: 0, backup: false, forged: false, faults: [] },
	happenings: [],
	latencyMs: 0,
	olderSpelling: false,
	...change,
});

const booked = (change: Partial<Booked> = {}): Booked => ({
	sid: SID,
	...WHO,
	resourceId: RESOURCE,
	mode: 'mix',
	status: 5,
	running: true,
	moving: false,
	startedAt: at(0),
	onhold: false,
	subscription: {},
	layout: {},
	files: [],
	...change,
});

const ended = (cause: string, seconds = 5) =>
	booked({ running: false, endedAt: at(seconds), cause, status: cause === 'killed' ? 20 : 7 });

const sent = (change: Partial<Sent>): Sent => {
	return {
		order: 0,
		number: 0,
		execution: 'main',
		node: 'Start',
		runIndex: 0,
		attempt: 1,
		process: 0,
		operation: 'query',
		...WHO,
		resourceId: RESOURCE,
		sid: SID,
		sentAt: at(5),
		answeredAt: at(5),
		arrived: true,
		left: true,
		status: 200,
		afterCancel: false,
		page: [booked()],
		...change,
	};
};

const acquire = (change: Partial<Sent> = {}) =>
	sent({
		operation: 'acquire',
		sid: undefined,
		resourceId: undefined,
		sentAt: at(0),
		answeredAt: at(0),
		answer: { ...WHO, resourceId: RESOURCE },
		page: [],
		...change,
	});
const start = (change: Partial<Sent> = {}) =>
	sent({
		operation: 'start',
		sid: undefined,
		sentAt: at(0),
		answeredAt: at(0),
		answer: { ...WHO, resourceId: RESOURCE, sid: SID },
		page: [booked({ status: 0 })],
		began: SID,
		...change,
	});
const stop = (change: Partial<Sent> = {}) =>
	sent({
		operation: 'stop',
		node: 'stop',
		answer: { resourceId: RESOURCE, sid: SID },
		page: [ended('stop')],
		...change,
	});

const item = (outcome: string, more: object = {}) => ({
	json: { outcome, ...WHO, resourceId: RESOURCE, sid: SID, files: [], ...more },
	paired: [0],
});
const error = (details: object, message = 'It went wrong') => ({
	json: { error: { message, description: '', details: { ...details } } },
	paired: [0],
});
const thrown = (details: object, more: object = {}) => ({
	success: [],
	thrown: {
		message: 'It went wrong',
		description: '',
		details: { ...details },
		runningRecordings: [],
		stored: '',
		...more,
	},
});
const NAMED = { ...WHO, resourceId: RESOURCE, sid: SID };

const run = (change: Partial<NodeRun> = {}): NodeRun => ({
	execution: 'main',
	node: 'Start',
	runIndex: 0,
	operation: 'start',
	input: [{ channel: 'class-7' }],
	tries: [{ order: 0, from: at(0), to: at(5) }],
	success: [item('recording')],
	errors: [],
	hints: [],
	kept: true,
	tool: false,
	goesOn: false,
	...change,
});
const stopRun = (change: Partial<NodeRun> = {}) =>
	run({
		node: 'stop',
		operation: 'stop',
		input: [{ ...NAMED }],
		tries: [{ order: 0, from: at(5), to: at(5) }],
		success: [item('stopped')],
		...change,
	});

const execution = (runs: NodeRun[], change: Partial<ExecutionTold> = {}): ExecutionTold => ({
	name: 'main',
	status: 'success',
	endedAt: at(5),
	runs,
	...change,
});
const line = (text: string, seconds = 0): LogLine => ({
	order: 0,
	at: at(seconds),
	level: 'info',
	text,
	more: '',
	execution: 'main',
});
const LINES = [line(`Starting class-7 as ${WHO.uid}`), line(`The recording has the sid ${SID}`)];

const lived = ({
	requests = [acquire(), start(), sent({})],
	...change
}: Partial<Lived> = {}): Lived => ({
	life: life(),
	beganAt: BEGAN,
	endedAt: at(10),
	executions: [execution([run()])],
	log: LINES,
	requests: requests.map((request, i) => ({ ...request, number: i + 1 })),
	stored: [],
	opened: [],
	bucket: BUCKET,
	resources: [{ resourceId: RESOURCE, ...WHO }],
	strangers: [],
	page: [booked()],
	met: [],
	secrets: { key: 'very-secret' },
	...change,
});

/** A run of Start alone, changed, with what the books say in the end. */
const started = (change: Partial<NodeRun>, more: Partial<Lived> = {}) =>
	lived({ executions: [execution([run(change)])], ...more });
/** Start and Stop. */
const stopped = (change: Partial<NodeRun>, request: Partial<Sent>, page: Booked[]) =>
	lived({
		executions: [execution([run(), stopRun(change)])],
		requests: [acquire(), start(), sent({}), stop(request)],
		page,
	});
/** Start, cancelled at five seconds while it verifies. */
const cancelled = (requests: Sent[], page: Booked[], log: LogLine[] = LINES, to = 5) =>
	lived({
		executions: [
			execution(
				[run({ kept: false, success: [], tries: [{ order: 0, from: at(0), to: at(to) }] })],
				{ status: 'cancelled', cancelledAt: at(5) },
			),
		],
		requests: [acquire(), start(), ...requests],
		page,
		log,
		met: [{ order: 0, at: at(5), what: 'cancel' }],
	});
/** What makes an answer come to nothing. */
const LOST = { trouble: { kind: 'reset', effect: true }, status: 0 } as const;
/** A start that fails as "may be running" after so many seconds. */
const open = (requests: Sent[], to = 5) =>
	started(
		{ ...thrown({ ...NAMED, mayRun: true }), tries: [{ order: 0, from: at(0), to: at(to) }] },
		{ requests },
	);
const updated = (subscription: object) =>
	lived({
		executions: [
			execution([
				run({ node: 'update', operation: 'update', input: [NAMED], success: [item('updated')] }),
			]),
		],
		requests: [sent({ operation: 'update', node: 'update', page: [booked({ subscription })] })],
	});
const ABANDONED = line(`Cancelled: class-7 / ${WHO.uid} / ${SID} is being stopped`, 5);
const afterCancel = (change: Partial<Sent> = {}) =>
	sent({ operation: 'stop', afterCancel: true, page: [ended('stop')], ...change });
const conflict = (resourceId: string) =>
	started(thrown({ ...WHO, resourceId, code: 53 }), {
		requests: [acquire(), sent({ operation: 'start', status: 400 })],
	});
/** A start that was skipped, in a channel that is empty unless said otherwise. */
const skipped = (change: Partial<Life> = {}, more: Partial<Lived> = {}) =>
	started(
		{ success: [{ json: { outcome: 'skipped', mode: 'mix', cname: WHO.cname }, paired: [0] }] },
		{
			life: life({ empty: [0], start: { ...life().start, ifChannelEmpty: 'skip' }, ...change }),
			requests: [],
			page: [],
			...more,
		},
	);
/** A request of Stop to the storage. */
const opens = (change: Partial<StorageSent> = {}): StorageSent => ({
	order: 0,
	number: 1,
	execution: 'main',
	node: '1 stop',
	runIndex: 0,
	attempt: 1,
	on: 'get',
	key: VIDEO,
	opens: true,
	sentAt: at(5),
	answeredAt: at(5),
	left: true,
	status: 206,
	afterCancel: false,
	...change,
});
const VIDEO_FILE = { fileName: VIDEO, path: VIDEO, linkState: 'ready', link: LINK };
/** Start and Stop, whose answer lists a video, and what is said of it. */
const withFile = (file: object, more: Partial<Lived> = {}, json: object = {}): Lived => ({
	...lived({
		life: life({ steps: [{ do: 'stop', async: false }] }),
		executions: [
			execution([
				run(),
				stopRun({
					node: '1 stop',
					success: [
						item('stopped', {
							uploadStatus: 'uploaded',
							files: [{ ...VIDEO_FILE, ...file }],
							...json,
						}),
					],
				}),
			]),
		],
		requests: [
			acquire(),
			start(),
			sent({}),
			stop({
				node: '1 stop',
				answer: {
					resourceId: RESOURCE,
					sid: SID,
					serverResponse: { fileList: [{ fileName: VIDEO }], uploadingStatus: 'uploaded' },
				},
			}),
		],
		page: [ended('stop')],
		stored: [opens()],
		opened: [{ ...OPENED, status: 200, whole: true }],
	}),
	...more,
});
const OPENED = { execution: 'main', node: '1 stop', runIndex: 0, address: LINK };
/** Stop, cancelled at five seconds while it opens a link. */
const cancelledOpening = (change: Partial<StorageSent>): Lived => ({
	...withFile({}),
	executions: [execution([run()], { status: 'cancelled', cancelledAt: at(5) })],
	stored: [opens(change)],
});
const playlistOf = (address: string) =>
	withFile({}, {}, { playlist: `#EXTM3U\n#EXTINF:15,\n${address}\n` });
const STRANGER = `${BUCKET}/${OTHER_SID}_x_0.mp4?X-Amz-Signature=1`;

const HUGE = 'servertext'.repeat(500);
const hugeFault = sent({ trouble: { kind: 'huge', status: 500, effect: false } });

/** What keeps a rule, and what breaks it, one way or the other. */
const PAIRS: Record<string, { keeps: Record<string, Lived>; breaks: Record<string, Lived> }> = {
	outcomes: {
		keeps: {
			'recording at status 5': lived(),
			'ready, seen twice': started(
				{ success: [item('ready')] },
				{
					requests: [
						start(),
						sent({ page: [booked({ status: 4 })] }),
						sent({ page: [booked({ status: 4 })], sentAt: at(15), answeredAt: at(15) }),
					],
				},
			),
			'stopped by a stop': stopped({}, {}, [ended('stop')]),
			'not found after a 404': stopped(
				{ success: [item('notFound')] },
				{ status: 404, page: [booked()] },
				[booked()],
			),
			'updated, and in force': updated({ subscribeAudioUids: [UPDATED_UID] }),
			'skipped where nobody is': skipped(),
			'skipped, and one of before is over': skipped(
				{},
				{ requests: [acquire(), start()], page: [ended('killed')] },
			),
		},
		breaks: {
			'recording at status 4': lived({
				requests: [start(), sent({ page: [booked({ status: 4 })] })],
			}),
			'ready, seen once': started(
				{ success: [item('ready')] },
				{ requests: [start(), sent({ page: [booked({ status: 4 })] })] },
			),
			'stopped while it runs': stopped({}, { page: [booked()] }, [booked()]),
			'stopped after it died': stopped({}, { page: [ended('killed')] }, [ended('killed')]),
			'stopped after a 404': stopped({}, { status: 404 }, [ended('stop')]),
			'updated, and as before': updated({}),
			'skipped although somebody is there': skipped({ empty: [] }),
			'skipped although nobody chose that': skipped({ start: life().start }),
			'skipped, and it runs': skipped({}, { requests: [acquire(), start()], page: [booked()] }),
			'an outcome nobody knows': started({ success: [item('fine')] }),
			'a sid nobody has': started({ success: [item('recording', { sid: OTHER_SID })] }),
			'a channel of another': started({ success: [item('recording', { cname: 'room 9' })] }),
			'a file of another': started({
				success: [item('recording', { files: [{ fileName: `${OTHER_SID}_x.m3u8` }] })],
			}),
		},
	},
	one: {
		keeps: {
			one: lived(),
			'one after the other': started(
				{},
				{
					requests: [start(), start({ began: OTHER_SID })],
					page: [ended('killed', 1), booked({ sid: OTHER_SID, startedAt: at(2) })],
				},
			),
		},
		breaks: {
			'two at a time': started(
				{},
				{
					requests: [start(), start({ began: OTHER_SID })],
					page: [booked(), booked({ sid: OTHER_SID })],
				},
			),
		},
	},
	over: {
		keeps: {
			'an error that says mayRun': started(thrown({ ...NAMED, mayRun: true })),
			'a refusal, and nothing runs': started(thrown(WHO), { requests: [acquire()], page: [] }),
			'a stop that failed and says so': stopped(
				thrown({ ...NAMED, mayRun: true }),
				{ page: [booked()] },
				[booked()],
			),
		},
		breaks: {
			'an error without mayRun': started(thrown(NAMED)),
			'a stop that failed': stopped(thrown(NAMED), { page: [booked()] }, [booked()]),
			'stopped, and runs': stopped({}, {}, [booked()]),
		},
	},
	named: {
		keeps: {
			'an item': lived(),
			'an error': started(thrown(NAMED)),
			'another error that lists it': started(thrown({}, { runningRecordings: [NAMED] })),
			'a line after the cancel': cancelled([], [booked()], [...LINES, ABANDONED]),
			'a line before the kill': lived({
				executions: [execution([run({ kept: false, success: [] })], { status: 'killed' })],
				log: [LINES[0]],
			}),
		},
		breaks: {
			nothing: started(thrown({})),
			'no sid although it was known': started(thrown({ ...WHO, mayRun: true })),
			'no line of a cancelled one': { ...cancelled([], [booked()]), log: [] },
			'no line before the kill': lived({
				executions: [execution([run({ kept: false, success: [] })], { status: 'killed' })],
				log: [],
			}),
		},
	},
	listed: {
		keeps: { 'what runs': started(thrown({}, { runningRecordings: [NAMED] })) },
		breaks: {
			'what was stopped': started(thrown({}, { runningRecordings: [NAMED] }), {
				requests: [start(), stop({ node: 'Start' })],
				page: [ended('stop', 4)],
			}),
		},
	},
	mine: {
		keeps: { 'its own': stopped({}, {}, [ended('stop')]) },
		breaks: {
			"another item's": stopped({}, { sid: OTHER_SID }, [booked()]),
			"a stranger's, whatever the item says": {
				...stopped({}, {}, [booked()]),
				strangers: [SID],
			},
		},
	},
	identity: {
		keeps: { 'its own resource ID': conflict(RESOURCE) },
		breaks: { "the refused one's": conflict('another-resource-id') },
	},
	kept: {
		keeps: {
			'as Agora says': withFile({}),
			'denied, and otherwise as Agora says': withFile({ linkState: 'denied', link: null }),
		},
		breaks: {
			'an error about the storage': stopped(thrown({ ...NAMED, storageProblem: 'denied' }), {}, [
				ended('stop'),
			]),
			'an error although Agora has stopped it': stopped(thrown(NAMED), {}, [ended('stop')]),
			'a file less': withFile({}, {}, { files: [] }),
			'a file more': withFile({ path: `elsewhere/${VIDEO}` }),
			'another upload status': withFile({}, {}, { uploadStatus: 'unknown' }),
			'another outcome': withFile({}, {}, { outcome: 'stopping' }),
		},
	},
	links: {
		keeps: {
			'a link that was opened': withFile({}),
			'none, as it is denied': withFile({ linkState: 'denied', link: null }, { stored: [] }),
			'its own slices': playlistOf(`${BUCKET}/bak0_${SID}_class-7_1.ts?X-Amz-Signature=1`),
		},
		breaks: {
			'nobody has opened it': withFile({}, { stored: [] }),
			'it did not open': withFile({}, { stored: [opens({ status: 403 })] }),
			'it opened, and is missing': withFile({ linkState: 'missing', link: null }),
			'ready without a link': withFile({ link: null }),
			'denied with a link': withFile({ linkState: 'denied' }, { stored: [] }),
			'unchecked, which nobody wanted': withFile({ linkState: 'unchecked' }, { stored: [] }),
			'a state nobody knows': withFile({ linkState: 'fine' }),
			"a stranger's": withFile({ link: STRANGER }),
			'another folder': withFile({ link: `${BUCKET}/x/${VIDEO}` }),
			'another bucket': withFile({ link: `http://127.0.0.1:7081/x/${VIDEO}` }),
			"a stranger's slice": playlistOf(STRANGER),
			'links that nobody wants': withFile(
				{},
				{ life: life({ steps: [{ do: 'stop', async: false, links: 'none' }] }) },
			),
		},
	},
	open: {
		keeps: {
			'it opens': withFile({}),
			'it is gone': withFile(
				{},
				{
					opened: [{ ...OPENED, status: 404, whole: false }],
					met: [{ order: 0, at: at(5), what: 'vanish' }],
				},
			),
		},
		breaks: {
			'it does not': withFile({}, { opened: [{ ...OPENED, status: 404, whole: false }] }),
			'other bytes': withFile({}, { opened: [{ ...OPENED, status: 200, whole: false }] }),
			'a slice that does not': {
				...playlistOf(LINK),
				opened: [{ ...OPENED, status: 403, whole: false }],
			},
		},
	},
	patient: {
		keeps: {
			'at once': withFile({}),
			'cut off by the cancel': cancelledOpening({ sentAt: at(4), answeredAt: at(5) }),
		},
		breaks: {
			'after the cancel': cancelledOpening({ afterCancel: true }),
			'on after the cancel': cancelledOpening({ sentAt: at(4), answeredAt: at(7) }),
			'minutes for one answer': withFile({}, { stored: [opens({ answeredAt: at(200) })] }),
			'looked for without end': withFile(
				{},
				{
					stored: [5, 200].map((seconds) =>
						opens({ on: 'list', opens: false, sentAt: at(seconds), answeredAt: at(seconds) }),
					),
				},
			),
		},
	},
	secrets: {
		keeps: { none: lived(), 'a link where it belongs': withFile({}) },
		breaks: {
			'a link elsewhere': withFile({ whatToDo: LINK }),
			'a link in the log': lived({ log: [line(LINK)] }),
			'in an item': started({ success: [item('recording', { outputs: 'very-secret' })] }),
			'in an error': started(thrown({}, { stored: 'a very-secret thing' })),
			'in the log': lived({ log: [line('a very-secret thing')] }),
			'in a hint': started({ hints: ['a very-secret thing'] }),
		},
	},
	bounded: {
		keeps: {
			'a little': started({ success: [error({}, 'servertext')] }, { requests: [hugeFault] }),
		},
		breaks: {
			'in an item': started({ success: [error({}, HUGE)] }, { requests: [hugeFault] }),
			'in an error': started(thrown({}, { stored: HUGE }), { requests: [hugeFault] }),
		},
	},
	drawn: {
		keeps: { escaped: started(thrown({}, { description: 'of a&lt;b&gt;c<br>again' })) },
		breaks: { 'a tag': started(thrown({}, { description: 'of a<b>c' })) },
	},
	cancelling: {
		keeps: {
			'at once': cancelled(
				[afterCancel({ sentAt: at(5.5), answeredAt: at(5.5) })],
				[ended('stop')],
			),
			'one question, one stop': cancelled(
				[
					afterCancel({ operation: 'start', sentAt: at(5), answeredAt: at(5) }),
					afterCancel({ sentAt: at(5.5), answeredAt: at(9) }),
				],
				[ended('stop')],
				LINES,
				9,
			),
		},
		breaks: {
			'a long wait': cancelled([], [ended('stop')], LINES, 8),
			'two stops': cancelled([afterCancel(), afterCancel()], [ended('stop')]),
		},
	},
	abandoned: {
		keeps: {
			stopped: cancelled([afterCancel()], [ended('stop')]),
			'a fault kept it from being stopped': cancelled(
				[afterCancel({ trouble: { kind: 'reset', effect: false }, status: 0 })],
				[booked()],
			),
		},
		breaks: { 'it goes on': cancelled([], [booked()]) },
	},
	ends: {
		keeps: { 'it ends': lived() },
		breaks: { 'it does not': lived({ executions: [execution([], { status: 'endless' })] }) },
	},
	rate: {
		keeps: { 'ten a second': lived({ requests: Array.from({ length: 10 }, () => sent({})) }) },
		breaks: { 'eleven a second': lived({ requests: Array.from({ length: 11 }, () => sent({})) }) },
	},
	pairs: {
		keeps: { 'two seconds': lived({ requests: [acquire(), start({ sentAt: at(2) })] }) },
		breaks: { more: lived({ requests: [acquire(), start({ sentAt: at(2.1) })] }) },
	},
	unsent: {
		keeps: {
			'told in its words': started(
				thrown(WHO, {
					message: 'The request was blocked because it resolves to a restricted IP address',
				}),
				{
					requests: [
						start({
							left: false,
							began: undefined,
							trouble: { kind: 'hostRefuses', how: 'policy' },
						}),
					],
				},
			),
			'an earlier one may run': started(
				{ ...thrown({ ...WHO, mayRun: true }), runIndex: 1 },
				{
					requests: [
						start({ ...LOST, began: undefined }),
						start({ left: false, began: undefined, runIndex: 1 }),
					],
				},
			),
		},
		breaks: {
			'may run, they say': started(thrown({ ...WHO, mayRun: true }), {
				requests: [start({ left: false, began: undefined })],
			}),
			'in other words': started(thrown(WHO), {
				requests: [
					start({ left: false, began: undefined, trouble: { kind: 'hostRefuses', how: 'policy' } }),
				],
			}),
		},
	},
	once: {
		keeps: { 'each once': lived(), 'an error': started({ success: [error(NAMED)], goesOn: true }) },
		breaks: {
			twice: started({ success: [item('recording'), item('recording')] }),
			'not at all': started({ success: [] }),
			'as it came': started({ success: [{ json: { channel: 'class-7' }, paired: [0] }] }),
			unpaired: started({ success: [{ json: item('recording').json }] }),
			'out of order': started({
				input: [{}, {}],
				success: [{ ...item('recording'), paired: [1] }, item('recording')],
			}),
		},
	},
	smooth: {
		keeps: {
			'a recording': lived(),
			'a fault': started(thrown({}), { requests: [hugeFault] }),
			'one of two has no recording': stopped(
				{ ...thrown({}), input: [{ ...NAMED }, { outcome: 'skipped' }] },
				{},
				[ended('stop')],
			),
		},
		breaks: {
			'an error': started(thrown(WHO)),
			'not confirmed': started({ success: [item('unconfirmed')] }),
		},
	},
	settled: {
		keeps: {
			'not confirmed, after all of its time': open(
				[start(), sent({ ...LOST, sentAt: at(90), answeredAt: at(90) })],
				90,
			),
			'refused, as a query was': open([
				start(),
				sent({ trouble: { kind: 'echo', status: 401, effect: false }, status: 401 }),
			]),
			'three answers lost': open([1, 2, 3].map(() => start({ ...LOST, answer: undefined }))),
			'an error that leaves nothing open': started(thrown(NAMED)),
		},
		breaks: {
			'the last answer was well': open([start(), sent({})], 90),
			'it gave up after one': open([start({ ...LOST, answer: undefined })]),
			'it was asked about for five seconds': open([start(), sent(LOST)]),
			'stopped, and yet it may run': lived({
				executions: [execution([run(), stopRun({ ...thrown({ ...NAMED, mayRun: true }) })])],
				requests: [acquire(), start(), sent({}), stop()],
			}),
		},
	},
	logged: {
		keeps: { 'two lines': lived() },
		breaks: { 'none before': lived({ log: [LINES[1]] }), 'no sid': lived({ log: [LINES[0]] }) },
	},
};

describe.each(RULES)('The rule "$name"', (rule) => {
	const { keeps, breaks } = PAIRS[rule.name] ?? { keeps: {}, breaks: {} };

	it('has lives that keep it, and lives that break it', () => {
		expect(Object.keys(keeps)).not.toEqual([]);
		expect(Object.keys(breaks)).not.toEqual([]);
	});

	it.each(Object.entries(keeps))('is kept: %s', (_, made) => {
		expect(rule.breaches(made)).toEqual([]);
	});

	it.each(Object.entries(breaks))('is broken: %s', (_, made) => {
		expect(rule.breaches(made)).not.toEqual([]);
	});
});
