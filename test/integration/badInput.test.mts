import { failureOf, type Failure } from '../support/failures.mts';
import { type Setup, useAgora } from '../support/setup.mts';

const agora = useAgora();

/** Name in the form, parameters, what the message says of the value, what it says is allowed. */
type Row = readonly [field: string, parameters: object, value: string, allowed: RegExp];

const PAGE = { mode: 'web', url: 'https://example.com/room' };
const IDENTITY: Row[] = [
	['Channel Name', { channelName: '' }, 'nothing', /must not be empty/],
	['Channel Name', { channelName: '   ' }, '"   "', /begin or end with a space/],
	['Channel Name', { channelName: 'class-7 ' }, '"class-7 "', /begin or end with a space/],
	['Channel Name', { channelName: 'x'.repeat(64) }, `"${'x'.repeat(64)}"`, /64 bytes/],
	['Channel Name', { channelName: 'a/b' }, '"a/b"', /letters a–z/],
	['Channel Name', { channelName: 'größe' }, '"größe"', /letters a–z/],
	['Channel Name', { channelName: true }, 'true', /must be text/],
	['Channel Name', { channelName: ['a'] }, '["a"]', /must be text/],
	['Recorder UID', { recorderUid: '0' }, '"0"', /1 to 4294967295/],
	['Recorder UID', { recorderUid: 4_294_967_296 }, '"4294967296"', /1 to 4294967295/],
	['Recorder UID', { recorderUid: -1 }, '"-1"', /1 to 4294967295/],
	['Recorder UID', { recorderUid: 'host' }, '"host"', /1 to 4294967295/],
	['Recorder UID', { recorderUid: {} }, '{}', /must be text/],
	['Mode', { mode: 'composite' }, '"composite"', /mix/],
	['Simplify', { simplify: 'maybe' }, '"maybe"', /true or false/],
	['Channel Name', { channelName: 'test_webhook' }, '"test_webhook"', /trigger would ignore/],
	['Recording Name', { ...PAGE, channelName: 'test_webhook' }, '"test_webhook"', /trigger/],
	['Recorder UID', { recorderUid: 12_121_212 }, '"12121212"', /trigger would ignore/],
];

const ACQUIRE_OPTIONS: Row[] = [
	...[0, 721, 1.5, -1].map((hours): Row => [
		'Controllable For (Hours)',
		{ options: { resourceExpiredHour: hours } },
		String(hours),
		/1 to 720/,
	]),
	['Controllable For (Hours)', { options: { resourceExpiredHour: 'all' } }, '"all"', /a number/],
	['Recorder Region', { options: { region: 'US' } }, '"US"', /CN, AP, EU, NA/],
	...[0, 301, -5].map((seconds): Row => [
		'Request Timeout (Seconds)',
		{ options: { requestTimeout: seconds } },
		String(seconds),
		/1 to 300/,
	]),
];

const custom = (video: object) => ({ videoProfile: 'custom', video });
const override = (name: string, value: unknown) => ({ storageOverrides: { [name]: value } });

const START: Row[] = [
	['Channel Profile', { channelProfile: 1 }, '1', /automatic, communication, liveBroadcasting/],
	['Channel Profile', { channelProfile: 'live' }, '"live"', /automatic, communication/],
	['If Channel Is Empty', { options: { ifChannelEmpty: 'wait' } }, '"wait"', /start, skip, error/],
	['Record', { streamTypes: 3 }, '3', /0, 1, 2/],
	['File Format', { fileFormat: 'mp4' }, '"mp4"', /hls/],
	['Layout', { layout: 'circle' }, '"circle"', /bestFit/],
	['Large Window UID', { layout: 'vertical', maxResolutionUid: '0' }, '"0"', /1 to/],
	['Background Color', { background: { backgroundColor: 'red' } }, '"red"', /#RRGGBB/],
	['Bitrate (Kbps)', custom({ bitrate: 6501 }), '6501', /1 to 6500/],
	['Bitrate (Kbps)', custom({ bitrate: '' }), 'nothing', /a number/],
	['Frames per Second', custom({ fps: 25 }), '25', /1, 7, 10, 15, 24, 30, 60/],
	['Height (Pixels)', custom({ height: 1921 }), '1921', /1 to 1920/],
	['Width (Pixels)', custom({ width: 0 }), '0', /1 to 1920/],
	['Width (Pixels)', custom({ width: 1920, height: 1081 }), '1920', /1920 × 1080/],
	['Stop After Idle (Seconds)', { maxIdleTime: 4 }, '4', /5 to 2592000/],
	['Stop After Idle (Seconds)', { maxIdleTime: 2_592_001 }, '2592001', /5 to 2592000/],
	['Stop After Idle (Seconds)', { maxIdleTime: 'soon' }, '"soon"', /a number/],
	['Stop After Idle (Seconds)', { maxIdleTime: null }, 'nothing', /a number/],
	['Audio Quality', { recordingOptions: { audioProfile: 3 } }, '3', /0, 1, 2/],
	['Video Stream', { recordingOptions: { videoStreamType: 2 } }, '2', /0, 1/],
	['Token → Source', { tokenSource: 'magic' }, '"magic"', /none/],
	['Token → RTC Token', { tokenSource: 'manual', token: '' }, 'nothing', /token/],
	['Folder in Bucket', { fileNamePrefix: 'a-b' }, '"a-b"', /letters, digits/],
	['Folder in Bucket', { fileNamePrefix: 'ok/größe' }, '"größe"', /letters, digits/],
	['Folder in Bucket', { fileNamePrefix: 'x'.repeat(128) }, 'x'.repeat(128), /127 characters/],
	['Storage Overrides → Region', override('region', 'mars'), '"mars"', /a region of Amazon S3/],
	['Storage Overrides → Encryption', override('sse', 'des'), '"des"', /kms, aes256/],
	['Verify Start', { options: { verify: 1 } }, '1', /true or false/],
	['Verification Timeout (Seconds)', { options: { verificationTimeout: 4 } }, '4', /5 to 600/],
	['If Not Confirmed', { options: { ifNotConfirmed: 'ignore' } }, '"ignore"', /error, return/],
];

const RUNNING: Row[] = [
	['Retry While Not Found (Seconds)', { options: { retryWhileNotFound: 91 } }, '91', /0 to 90/],
	['Retry While Not Found (Seconds)', { options: { retryWhileNotFound: -1 } }, '-1', /0 to 90/],
	['Request Timeout (Seconds)', { options: { requestTimeout: 0 } }, '0', /1 to 300/],
	['Simplify', { simplify: 'maybe' }, '"maybe"', /true or false/],
];

const STOP: Row[] = [
	['Return Immediately', { options: { asyncStop: 'yes' } }, '"yes"', /true or false/],
];

const ITEM = {
	mode: 'mix',
	cname: 'class-7',
	uid: '527841',
	resourceId: 'JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8',
	sid: '38f8e3cfdc474cd56fc1ceba380d7e1a',
};

/** The field, its rule and, where it is shown, the value: `'Limit' must be a whole number from 1 (got 0)`. */
const partsOf = ({ told }: Failure) =>
	/^'([^']+)' (must .+?)(?: \(got (.+)\))?(?:\. Regions: .*)?$/.exec(told)?.slice(1) ?? [told];

async function expectRefused(operation: string, row: Row) {
	const [field, parameters, value, allowed] = row;
	const given = { channelName: 'class-7', ...parameters };
	const items = [operation === 'query' || operation === 'stop' ? ITEM : {}];
	const failure = await failureOf(agora.run(operation, given, { items }));
	expect(failure.name).toBe('NodeOperationError');
	expect(failure.itemIndex).toBe(0);
	const [name, rule, got = ''] = partsOf(failure);
	expect(name).toBe(field);
	expect(rule).toMatch(allowed);
	expect(rule === 'must not be empty' ? 'nothing' : got).toContain(value);
	expect(agora.sent()).toEqual([]);
}

describe('A wrong value is refused by its name in the form, and nothing is sent:', () => {
	it.each([...IDENTITY, ...ACQUIRE_OPTIONS, ...START])(
		'Start, %s %j',
		async (...row) => await expectRefused('start', row),
	);
	it.each([...IDENTITY, ...ACQUIRE_OPTIONS])(
		'Acquire, %s %j',
		async (...row) => await expectRefused('acquire', row),
	);
	it.each(RUNNING)('Query, %s %j', async (...row) => await expectRefused('query', row));
	it.each([...RUNNING, ...STOP])('Stop, %s %j', async (...row) => await expectRefused('stop', row));
});

describe('A wrong value of the credential is refused by its name there, and nothing is sent:', () => {
	it.each([
		['Storage Vendor', { storageVendor: 'amazonS4' }, /amazonS4/, /amazonS3/],
		['Region', { storageRegion: 'CN_Hangzhou' }, /CN_Hangzhou/, /a region of Amazon S3/],
		[
			'Endpoint',
			{ storageVendor: 's3Compatible', storageEndpoint: 'https://s3.example.com/x' },
			/example\.com\/x/,
			/without https/,
		],
	])('%s %j', async (field, wrong, value, allowed) => {
		const credentials = { ...agora.credentials, ...wrong };
		const failure = await failureOf(
			agora.run('start', { channelName: 'class-7' }, { credentials }),
		);
		expect(failure.message).toMatch(
			new RegExp(`^'${field} in the credential' must .*\\(got .*\\)$`),
		);
		expect(failure.message.split('(got ')[1]).toMatch(value);
		expect(failure.told).toMatch(allowed);
		expect(agora.sent()).toEqual([]);
	});

	const NOTHING = {
		...{ storageRegion: '', storageBucket: ' ', storageAccessKey: '', storageSecretKey: '' },
	};
	const CHOOSE = "choose a 'Storage Vendor' in it, and fill in the fields that follow";
	it.each([
		[
			{ storageVendor: 'amazonS3', ...NOTHING },
			"fill in 'Region', 'Bucket', 'Access Key ID' and 'Secret Access Key'",
		],
		[
			{ storageVendor: 'microsoftAzure', ...NOTHING },
			"fill in 'Container', 'Storage Account Name' and 'Account Key'",
		],
		[
			{ storageVendor: 's3Compatible', ...NOTHING },
			"fill in 'Endpoint', 'Bucket', 'Access Key' and 'Secret Key'",
		],
		[{ storageVendor: 'googleCloud', storageSecretKey: '' }, "fill in 'HMAC Secret'"],
		[{ storageBucket: '', storageSecretKey: '' }, "fill in 'Bucket' and 'Secret Access Key'"],
		[{ storageVendor: 'none' }, CHOOSE],
		[{ storageVendor: '' }, CHOOSE],
		[{ storageVendor: undefined }, CHOOSE],
	])('all that the storage lacks at once: %j', async (storage, advice) => {
		const credentials = { ...agora.credentials, ...storage } as Setup['credentials'];
		const failure = await failureOf(
			agora.run('start', { channelName: 'class-7' }, { credentials, items: [{}, {}] }),
		);
		expect(failure.message).toBe(`The credential has no storage yet: ${advice}`);
		expect(failure.name).toBe('NodeOperationError');
		expect(agora.sent()).toEqual([]);
	});

	it('not what the form gives in its place', async () => {
		const credentials = { ...agora.credentials, ...NOTHING };
		const storageOverrides = { bucket: 'lessons', region: 'us-east-1' };
		const start = { channelName: 'class-7', storageOverrides };
		const failure = await failureOf(agora.run('start', start, { credentials }));
		expect(failure.told).toMatch(/yet: fill in 'Access Key ID' and 'Secret Access Key'$/);
	});

	it.each<[unknown, string]>([
		['fast', '"fast"'],
		['', 'nothing'],
		[null, 'nothing'],
		['0', '"0"'],
		[0, '0'],
		[1.5, '1.5'],
		[true, 'true'],
		[[5], '[5]'],
	])('Requests per Second %j', async (requestsPerSecond, value) => {
		const credentials = { ...agora.credentials, requestsPerSecond } as Setup['credentials'];
		const failure = await failureOf(
			agora.run('start', { channelName: 'class-7' }, { credentials }),
		);
		expect(failure.told).toBe(
			`'Requests per Second' in the Agora API credential must be a whole number from 1 (got ${value})`,
		);
		expect(agora.sent()).toEqual([]);
	});

	it('an encryption that the vendor does not have', async () => {
		const credentials = {
			...agora.credentials,
			storageVendor: 'tencentCloud',
			storageRegion: 'EU_Frankfurt',
		};
		const parameters = { channelName: 'class-7', storageOverrides: { sse: 'kms' } };
		const failure = await failureOf(agora.run('start', parameters, { credentials }));
		expect(failure.told).toMatch(
			/^'Storage Overrides → Encryption' must be empty.*Amazon S3 \(got "kms"\)$/,
		);
	});
});

describe('A JSON field that cannot be used', () => {
	const KEY = 'sk-4711-not-to-be-seen';
	const token = `"clientRequest": { "token": "${KEY}" }`;

	it.each([
		[
			'no JSON',
			`{ ${token}, }`,
			/must be a JSON object .*\(got invalid JSON from line 1, column \d+ on\)$/,
		],
		['no JSON', `{\n  ${token}\n  "a": 1 }`, /\(got invalid JSON from line 3, column 3 on\)$/],
		['no JSON', KEY, /\(got invalid JSON from line 1, column 1 on\)$/],
		['a list', `[{ ${token} }]`, /must be a JSON object .*\(got a list\)$/],
		['a list', [KEY], /\(got a list\)$/],
		['a text', `"${KEY}"`, /\(got text\)$/],
		['a number', '47110815', /\(got a number\)$/],
		['null', 'null', /\(got null\)$/],
		['with the channel', `{ "cname": "${KEY}", ${token} }`, /cname/],
		['with the UID', { uid: KEY, clientRequest: { token: KEY } }, /uid/],
	])('is named, with the place, and not shown: %s', async (_what, json, message) => {
		for (const [operation, option, name] of [
			['start', 'extraBody', 'Additional Request Fields (JSON)'],
			['start', 'extraAcquireBody', 'Additional Acquire Fields (JSON)'],
			['acquire', 'extraBody', 'Additional Request Fields (JSON)'],
			['updateLayout', 'extraBody', 'Additional Request Fields (JSON)'],
		] as const) {
			// From the item: what is typed in, n8n itself keeps with every error.
			const options = { [option]: '={{ $json.given }}' };
			const items = [{ ...ITEM, given: json }];
			const failure = await failureOf(
				agora.run(operation, { channelName: 'class-7', options }, { items }),
			);
			expect(failure.told).toMatch(message);
			expect(failure.told).toMatch(new RegExp(`^'${name.replace(/[()]/g, '\\$&')}`));
			expect(failure.everything).not.toMatch(/4711-|47110815/);
			expect(agora.sent()).toEqual([]);
		}
	});
});

describe('A long value', () => {
	it('is not told in full', async () => {
		const items = [{ name: { text: 'x'.repeat(1_000_000) } }];
		const failure = await failureOf(
			agora.run('start', { channelName: '={{ $json.name }}' }, { items }),
		);
		expect(failure.told).toMatch(/^'Channel Name' must be text \(got \{"text":"xxx.*x…\)$/);
		expect(failure.message.length).toBeLessThan(500);
	});
});

describe('Several wrong values', () => {
	it('are all named', async () => {
		const parameters = { channelName: 'a/b', recorderUid: '0', maxIdleTime: 4 };
		const failure = await failureOf(agora.run('start', parameters));
		expect(failure.told).toMatch(/^'Channel Name'/);
		expect(failure.description).toMatch(/'Recorder UID'/);
		expect(failure.description).toMatch(/'Stop After Idle \(Seconds\)'/);
	});
});

describe('Values that an expression gives as text, or as a number', () => {
	it('are taken for what is meant', async () => {
		const parameters = {
			channelName: 2024,
			recorderUid: 527_841,
			channelProfile: 'liveBroadcasting',
			streamTypes: '2',
			maxIdleTime: '60',
			layout: 'vertical',
			maxResolutionUid: 123,
			videoProfile: 'custom',
			video: { width: '1280', height: '720', fps: '30', bitrate: ' 1710 ' },
			recordingOptions: { audioProfile: '2', videoStreamType: '1' },
			options: {
				resourceExpiredHour: '24',
				requestTimeout: '15',
				verificationTimeout: '60',
				verify: 'false',
			},
			simplify: 'false',
		};
		const started = await agora.runOne('start', parameters);
		expect(started).toMatchObject({ outcome: 'accepted', cname: '2024', uid: '527841' });
		expect(started).toHaveProperty('response');
		const [acquire] = agora.sent('acquire');
		expect(acquire.body).toMatchObject({ clientRequest: { resourceExpiredHour: 24 } });
		expect(agora.control.recordings()[0].request).toMatchObject({
			recordingConfig: {
				channelType: 1,
				streamTypes: 2,
				maxIdleTime: 60,
				audioProfile: 2,
				videoStreamType: 1,
				transcodingConfig: {
					width: 1280,
					height: 720,
					fps: 30,
					bitrate: 1710,
					mixedVideoLayout: 2,
					maxResolutionUid: '123',
				},
			},
		});
		const items = [started];
		const options = { asyncStop: 'true', retryWhileNotFound: '0', requestTimeout: '20' };
		expect(await agora.runOne('stop', { options }, { items })).toMatchObject({
			outcome: 'stopping',
		});
	});
});

describe('Requests per Second', () => {
	it.each([2, '2', ' 2 '])('of %j are kept to', async (requestsPerSecond) => {
		const credentials = { ...agora.credentials, requestsPerSecond };
		const items = Array.from({ length: 6 }, () => ({}));
		const parameters = { channelName: 'class-7' };
		await agora.run('acquire', parameters, { credentials, items });
		const times = agora.sent('acquire').map(({ virtualTime }) => virtualTime);
		expect(times[5] - times[0]).toBeGreaterThanOrEqual(2000);
	});
});

describe('A number without an upper limit', () => {
	it('is said to have none', async () => {
		const parameters = { resource: 'notificationServer', limit: 0 };
		const failure = await failureOf(agora.run('getAll', parameters));
		expect(failure.told).toBe("'Limit' must be a whole number from 1 (got 0)");
	});
});

describe('A field that the form does not show', () => {
	it.each([
		['the layout', { streamTypes: 0, layout: 'left over' }],
		['the large picture', { layout: 'bestFit', maxResolutionUid: 'left over' }],
		['the picture', { streamTypes: 0, video: { width: 99_999 } }],
		['the token', { tokenSource: 'none', token: 'left over' }],
	])('decides nothing: %s', async (_what, parameters) => {
		const started = await agora.runOne('start', { channelName: 'class-7', ...parameters });
		expect(started.outcome).toBe('recording');
		expect(JSON.stringify(agora.sent())).not.toMatch(/left over|99999/);
	});
});
