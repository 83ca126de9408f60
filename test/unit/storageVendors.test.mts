import { storageConfig } from '../../nodes/AgoraCloudRecording/agora/requests/storage.ts';
import { brokenRules } from '../../nodes/AgoraCloudRecording/agora/requests/rules.ts';
import { AgoraApi } from '../../credentials/AgoraApi.credentials.ts';
import {
	prefixOf,
	storageConfigOf,
	type StorageSettings,
} from '../../nodes/AgoraCloudRecording/agora/requests/storage.ts';
import { VENDORS as SIMULATED } from '../../simulator/schemas/storageRegions.mts';
import {
	areaOf,
	findStorageVendor,
	missingStorage,
	STORAGE_VENDORS,
} from '../../nodes/AgoraCloudRecording/storage/vendors.ts';

/** storage.md section 1: name of ours, vendor, and what it understands. */
const VENDORS: ReadonlyArray<readonly [string, number, string]> = [
	['qiniuCloud', 0, ''],
	['amazonS3', 1, 'sts sse tag'],
	['alibabaCloud', 2, 'sts tag'],
	['tencentCloud', 3, 'sts'],
	['kingsoftCloud', 4, ''],
	['microsoftAzure', 5, ''],
	['googleCloud', 6, ''],
	['huaweiCloud', 7, ''],
	['baiduAiCloud', 8, ''],
	['s3Compatible', 11, 'endpoint'],
];
const WITHOUT_REGIONS = ['microsoftAzure', 'googleCloud', 's3Compatible'];
const WITH_REGIONS = VENDORS.filter(([vendor]) => !WITHOUT_REGIONS.includes(vendor));

/** The simulator's own reading of storage.md section 2; for Amazon the credential has the AWS code. */
const regionsOf = (number: number) =>
	(SIMULATED.get(number)?.regions ?? []).map(([region, name]): [string, number] => [
		number === 1 ? name.toLowerCase().replaceAll('_', '-') : name,
		region,
	]);

/** A time long before every expiry of these tests. */
const NOW = Date.UTC(2026, 0, 1);
const configOf = (settings: StorageSettings) => storageConfigOf(settings, NOW);

const keys = { bucket: 'bucket', accessKey: 'access', secretKey: 'secret' };

describe('Storage regions', () => {
	it.each(WITH_REGIONS)('of %s (%i) are those that the simulator has read', (vendor, number) => {
		const known = findStorageVendor(vendor)?.regions ?? [];
		expect(known.length).toBeGreaterThan(4);
		expect([...known]).toEqual(regionsOf(number));
		for (const [region, regionNumber] of known) {
			const result = configOf({ vendor, region, ...keys });
			expect(result).toMatchObject({ config: { vendor: number, region: regionNumber } });
		}
	});

	it.each(WITHOUT_REGIONS)(
		'%s has no regions: 0 is sent whatever was left in the field',
		(vendor) => {
			const settings = { vendor, region: 'eu-central-1', endpoint: 's3.example.com', ...keys };
			expect(configOf(settings)).toMatchObject({ config: { region: 0 } });
		},
	);

	it('takes a name in another case', () => {
		const settings = { vendor: 'amazonS3', region: ' EU-Central-1 ', ...keys };
		expect(configOf(settings)).toMatchObject({ config: { region: 7 } });
	});

	it.each([
		['amazonS3', 'CN_Hangzhou'],
		['alibabaCloud', 'us-east-1'],
		['amazonS3', ''],
		['amazonS3', '7'],
		['tencentCloud', 'EU_Central_1'],
	])('refuses for %s the region %p, naming those that it has', (vendor, region) => {
		const result = configOf({ vendor, region, ...keys });
		const [first] = findStorageVendor(vendor)?.regions ?? [];
		expect(result).toMatchObject({
			refusal: { setting: 'region', rule: expect.stringContaining(first[0]) as string },
		});
	});

	it('is offered in the credential, for each vendor its own', () => {
		const fields = new AgoraApi().properties.filter(({ name }) => name === 'storageRegion');
		const offered = fields.map(({ displayOptions, options = [] }) => [
			displayOptions?.show?.storageVendor?.[0],
			options.flatMap((option) => ('value' in option && option.value ? [option.value] : [])),
		]);
		const expected = WITH_REGIONS.map(([vendor, number]) => [
			vendor,
			regionsOf(number).map(([name]) => name),
		]);
		expect(offered).toHaveLength(expected.length);
		expect(offered).toEqual(expect.arrayContaining(expected));
	});
});

describe('A temporary credential', () => {
	const until = (stsExpiration: number) =>
		configOf({
			vendor: 'amazonS3',
			region: 'us-east-1',
			...keys,
			stsToken: 'token',
			stsExpiration,
		});
	const inHours = (hours: number) => NOW / 1000 + hours * 3600;

	it.each([inHours(4), inHours(1000), 1e11])('until %d is sent', (stsExpiration) => {
		expect(until(stsExpiration)).toMatchObject({ config: { stsToken: 'token', stsExpiration } });
	});

	it.each([inHours(4) - 1, 0, -1, NOW + 1e9])('until %d is refused', (stsExpiration) => {
		expect(until(stsExpiration)).toMatchObject({ refusal: { setting: 'stsExpiration' } });
	});

	it('is not sent where there is none', () => {
		const result = configOf({ vendor: 'amazonS3', region: 'us-east-1', ...keys });
		expect(Object.keys('config' in result ? result.config : {})).toEqual([
			...['vendor', 'region', 'bucket', 'accessKey', 'secretKey'],
		]);
	});
});

describe('The prefix of objects', () => {
	it('has a slash behind every folder', () => {
		expect(prefixOf({ fileNamePrefix: ['a', 'b'] })).toBe('a/b/');
		expect(prefixOf({})).toBe('');
	});
});

describe('What a credential lacks', () => {
	const all = { endpoint: 'h', region: 'r', bucket: 'b', accessKey: 'a', secretKey: 's' };

	it.each<[string, Partial<typeof all>, string[] | undefined]>([
		['none', all, ['Storage Vendor']],
		['', all, ['Storage Vendor']],
		['amazonS3', all, undefined],
		['amazonS3', { ...all, endpoint: '' }, undefined],
		['s3Compatible', { ...all, endpoint: '' }, ['Endpoint']],
		['s3Compatible', { ...all, region: '' }, undefined],
		['amazonS3', { ...all, region: undefined, bucket: '' }, ['Region', 'Bucket']],
		['tencentCloud', {}, ['Region', 'Bucket', 'SecretId', 'SecretKey']],
	])('of %j with %j', (vendor, given, fields) => {
		const told = missingStorage(vendor, given);
		if (!fields) {
			expect(told).toBeUndefined();
			return;
		}
		const named = fields.map((field) => `'${field}'`);
		const last = named.pop() ?? '';
		const all = named.length > 0 ? `${named.join(', ')} and ${last}` : last;
		expect(told).toMatch(new RegExp(`(fill in|choose a) ${all}( in it.*)?$`));
	});
});

describe('The area of a storage region', () => {
	it.each([
		['amazonS3', 'us-east-1', 'NA'],
		['amazonS3', ' EU-Central-1 ', 'EU'],
		['amazonS3', 'ap-southeast-1', 'AP'],
		['amazonS3', 'cn-north-1', 'CN'],
		['baiduAiCloud', 'Hongkong', 'AP'],
		['qiniuCloud', 'Huadong', 'CN'],
		['kingsoftCloud', 'NA_Russia_1', undefined],
		['alibabaCloud', 'CN_Northeast_2', undefined],
		['amazonS3', 'sa-east-1', undefined],
		['amazonS3', 'eu-nowhere-1', undefined],
		['googleCloud', 'eu-central-1', undefined],
	])('%s %s is %s', (name, region, area) => {
		const vendor = findStorageVendor(name);
		expect(vendor && areaOf(vendor, region)).toBe(area);
	});
});

describe('Storage vendors', () => {
	it('are those of Agora', () => {
		const known = STORAGE_VENDORS.map(({ name, vendor }) => [name, vendor]);
		expect(known).toHaveLength(VENDORS.length);
		expect(known).toEqual(expect.arrayContaining(VENDORS.map(([name, vendor]) => [name, vendor])));
	});

	it.each(VENDORS)('%s (%i) understands what the table says', (vendor, _number, can) => {
		const { sts, sse, tag, endpoint } = findStorageVendor(vendor) ?? {};
		const flags = { sts, sse, tag, endpoint };
		const understood = Object.entries(flags).flatMap(([name, able]) => (able ? [name] : []));
		expect(understood.join(' ')).toBe(can);
	});

	it('are refused by a name that does not exist', () => {
		const result = configOf({ vendor: 'amazonS4', region: 'us-east-1', ...keys });
		expect(result).toMatchObject({
			refusal: { setting: 'vendor', rule: expect.stringContaining('amazonS3') as string },
		});
	});

	it.each(
		VENDORS.flatMap(([vendor, number, can]) =>
			(['sse', 'tag'] as const).map(
				(extra) => [vendor, extra, can.includes(extra), number] as const,
			),
		),
	)('%s with %s: %p', (vendor, extra, understood, number) => {
		const value = extra === 'sse' ? 'aes256' : 'department=school';
		const [region = ['', 0]] = regionsOf(number);
		const settings = { vendor, region: region[0], endpoint: 's3.example.com', ...keys };
		const result = configOf({ ...settings, [extra]: value });
		expect(result).toMatchObject(
			understood
				? { config: { extensionParams: { [extra]: value } } }
				: { refusal: { setting: extra } },
		);
	});

	it('asks for the endpoint of S3-compatible storage, and sends it to nobody else', () => {
		const without = configOf({ vendor: 's3Compatible', region: '', ...keys });
		const { config } = without as { config: unknown };
		expect(brokenRules(storageConfig, config)).toMatchObject([
			{ path: 'extensionParams.endpoint' },
		]);
		const amazon = { vendor: 'amazonS3', region: 'us-east-1', endpoint: 'left.over', ...keys };
		expect(configOf(amazon)).not.toHaveProperty('config.extensionParams');
		const own = { vendor: 's3Compatible', region: '', endpoint: 's3.example.com', ...keys };
		expect(configOf(own)).toMatchObject({
			config: { vendor: 11, region: 0, extensionParams: { endpoint: 's3.example.com' } },
		});
	});

	it.each([
		['', undefined],
		['/', undefined],
		['lessons', ['lessons']],
		['lessons/class7', ['lessons', 'class7']],
		['/lessons//class7/', ['lessons', 'class7']],
	])('makes of the folder %p the prefix %p', (prefix, expected) => {
		const settings = { vendor: 'googleCloud', region: '', prefix, ...keys };
		const result = configOf(settings);
		expect('config' in result && result.config.fileNamePrefix).toEqual(expected);
	});
});
