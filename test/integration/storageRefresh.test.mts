import type { IDataObject } from 'n8n-workflow';
import { failureOf } from '../support/failures.mts';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();
let started: IDataObject;

const OVERRIDES = { bucket: 'other', region: 'us-west-2', sse: 'kms', tag: 'a=b' };

beforeEach(async () => {
	started = await agora.runOne('start', {
		channelName: 'class-7',
		fileNamePrefix: 'lessons/class7',
		storageOverrides: OVERRIDES,
	});
	agora.control.clearRequests();
});

const refresh = async (parameters: object = {}, credentials: object = {}) =>
	await agora.run(
		'update',
		{ change: 'storage', ...parameters },
		{ items: [started], credentials: { ...agora.credentials, ...credentials } },
	);

describe('Fresh storage credentials for a recording', () => {
	it('go with where its files go already, whatever the credential says', async () => {
		const [{ json }] = await refresh();
		expect(agora.sent('update')[0].body).toMatchObject({
			clientRequest: {
				storageConfig: {
					vendor: 1,
					region: 3,
					bucket: 'other',
					fileNamePrefix: ['lessons', 'class7'],
					extensionParams: { sse: 'kms', tag: 'a=b' },
				},
			},
		});
		expect(json).toMatchObject({ outcome: 'updated', storage: started.storage });
	});

	it('of another vendor are refused', async () => {
		const other = { storageVendor: 'googleCloud', storageBucket: 'gbucket' };
		const failure = await failureOf(refresh({}, other));
		expect(failure.told).toBe(
			'\'Storage Vendor in the credential\' must be amazonS3, where this recording is stored (got "googleCloud")',
		);
		expect(agora.sent()).toEqual([]);
	});

	it.each([
		['STS Secret Key', { stsAccessKey: 'ASIAEXAMPLE' }],
		['STS Access Key', { stsSecretKey: 'temporary' }],
	])('without %s, which belongs to the other, are refused', async (field, keys) => {
		const failure = await failureOf(refresh({ storageOverrides: keys }));
		expect(failure.told).toMatch(`'Temporary Keys (STS) → ${field}' must not be empty`);
		expect(failure.told).not.toMatch(/ASIAEXAMPLE|"temporary"/);
		expect(agora.sent()).toEqual([]);
	});
});

describe('The expiry of a temporary credential', () => {
	const STS = { stsAccessKey: 'ASIAEXAMPLE', stsSecretKey: 'temporary', stsToken: 'session' };
	const sentExpiry = async (stsExpiration: unknown, timezone: string) => {
		const storageOverrides = { ...STS, stsExpiration };
		await agora.run('start', { channelName: 'other', storageOverrides }, { timezone });
		const [{ body }] = agora.sent('start');
		return (body as { clientRequest: { storageConfig: { stsExpiration: number } } }).clientRequest
			.storageConfig.stsExpiration;
	};
	const seconds = (iso: string) => Date.parse(iso) / 1000;

	it.each<[unknown, string, string]>([
		['2026-03-01T12:00:00', 'Asia/Tokyo', '2026-03-01T03:00:00Z'],
		['2026-07-01T12:00:00', 'America/New_York', '2026-07-01T16:00:00Z'],
		['2026-01-15T12:00', 'America/New_York', '2026-01-15T17:00:00Z'],
		['2026-03-01T12:00:00Z', 'Asia/Tokyo', '2026-03-01T12:00:00Z'],
		['2026-03-01T12:00:00+01:00', 'Asia/Tokyo', '2026-03-01T11:00:00Z'],
		[1_772_366_400, 'Asia/Tokyo', '2026-03-01T12:00:00Z'],
	])('of %j is meant in %s', async (expiry, timezone, expected) => {
		expect(await sentExpiry(expiry, timezone)).toBe(seconds(expected));
	});
});

describe('An override that the vendor does not know is refused', () => {
	it.each([
		['Region', 'googleCloud', { region: 'us-east-1' }],
		['Endpoint', 'amazonS3', { endpoint: 's3.example.com' }],
	])('%s with %s', async (field, storageVendor, storageOverrides) => {
		const credentials = { ...agora.credentials, storageVendor };
		const parameters = { channelName: 'other', storageOverrides };
		const failure = await failureOf(agora.run('start', parameters, { credentials }));
		expect(failure.told).toMatch(`'Storage Overrides → ${field}' must `);
		expect(agora.sent()).toEqual([]);
	});
});

describe('The users that an individual recording has to reckon with', () => {
	const uids = (from: number, count: number) =>
		Array.from({ length: count }, (_, i) => String(from + i)).join();
	const only = (audio: string, video: string) => ({
		mode: 'individual',
		channelName: 'class-8',
		audioSubscription: 'only',
		audioUids: audio,
		videoSubscription: 'only',
		videoUids: video,
	});

	it('are counted once, whether of audio or of video', async () => {
		// Seven in all: group 1 has room for them.
		const parameters = { ...only('1,2,3,4', '3,4,5,6,7'), subscribeUidGroup: 1 };
		await agora.run('start', parameters);
		expect(agora.count('start')).toBe(1);
	});

	it('cannot be fewer than those who are listed', async () => {
		const parameters = { ...only('1,2,3', '4'), subscribeUidGroup: 0 };
		const failure = await failureOf(agora.run('start', parameters));
		expect(failure.told).toMatch(/^'Maximum Concurrent Users' must be at least the 4 users/);
		expect(agora.sent()).toEqual([]);
	});

	it('cannot be more than 49', async () => {
		const failure = await failureOf(agora.run('start', only(uids(1, 32), uids(100, 18))));
		expect(failure.told).toMatch(
			/^'Users to Record → Video UIDs' must contain at most 49 .*\(got "50 users"\)/,
		);
		expect(agora.sent()).toEqual([]);
	});
});
