import { Observed, purposeOf } from './report/observed.mts';
import { report } from './report/markdown.mts';
import { QUESTIONS } from './report/questions.mts';
import type { Settings } from './settings.mjs';

/** What a report makes of answers that a simulator does not give, also of hostile ones. */

const CREDENTIALS = {
	customerId: 'marked-customer-id-5f1c9',
	customerSecret: 'marked-customer-secret-8d27b',
	appId: 'aaaabbbbccccddddeeeeffff00001111',
	appCertificate: '1111aaaa2222bbbb3333cccc4444dddd',
	storageBucket: 'marked-bucket-40e6a',
	storageAccessKey: 'MARKEDACCESSKEY7Q2ZK',
	storageSecretKey: 'marked/storage+secret=c93d1',
	storageEndpoint: 'https://marked-storage.example.net',
	baseUrl: 'https://marked-proxy.example.org',
};
const settings: Settings = {
	credentials: { ...CREDENTIALS, apiDomain: 'custom', storageVendor: 's3Compatible' },
	start: {},
	mode: 'mix',
	origin: CREDENTIALS.baseUrl,
	regionalOrigins: [],
	channel: 'marked room e20f4',
	notificationSecret: 'marked_notification_secret_b7a58',
	recordMs: 1000,
	deadlineMs: 1000,
};
const RECORDING = {
	mode: 'mix',
	cname: 'marked room e20f4',
	uid: '4111222333',
	resourceId: 'JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8BrQoRPCHxmeVxwY22-x-kv4GdPcjZeMzoCBUCOr9q',
	sid: '38f8e3cfdc474cd56fc1ceba380d7e1a',
};
const ADDRESSES = ['198.51.100.23', '2001:db8::8a2e:370:7334', '::ffff:198.51.100.24'];
const BEGAN = 1_700_000_000_000;

type Given = readonly [purpose: string, status: number, body: unknown, afterMs?: number];

/** A run that has seen these answers. */
function seen(...given: Given[]): Observed {
	const observed = new Observed();
	observed.recording = RECORDING;
	for (const [purpose, status, body, afterMs = 0] of given) {
		observed.exchanges.push({ purpose, status, body, answeredAt: BEGAN + afterMs });
	}
	return observed;
}

function answerTo(id: string, observed: Observed): string | undefined {
	const question = QUESTIONS.find((one) => one.id === id);
	if (!question) throw new Error(`There is no question ${id}`);
	return question.answer(observed);
}

const started: Given = ['start', 200, { sid: RECORDING.sid }];
const refused = { code: 2, reason: 'invalid value' };
const both = (...statuses: number[]): Given[] =>
	['madeUpByUs', 'unSubscribe', 'unsubscribe'].map((name, i) => [
		`both ${name}`,
		statuses[i],
		refused,
	]);
const alone = (...statuses: number[]): Given[] =>
	['madeUpByUs', 'unSubscribe', 'unsubscribe'].map((name, i) => [`alone ${name}`, statuses[i], {}]);
const inLists = (lists: object): unknown => ({
	success: true,
	data: { channel_exist: true, mode: 2, ...lists },
});

describe('What answers tell', () => {
	it('nothing, where nothing was asked', () => {
		const answers = QUESTIONS.map(({ answer }) => answer(new Observed()));
		expect(answers).toEqual(QUESTIONS.map(() => undefined));
	});

	it.each<[string, string, Given[], RegExp]>([
		[
			'refused beside its opposite',
			'unsubscribe-spelling',
			both(200, 400, 200),
			/`unSubscribe…` alone/,
		],
		['the other one', 'unsubscribe-spelling', both(200, 200, 400), /`unsubscribe…` alone/],
		['both refused', 'unsubscribe-spelling', both(200, 400, 400), /Both are known/],
		['none refused', 'unsubscribe-spelling', both(200, 200, 200), /Not told: neither/],
		[
			'accepted alone, where unknown names are refused',
			'unsubscribe-spelling',
			[...both(400, 400, 400), ...alone(400, 200, 400)],
			/`unSubscribe…` alone/,
		],
		[
			'everything alike',
			'unsubscribe-spelling',
			[...both(400, 400, 400), ...alone(200, 200, 200)],
			/Not told: a name that we made up/,
		],
		[
			'an audience',
			'recorder-listed',
			[
				started,
				['users running', 200, inLists({ broadcasters: [7], audience: [4111222333] }), 6200],
			],
			/^Yes, as audience, seen 6\.2 s after Start; 2 in the list/,
		],
		[
			'a user as text',
			'recorder-listed',
			[started, ['users running', 200, inLists({ broadcasters: ['4111222333'] }), 1000]],
			/^Yes, as host/,
		],
		['a refusal', 'recorder-listed', [['users running', 401, {}]], /^Not told: HTTP 401$/],
		[
			'texts',
			'uid-types',
			[['users before', 200, inLists({ broadcasters: [7, 'ann'] })]],
			/number and string/,
		],
		[
			'seconds and folders',
			'slice-start-unit',
			[['query', 200, { serverResponse: { fileList: [{ sliceStartTime: 1_700_000_000 }] } }]],
			/^query: seconds$/,
		],
		[
			'a list as text',
			'folder-in-file-name',
			[['stop', 200, { serverResponse: { fileList: 'n8nSmoke/a.m3u8' } }]],
			/^stop: with the folder$/,
		],
		[
			'statuses that change',
			'status',
			[
				started,
				['query', 404, {}, 5000],
				['query', 200, { serverResponse: { status: 4 } }, 9000],
				['query', 200, { serverResponse: { status: 4 } }, 12_000],
				['query', 200, { serverResponse: { status: 5 } }, 15_000],
			],
			/^HTTP 404 at 5\.0 s, status 4 at 9\.0 s, status 5 at 15\.0 s \(4 looks\)$/,
		],
		['a code', 'start-code', [['start', 200, { code: 0 }]], /^Yes, 0$/],
		[
			'hosts that do not know the path',
			'channels-regional',
			[
				['channels at api-eu-west-1.agora.io', 200, {}],
				['channels at api-cn-east-1.agora.io', 404, {}],
				['channels at api-us-west-1.agora.io', 0, undefined],
			],
			/eu-west-1\.agora\.io: HTTP 200; .*cn-east-1\.agora\.io: HTTP 404; .*: no answer$/,
		],
		[
			'other addresses',
			'ip-list',
			[
				['ipList v1', 200, { data: { service: { hosts: [{ primaryIP: ADDRESSES[0] }] } } }],
				['ipList v2', 200, { data: { service: { hosts: [{ primaryIP: ADDRESSES[1] }] } } }],
			],
			/1 addresses; .*1 addresses; not the same$/,
		],
	])('%s (%#)', (_title, id, given, said) => {
		expect(answerTo(id, seen(...given))).toMatch(said);
	});
});

describe('What a report holds', () => {
	/** Everything private, in one text of a server. */
	const all = [
		...Object.values(CREDENTIALS),
		settings.notificationSecret,
		...Object.values(RECORDING).slice(1),
		...ADDRESSES,
		'3987654321',
	];

	it.each([
		['as it is', (text: string) => text],
		['percent-encoded', encodeURIComponent],
		['as JSON', (text: string) => JSON.stringify({ text })],
		['in base64', (text: string) => Buffer.from(text).toString('base64')],
	])('nothing private %s', (_form, write) => {
		for (const secret of all) {
			const echo = write(secret);
			const body = {
				...{ code: 404, reason: echo, message: echo, status: echo, sliceStartTime: echo },
				serverResponse: {
					status: echo,
					payload: { message: echo },
					fileList: [{ fileName: echo }],
				},
			};
			const observed = seen(
				...QUESTIONS.map(({ id }): Given => [id, 400, body]),
				...['start', 'query', 'stop'].map((purpose): Given => [
					purpose,
					200,
					{ ...body, code: echo },
				]),
				...['query over', 'stop over', 'users running'].map((purpose): Given => [
					purpose,
					400,
					body,
				]),
			);
			observed.problem = `It says ${echo}`;
			const text = report(settings, observed);
			expect(text).not.toContain(secret);
			if (echo.length >= 12) expect(text).not.toContain(echo);
			expect(text).toContain('recorder-listed: ');
		}
	});

	it('a table that text of a server does not break', () => {
		const reason = 'a | b\n| c | `d` <img src=x> @somebody #1';
		const text = report(settings, seen(['query over', 400, { reason }]));
		const [row] = text.split('\n').filter((line) => line.startsWith('| after-stop'));
		expect(row.split(/(?<!\\)\|/)).toHaveLength(5);
		expect(row).not.toMatch(/<|@| #/);
	});
});

it('knows its own requests by their addresses', () => {
	const app = 'https://api.agora.io/v1/apps/x/cloud_recording';
	const purposes = [
		...[`${app}/acquire`, `${app}/resourceid/r/mode/mix/start`],
		...['query', 'update', 'updateLayout', 'stop'].map(
			(it) => `${app}/resourceid/r/sid/s/mode/mix/${it}`,
		),
		...['v1', 'v2'].map((version) => `https://api.agora.io/${version}/ncs/ip`),
		'https://api.agora.io/dev/v1/channel/x?page_no=0&page_size=5',
		'https://api.agora.io/dev/v1/channel/user/x/stop',
	].map(purposeOf);
	expect(purposes).toEqual([
		...['acquire', 'start', 'query', 'update', 'updateLayout', 'stop', 'ipList v1', 'ipList v2'],
		...['channels', 'users'],
	]);
});
