import fc from 'fast-check';
import {
	smallestPolicy,
	type Permission,
} from '../../nodes/AgoraCloudRecording/storage/policies.ts';
import {
	STORAGE_PROBLEMS,
	type StorageProblemKind,
} from '../../nodes/AgoraCloudRecording/storage/problems.ts';
import { regionOfCode, regionOfHost } from '../../nodes/AgoraCloudRecording/storage/regions.ts';
import {
	readError,
	type StorageAnswer,
	type ToldError,
} from '../../nodes/AgoraCloudRecording/storage/troubles/answer.ts';
import { ROWS } from '../../nodes/AgoraCloudRecording/storage/troubles/table.ts';
import {
	troubleOf,
	type StorageQuestion,
} from '../../nodes/AgoraCloudRecording/storage/troubles/trouble.ts';
import { STORAGE_VENDORS } from '../../nodes/AgoraCloudRecording/storage/vendors.ts';

const NOW = Date.UTC(2026, 8, 27, 12);
const DATE = new Date(NOW).toUTCString();

type Storage = Partial<StorageQuestion['storage']>;
const question = (
	storage: Storage = {},
	permission: Permission = 'read',
	more: Partial<StorageQuestion> = {},
): StorageQuestion => ({
	storage: { vendor: 'amazonS3', region: 'us-east-1', bucket: 'lessons', ...storage },
	...{ permission, folder: 'rec', now: NOW },
	fields: { accessKey: 'Read Access Key', secretKey: 'Read Secret Key' },
	...more,
});

const xml = (code: string, members: Record<string, string> = {}) =>
	`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code>${Object.entries(members)
		.map(([name, text]) => `<${name}>${text}</${name}>`)
		.join('')}</Error>`;
const answer = (
	status: number,
	body = '',
	headers: Record<string, string> = {},
): StorageAnswer => ({
	...{ status, body, headers: { date: DATE, ...headers } },
});

interface Case {
	answer: StorageAnswer;
	storage?: Storage;
	permission?: Permission;
	more?: Partial<StorageQuestion>;
	kind: StorageProblemKind;
	message?: RegExp;
	whatToDo?: RegExp;
	region?: { code: string; name?: string };
}
const AZURE = { vendor: 'microsoftAzure', region: null };

/** Answers as the vendors document them (object-storage.md sections 3 and 4), replayed. */
const CASES: Array<[string, Case]> = [
	[
		'denied a list',
		{
			answer: answer(403, xml('AccessDenied', { Message: 'Access Denied' })),
			...{ permission: 'list', kind: 'denied' },
			message: /^The key in 'Read Access Key' cannot list the objects in the bucket "lessons"\.$/,
			whatToDo:
				/"Action":"s3:ListBucket","Resource":"arn:aws:s3:::lessons","Condition":\{"StringLike":\{"s3:prefix":\["rec\/\*"\]\}\}/,
		},
	],
	[
		'denied a file',
		{
			answer: answer(403, xml('AccessDenied')),
			...{ kind: 'denied', message: /cannot read objects .*, or the object does not exist/ },
			whatToDo: /"Action":"s3:GetObject","Resource":"arn:aws:s3:::lessons\/rec\/\*"/,
		},
	],
	['denied without a body', { answer: answer(403), kind: 'denied' }],
	['401 without a body', { answer: answer(401), kind: 'denied' }],
	[
		'an expired link',
		{
			answer: answer(403, xml('AccessDenied', { Message: 'Request has expired' })),
			kind: 'expiredLink',
		},
	],
	[
		'an expired link at Google',
		{
			answer: answer(400, xml('ExpiredToken', { Details: 'Request signature expired at: 2026' })),
			...{ storage: { vendor: 'googleCloud' }, kind: 'expiredLink' },
		},
	],
	[
		'an expired link at Baidu',
		{
			answer: answer(
				403,
				'{"code":"RequestExpired","message":"Request has expired","requestId":"1"}',
			),
			...{ storage: { vendor: 'baiduAiCloud', region: 'Beijing' }, kind: 'expiredLink' },
		},
	],
	[
		'an expired link at Microsoft',
		{
			answer: answer(
				403,
				xml('AuthenticationFailed', {
					AuthenticationErrorDetail: 'Signature not valid in the specified time frame: …',
				}),
			),
			...{ storage: AZURE, kind: 'expiredLink' },
		},
	],
	[
		"a link that n8n's clock has dated into the past, at Microsoft",
		{
			answer: answer(
				403,
				xml('AuthenticationFailed', {
					AuthenticationErrorDetail:
						'Signature not valid in the specified time frame: Start [Thu, 01 Jan 2026 00:00:00 GMT] - Expiry [Thu, 01 Jan 2026 00:15:00 GMT] - Current [Thu, 01 Jan 2026 02:00:00 GMT]',
				}),
				{ date: new Date(NOW + 7_200_000).toUTCString() },
			),
			...{ storage: AZURE, kind: 'wrongClock', message: /is 2 hours behind the storage's/ },
		},
	],
	['an expired link at Kingsoft', { answer: answer(403, xml('URLExpired')), kind: 'expiredLink' }],
	[
		'a wrong secret',
		{
			answer: answer(
				403,
				xml('SignatureDoesNotMatch', { StringToSign: 'x', SignatureProvided: 'y' }),
			),
			...{ kind: 'wrongSecret', message: /'Read Secret Key' does not match 'Read Access Key'/ },
			whatToDo: /without spaces.*'Region'/,
		},
	],
	[
		'a wrong secret, as Microsoft words it',
		{
			answer: answer(
				403,
				xml('AuthenticationFailed', {
					Message:
						'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.',
					AuthenticationErrorDetail:
						'Signature did not match. String to sign used was r 2026-01-01T00:15:00Z /blob/acct/rec/x.mp4',
				}),
			),
			...{
				storage: AZURE,
				kind: 'wrongSecret',
				message: /^The storage rejected the signature: [^/]+$/,
			},
		},
	],
	[
		'a wrong secret at Microsoft',
		{
			answer: answer(403, '', { 'x-ms-error-code': 'AuthenticationFailed' }),
			...{ storage: AZURE, kind: 'wrongSecret', whatToDo: /^Copy both again, without spaces\.$/ },
		},
	],
	[
		'an unknown key',
		{
			answer: answer(403, xml('InvalidAccessKeyId')),
			...{ kind: 'unknownKey', message: /^Amazon S3 does not know the key in 'Read Access Key'/ },
			whatToDo: /A temporary key also needs its token/,
		},
	],
	[
		'an unknown temporary key',
		{
			answer: answer(403, xml('InvalidAccessKeyId')),
			...{ more: { temporary: true }, kind: 'unknownKey', whatToDo: /together with their token/ },
		},
	],
	['expired keys', { answer: answer(400, xml('ExpiredToken')), kind: 'expiredKeys' }],
	['another token', { answer: answer(403, xml('SecurityTokenExpired')), kind: 'expiredKeys' }],
	[
		'another region, in the body',
		{
			answer: answer(
				400,
				xml('AuthorizationHeaderMalformed', {
					Message: "the region 'us-east-1' is wrong; expecting 'eu-west-1'",
					Region: 'eu-west-1',
				}),
			),
			...{ kind: 'wrongRegion', region: { code: 'eu-west-1', name: 'eu-west-1' } },
			message: /is in the region eu-west-1/,
			whatToDo: /Set 'Region' to eu-west-1/,
		},
	],
	[
		'another region, in a presigned request',
		{
			answer: answer(
				400,
				xml('AuthorizationQueryParametersError', {
					Message: 'Error parsing the X-Amz-Credential parameter; the region is wrong',
					Region: 'sa-east-1',
				}),
			),
			...{ kind: 'wrongRegion', region: { code: 'sa-east-1', name: 'sa-east-1' } },
		},
	],
	[
		'another region, in a header',
		{
			answer: answer(301, '', { 'x-amz-bucket-region': 'eu-north-1', location: 'https://evil/' }),
			...{ kind: 'wrongRegion', region: { code: 'eu-north-1', name: 'eu-north-1' } },
		},
	],
	[
		'another region, by a host',
		{
			answer: answer(
				301,
				xml('PermanentRedirect', { Endpoint: 'lessons.s3.ap-south-1.amazonaws.com' }),
			),
			...{ kind: 'wrongRegion', region: { code: 'ap-south-1', name: 'ap-south-1' } },
		},
	],
	[
		'a region that Agora does not offer',
		{
			answer: answer(301, xml('PermanentRedirect', { Region: 'mx-central-1' })),
			...{
				kind: 'wrongRegion',
				region: { code: 'mx-central-1' },
				whatToDo: /Agora does not support this region/,
			},
		},
	],
	[
		"Alibaba's denial of another region",
		{
			answer: answer(
				403,
				xml('AccessDenied', {
					Message:
						'The bucket you are attempting to access must be addressed using the specified endpoint.',
					Endpoint: 'oss-ap-southeast-1.aliyuncs.com',
				}),
			),
			...{ storage: { vendor: 'alibabaCloud', region: 'CN_Hangzhou' }, kind: 'wrongRegion' },
			...{ region: { code: 'ap-southeast-1', name: 'AP_Southeast_1' } },
			whatToDo: /Set 'Region' to AP_Southeast_1/,
		},
	],
	[
		'a redirect without a region',
		{
			answer: answer(307, '', { location: 'https://ks3-cn-beijing.ksyuncs.com/' }),
			...{ storage: { vendor: 'kingsoftCloud', region: 'CN_Shanghai' }, kind: 'wrongRegion' },
			...{ message: /in another region or at another address/, whatToDo: /'Region'/ },
		},
	],
	[
		'the region of S3-compatible storage',
		{
			answer: answer(400, xml('AuthorizationHeaderMalformed', { Message: 'region', Region: 'eu' })),
			...{ storage: { vendor: 's3Compatible', region: null, endpoint: 'h' }, kind: 'wrongRegion' },
			...{ region: { code: 'eu' }, whatToDo: /^$/ },
		},
	],
	[
		'the same region is no other',
		{
			answer: answer(403, xml('AccessDenied'), { 'x-amz-bucket-region': 'us-east-1' }),
			kind: 'denied',
		},
	],
	[
		'denied in another region',
		{
			answer: answer(403, xml('AccessDenied'), { 'x-amz-bucket-region': 'eu-west-3' }),
			...{ kind: 'wrongRegion', region: { code: 'eu-west-3', name: 'eu-west-3' } },
		},
	],
	[
		'a missing bucket',
		{
			answer: answer(404, xml('NoSuchBucket')),
			...{ kind: 'noBucket', message: /no bucket "lessons" in the region us-east-1/ },
			whatToDo: /'Bucket' and 'Region'/,
		},
	],
	[
		'a missing bucket at Tencent',
		{
			answer: answer(404, xml('NoSuchBucket')),
			...{ storage: { vendor: 'tencentCloud', region: 'AP_Beijing' }, kind: 'noBucket' },
			whatToDo: /end with a hyphen and the account/,
		},
	],
	[
		'a missing bucket at Qiniu',
		{
			answer: answer(404, xml('NoSuchBucket')),
			...{
				storage: { vendor: 'qiniuCloud', region: 'Huadong' },
				kind: 'noBucket',
				whatToDo: /a different name for S3/,
			},
		},
	],
	[
		'a missing container',
		{
			answer: answer(404, '', { 'x-ms-error-code': 'ContainerNotFound' }),
			...{
				storage: AZURE,
				kind: 'noBucket',
				message: /no bucket "lessons"\.$/,
				whatToDo: /Check 'Container'\./,
			},
		},
	],
	['a missing file', { answer: answer(404, xml('NoSuchKey')), kind: 'noObject' }],
	[
		'a missing blob',
		{ answer: answer(404, '', { 'x-ms-error-code': 'BlobNotFound' }), kind: 'noObject' },
	],
	['404 for a file', { answer: answer(404), kind: 'noObject' }],
	['404 for a list', { answer: answer(404), permission: 'list', kind: 'noBucket' }],
	[
		'a SAS that is too small',
		{
			answer: answer(403, '', { 'x-ms-error-code': 'AuthorizationPermissionMismatch' }),
			...{
				storage: AZURE,
				kind: 'denied',
				whatToDo: /Keys of a storage account have all permissions/,
			},
		},
	],
	[
		'an account without keys',
		{
			answer: answer(403, '', { 'x-ms-error-code': 'KeyBasedAuthenticationNotPermitted' }),
			...{ storage: AZURE, kind: 'denied', whatToDo: /storage account key access/ },
		},
	],
	[
		"an account's firewall",
		{
			answer: answer(403, '', { 'x-ms-error-code': 'AuthorizationFailure' }),
			...{ storage: AZURE, kind: 'denied', whatToDo: /firewall/ },
		},
	],
	[
		'a clock that is ahead',
		{
			answer: answer(
				403,
				xml('RequestTimeTooSkewed', { ServerTime: new Date(NOW - 1_380_000).toISOString() }),
			),
			...{ kind: 'wrongClock', message: /is 23 minutes ahead of the storage's/ },
		},
	],
	[
		'a clock that is behind',
		{
			answer: answer(403, xml('AccessDenied', { Message: 'Request has expired' }), {
				date: new Date(NOW + 10_800_000).toUTCString(),
			}),
			...{ kind: 'wrongClock', message: /is 3 hours behind the storage's/ },
		},
	],
	[
		'a link of the future',
		{
			answer: answer(403, xml('AccessDenied', { Message: 'Request is not yet valid' }), {
				date: new Date(NOW - 330_000).toUTCString(),
			}),
			...{ kind: 'wrongClock', message: /is 6 minutes ahead of/ },
		},
	],
	[
		'a wrong clock and no time',
		{
			answer: { ...answer(403, xml('RequestTimeTooSkewed')), headers: {} },
			...{ kind: 'wrongClock', message: /^The n8n server's clock is wrong\.$/ },
		},
	],
	[
		'a denial by a clock that is a day off',
		{
			answer: answer(403, xml('SignatureDoesNotMatch'), {
				date: new Date(NOW - 3 * 86_400_000).toUTCString(),
			}),
			...{ kind: 'wrongClock', message: /3 days ahead/ },
		},
	],
	[
		'a denial with a clock that is good enough',
		{
			answer: answer(403, xml('AccessDenied'), { date: new Date(NOW - 600_000).toUTCString() }),
			kind: 'denied',
		},
	],
	[
		'the style of the address',
		{ answer: answer(403, xml('SecondLevelDomainForbidden')), kind: 'wrongAddress' },
	],
	['an archive', { answer: answer(403, xml('InvalidObjectState')), kind: 'archived' }],
	['too much', { answer: answer(503, xml('SlowDown')), kind: 'busy' }],
	['a fault', { answer: answer(500), kind: 'busy' }],
	['a limit', { answer: answer(429), kind: 'busy' }],
	[
		'a web console',
		{
			answer: answer(403, '<!DOCTYPE html><html><body>Sign in</body></html>'),
			...{ kind: 'noStorage', whatToDo: /Check the endpoint/ },
		},
	],
	[
		'a load balancer whose storage is away',
		{
			answer: answer(502, '<html><head><title>502 Bad Gateway</title></head></html>'),
			kind: 'busy',
		},
	],
	[
		"something that is nobody's",
		{
			answer: answer(418, xml('Teapot', { Message: `short\nand\u0000 stout ${'x'.repeat(500)}` })),
			...{
				kind: 'other',
				message: /^The storage returned status 418, Teapot: short and stout x{1,300}$/,
			},
		},
	],
	[
		"something in Google's JSON",
		{ answer: answer(400, '{"error":{"message":"Bad"}}'), kind: 'other', message: /: Bad$/ },
	],
];

describe('Error answers in words', () => {
	it.each(CASES)('%s', (_what, { storage, permission, more, kind, message, whatToDo, ...rest }) => {
		const told = troubleOf(rest.answer, question(storage, permission, more));
		expect(told.kind).toBe(kind);
		if (message) expect(told.message).toMatch(message);
		if (whatToDo) expect(told.whatToDo).toMatch(whatToDo);
		expect(told.region).toEqual(rest.region);
		expect(told.message).toMatch(/^[A-Z]/);
		if (kind !== 'other') expect(told.message).toMatch(/\.$/);
	});

	it('tell by how much a clock is wrong', () => {
		const served = { ServerTime: new Date(NOW - 3_600_000).toISOString() };
		const told = troubleOf(answer(403, xml('RequestTimeTooSkewed', served)), question());
		expect(told.clockAheadSeconds).toBe(3600);
		expect(troubleOf(answer(403, xml('AccessDenied')), question())).not.toHaveProperty(
			'clockAheadSeconds',
		);
	});

	it.each([
		[119, '119 seconds'],
		[120, '2 minutes'],
		[7199, '120 minutes'],
		[7200, '2 hours'],
		[172_799, '48 hours'],
		[172_800, '2 days'],
	])('tell %d seconds as %s, ahead or behind', (seconds, words) => {
		for (const sign of [1, -1]) {
			const served = { ServerTime: new Date(NOW - sign * seconds * 1000).toISOString() };
			const told = troubleOf(answer(403, xml('RequestTimeTooSkewed', served)), question());
			expect(told).toMatchObject({ kind: 'wrongClock', clockAheadSeconds: sign * seconds });
			expect(told.message).toContain(` ${words} ${sign > 0 ? 'ahead' : 'behind'}`);
		}
	});

	it.each<[string, string, number, StorageProblemKind]>([
		['RequestTimeTooSkewed', '', 0, 'wrongClock'],
		['AccessDenied', 'Request has expired', 300, 'expiredLink'],
		['AccessDenied', 'Request has expired', 301, 'wrongClock'],
		['AccessDenied', '', 900, 'denied'],
		['AccessDenied', '', -900, 'denied'],
		['AccessDenied', '', 901, 'wrongClock'],
		['SignatureDoesNotMatch', '', -901, 'wrongClock'],
		['NoSuchKey', '', 100_000, 'noObject'],
	])('%s (%s) of a clock that is %d seconds ahead is %s', (code, message, ahead, kind) => {
		const date = new Date(NOW - ahead * 1000).toUTCString();
		const told = troubleOf(answer(403, xml(code, { Message: message }), { date }), question());
		expect(told.kind).toBe(kind);
		expect('clockAheadSeconds' in told).toBe(kind === 'wrongClock');
		expect(told).not.toHaveProperty('region');
	});

	it.each<[string, StorageAnswer, Partial<ToldError>]>([
		[
			'blanks before JSON',
			answer(400, ' \n{"code":"A","message":"b"}'),
			{ code: 'A', message: 'b' },
		],
		[
			'its own words first',
			answer(400, '{"message":"b","error":{"message":"c"}}'),
			{ message: 'b' },
		],
		['JSON of another shape', answer(400, '{"code":5,"error":7}'), { code: '', message: '' }],
		['JSON that breaks off', answer(400, '{"code":"A"'), { code: '' }],
		['a page in capitals', answer(400, ' <HTML>'), { isPage: true }],
		['a page behind a comment', answer(400, `<!-- ${'x'.repeat(50)} --> <html>`), { isPage: true }],
		['no page', answer(400, '<a><html></html></a>'), { isPage: false, code: '' }],
		[
			'blanks',
			answer(400, xml(' A ', { Region: ' eu ', Endpoint: ' h ' })),
			{ code: 'A', region: 'eu', endpoint: 'h' },
		],
		[
			'empty ones',
			answer(400, xml('A', { Region: ' ', Endpoint: '' })),
			{ region: undefined, endpoint: undefined },
		],
		[
			'a header for an empty one',
			answer(400, xml('A', { Region: ' ' }), { 'x-amz-bucket-region': 'r' }),
			{ region: 'r' },
		],
		[
			'the body before a header',
			answer(400, xml('A', { Region: 'b' }), { 'x-amz-bucket-region': 'r' }),
			{ region: 'b' },
		],
		[
			'the header of a code first',
			answer(400, xml('A'), { 'x-ms-error-code': 'B' }),
			{ code: 'B' },
		],
		[
			'words and details',
			answer(400, xml('A', { Message: 'm', Details: 'd' })),
			{ message: 'm d' },
		],
		[
			'details alone',
			answer(400, xml('A', { Message: ' ', AuthenticationErrorDetail: 'd' })),
			{ message: 'd' },
		],
		[
			'the time of the body',
			answer(400, xml('A', { ServerTime: '2026-01-01T00:00:00Z' })),
			{ serverTime: Date.UTC(2026, 0, 1) },
		],
		['the time of the header', answer(400, xml('A', { ServerTime: 'now' })), { serverTime: NOW }],
		['no time', answer(400, '', { date: 'now' }), { serverTime: undefined }],
		['many headers', { ...answer(400), headers: { 'x-ms-error-code': ['A', 'B'] } }, { code: 'A' }],
	])('are read with %s', (_what, read, told) => {
		expect(readError(read)).toMatchObject(told);
	});

	it.each<[string, StorageAnswer, Storage, Permission, StorageProblemKind]>([
		['a bucket of Tencent', answer(404, xml('ResourceNotFound')), {}, 'list', 'noBucket'],
		['an object', answer(404, xml('ResourceNotFound')), {}, 'read', 'noObject'],
		['what is not known', answer(404, xml('Teapot')), {}, 'read', 'other'],
		['nothing said', answer(400), {}, 'read', 'other'],
		[
			'a storage without regions',
			answer(403, xml('AccessDenied'), { 'x-amz-bucket-region': 'eu' }),
			{ vendor: 's3Compatible', region: null, endpoint: 'h' },
			...(['read', 'denied'] as const),
		],
	])('of %s', (_what, told, storage, permission, kind) => {
		expect(troubleOf(told, question(storage, permission)).kind).toBe(kind);
	});

	it('name no region that is signed for already', () => {
		const storage = { vendor: 's3Compatible', region: null, endpoint: 'h', signingRegion: 'eu' };
		const told = answer(
			400,
			xml('AuthorizationHeaderMalformed', { Message: 'region', Region: 'eu' }),
		);
		expect(troubleOf(told, question(storage))).not.toHaveProperty('region');
		const other = { ...storage, signingRegion: 'us' };
		expect(troubleOf(told, question(other)).region).toEqual({ code: 'eu' });
	});

	it('tell a short reason, without what makes a link of an address', () => {
		const words = `see https://h/a?sig=secret&amp;b=1 or ${'x'.repeat(400)}`;
		const { message } = troubleOf(answer(418, xml('Teapot', { Message: words })), question());
		expect(message).toContain('https://h/a?*** or x');
		expect(message).not.toContain('secret');
		expect(message.length).toBeLessThan(400);
		expect(troubleOf(answer(418), question()).message).toMatch(/418$/);
	});

	it('know every row, and every kind but those that come before an answer', () => {
		const met = new Set(CASES.map(([, { kind }]) => kind));
		const before = ['unreadable', 'notAllowed', 'noAnswer'];
		expect([...met, ...before].sort()).toEqual([...STORAGE_PROBLEMS].sort());
		const codes = CASES.map(([, one]) => ({
			code:
				one.answer.headers['x-ms-error-code'] ??
				/(?:<Code>|"code":")(\w+)/.exec(one.answer.body)?.[1] ??
				'',
			status: one.answer.status,
		}));
		const unmet = ROWS.filter(
			(row) =>
				!codes.some(
					({ code, status }) =>
						(!row.code || row.code.test(String(code))) &&
						(!row.status || row.status.includes(status)),
				),
		);
		expect(unmet).toEqual([]);
	});

	it.each(ROWS.map((row, index) => [index, row] as const))(
		'row %i is met with each of its codes',
		(_index, row) => {
			const codes = row.code
				? (/\(?([\w|]+)\)?/.exec(row.code.source)?.[1] ?? '').split('|')
				: [''];
			const texts: Record<string, string> = {
				wrongClock: 'not yet valid',
				expiredLink: 'Request has expired',
				wrongRegion: 'region, specified endpoint',
			};
			for (const code of codes) {
				const body = code === '' ? '' : xml(code, { Message: row.message ? texts[row.kind] : '' });
				for (const status of row.status ?? [400]) {
					expect([code, troubleOf(answer(status, body), question()).kind]).toEqual([
						code,
						row.kind,
					]);
				}
			}
		},
	);

	it('hand on nothing of what was signed', () => {
		const body = xml('SignatureDoesNotMatch', {
			AWSAccessKeyId: 'AKIASECRET',
			StringToSign: 'AKIASECRET',
			CanonicalRequest: 'AKIASECRET',
		});
		expect(JSON.stringify(troubleOf(answer(403, body), question()))).not.toContain('AKIASECRET');
	});

	it('come out of anything', () => {
		const vendors = fc.constantFrom(...STORAGE_VENDORS.map(({ name }) => name), 'none');
		const body = fc.oneof(
			fc.string(),
			fc.json(),
			fc.string().map((code) => xml(code)),
		);
		const headers = fc.dictionary(
			fc.constantFrom('date', 'x-ms-error-code', 'x-amz-bucket-region'),
			fc.oneof(fc.string(), fc.array(fc.string(), { minLength: 1 })),
		);
		fc.assert(
			fc.property(
				...[vendors, fc.integer({ min: 100, max: 599 }), body, headers],
				fc.constantFrom<Permission>('list', 'read', 'write'),
				(vendor, status, text, all, permission) => {
					const told = troubleOf(
						{ status, body: text, headers: all },
						question({ vendor, region: null }, permission),
					);
					expect(told.message).not.toBe('');
					expect(told.message.length).toBeLessThan(1000);
					expect(told.message).not.toMatch(/undefined|null|\[object/);
				},
			),
			{ numRuns: 1000 },
		);
	});
});

describe('The smallest policy', () => {
	const place = (vendor: string, more = {}) => ({
		...{ vendor, bucket: 'lessons', folder: 'rec/', ...more },
	});

	it.each(STORAGE_VENDORS.map(({ name }) => name))('%s: names each permission', (vendor) => {
		const told = (['list', 'read', 'write'] as const).map((permission) =>
			smallestPolicy(place(vendor), [permission]),
		);
		const accountWide = ['microsoftAzure', 'qiniuCloud'].includes(vendor);
		expect(new Set(told).size).toBe(accountWide ? 1 : 3);
	});

	it.each([
		['cn-north-1', 'arn:aws-cn:s3:::lessons'],
		['us-gov-west-1', 'arn:aws-us-gov:s3:::lessons'],
		['eu-west-1', 'arn:aws:s3:::lessons'],
		[null, 'arn:aws:s3:::lessons'],
	])('has the partition of %s', (regionCode, arn) => {
		const told = smallestPolicy(place('amazonS3', { regionCode }), ['list', 'read']);
		const policy = JSON.parse(told.replace('Minimum policy: ', '')) as {
			Statement: Array<{ Resource: string }>;
		};
		expect(policy.Statement.map(({ Resource }) => Resource)).toEqual([arn, `${arn}/rec/*`]);
	});

	it('is for the whole bucket without a folder', () => {
		const told = smallestPolicy(place('amazonS3', { folder: '' }), ['list', 'read']);
		expect(told).toContain('"Resource":"arn:aws:s3:::lessons/*"');
		expect(told).not.toContain('Condition');
		expect(smallestPolicy(place('tencentCloud', { folder: '' }), ['read'])).toBe(
			'Minimum policy: name/cos:GetObject on the bucket "lessons".',
		);
		const both = smallestPolicy(place('tencentCloud'), ['list', 'write']);
		expect(both).toMatch(/GetBucket and .*PutObject on "rec\/" in .*"lessons"/);
		expect(smallestPolicy(place('constructor'), ['list'])).toContain('s3:ListBucket');
	});
});

describe('Regions that are told', () => {
	it.each([
		['amazonS3', 'eu-west-1', { code: 'eu-west-1', name: 'eu-west-1' }],
		['alibabaCloud', 'oss-cn-beijing', { code: 'cn-beijing', name: 'CN_Beijing' }],
		['tencentCloud', 'ap-mars', { code: 'ap-mars' }],
		['googleCloud', 'EU', { code: 'EU' }],
		['amazonS3', ' eu-west-1 ', { code: 'eu-west-1', name: 'eu-west-1' }],
		['amazonS3', 'x'.repeat(40), { code: 'x'.repeat(40) }],
		['none', 'eu', { code: 'eu' }],
	])('%s by code %s', (vendor, code, region) => {
		expect(regionOfCode(vendor, code)).toEqual(region);
	});

	it.each(['', 'eu west', '<b>', 'x'.repeat(41)])('%j is no code', (code) => {
		expect(regionOfCode('amazonS3', code)).toBeUndefined();
	});

	it.each([
		['amazonS3', 'lessons.s3.eu-west-1.amazonaws.com', 'eu-west-1'],
		['amazonS3', 'S3.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
		['tencentCloud', 'b-1.cos.ap-tokyo.myqcloud.com', 'ap-tokyo'],
		['amazonS3', ' s3.eu-west-1.amazonaws.com\n', 'eu-west-1'],
		['none', 's3.eu-west-1.amazonaws.com', undefined],
		['amazonS3', 'evil-s3.eu-west-1.amazonaws.com', undefined],
		['amazonS3', 's3.eu-west-1.amazonaws.com.evil.example', undefined],
	])('%s by host %s', (vendor, host, code) => {
		expect(regionOfHost(vendor, host)?.code).toBe(code);
	});
});
