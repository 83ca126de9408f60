import type { IDataObject } from 'n8n-workflow';
import type { FaultInput } from '../../simulator/index.mts';
import { describeFailure } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';
import { tokenFor } from '../support/tokens.mts';

const agora = useAgora();

beforeAll(async () => {
	TOKEN = await tokenFor({ channel: '*', uid: '' });
	ITEMS = [{ token: TOKEN }];
});

const SECRETS = {
	customerSecret: 'customer-secret-8d1c',
	storageAccessKey: 'access-key-7b2f',
	storageSecretKey: 'secret-key-3e9a',
	appCertificate: '5c6d5c6d5c6d5c6d5c6d5c6d5c6d5c6d',
	notificationSecret: 'notification-secret-1f4e',
};
/** Made in beforeAll: one that opens every channel, so that it is taken. */
let TOKEN = '';
const CUSTOMER = 'example-customer-id';

/** What must not be seen anywhere, in any of the spellings in which it travels. */
const hidden = (customerSecret: string) => [
	...Object.values(SECRETS),
	customerSecret,
	TOKEN,
	Buffer.from(`${CUSTOMER}:${customerSecret}`).toString('base64'),
	'Basic ',
];

type Fault = FaultInput['fault'];
const FAULTS: Fault[] = [
	{ kind: 'reset', effect: true },
	{ kind: 'html' },
	{ kind: 'html', status: 200 },
	{ kind: 'emptyBody' },
	{ kind: 'truncatedJson' },
	{ kind: 'rateLimited' },
	{ kind: 'answer', status: 400, body: { code: 2, reason: 'Start: invalid value' } },
	{ kind: 'answer', status: 500, body: { code: 500, reason: 'internal_error' } },
	{ kind: 'answer', status: 404, body: { code: 404, reason: 'failed to find worker' } },
	{ kind: 'answer', status: 401, body: { message: 'Invalid authentication credentials' } },
];
const OPERATIONS = ['acquire', 'start', 'query', 'stop'] as const;

/** The token comes from the item: what is typed into the form, n8n itself keeps with every error. */
const START = { channelName: 'class-7', tokenSource: 'manual', token: '={{ $json.token }}' };
let ITEMS: IDataObject[] = [];

/** Everything that can be seen of a run: items, or the error in every form. */
async function seen(work: Promise<unknown>): Promise<string> {
	try {
		return JSON.stringify(await work);
	} catch (thrown) {
		return describeFailure(thrown).everything;
	}
}

function expectNothingOf(secrets: string[], text: string) {
	expect(text.length).toBeGreaterThan(20);
	expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
}

describe('Secrets are not to be seen', () => {
	const customerSecret = 'example-customer-secret';
	const credentials = () => ({ ...agora.credentials, ...SECRETS, customerSecret });

	it('in the items of a whole recording, not even in Agora’s own answers', async () => {
		const log: string[] = [];
		const more = { credentials: credentials(), log };
		const parameters = { ...START, simplify: false };
		const started = await agora.runOne('start', parameters, { ...more, items: ITEMS });
		const items = [started];
		const queried = await agora.runOne('query', { simplify: false }, { ...more, items });
		const stopped = await agora.runOne('stop', { simplify: false }, { ...more, items });
		const all = JSON.stringify([started, queried, stopped, log]);
		expectNothingOf(hidden(customerSecret), all);
	});

	it.each(
		OPERATIONS.flatMap((operation) =>
			FAULTS.map((fault) => [operation, JSON.stringify(fault), fault] as const),
		),
	)('when %s meets %s', async (operation, _text, fault) => {
		const log: string[] = [];
		const more = { credentials: credentials(), log };
		let items = ITEMS;
		if (operation === 'query' || operation === 'stop') {
			items = [await agora.runOne('start', START, { ...more, items })];
		}
		agora.fail(operation, fault, { times: null });
		const options = { verificationTimeout: 20, retryWhileNotFound: 0 };
		for (const onError of [undefined, 'continueRegularOutput' as const]) {
			const run = agora.run(operation, { ...START, options }, { ...more, items, onError });
			expectNothingOf(hidden(customerSecret), (await seen(run)) + log.join());
		}
	});

	it.each([
		['RTC Token', { token: '={{ { text: $json.token } }}' }, {}],
		['Region', {}, { storageRegion: 'nowhere' }],
		['Bucket', {}, { storageBucket: '' }],
		['Folder in Bucket', { fileNamePrefix: 'ä' }, {}],
		['Base URL', {}, { baseUrl: 'nonsense' }],
		['Customer Secret', {}, { customerSecret: 'wrong-customer-secret' }],
		['Base URL', {}, { baseUrl: 'http://127.0.0.1:1' }],
	])('when %s is wrong', async (_field, parameters, wrong) => {
		const given = { ...credentials(), ...wrong };
		const run = agora.run(
			'start',
			{ ...START, ...parameters },
			{
				credentials: given,
				items: ITEMS,
			},
		);
		expectNothingOf(hidden(given.customerSecret), await seen(run));
	});

	it('when a recording is not confirmed', async () => {
		agora.control.configure({ buckets: [] });
		const run = agora.run('start', START, { credentials: credentials(), items: ITEMS });
		const text = await seen(run);
		expect(text).toMatch(/did not confirm that the recording is running/);
		expectNothingOf(hidden(customerSecret), text);
	});
});

describe('Secrets are sent where they belong', () => {
	it('in the body of start, and as basic authentication', async () => {
		const credentials = { ...agora.credentials, ...SECRETS };
		credentials.customerSecret = 'example-customer-secret';
		agora.control.configure({
			buckets: [
				{
					vendor: 1,
					region: 7,
					bucket: 'lessons',
					accessKey: SECRETS.storageAccessKey,
					secretKey: SECRETS.storageSecretKey,
				},
			],
		});
		const started = await agora.runOne('start', START, { credentials, items: ITEMS });
		expect(started).toMatchObject({ outcome: 'recording' });
		expect(agora.sent('start')[0].body).toMatchObject({ clientRequest: { token: '***' } });
	});
});
