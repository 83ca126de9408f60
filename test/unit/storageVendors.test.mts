import { storageConfig } from '../../nodes/AgoraCloudRecording/agora/requests/storage.ts';
import { brokenRules } from '../../nodes/AgoraCloudRecording/agora/requests/rules.ts';
import { AgoraApi } from '../../credentials/AgoraApi.credentials.ts';
import {
	storageConfigOf,
	type StorageSettings,
} from '../../nodes/AgoraCloudRecording/agora/requests/storage.ts';
import {
	findStorageVendor,
	STORAGE_VENDORS,
} from '../../nodes/AgoraCloudRecording/storage/vendors.ts';

/** Agora's region tables (storage.md section 2), number and name; for Amazon the AWS code. */
const AMAZON = `
0 us-east-1 | 1 us-east-2 | 2 us-west-1 | 3 us-west-2 | 4 eu-west-1 | 5 eu-west-2 | 6 eu-west-3
7 eu-central-1 | 8 ap-southeast-1 | 9 ap-southeast-2 | 10 ap-northeast-1 | 11 ap-northeast-2
12 sa-east-1 | 13 ca-central-1 | 14 ap-south-1 | 15 cn-north-1 | 16 cn-northwest-1
17 us-gov-west-1 | 18 af-south-1 | 19 ap-east-1 | 20 ap-northeast-3 | 21 eu-north-1
22 me-south-1 | 23 us-gov-east-1 | 24 ap-southeast-3 | 25 eu-south-1 | 28 il-central-1`;
const ALIBABA = `
0 CN_Hangzhou | 1 CN_Shanghai | 2 CN_Qingdao | 3 CN_Beijing | 4 CN_Zhangjiakou | 5 CN_Huhehaote
6 CN_Shenzhen | 7 CN_Hongkong | 8 US_West_1 | 9 US_East_1 | 10 AP_Southeast_1 | 11 AP_Southeast_2
12 AP_Southeast_3 | 13 AP_Southeast_5 | 14 AP_Northeast_1 | 15 AP_South_1 | 16 EU_Central_1
17 EU_West_1 | 18 EU_East_1 | 19 AP_Southeast_6 | 20 CN_Heyuan | 21 CN_Guangzhou | 22 CN_Chengdu
23 CN_Nanjing | 24 CN_Fuzhou | 25 CN_Wulanchabu | 26 CN_Northeast_2 | 27 CN_Southeast_7`;
const TENCENT = `
0 AP_Beijing_1 | 1 AP_Beijing | 2 AP_Shanghai | 3 AP_Guangzhou | 4 AP_Chengdu | 5 AP_Chongqing
6 AP_Shenzhen_FSI | 7 AP_Shanghai_FSI | 8 AP_Beijing_FSI | 9 AP_Hongkong | 10 AP_Singapore
11 AP_Mumbai | 12 AP_Seoul | 13 AP_Bangkok | 14 AP_Tokyo | 15 NA_Siliconvalley | 16 NA_Ashburn
17 NA_Toronto | 18 EU_Frankfurt | 19 EU_Moscow`;
const KINGSOFT = `
0 CN_Hangzhou | 1 CN_Shanghai | 2 CN_Qingdao | 3 CN_Beijing | 4 CN_Guangzhou | 5 CN_Hongkong
6 JR_Beijing | 7 JR_Shanghai | 8 NA_Russia_1 | 9 NA_Singapore_1`;
const HUAWEI = `
0 CN_North_1 | 1 CN_North_4 | 2 CN_East_2 | 3 CN_East_3 | 4 CN_South_1 | 5 CN_Southwest_2
6 AP_Southeast_1 | 7 AP_Southeast_2 | 8 AP_Southeast_3 | 9 AF_South_1 | 10 SA_Argentina_1
11 SA_Peru_1 | 12 NA_Mexico_1 | 13 SA_Brazil_1 | 14 LA_South_2 | 15 SA_Chile_1`;
const BAIDU = `
0 Beijing | 1 Baoding | 2 Suzhou | 3 Guangzhou | 4 Hongkong | 5 Singapore | 6 Wuhan | 7 Shanghai`;
const QINIU = '0 Huadong | 1 Huabei | 2 Huanan | 3 Beimei | 4 Southeast Asia';

/** storage.md section 1: name of ours, vendor, regions, and what it understands. */
const VENDORS: ReadonlyArray<readonly [string, number, string, string]> = [
	['qiniuCloud', 0, QINIU, ''],
	['amazonS3', 1, AMAZON, 'sts sse tag'],
	['alibabaCloud', 2, ALIBABA, 'sts tag'],
	['tencentCloud', 3, TENCENT, 'sts'],
	['kingsoftCloud', 4, KINGSOFT, ''],
	['microsoftAzure', 5, '', ''],
	['googleCloud', 6, '', ''],
	['huaweiCloud', 7, HUAWEI, ''],
	['baiduAiCloud', 8, BAIDU, ''],
	['s3Compatible', 11, '', 'endpoint'],
];

const parse = (table: string) =>
	[...table.matchAll(/(\d+) ([\w -]*[\w])/g)].map(
		([, number, name]) => [name, Number(number)] as const,
	);

const ROWS = VENDORS.flatMap(([vendor, number, table]) =>
	parse(table).map(([region, regionNumber]) => [vendor, number, region, regionNumber] as const),
);

/** A time long before every expiry of these tests. */
const NOW = Date.UTC(2026, 0, 1);
const configOf = (settings: StorageSettings) => storageConfigOf(settings, NOW);

const keys = { bucket: 'bucket', accessKey: 'access', secretKey: 'secret' };

describe('Storage regions', () => {
	it('has every row of the tables to compare', () => {
		expect(ROWS).toHaveLength(27 + 28 + 20 + 10 + 16 + 8 + 5);
	});

	it.each(ROWS)('%s (%i): %s is %i', (vendor, number, region, regionNumber) => {
		const result = configOf({ vendor, region, ...keys });
		expect(result).toMatchObject({ config: { vendor: number, region: regionNumber } });
	});

	it.each(VENDORS)('%s (%i) has these regions and no others', (vendor, _number, table) => {
		const names = findStorageVendor(vendor)?.regions.map(([name]) => name);
		expect([...(names ?? [])].sort()).toEqual(
			parse(table)
				.map(([name]) => name)
				.sort(),
		);
	});

	it.each(['microsoftAzure', 'googleCloud', 's3Compatible'])(
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
			refusal: { setting: 'region', allowed: expect.stringContaining(first[0]) as string },
		});
	});

	it('is offered in the credential, for each vendor its own', () => {
		const fields = new AgoraApi().properties.filter(({ name }) => name === 'storageRegion');
		const offered = fields.map(({ displayOptions, options = [] }) => [
			displayOptions?.show?.storageVendor?.[0],
			options.flatMap((option) => ('value' in option && option.value ? [option.value] : [])),
		]);
		const expected = VENDORS.filter(([, , table]) => table !== '').map(([vendor, , table]) => [
			vendor,
			parse(table).map(([name]) => name),
		]);
		expect(offered).toHaveLength(expected.length);
		expect(offered).toEqual(expect.arrayContaining(expected));
	});
});

describe('Storage vendors', () => {
	it('are those of Agora', () => {
		const known = STORAGE_VENDORS.map(({ name, vendor }) => [name, vendor]);
		expect(known).toHaveLength(VENDORS.length);
		expect(known).toEqual(expect.arrayContaining(VENDORS.map(([name, vendor]) => [name, vendor])));
	});

	it.each(VENDORS)('%s (%i) understands what the table says', (vendor, _number, _table, can) => {
		const { sts, sse, tag, endpoint } = findStorageVendor(vendor) ?? {};
		const flags = { sts, sse, tag, endpoint };
		const understood = Object.entries(flags).flatMap(([name, able]) => (able ? [name] : []));
		expect(understood.join(' ')).toBe(can);
	});

	it('are refused by a name that does not exist', () => {
		const result = configOf({ vendor: 'amazonS4', region: 'us-east-1', ...keys });
		expect(result).toMatchObject({
			refusal: { setting: 'vendor', allowed: expect.stringContaining('amazonS3') as string },
		});
	});

	it.each(
		VENDORS.flatMap(([vendor, , table, can]) =>
			(['sse', 'tag'] as const).map(
				(extra) => [vendor, extra, can.includes(extra), table] as const,
			),
		),
	)('%s with %s: %p', (vendor, extra, understood, table) => {
		const value = extra === 'sse' ? 'aes256' : 'department=school';
		const [region = ['', 0]] = parse(table);
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
