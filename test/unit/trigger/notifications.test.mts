import fc from 'fast-check';
import {
	ANY_EVENT,
	EVENT_GROUPS,
	EVENTS,
	productOfEvent,
	PRODUCTS,
	type Product,
} from '../../../nodes/AgoraCloudRecording/agora/notifications/events.ts';
import {
	isHealthCheck,
	keysOf,
	parseEnvelope,
	readNotification,
	type Envelope,
} from '../../../nodes/AgoraCloudRecording/agora/notifications/notice.ts';
import { golden, GOLDEN_NOTICES, makeNotice } from '../../support/notices.mts';

function envelopeOf(notice: unknown): Envelope {
	const envelope = parseEnvelope(Buffer.from(JSON.stringify(notice)));
	if (!envelope) throw new Error('Not read');
	return envelope;
}

/** As it goes over the wire between two nodes. */
const read = (notice: unknown, product: Product = 'cloudRecording') =>
	JSON.parse(JSON.stringify(readNotification(envelopeOf(notice), product))) as Record<
		string,
		unknown
	>;

const details = (eventType: number, raw: unknown) =>
	read(makeNotice({ details: raw }, { eventType })).details as Record<string, unknown>;

const productOf = (name: string) => name.split('-')[0] as Product;

describe('Every event of the reference', () => {
	it.each(GOLDEN_NOTICES.map((row) => [row.name, row] as const))('%s is decoded', (name, row) => {
		expect(read(row.notice, productOf(name))).toEqual(row.expected);
	});

	it('has a golden file', () => {
		for (const product of Object.keys(PRODUCTS) as Product[]) {
			const files = new Set(
				GOLDEN_NOTICES.filter(({ name }) => productOf(name) === product).map(
					({ notice }) => notice.eventType,
				),
			);
			const missing = EVENTS[product].filter(({ eventType }) => !files.has(eventType));
			expect(missing).toEqual([]);
		}
	});

	it('has the numbers of the reference', () => {
		expect(EVENTS.cloudRecording.map(({ eventType }) => eventType)).toEqual([
			...[1, 2, 3, 4, 11, 12, 13, 30, 31, 32, 33, 34, 40, 41, 42, 43, 44, 45, 46, 47],
			...[60, 61, 70, 71, 72, 73, 80, 81, 90, 100, 1001],
		]);
		expect(EVENTS.rtcChannel.map(({ eventType }) => eventType)).toEqual([
			101, 102, 103, 104, 105, 106, 107, 108, 111, 112,
		]);
	});

	it('has a name of its own, whatever the product, by which its product is found', () => {
		const products = Object.keys(PRODUCTS) as Product[];
		const all = products.flatMap((product) => [
			...[...EVENTS[product], ...EVENT_GROUPS[product], ANY_EVENT[product]].map(({ name }) => name),
			...EVENTS[product].map(({ eventType }) => String(eventType)),
		]);
		expect(new Set(all).size).toBe(all.length);
		for (const product of products) {
			for (const { name, eventType } of EVENTS[product]) {
				expect([name, productOfEvent(name)]).toEqual([name, product]);
				expect([name, productOfEvent(String(eventType))]).toEqual([name, product]);
			}
		}
	});

	it.each(Object.keys(PRODUCTS) as Product[])('of %s says something of its own', (product) => {
		for (const rows of [EVENTS[product], EVENT_GROUPS[product]]) {
			for (const member of ['displayName', 'description'] as const) {
				expect(new Set(rows.map((row) => row[member])).size).toBe(rows.length);
			}
		}
	});
});

describe('What a notice leaves out, or tells in another way,', () => {
	it.each([
		[1, {}, { meaning: null }],
		[1, { errorCode: 32 }, { meaning: null }],
		[1, { module: 99, errorCode: 32 }, { moduleName: 'unknown', meaning: null }],
		[2, { module: 2, warnCode: 32 }, { meaning: null }],
		[3, {}, { statusName: 'unknown' }],
		[41, {}, { leaveReasons: [] }],
		[42, { startUtcMs: 1_700_000_000_000 }, { gap: false }],
		[42, { startUtcMs: 1_700_000_000_000, discontinueUtcMs: 1_700_000_000_000 }, { gap: false }],
		[42, { startUtcMs: 1_700_000_001_000, discontinueUtcMs: 1_700_000_000_000 }, { gap: true }],
		[43, {}, { stateName: null }],
		[43, { state: 0 }, { stateName: 'receiving' }],
		[43, { state: 1 }, { stateName: 'notReceiving' }],
		[71, {}, { meaning: null }],
		[81, { uids: 'all' }, { uids: [] }],
		[90, { vendor: 1, region: 999 }, { vendorName: 'amazonS3', regionName: null }],
		[90, { vendor: 999, region: 1 }, { vendorName: null, regionName: null }],
	])('event %i with %j', (eventType, raw, expected) => {
		expect(details(eventType, raw)).toMatchObject(expected);
	});

	it('has no files', () => {
		const files = (eventType: number, raw: object) =>
			read(makeNotice({ details: raw }, { eventType })).files;
		expect(files(45, {})).toEqual([]);
		expect(files(4, { fileList: '' })).toEqual([]);
		expect(files(81, { uids: [null, { uid: '5' }] })).toEqual([]);
	});

	it('is null where it is reckoned from nothing', () => {
		const notice = makeNotice({ details: {} }, { eventType: 33 });
		const { details: told } = readNotification(envelopeOf(notice), 'cloudRecording');
		expect(told.progressPercent).toBeNull();
	});

	it('is foreign only with a task in the place of the recording', () => {
		const { eventType } = makeNotice();
		expect(read(makeNotice({ taskId: 'task' })).event).toBe(read(makeNotice()).event);
		const foreign = makeNotice({ taskId: 'task', sid: undefined }, { sid: undefined });
		expect(read(foreign).event).toBe(String(eventType));
		const channel = { eventType: 103, payload: { taskId: 'task', channelName: 'class-7' } };
		expect(read(channel, 'rtcChannel').event).not.toBe('103');
	});

	it('of an RTC channel is left out of the details', () => {
		const { details: told } = read({ eventType: 104, payload: {} }, 'rtcChannel');
		const known = readNotification(envelopeOf({ eventType: 104, payload: {} }), 'rtcChannel');
		expect(Object.keys(known.details)).toEqual(Object.keys(told as object));
	});
});

describe('Codes', () => {
	it.each([
		[0, ['initialisationFailed']],
		[2, ['signalReceived']],
		[6, ['signalReceived', 'noUsers']],
		[24, ['ignored', 'leftChannel']],
		[16, ['leftChannel']],
		[33, ['unknown33']],
		[36, ['noUsers', 'unknown32']],
		['24', ['ignored', 'leftChannel']],
		[undefined, []],
	])('leave code %p stands for %p', (leaveCode, reasons) => {
		expect(details(41, { leaveCode }).leaveReasons).toEqual(reasons);
	});

	it('of leaving are told one by one, whatever the combination', () => {
		const bits = { signalReceived: 2, noUsers: 4, ignored: 8, leftChannel: 16 };
		fc.assert(
			fc.property(fc.subarray(Object.keys(bits), { minLength: 1 }), (reasons) => {
				const leaveCode = reasons.reduce((sum, name) => sum + bits[name as keyof typeof bits], 0);
				expect(details(41, { leaveCode }).leaveReasons).toEqual(reasons);
			}),
		);
	});

	it.each([
		[0, 0],
		[1, 0.01],
		[3333, 33.33],
		[10_000, 100],
		['10000', 100],
		[undefined, null],
	])('progress %p is %p percent', (progress, percent) => {
		expect(details(33, { progress }).progressPercent).toBe(percent);
	});

	it.each([
		[{ module: 1, errorCode: 32 }, /storage configuration is wrong/],
		[{ module: 1, errorCode: 51 }, /prepared for upload/],
		[{ module: 2, errorCode: 50 }, /too long/],
		[{ module: 2, errorCode: 52 }, /start in time/],
		[{ module: 0, errorCode: 109 }, /token has expired/],
		[{ module: 6, errorCode: 65 }, /network/],
		[{ module: '1', errorCode: '47' }, /could not be uploaded/],
	])('of the error %j has words', (raw, meaning) => {
		expect(details(1, raw).meaning).toMatch(meaning);
	});

	it.each([{ module: 1, errorCode: 7 }, { module: 9, errorCode: 32 }, { errorCode: 2 }, {}])(
		'of the error %j has no words, and nothing is made up',
		(raw) => {
			expect(details(1, raw).meaning).toBeNull();
		},
	);

	it.each(['toString', 'constructor', '__proto__'])('%s is no name of a table', (word) => {
		expect(details(72, { limitType: word }).meaning).toBeNull();
		expect(details(73, { reason: word }).meaning).toBeNull();
	});

	it('of a web page that stopped have the words of Agora where it gave none', () => {
		expect(details(71, { code: 4 })).toMatchObject({ message: 'page_load_timeout' });
		expect(details(71, { code: 9 })).toEqual({ code: 9, meaning: null });
	});

	it('that nobody documents are called unknown', () => {
		expect(details(1, { module: 9, errorLevel: 0 })).toMatchObject({
			moduleName: 'unknown',
			errorLevelName: 'unknown',
		});
	});
});

describe('An upload that ended', () => {
	const ended = (eventType: number, status?: unknown) =>
		read(makeNotice({ details: { status, fileList: [{ fileName: 'a.mp4' }] } }, { eventType }));

	it.each([31, 32])('abnormally (%d) is told as that, with the files that Agora names', (type) => {
		for (const status of [1, '1', -1, 'broken', {}]) {
			const notification = ended(type, status);
			expect(notification).not.toHaveProperty('uploadStatus');
			expect(notification.eventName).toMatch(/ \(Abnormal\)$/);
			expect(notification.details).toMatchObject({
				statusName: 'abnormal',
				meaning: expect.stringMatching(/upload failed in part/) as string,
			});
			expect(JSON.stringify(notification)).not.toMatch(/every|all files/i);
			expect(notification.files).toHaveLength(1);
		}
	});

	it.each([
		[31, 0, 'uploaded'],
		[31, '0', 'uploaded'],
		[31, undefined, 'uploaded'],
		[32, 0, 'backuped'],
	])('with %d and status %p is %p', (eventType, status, uploadStatus) => {
		const notification = ended(eventType, status);
		expect(notification).toMatchObject({ uploadStatus });
		expect(notification.eventName).not.toMatch(/Abnormal/);
	});

	it('with files in the backup promises no time', () => {
		expect(details(32, { status: 0 }).meaning).toMatch(/usually soon, .* more than a day/);
		expect(JSON.stringify(EVENT_GROUPS)).not.toMatch(/minutes/);
	});
});

describe('Files that could not be fetched', () => {
	it.each([
		[{ fileName: 'a.ts;b.ts' }, ['a.ts', 'b.ts']],
		[{ filename: 'a.ts;b.ts' }, ['a.ts', 'b.ts']],
		[{ fileName: 'a.ts', filename: 'a.ts;c.ts' }, ['a.ts', 'c.ts']],
		[{}, []],
	])('%j are %j', (raw, fileNames) => {
		expect(details(90, raw)).toEqual({ vendorName: null, regionName: null, fileNames });
	});
});

describe('A notice', () => {
	it('of an unknown event keeps its number and its details', () => {
		expect(read(makeNotice({ details: { msgName: 'new', a: [1] } }, { eventType: 777 }))).toEqual(
			expect.objectContaining({
				event: '777',
				eventName: 'Event 777',
				details: { msgName: 'new', a: [1] },
			}),
		);
	});

	it('without a number is handed on all the same', () => {
		const { payload } = makeNotice();
		expect(read({ productId: 3, payload })).toMatchObject({ event: 'unknown', eventType: null });
	});

	it('has its SID from above the payload where that has none', () => {
		expect(read(makeNotice({ sid: undefined }, { sid: 'above' })).sid).toBe('above');
	});

	it('hands on members that Agora may add', () => {
		expect(details(40, { status: 0, added: { later: true } })).toEqual({
			status: 0,
			statusName: 'normal',
			added: { later: true },
		});
	});

	it.each([
		['web', { serviceType: 6 }],
		['web', { serviceScene: 'web_record' }],
		['individual', { serviceScene: 'rtc_snapshot' }],
		[undefined, { serviceScene: 'rtc_record' }],
	])('tells the mode %s by %j', (mode, payload) => {
		expect(read(makeNotice(payload)).mode).toBe(mode);
	});

	it('never has a member that n8n takes for a failure', () => {
		for (const { name, notice } of GOLDEN_NOTICES) {
			expect(Object.keys(read(notice, productOf(name)))).not.toContain('error');
		}
	});

	it('is read whatever its members are', () => {
		const anything = fc.jsonValue({ maxDepth: 3 });
		const notice = fc.record({
			noticeId: anything,
			productId: anything,
			eventType: fc.oneof(
				fc.constantFrom(...EVENTS.cloudRecording.map((row) => row.eventType)),
				fc.constantFrom(...EVENTS.rtcChannel.map((row) => row.eventType)),
				anything,
			),
			notifyMs: anything,
			payload: fc.oneof(
				anything,
				fc.record({
					...{ cname: anything, uid: anything, sid: anything, channelName: anything, ts: anything },
					...{ sequence: anything, sendts: anything, serviceType: anything },
					details: fc.oneof(
						anything,
						fc.record({
							...{ fileList: anything, status: anything, fileName: anything, uids: anything },
							...{ code: anything, message: anything, leaveCode: anything, module: anything },
							...{ startUtcMs: anything, vendor: anything, region: anything },
						}),
					),
				}),
			),
		});
		fc.assert(
			fc.property(notice, fc.constantFrom('cloudRecording', 'rtcChannel'), (value, product) => {
				const envelope = envelopeOf(value);
				isHealthCheck(envelope, product);
				const notification = readNotification(envelope, product);
				expect(notification.dedupKey).not.toBe('');
				expect(() => JSON.stringify(notification)).not.toThrow();
			}),
			{ numRuns: 500 },
		);
	});

	it('cannot change objects by the names of its members', () => {
		const body =
			'{"eventType":40,"payload":{"sid":"s","__proto__":{"polluted":1},"details":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"deep":{"__proto__":{"polluted":1},"a":1}}}}';
		const envelope = parseEnvelope(Buffer.from(body));
		if (!envelope) throw new Error('Not read');
		const notification = readNotification(envelope, 'cloudRecording');
		expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
		expect((notification.details as { polluted?: unknown }).polluted).toBeUndefined();
		expect(notification.details.deep).toEqual({ a: 1 });
		expect(Object.getPrototypeOf(notification.details.deep)).toBe(Object.prototype);
	});

	it.each(['', ' ', 'null', '5', '"text"', '[]', '[{}]', '{', 'undefined', '\0'])(
		'is no %p',
		(body) => {
			expect(parseEnvelope(Buffer.from(body))).toBeUndefined();
		},
	);

	it('may be very deep', () => {
		const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
		const body = `{"eventType":40,"payload":{"sid":"s","details":{"deep":${deep}}}}`;
		const envelope = parseEnvelope(Buffer.from(body));
		expect(envelope && readNotification(envelope, 'cloudRecording').sid).toBe('s');
	});
});

describe('A health check', () => {
	it.each<[Product, object]>([
		['rtcChannel', { channelName: 'test_webhook', uid: 5 }],
		['rtcChannel', { channelName: 'test_webhook' }],
		['rtcChannel', { channelName: 'class', uid: 12121212 }],
		['rtcChannel', { channelName: 'class', uid: '12121212' }],
		['cloudRecording', { cname: 'test_webhook', sid: 's' }],
		['cloudRecording', { cname: 'class', uid: '12121212', sid: 's' }],
		['cloudRecording', { cname: 'class', uid: '1' }],
		['cloudRecording', { cname: 'class', uid: '1', sid: '' }],
		['cloudRecording', {}],
	])('of %s is recognised by %j', (product, payload) => {
		expect(isHealthCheck(envelopeOf({ eventType: 40, payload }), product)).toBe(true);
	});

	it.each<[Product, object]>([
		['rtcChannel', { channelName: 'class', uid: 1212121 }],
		['rtcChannel', { channelName: 'class' }],
		['rtcChannel', {}],
		['cloudRecording', { cname: 'class', uid: '1', sid: 's' }],
		['cloudRecording', { taskId: 'task' }],
	])('is not seen in %s with %j', (product, payload) => {
		expect(isHealthCheck(envelopeOf({ eventType: 101, payload }), product)).toBe(false);
	});

	it('is not any JSON', () => {
		expect(isHealthCheck(envelopeOf({}), 'cloudRecording')).toBe(false);
	});

	it('is none of the samples', () => {
		for (const { name, notice } of GOLDEN_NOTICES) {
			expect([name, isHealthCheck(envelopeOf(notice), productOf(name))]).toEqual([name, false]);
		}
	});
});

describe('Keys of copies', () => {
	const keys = (notice: unknown, product: Product = 'cloudRecording') =>
		keysOf(envelopeOf(notice), product);
	const share = (a: unknown, b: unknown, product?: Product) =>
		keys(a, product).some((key) => keys(b, product).includes(key));

	it('are made of nothing that is empty', () => {
		const notice = makeNotice({ uid: '' });
		expect(keys(notice)).toEqual([`notice:${notice.noticeId}`]);
	});

	it('are shared by resends and by copies of redundant mode', () => {
		const notice = makeNotice();
		expect(share(notice, { ...notice, notifyMs: 1 })).toBe(true);
		expect(share(notice, { ...notice, noticeId: 'another' })).toBe(true);
		expect(keys({ ...notice, noticeId: 'another', notifyMs: 1 })[0]).toBe(keys(notice)[0]);
	});

	it.each([
		[{ sid: 'other' }, {}],
		[{ uid: 'other' }, {}],
		[{ sequence: 'other' }, {}],
		[{ serviceType: 'other' }, {}],
		[{}, { eventType: 41 }],
	])('are not shared with another notice (%j, %j)', (payload, changes) => {
		const notice = makeNotice();
		const other = {
			...notice,
			noticeId: 'other',
			...changes,
			payload: { ...notice.payload, ...payload },
		};
		expect(share(notice, other)).toBe(false);
	});

	it.each(['sid', 'uid', 'sequence', 'serviceType'])(
		'are not made of content where %s is missing',
		(name) => {
			const notice = makeNotice({ [name]: undefined }, { sid: undefined });
			expect(keys(notice)).toEqual([`notice:${notice.noticeId}`]);
		},
	);

	it('of the same user differ by product, sequence and channel', () => {
		const { notice } = golden('rtcChannel-0105');
		const change = (payload: object) => ({
			...notice,
			noticeId: 'other',
			payload: { ...notice.payload, ...payload },
		});
		expect(share(notice, change({}), 'rtcChannel')).toBe(true);
		expect(share(notice, change({ ts: 1 }), 'rtcChannel')).toBe(true);
		for (const other of [{ clientSeq: 1 }, { uid: 1 }, { channelName: 'x' }]) {
			expect(share(notice, change(other), 'rtcChannel')).toBe(false);
		}
	});

	it('of channels are channel and time', () => {
		const { notice } = golden('rtcChannel-0102');
		const payload: Record<string, unknown> = { ...notice.payload, lastUid: 1 };
		const other = { ...notice, noticeId: 'other', payload };
		expect(share(notice, other, 'rtcChannel')).toBe(true);
		payload.ts = 1;
		expect(share(notice, other, 'rtcChannel')).toBe(false);
	});

	it('come from the whole payload where there is nothing else', () => {
		const notice = (details: object) => ({ eventType: 40, notifyMs: 1, payload: { details } });
		expect(keys(notice({ a: 1 }))).toEqual(keys({ ...notice({ a: 1 }), notifyMs: 2 }));
		expect(keys(notice({ a: 1 }))).not.toEqual(keys(notice({ a: 2 })));
	});
});
