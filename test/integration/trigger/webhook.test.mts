import { setTimeout as sleep } from 'node:timers/promises';
import { builtModule } from '../../support/host.mts';
import { golden, GOLDEN_NOTICES, makeNotice } from '../../support/notices.mts';
import { signatures } from '../../support/signatures.mts';
import {
	RTC_SECRET,
	SECRET,
	startWebhookHost,
	type WebhookHost,
} from '../../support/webhookHost.mts';

const http = builtModule<{ responseOf: (context: unknown) => unknown }>('trigger/http.js');

let host: WebhookHost;

beforeAll(async () => {
	host = await startWebhookHost();
});
beforeEach(() => host.fresh());
afterEach(() => expect(host.thrown).toEqual([]));
afterAll(async () => await host.close());

const OK = 'application/json; charset=utf-8';
const started = { status: 200, type: OK, body: { received: true, started: true } };
const nothing = (reason: string, status = 200) => ({
	status,
	type: OK,
	body: { received: status === 200, started: false, reason },
});
/** A credential whose form shows the secrets. */
const RECEIVING = { receiveNotifications: true };
const rtc = (parameters: object = {}) => ({
	parameters: { events: ['any_channel_event'], ...parameters },
});

describe('A signed notice', () => {
	it('starts an execution with one item', async () => {
		const { notice, expected } = golden('cloudRecording-0031');
		expect(await host.sendNotice(notice)).toEqual(started);
		expect(host.executions).toEqual([expected]);
	});

	it.each(GOLDEN_NOTICES.filter(({ name }) => name.startsWith('cloud')))(
		'$name comes out as the reference says',
		async ({ notice, expected }) => {
			expect(await host.sendNotice(notice)).toEqual(started);
			expect(host.executions).toEqual([expected]);
		},
	);

	it.each(GOLDEN_NOTICES.filter(({ name }) => name.startsWith('rtc')))(
		'$name comes out as the reference says',
		async ({ notice, expected }) => {
			host.fresh(rtc({ filters: { includeRecorders: true } }));
			expect(await host.sendNotice(notice, { secret: RTC_SECRET })).toEqual(started);
			expect(host.executions).toEqual([expected]);
		},
	);

	it('is output as it came where that is asked for', async () => {
		host.fresh({ parameters: { options: { rawBody: true } } });
		const body = ` ${JSON.stringify(makeNotice({ cname: 'größe' }), null, 1)}\n`;
		await host.send(body);
		expect(host.executions[0].rawBody).toBe(body);
	});

	it('may have any content type but a form with files', async () => {
		for (const type of ['text/plain', 'application/octet-stream', 'application/xml', '']) {
			const headers = { 'Content-Type': type };
			expect(await host.sendNotice(makeNotice(), { headers })).toEqual(started);
		}
		expect(host.executions).toHaveLength(4);
	});

	it('may be large', async () => {
		const fileList = Array.from({ length: 20_000 }, (_, i) => ({ fileName: `file-${i}.ts` }));
		const notice = makeNotice({ details: { status: 0, fileList } }, { eventType: 31 });
		expect(await host.sendNotice(notice)).toEqual(started);
		expect(host.executions[0].files).toHaveLength(20_000);
	});
});

describe('Who may send', () => {
	it.each([
		['without a signature', { secret: null }],
		['signed with another secret', { secret: 'other' }],
		['signed with the secret of the other product', { secret: RTC_SECRET }],
		['signed with an empty secret', { secret: '' }],
	])('is not anybody %s', async (_how, options) => {
		const notice = makeNotice({ cname: 'private-channel' });
		expect(await host.sendNotice(notice, options)).toEqual(nothing('notSigned', 401));
		expect(host.executions).toEqual([]);
		expect(host.logged).toEqual([expect.stringMatching(/^warn .*refused/)]);
		expect(host.logged.join()).not.toMatch(/private-channel|secret"/);
	});

	it('is judged by SHA-1 only where SHA-256 is absent', async () => {
		const body = JSON.stringify(makeNotice());
		const given = signatures(body, SECRET);
		const v1 = { 'Agora-Signature': given['Agora-Signature'] };
		const send = async (headers: Record<string, string | string[]>) =>
			await host.send(body, { secret: null, headers });
		expect(await send({ ...v1, 'Agora-Signature-V2': '0'.repeat(64) })).toMatchObject({
			status: 401,
		});
		expect(await send({ ...v1, 'Agora-Signature-V2': '' })).toMatchObject({ status: 401 });
		expect(await send(v1)).toEqual(started);
	});

	it.each<[string, Record<string, string | string[]>]>([
		['short', { 'Agora-Signature-V2': 'abc' }],
		['long', { 'Agora-Signature-V2': 'a'.repeat(4000) }],
		['doubled', { 'Agora-Signature-V2': ['a'.repeat(64), 'a'.repeat(64)] }],
		['empty', { 'Agora-Signature-V2': '' }],
	])('is nobody with a %s signature', async (_what, headers) => {
		const answer = await host.sendNotice(makeNotice(), { secret: null, headers });
		expect(answer).toEqual(nothing('notSigned', 401));
	});

	it('is nobody who sends a right signature twice', async () => {
		const body = JSON.stringify(makeNotice());
		const v2 = signatures(body, SECRET)['Agora-Signature-V2'];
		const headers = { 'Agora-Signature-V2': [v2, v2] };
		expect(await host.send(body, { secret: null, headers })).toMatchObject({ status: 401 });
	});

	it('may sign with the previous secret while it is being exchanged', async () => {
		const credentials = { notificationSecret: 'new', previousNotificationSecret: SECRET };
		host.fresh({ credentials: { ...RECEIVING, advanced: true, ...credentials } });
		expect(await host.sendNotice(makeNotice())).toEqual(started);
		expect(await host.sendNotice(makeNotice(), { secret: 'new' })).toEqual(started);
		expect(await host.sendNotice(makeNotice(), { secret: 'other' })).toMatchObject({ status: 401 });
	});

	it('may not sign with a previous secret that the form does not show', async () => {
		const previous = { notificationSecret: 'new', previousNotificationSecret: SECRET };
		host.fresh({ credentials: { ...RECEIVING, advanced: false, ...previous } });
		expect(await host.sendNotice(makeNotice())).toEqual(nothing('notSigned', 401));
	});

	it('may have a secret that was pasted with spaces', async () => {
		host.fresh({ credentials: { ...RECEIVING, notificationSecret: ` ${SECRET}\n` } });
		expect(await host.sendNotice(makeNotice())).toEqual(started);
	});

	it('is nobody where the credential has no secret', async () => {
		host.fresh({ credentials: { ...RECEIVING, rtcNotificationSecret: SECRET } });
		for (const secret of [SECRET, '', null]) {
			expect(await host.sendNotice(makeNotice(), { secret })).toEqual(nothing('notSigned', 401));
		}
		expect(host.logged[0]).toMatch(/no notification secret/);
	});

	it('is anybody where verification is off, and no credential is read', async () => {
		let reads = 0;
		host.fresh({
			parameters: { options: { verifySignature: false } },
			onCredentials: () => reads++,
		});
		expect(await host.sendNotice(makeNotice(), { secret: null })).toEqual(started);
		expect(reads).toBe(0);
	});

	it.each([undefined, null, '', 'false', 0, {}])(
		'stays verified where the switch is %p',
		async (verifySignature) => {
			host.fresh({ parameters: { options: { verifySignature } as never } });
			const answer = await host.sendNotice(makeNotice(), { secret: null });
			expect(answer).toMatchObject({ status: 401 });
		},
	);
});

describe('Nothing is started, but answered with 200', () => {
	it.each([
		['for RTC', 'any_channel_event', 1, { channelName: 'test_webhook', uid: 12121212 }],
		['with a channel', 'any_recording_event', 3, { cname: 'test_webhook', sid: 's' }],
		['without SID', 'any_recording_event', 3, { cname: 'x', uid: '1' }],
		['without payload', 'any_recording_event', 3, undefined],
	])('by a health check %s, signed or not', async (_what, event, productId, payload) => {
		host.fresh({ parameters: { events: [event] } });
		for (const secret of [null, 'wrong', SECRET]) {
			const notice = { noticeId: 'test', productId, eventType: 101, notifyMs: 1, payload };
			expect(await host.sendNotice(notice, { secret })).toEqual(nothing('healthCheck'));
		}
		expect(host.executions).toEqual([]);
		expect(host.logged).toEqual([]);
	});

	it('by a product of which nothing is chosen', async () => {
		const { notice } = golden('rtcChannel-0105');
		expect(await host.sendNotice(notice)).toEqual(nothing('otherProduct'));
		host.fresh(rtc());
		expect(await host.sendNotice(makeNotice())).toEqual(nothing('otherProduct'));
	});

	it.each([
		['another event', { events: ['uploaded'] }],
		['another channel', { filters: { channelName: 'class-*' } }],
		['another recorder', { filters: { recorderUid: '1' } }],
		['another recording', { filters: { sid: 'x' } }],
	])('by what is filtered: %s', async (_what, parameters) => {
		host.fresh({ parameters });
		expect(await host.sendNotice(makeNotice())).toEqual(nothing('filtered'));
		expect(host.executions).toEqual([]);
	});

	it('but what fits all filters passes', async () => {
		host.fresh({
			parameters: {
				events: ['recording_started'],
				filters: {
					channelName: 'Test*2',
					recorderUid: '1001',
					sid: 'd12fdce9024d37862a8f3a88e387c817',
					userUid: 'of the other product',
				},
			},
		});
		expect(await host.sendNotice(makeNotice())).toEqual(started);
	});

	it('by the recorder of a channel, unless it is asked for', async () => {
		const { notice } = golden('rtcChannel-0103');
		host.fresh(rtc());
		expect(await host.sendNotice(notice, { secret: RTC_SECRET })).toEqual(nothing('filtered'));
		const filters = { includeRecorders: true, sid: 'of recordings', recorderUid: 'of recordings' };
		host.fresh(rtc({ filters }));
		expect(await host.sendNotice(notice, { secret: RTC_SECRET })).toEqual(started);
	});
});

describe('A notice that comes more than once', () => {
	it('starts one execution of three', async () => {
		const notice = makeNotice();
		expect(await host.sendNotice(notice)).toEqual(started);
		for (const notifyMs of [1, 2]) {
			expect(await host.sendNotice({ ...notice, notifyMs })).toEqual(nothing('duplicate'));
		}
		expect(host.executions).toHaveLength(1);
	});

	it('is one with its copies of redundant mode', async () => {
		const notice = makeNotice();
		await host.sendNotice(notice);
		expect(await host.sendNotice({ ...notice, noticeId: 'another' })).toEqual(nothing('duplicate'));
	});

	it('starts one execution although all copies come at once', async () => {
		host.fresh({ store: () => sleep(100) });
		const notice = makeNotice();
		const answers = await Promise.all([1, 2, 3, 4, 5].map(() => host.sendNotice(notice)));
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
		expect(answers).toEqual(expect.arrayContaining([started, nothing('duplicate')]));
		expect(host.executions).toHaveLength(1);
	});

	it('starts an execution when the first one could not be stored', async () => {
		let tries = 0;
		host.fresh({
			store: () => {
				tries++;
				if (tries <= 2) throw new Error('SQLITE_BUSY');
			},
		});
		const notice = makeNotice();
		const statuses: number[] = [];
		for (let i = 0; i < 4; i++) statuses.push((await host.sendNotice(notice)).status);
		expect(statuses).toEqual([500, 500, 200, 200]);
		expect(host.executions).toHaveLength(1);
	});

	it('starts one execution when copies at once meet a database that fails at first', async () => {
		let tries = 0;
		host.fresh({
			store: async () => {
				tries++;
				const fails = tries <= 2;
				await sleep(30);
				if (fails) throw new Error('SQLITE_BUSY');
			},
		});
		const notice = makeNotice();
		const answers = await Promise.all([1, 2, 3, 4].map(() => host.sendNotice(notice)));
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 500, 500]);
		expect(host.executions).toHaveLength(1);
	});

	it('starts one execution when the sender hung up before it was stored', async () => {
		host.fresh({ store: () => sleep(300) });
		const notice = makeNotice();
		await expect(host.sendNotice(notice, { patience: 50 })).rejects.toThrow();
		expect(await host.sendNotice(notice)).toEqual(nothing('duplicate'));
		expect(host.executions).toHaveLength(1);
	});

	it('is not lost when the sender hung up and storing failed then', async () => {
		let tries = 0;
		host.fresh({
			store: async () => {
				tries++;
				if (tries > 1) return;
				await sleep(200);
				throw new Error('SQLITE_BUSY');
			},
		});
		const notice = makeNotice();
		await expect(host.sendNotice(notice, { patience: 50 })).rejects.toThrow();
		expect(await host.sendNotice(notice)).toEqual(started);
		expect(host.executions).toHaveLength(1);
	});

	it('is handled in its turn although its sender has hung up by then, and settled', async () => {
		let tries = 0;
		host.fresh({
			store: async () => {
				tries++;
				const fails = tries === 1;
				await sleep(300);
				if (fails) throw new Error('SQLITE_BUSY');
			},
		});
		const notice = makeNotice();
		const first = host.sendNotice(notice);
		await expect(host.sendNotice(notice, { patience: 100 })).rejects.toThrow();
		expect((await first).status).toBe(500);
		// Its turn comes within the pause between two looks.
		await sleep(150);
		expect(await host.sendNotice(notice)).toEqual(nothing('duplicate'));
		expect(host.executions).toHaveLength(1);
	});

	it('is not held back by a copy at which something was thrown', async () => {
		const { responseOf } = http;
		http.responseOf = () => {
			http.responseOf = responseOf;
			throw new Error('no response');
		};
		const notice = makeNotice();
		expect(await host.sendNotice(notice)).toEqual(nothing('notHandled', 503));
		expect(await host.sendNotice(notice)).toEqual(started);
	});

	it('is new to another trigger, and in the editor always', async () => {
		const notice = makeNotice();
		await host.sendNotice(notice);
		host.fresh();
		expect(await host.sendNotice(notice)).toEqual(started);
		host.fresh({ mode: 'manual' });
		expect(await host.sendNotice(notice)).toEqual(started);
		expect(await host.sendNotice(notice)).toEqual(started);
	});

	it('is not seen by having been refused or filtered', async () => {
		const notice = makeNotice();
		await host.sendNotice(notice, { secret: 'wrong' });
		expect(await host.sendNotice(notice)).toEqual(started);
	});
});

describe('Files of a web page recording', () => {
	const stopped = golden('cloudRecording-0071');
	const uploaded = golden('cloudRecording-0031-web');

	it('are told with the end of the upload, even if the other event is not wanted', async () => {
		host.fresh({ parameters: { events: ['all_files_uploaded'] } });
		expect(await host.sendNotice(stopped.notice)).toEqual(nothing('filtered'));
		await host.sendNotice(uploaded.notice);
		expect(host.executions).toEqual([
			{ ...uploaded.expected, mode: 'web', files: stopped.expected.files },
		]);
	});

	it('are not told where the other event was not seen, or not signed', async () => {
		await host.sendNotice(stopped.notice, { secret: 'wrong' });
		await host.sendNotice(uploaded.notice);
		expect(host.executions[0].files).toEqual([]);
	});

	it('are not those of another recording', async () => {
		const { notice } = stopped;
		await host.sendNotice({
			...notice,
			sid: 'other',
			payload: { ...notice.payload, sid: 'other' },
		});
		await host.sendNotice(uploaded.notice);
		expect(host.executions.at(-1)?.files).toEqual([]);
	});
});

describe('Whatever comes in', () => {
	const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
	const bodies: Array<[string, string | Buffer]> = [
		['nothing', ''],
		['a space', ' '],
		['null', 'null'],
		['a number', '7'],
		['a text', '"notice"'],
		['a list', '[1]'],
		['an empty object', '{}'],
		['bytes', Buffer.from([0, 255, 128, 0])],
		['an unsafe name', '{"__proto__":{"productId":3,"polluted":true}}'],
		['unsafe names below', '{"productId":3,"payload":{"sid":"s","__proto__":{"a":1}}}'],
		['no payload', '{"productId":3}'],
		['a payload of null', '{"productId":3,"payload":null}'],
		['a payload that is a list', '{"productId":3,"payload":[1,2]}'],
		['a SID that is an object', '{"productId":3,"payload":{"sid":{"toString":1}}}'],
		['a great depth', `{"productId":3,"payload":{"sid":"s","details":${deep}}}`],
		['much', `{"productId":3,"payload":{"sid":"s","more":"${'x'.repeat(5_000_000)}"}}`],
	];
	const types = ['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'nonsense'];
	const cases = bodies.flatMap(([what, body]) => types.map((type) => [what, type, body] as const));

	it.each(cases)('%s as %s is refused in JSON when unsigned', async (_what, type, body) => {
		const answer = await host.send(body, { secret: null, headers: { 'Content-Type': type } });
		expect([401, 422]).toContain(answer.status);
		expect(answer.type).toBe(OK);
		expect(host.executions).toEqual([]);
	});

	it.each(cases)('%s as %s is answered in JSON when signed', async (_what, type, body) => {
		const answer = await host.send(body, { headers: { 'Content-Type': type } });
		expect(type.startsWith('multipart') ? [200, 401] : [200, 422]).toContain(answer.status);
		expect(answer.type).toBe(OK);
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
	});

	it('parameters that cannot be read are no reason to lose a notice', async () => {
		host.fresh({ parameters: { filters: '={{ $json.a.b.c.d }}', events: '={{ nonsense( }}' } });
		const answer = await host.sendNotice(makeNotice());
		expect([200, 503]).toContain(answer.status);
		expect(host.executions).toEqual([]);
	});

	it('a credential that cannot be read is no reason to lose a notice', async () => {
		host.fresh({
			onCredentials: () => {
				throw new Error('SQLITE_BUSY: database is locked');
			},
		});
		expect(await host.sendNotice(makeNotice())).toEqual(nothing('notHandled', 503));
		expect(host.logged).toEqual([expect.stringMatching(/^error .*database is locked/)]);
	});
});

describe('Publishing', () => {
	const RECORDING = 'Notification Secret (Cloud Recording)';
	const CHANNEL = 'Notification Secret (RTC Channel Events)';
	const both = ['all_files_uploaded', 'user_joined'];

	it.each<[string, string[], object, string[]]>([
		['recordings', ['recording_failed'], { rtcNotificationSecret: 'x' }, [RECORDING]],
		['channels', ['user_joined'], { notificationSecret: 'x' }, [CHANNEL]],
		['both', both, { notificationSecret: 'x' }, [CHANNEL]],
		['both', both, { rtcNotificationSecret: 'x' }, [RECORDING]],
		['both', both, {}, [RECORDING, CHANNEL]],
		['a single event', ['other'], {}, [CHANNEL]],
	])('for %s (%j) asks for the secrets that %j lacks', async (_what, events, has, missing) => {
		const parameters = { events, moreEvents: ['broadcaster_join'] };
		host.fresh({ parameters, credentials: { ...RECEIVING, ...has } });
		const products = missing.map((field) => (/\((.*)\)/.exec(field) ?? [])[1]);
		const copies = missing.map((field, i) => `for ${products[i]} to '${field}'`);
		// Of an error while it publishes, n8n shows the message alone.
		await expect(host.checkExists()).rejects.toMatchObject({
			message: `The Agora API credential has no notification secret for ${products.join(' and ')}. Copy what Agora Console → your project → All Features → Notifications shows ${copies.join(', and ')}, then publish again.`,
			description: expect.stringContaining("turn off 'Verify Signature'") as string,
		});
	});

	it('asks to turn on what hides the secrets: they count not, though they are there', async () => {
		const secrets = { notificationSecret: SECRET, rtcNotificationSecret: RTC_SECRET };
		host.fresh({ credentials: { receiveNotifications: false, ...secrets } });
		await expect(host.checkExists()).rejects.toMatchObject({
			message: expect.stringMatching(
				/Recording\. Turn on 'Receive Notifications' in it\. Copy/,
			) as string,
		});
		expect(await host.sendNotice(makeNotice())).toEqual(nothing('notSigned', 401));
	});

	it.each([
		[both, { notificationSecret: 'x', rtcNotificationSecret: 'y' }],
		[['any_recording_event'], { notificationSecret: 'x' }],
		[['777'], { notificationSecret: 'x' }],
		['uploaded', { notificationSecret: 'x' }],
		[['101'], { rtcNotificationSecret: 'y' }],
	])('is done with %j and %j', async (events, secrets) => {
		host.fresh({ parameters: { events }, credentials: { ...RECEIVING, ...secrets } });
		expect(await host.checkExists()).toBe(true);
	});

	it('needs no secret where verification is off', async () => {
		host.fresh({ credentials: {}, parameters: { options: { verifySignature: false } } });
		expect(await host.checkExists()).toBe(true);
	});

	it.each([
		[[], ['uploaded']],
		['', []],
		[['nonsense'], []],
		[['other'], []],
	])('needs an event: not %j with more events %j', async (events, moreEvents) => {
		host.fresh({ parameters: { events, moreEvents } });
		await expect(host.checkExists()).rejects.toThrow('No event is selected');
	});
});

describe('Both products at once', () => {
	const parameters = {
		events: ['recording_started', 'user_joined'],
		filters: { recorderUid: '1001', userUid: '12121' },
	};
	const joined = (uid: string) => ({
		...{ noticeId: `joined ${uid}`, productId: 1, eventType: 107, notifyMs: 1 },
		payload: { channelName: 'class-7', uid, ts: 1, clientSeq: 1 },
	});

	it('start executions, each verified with its own secret and held against its own filters', async () => {
		host.fresh({ parameters });
		expect(await host.sendNotice(makeNotice())).toEqual(started);
		expect(await host.sendNotice(joined('12121'), { secret: RTC_SECRET })).toEqual(started);
		expect(host.executions.map(({ product }) => product)).toEqual(['cloudRecording', 'rtcChannel']);
		const filtered = nothing('filtered');
		expect(await host.sendNotice(makeNotice({ uid: '12121' }))).toEqual(filtered);
		expect(await host.sendNotice(joined('1001'), { secret: RTC_SECRET })).toEqual(filtered);
	});

	it('cannot sign for each other', async () => {
		host.fresh({ parameters });
		const refused = nothing('notSigned', 401);
		expect(await host.sendNotice(makeNotice(), { secret: RTC_SECRET })).toEqual(refused);
		expect(await host.sendNotice(joined('12121'))).toEqual(refused);
		expect(host.executions).toEqual([]);
	});

	it('are the only ones: others of Agora start nothing', async () => {
		host.fresh({ parameters });
		const notice = { ...makeNotice(), productId: 4 };
		expect(await host.sendNotice(notice)).toEqual(nothing('otherProduct'));
	});

	it('a notice that does not tell its product is taken for one of Cloud Recording', async () => {
		host.fresh({ parameters });
		const { productId, ...notice } = makeNotice();
		expect(productId).toBe(3);
		expect(await host.sendNotice(notice)).toEqual(started);
	});
});
