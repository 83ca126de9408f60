import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import {
	bucketAddress,
	hostOfEndpoint,
	inRegion,
	isPlainHttp,
	type BucketAccess,
} from '../../nodes/AgoraCloudRecording/storage/access.ts';
import {
	encodePath,
	encodeQuery,
	encodeStrictly,
	type Query,
} from '../../nodes/AgoraCloudRecording/storage/encoding.ts';
import {
	contentDisposition,
	linksTo,
	publicLink,
} from '../../nodes/AgoraCloudRecording/storage/links.ts';
import {
	listRequest,
	readRequest,
	urlSigner,
	writeRequest,
} from '../../nodes/AgoraCloudRecording/storage/requests.ts';
import { sasOf } from '../../nodes/AgoraCloudRecording/storage/signing/azure.ts';
import type { Unsigned } from '../../nodes/AgoraCloudRecording/storage/signing/scheme.ts';
import { aws4, oss4 } from '../../nodes/AgoraCloudRecording/storage/signing/v4.ts';
import { STORAGE_VENDORS } from '../../nodes/AgoraCloudRecording/storage/vendors.ts';
import { casesOf, VENDOR_CASES, type SigningCase } from '../vendors/cases.mts';
import { difference } from '../vendors/ours.mts';

const SIGNERS = { linksTo, listRequest, urlSigner, writeRequest };
const NOW = Date.UTC(2026, 8, 27, 12, 0, 0, 400);
const KEYS = {
	accessKey: 'AKIAIOSFODNN7EXAMPLE',
	secretKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};
const VIDEO = { accessKey: 'lessons', secretKey: Buffer.alloc(64, 'k').toString('base64') };

/** Access to a bucket of each vendor, in the first region that it has. */
function accessTo(vendor: string, more: Partial<BucketAccess> = {}): BucketAccess {
	const regions = STORAGE_VENDORS.find(({ name }) => name === vendor)?.regions ?? [];
	const region = vendor === 'kingsoftCloud' ? 'CN_Shanghai' : regions[0]?.[0];
	return {
		...{ vendor, region, bucket: 'lessons', keys: vendor === 'microsoftAzure' ? VIDEO : KEYS },
		...(vendor === 's3Compatible' && { endpoint: 's3.example.com' }),
		...more,
	};
}
const VENDORS = STORAGE_VENDORS.map(({ name }) => name);
const linkTo = (vendor: string, key = 'dir/a.mp4', seconds = 3600, more?: Partial<BucketAccess>) =>
	linksTo(accessTo(vendor, more), { seconds, now: NOW })(key);

describe('Strict encoding', () => {
	it('leaves what needs none, and nothing else', () => {
		expect(encodeStrictly("AZaz09-_.~ +%é🎬/!'()*&=")).toBe(
			'AZaz09-_.~%20%2B%25%C3%A9%F0%9F%8E%AC%2F%21%27%28%29%2A%26%3D',
		);
		expect(encodePath('a b/%41.ts')).toBe('a%20b/%2541.ts');
		expect(encodeStrictly('\ud800')).toBe('%EF%BF%BD');
	});

	it('can be read back, and is not changed by URL', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
				const encoded = encodeStrictly(text);
				expect(encoded).toMatch(/^([\w.~-]|%[\dA-F]{2})*$/);
				expect(decodeURIComponent(encoded)).toBe(text.replace(/\p{Cs}/gu, '\uFFFD'));
				const url = `https://h.example/x${encoded}?y=${encoded}`;
				expect(new URL(url).href).toBe(url);
			}),
		);
	});

	it('sorts a query by encoded name', () => {
		const query: Query = [
			...([
				['list-type', '2'],
				['X-Amz-Date', 'd'],
			] as const),
			...([
				['prefix', 'a b'],
				['X-Amz-Algorithm', ''],
				['a~', '1'],
				['a%', '2'],
			] as const),
		];
		expect(encodeQuery(query)).toBe(
			'X-Amz-Algorithm=&X-Amz-Date=d&a%25=2&a~=1&list-type=2&prefix=a%20b',
		);
	});
});

describe('Published and measured vectors', () => {
	const ER = 'examplebucket.s3.us-east-1.amazonaws.com';
	const signedAt = Date.UTC(2013, 4, 24) / 1000;
	const aws = (host: string, path: string, lasts: number, query: Query = [], token?: string) =>
		aws4({ keys: { ...KEYS, sessionToken: token }, region: 'us-east-1', signedAt, lasts })({
			...({ method: 'GET', protocol: 'https:', bucket: 'examplebucket' } as const),
			...{ host, path, key: '', query, headers: {} },
		} satisfies Unsigned);
	const odd = `/${encodePath('dir1/a b+c~d&é(1).m3u8')}`;
	const overrides: Query = [
		['response-content-type', 'application/vnd.apple.mpegurl'],
		['response-content-disposition', 'attachment; filename="a b.mp4"'],
	];

	// object-storage.md section 2; the first is Amazon's own.
	it.each<[string, string, string]>([
		[
			'a file',
			aws('examplebucket.s3.amazonaws.com', '/test.txt', 86_400),
			'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
		],
		[
			'an odd name',
			aws(ER, odd, 3600),
			'd4bdbdbf2fd98e82a0eb448d94b57f9f1c44893e72d1b9ee5e3e857c239e05b2',
		],
		[
			'temporary keys and headers of the answer',
			aws(ER, odd, 3600, overrides, 'TOKEN/+=='),
			'2dec5f2aca588b4c325515fd87b0e4b7a04ea1b49fbea502b628c2fabd3db015',
		],
		[
			'a list',
			aws('s3.example.com:9000', '/examplebucket', 3600, [
				['list-type', '2'],
				['prefix', 'dir1/a b'],
				['max-keys', '1000'],
			]),
			'03433a7d74926d68eff4a3b67f47956184346ad6b241e3eb7b7f6fb040713096',
		],
	])('Amazon: %s', (_what, query, signature) => {
		expect(query).toMatch(new RegExp(`&X-Amz-Signature=${signature}$`));
	});

	it('Alibaba', () => {
		const query = oss4({
			...{ keys: { accessKey: 'LTAIEXAMPLE', secretKey: 'secretEXAMPLE' }, region: 'cn-hangzhou' },
			...{ signedAt: Date.UTC(2026, 0, 1) / 1000, lasts: 3600 },
		})({
			...({ method: 'GET', protocol: 'https:', bucket: 'examplebucket' } as const),
			...{ host: 'unused', path: '/unused', key: 'dir1/a b.m3u8', headers: {} },
			query: overrides.slice(0, 1),
		});
		expect(query).toMatch(
			/&x-oss-signature=db9346ac8daf6b29f690835124272cec184ee4f87e1be9f680ba1391a237df2c$/,
		);
	});

	it.each([
		['dir1/a b+c.m3u8', 'r', '0S/VFYXl28jMO/+y204NvCe/b7UHpSJCc5oZjJggXYA='],
		['', 'rl', 'FwEVTwsjO+YOr8vv26QFV8KnCNtBWsmHvyITXpkVobk='],
	])('Microsoft: %j', (blob, permissions, signature) => {
		const sas = sasOf({
			...{ account: 'acct', accountKey: VIDEO.secretKey, container: 'rec', blob, permissions },
			...{ expiresAt: Date.UTC(2030, 0, 1) / 1000, protocol: 'https' },
			...(blob && { contentType: overrides[0][1], contentDisposition: overrides[1][1] }),
		});
		expect(sas).toContainEqual(['sig', signature]);
	});
});

describe('Vectors of the SDKs', () => {
	const vectors = JSON.parse(readFileSync('test/golden/storage/signatures.json', 'utf8')) as Array<{
		judge: string;
		case: SigningCase;
		url: string;
	}>;

	it.each(vectors.map((vector, index) => [vector.case.access.vendor, index, vector] as const))(
		'%s %i',
		(_vendor, _index, { case: one, url }) => {
			expect(difference(SIGNERS, one, url)).toBe('');
		},
	);

	it('are there for every vendor', () => {
		const judged = new Set(vectors.map((vector) => vector.case.access.vendor));
		expect([...judged].sort()).toEqual([...VENDORS].sort());
		expect(Object.keys(VENDOR_CASES).sort()).toEqual([...VENDORS].sort());
	});

	it.each(VENDORS)(
		'%s: whatever is asked, the URL stays what it is when it is parsed',
		(vendor) => {
			fc.assert(
				fc.property(casesOf(vendor), ({ access, now, ask }) => {
					const key = 'link' in ask ? ask.link : 'a';
					const { url } = linksTo(access, { seconds: 60, now })(key);
					const parsed = new URL(url);
					expect(parsed.href).toBe(url);
					expect(decodeURIComponent(parsed.pathname).endsWith(`/${key}`)).toBe(true);
					expect(parsed.hash).toBe('');
				}),
			);
		},
	);
});

describe('Where requests go', () => {
	it.each<[string, Partial<BucketAccess>, string, string, string]>([
		['alibabaCloud', {}, 'lessons.oss-cn-hangzhou.aliyuncs.com', '', 'cn-hangzhou'],
		['amazonS3', {}, 'lessons.s3.us-east-1.amazonaws.com', '', 'us-east-1'],
		['amazonS3', { bucket: 'a.b' }, 's3.us-east-1.amazonaws.com', '/a.b', 'us-east-1'],
		['baiduAiCloud', {}, 'lessons.bj.bcebos.com', '', 'bj'],
		['googleCloud', {}, 'storage.googleapis.com', '/lessons', 'auto'],
		['huaweiCloud', {}, 'lessons.obs.cn-north-1.myhuaweicloud.com', '', 'cn-north-1'],
		['kingsoftCloud', {}, 'lessons.ks3-cn-shanghai.ksyuncs.com', '', 'SHANGHAI'],
		['kingsoftCloud', { region: 'NA_Russia_1' }, 'lessons.ks3-rus.ksyuncs.com', '', 'RUSSIA'],
		['kingsoftCloud', { region: 'CN_Hongkong' }, 'lessons.ks3-cn-hk-1.ksyuncs.com', '', 'HONGKONG'],
		[
			'kingsoftCloud',
			{ region: 'JR_Beijing' },
			'lessons.ks3-jr-beijing.ksyuncs.com',
			'',
			'JR_BEIJING',
		],
		[
			'kingsoftCloud',
			{ region: 'JR_Shanghai' },
			'lessons.ks3-jr-shanghai.ksyuncs.com',
			'',
			'JR_SHANGHAI',
		],
		['kingsoftCloud', { region: 'NA_Singapore_1' }, 'lessons.ks3-sgp.ksyuncs.com', '', 'SINGAPORE'],
		['microsoftAzure', {}, 'lessons.blob.core.windows.net', '/lessons', ''],
		['qiniuCloud', {}, 's3-cn-east-1.qiniucs.com', '/lessons', 'cn-east-1'],
		['s3Compatible', {}, 's3.example.com', '/lessons', 'us-east-1'],
		['s3Compatible', { signingRegion: 'auto' }, 's3.example.com', '/lessons', 'auto'],
		['s3Compatible', { bucketBeforeHost: true }, 'lessons.s3.example.com', '', 'us-east-1'],
		[
			's3Compatible',
			{ endpoint: 'https://S3.Example.com:443' },
			's3.example.com',
			'/lessons',
			'us-east-1',
		],
		['s3Compatible', { endpoint: 'http://h:80/' }, 'h', '/lessons', 'us-east-1'],
		['s3Compatible', { endpoint: ' HTTP://H:80 ' }, 'h', '/lessons', 'us-east-1'],
		['microsoftAzure', { bucketBeforeHost: true }, 'lessons.blob.core.windows.net', '/lessons', ''],
		['microsoftAzure', { endpoint: 'http://h:1/acct//' }, 'h:1', '/acct/lessons', ''],
		['s3Compatible', { endpoint: 'http://h:443' }, 'h:443', '/lessons', 'us-east-1'],
		[
			'tencentCloud',
			{ region: 'NA_Ashburn' },
			'lessons.cos.na-ashburn.myqcloud.com',
			'',
			'na-ashburn',
		],
	])('%s %j', (vendor, more, host, path, region) => {
		expect(bucketAddress(accessTo(vendor, more))).toMatchObject({ host, path, region });
	});

	it('is another region where an answer names it', () => {
		const [amazon, own] = [accessTo('amazonS3'), accessTo('s3Compatible')];
		const region = { code: 'eu-west-1', name: 'eu-west-1' };
		expect(inRegion(amazon, region)).toEqual({ ...amazon, region: 'eu-west-1' });
		expect(inRegion(amazon, { code: 'mx-central-1' })).toBeUndefined();
		expect(inRegion(own, { code: 'auto' })).toEqual({ ...own, signingRegion: 'auto' });
	});

	it.each([
		['https://s3.example.com', 's3.example.com'],
		[' HTTP://s3.example.com:9000// ', 's3.example.com:9000'],
		['s3.example.com', 's3.example.com'],
	])('is of the endpoint %j the host %s', (endpoint, host) => {
		expect(hostOfEndpoint(endpoint)).toBe(host);
	});

	it('is plain HTTP only where it is written out', () => {
		expect(isPlainHttp(accessTo('s3Compatible', { endpoint: 'http://h:9000' }))).toBe(true);
		expect(isPlainHttp(accessTo('s3Compatible', { endpoint: 'h:9000' }))).toBe(false);
		for (const vendor of VENDORS) expect(isPlainHttp(accessTo(vendor))).toBe(false);
	});

	it.each<[string, Partial<BucketAccess>]>([
		['s3Compatible', { endpoint: '' }],
		['s3Compatible', { endpoint: 'ftp://h' }],
		['s3Compatible', { endpoint: 'https://h/path' }],
		['s3Compatible', { endpoint: 'h.example@evil.example' }],
		['s3Compatible', { endpoint: 'h?x=1' }],
		['amazonS3', { region: 'mars-1' }],
		['amazonS3', { region: null }],
		['alibabaCloud', { region: 'CN_Northeast_2' }],
		['constructor', {}],
		...[
			'',
			'evil.example/x',
			'a/b',
			'a/../b',
			'..',
			'a b',
			'a#b',
			'a?b',
			'a@b',
			'a:1',
			'é',
		].flatMap((bucket): Array<[string, Partial<BucketAccess>]> => [
			['amazonS3', { bucket }],
			['googleCloud', { bucket }],
			['microsoftAzure', { bucket }],
		]),
		['microsoftAzure', { keys: { ...VIDEO, accessKey: 'evil.example/' } }],
		['microsoftAzure', { keys: KEYS }],
	])('is refused: %s %j', (vendor, more) => {
		expect(() => bucketAddress(accessTo(vendor, more))).toThrow(
			expect.objectContaining({ kind: 'wrongAddress' }) as Error,
		);
	});

	it('is known for each region that has an address', () => {
		for (const { name, regions } of STORAGE_VENDORS) {
			for (const [region] of regions) {
				if (/Northeast_2|Southeast_7|^CN_Hangzhou$/.test(region) && name !== 'amazonS3') continue;
				expect(linkTo(name, 'a.ts', 60, { region }).url).toMatch(/^https:\/\/[a-z0-9.-]+\//);
			}
		}
	});
});

describe('How long a link lives', () => {
	const start = Math.floor(NOW / 1000);
	/** Unix seconds at which the URL itself ends. */
	const ends: Record<string, (url: URLSearchParams) => number> = {
		alibabaCloud: (query) => v4End(query, 'x-oss-date', 'x-oss-expires'),
		baiduAiCloud: (query) => {
			const [, , at, lasts] = (query.get('authorization') ?? '').split('/');
			return Date.parse(at) / 1000 + Number(lasts);
		},
		microsoftAzure: (query) => Date.parse(query.get('se') ?? '') / 1000,
		tencentCloud: (query) => Number((query.get('q-sign-time') ?? '').split(';')[1]),
	};
	function v4End(query: URLSearchParams, date: string, expires: string): number {
		const iso = (query.get(date) ?? '').replace(
			/^(....)(..)(..)T(..)(..)(..)Z$/,
			'$1-$2-$3T$4:$5:$6Z',
		);
		return Date.parse(iso) / 1000 + Number(query.get(expires));
	}
	const endOf = (vendor: string, url: string) =>
		(ends[vendor] ?? ((query) => v4End(query, 'X-Amz-Date', 'X-Amz-Expires')))(
			new URL(url).searchParams,
		);

	it.each(VENDORS)('%s: true to the second, seven days in all', (vendor) => {
		for (const [seconds, lives] of [
			[60, 60],
			[3600, 3600],
			[604_500, 604_500],
			[604_800, 604_500],
			[1e9, 604_500],
			[0, 1],
			[1.9, 1],
		]) {
			const { url, expiresAt } = linkTo(vendor, 'a.ts', seconds);
			expect([seconds, endOf(vendor, url) - start]).toEqual([seconds, lives]);
			expect(Date.parse(expiresAt ?? '') / 1000).toBe(endOf(vendor, url));
		}
	});

	it('begins five minutes back', () => {
		expect(linkTo('amazonS3').url).toContain('X-Amz-Date=20260927T115500Z');
		expect(linkTo('alibabaCloud').url).toContain('x-oss-date=20260927T115500Z');
		expect(linkTo('baiduAiCloud').url).toContain('2026-09-27T11%3A55%3A00Z');
		expect(linkTo('tencentCloud').url).toContain(`q-sign-time=${start - 300}%3B`);
		// A SAS has no beginning.
		expect(linkTo('microsoftAzure').url).not.toContain('st=');
	});

	it.each(VENDORS)('%s: ends with temporary keys', (vendor) => {
		const { keys } = accessTo(vendor);
		const endsAt = NOW + 90_000;
		const { url, expiresAt } = linkTo(vendor, 'a.ts', 3600, { keys: { ...keys, endsAt } });
		expect(expiresAt).toBe('2026-09-27T12:01:30.000Z');
		expect(endOf(vendor, url)).toBe(start + 90);
		for (const ended of [NOW, NOW - 1000]) {
			const over = accessTo(vendor, { keys: { ...keys, endsAt: ended } });
			expect(() => linksTo(over, { seconds: 60, now: NOW })).toThrow(
				expect.objectContaining({ kind: 'expiredKeys' }) as Error,
			);
		}
	});
});

describe('Links', () => {
	it('say what browsers and players need', () => {
		const links = linksTo(accessTo('amazonS3'), { seconds: 60, now: NOW });
		const { searchParams } = new URL(links('d/x.m3u8', { use: 'open', fileName: 'x.m3u8' }).url);
		expect(searchParams.get('response-content-type')).toBe('application/vnd.apple.mpegurl');
		expect(searchParams.get('response-content-disposition')).toBe('inline; filename="x.m3u8"');
		expect(links('d/x.unknown').url).not.toContain('response-content');
		expect(linkTo('baiduAiCloud', 'x.ts').url).toContain('responseContentType=video%2Fmp2t');
		expect(linkTo('microsoftAzure', 'x.MP4').url).toContain('rsct=video%2Fmp4');
	});

	it('for everybody are below the address of the bucket, for ever', () => {
		for (const address of ['https://cdn.example.com/a', 'https://cdn.example.com/a//']) {
			expect(publicLink(address, 'd/x y.mp4')).toEqual({
				...{ url: 'https://cdn.example.com/a/d/x%20y.mp4', expiresAt: null },
			});
		}
		expect(() => publicLink('https://cdn.example.com', '../x')).toThrow();
	});

	it.each([
		['plain.mp4', 'attachment; filename="plain.mp4"'],
		[
			'a "b"\\c%.mp4',
			`attachment; filename="a _b__c_.mp4"; filename*=UTF-8''a%20%22b%22%5Cc%25.mp4`,
		],
		['é🎬\n.mp4', `attachment; filename="___.mp4"; filename*=UTF-8''%C3%A9%F0%9F%8E%AC%0A.mp4`],
	])('name the file %j', (fileName, header) => {
		expect(contentDisposition({ use: 'download', fileName })).toBe(header);
	});

	it.each(VENDORS)('%s: hold no secret, and differ for every key', (vendor) => {
		const access = accessTo(vendor);
		const links = linksTo(access, { seconds: 60, now: NOW });
		const [one, other] = ['a.ts', 'b.ts'].map((key) => links(key).url);
		expect(one).not.toContain(encodeStrictly(access.keys.secretKey));
		expect(one.replace('/a.ts', '/b.ts')).not.toBe(other);
		expect(links('a.ts').url).toBe(one);
	});

	it.each(['', '..', 'a/../b.ts', './b.ts', 'a/.'])('to %j are none', (key) => {
		for (const vendor of VENDORS) {
			expect(() => linkTo(vendor, key)).toThrow(
				expect.objectContaining({ kind: 'notAllowed' }) as Error,
			);
		}
	});
});

describe('Requests', () => {
	it('read a range', () => {
		const { method, headers } = readRequest(accessTo('amazonS3'), 'a.ts', NOW, [0, 0]);
		expect([method, headers]).toEqual(['GET', { Range: 'bytes=0-0' }]);
		expect(readRequest(accessTo('amazonS3'), 'a.ts', NOW).headers).toEqual({});
	});

	it('live as long as a clock may be slow', () => {
		const { url } = listRequest(accessTo('amazonS3'), { prefix: '' }, NOW);
		expect(url).toContain('X-Amz-Expires=1200');
	});

	const object = { key: 'check.txt', text: 'hello', contentType: 'text/plain' };

	it.each(VENDORS)('%s: write with a checksum', (vendor) => {
		const { method, headers, body } = writeRequest(accessTo(vendor), object, NOW);
		expect([method, body]).toEqual(['PUT', 'hello']);
		expect(headers).toMatchObject({
			'content-md5': 'XUFAKrxLKna5cZ2REBfFkg==',
			'content-type': 'text/plain',
		});
		expect(headers['x-ms-blob-type']).toBe(vendor === 'microsoftAzure' ? 'BlockBlob' : undefined);
	});

	it('at Microsoft ask for what they ask for, encrypted unless typed otherwise', () => {
		const { url } = listRequest(accessTo('microsoftAzure'), { prefix: 'p' }, NOW);
		expect(url).toMatch(/comp=list.*prefix=p/);
		expect(url).toContain('spr=https');
		const plain = linkTo('microsoftAzure', 'a.ts', 60, { endpoint: 'http://h:1/acct' }).url;
		expect(plain).not.toContain('spr=');
		expect(plain.match(/rsct=/g)).toHaveLength(1);
	});

	it('at Microsoft allow just what they do', () => {
		const access = accessTo('microsoftAzure');
		const allowed = [
			linksTo(access, { seconds: 60, now: NOW })('a.ts').url,
			listRequest(access, { prefix: '' }, NOW).url,
			writeRequest(access, object, NOW).url,
		].map((url) => new URL(url).searchParams);
		expect(allowed.map((query) => [query.get('sr'), query.get('sp')])).toEqual([
			['b', 'r'],
			['c', 'l'],
			['b', 'cw'],
		]);
	});

	it('write as Start does', () => {
		const more = { ...object, tag: 'a=b', encryption: 'kms' };
		const { url, headers } = writeRequest(accessTo('amazonS3'), more, NOW);
		expect(headers).toMatchObject({
			'x-amz-server-side-encryption': 'aws:kms',
			'x-amz-tagging': 'a=b',
		});
		expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toBe(
			'content-md5;content-type;host;x-amz-server-side-encryption;x-amz-tagging',
		);
		const alibaba = writeRequest(accessTo('alibabaCloud'), { ...object, tag: 'a=b' }, NOW);
		expect(alibaba.headers['x-oss-tagging']).toBe('a=b');
		const aes = writeRequest(accessTo('amazonS3'), { ...object, encryption: 'aes256' }, NOW);
		expect(aes.headers['x-amz-server-side-encryption']).toBe('AES256');
	});

	it.each([
		['tencentCloud', { tag: 'a=b' }, /tags/],
		['tencentCloud', { tag: 'a=b', encryption: 'kms' }, /tags/],
		['alibabaCloud', { encryption: 'kms' }, /encryption/],
		['alibabaCloud', { encryption: 'kms', tag: 'a=b' }, /encryption/],
		['amazonS3', { encryption: 'none' }, /kms/],
		['amazonS3', { encryption: 'constructor' }, /kms/],
	])('of %s are refused with %j', (vendor, more, why) => {
		const write = () => writeRequest(accessTo(vendor), { ...object, ...more }, NOW);
		expect(write).toThrow(expect.objectContaining({ kind: 'notAllowed' }) as Error);
		expect(write).toThrow(why);
	});
});
