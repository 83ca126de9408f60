import { bucketPlace, type StorageNames } from '../../nodes/AgoraCloudRecording/storage/places.ts';
import { STORAGE_VENDORS } from '../../nodes/AgoraCloudRecording/storage/vendors.ts';

/** Region, its code, address for S3 clients. */
const PLACES: Array<[vendor: string, region: string, code: string, endpoint: string]> = [
	['amazonS3', 'eu-central-1', 'eu-central-1', 'https://s3.eu-central-1.amazonaws.com'],
	['amazonS3', 'CN-North-1', 'cn-north-1', 'https://s3.cn-north-1.amazonaws.com.cn'],
	['alibabaCloud', 'AP_Southeast_1', 'ap-southeast-1', 'https://oss-ap-southeast-1.aliyuncs.com'],
	[
		'tencentCloud',
		'AP_Shenzhen_FSI',
		'ap-shenzhen-fsi',
		'https://cos.ap-shenzhen-fsi.myqcloud.com',
	],
	['huaweiCloud', 'LA_South_2', 'la-south-2', 'https://obs.la-south-2.myhuaweicloud.com'],
	['baiduAiCloud', 'Wuhan', 'fwh', 'https://s3.fwh.bcebos.com'],
	['kingsoftCloud', 'NA_Singapore_1', 'sgp', 'https://ks3-sgp.ksyuncs.com'],
];

const names = (vendor: string, region: string | null, more: Partial<StorageNames> = {}) => ({
	vendor,
	region,
	bucket: 'lessons',
	...more,
});

describe('Where an object is', () => {
	it.each(PLACES)('%s, %s', (vendor, region, regionCode, endpoint) => {
		const storage = names(vendor, region);
		expect(bucketPlace(storage)).toEqual({ bucket: 'lessons', regionCode, endpoint });
	});

	it('has no region at Google', () => {
		const storage = names('googleCloud', null);
		expect(bucketPlace(storage)).toEqual({
			bucket: 'lessons',
			regionCode: null,
			endpoint: 'https://storage.googleapis.com',
		});
	});

	it('is at the endpoint of S3-compatible storage, bucket in the path', () => {
		const storage = names('s3Compatible', null, { endpoint: 's3.example.com:9000' });
		expect(bucketPlace(storage).endpoint).toBe('https://s3.example.com:9000');
	});

	it.each([
		['S3-compatible storage without endpoint', names('s3Compatible', null)],
		['Microsoft Azure', names('microsoftAzure', null)],
		['no such vendor', names('ftp', 'eu')],
		['constructor', names('constructor', null)],
		['no such region', names('amazonS3', 'mars-1')],
		['no such region, where names have dashes', names('alibabaCloud', 'mars-1')],
		['no such region, where they are listed', names('baiduAiCloud', 'mars-1')],
		['no region', names('amazonS3', null)],
		['a region of unclear name', names('alibabaCloud', 'CN_Southeast_7')],
		['a region that the vendor names otherwise', names('kingsoftCloud', 'CN_Hangzhou')],
	])('is not known for %s', (_what, storage) => {
		expect(bucketPlace(storage)).toEqual({ bucket: 'lessons', regionCode: null, endpoint: null });
	});

	it('is known for S3 clients alone at Qiniu', () => {
		const storage = names('qiniuCloud', 'Southeast Asia');
		expect(bucketPlace(storage)).toEqual({
			bucket: 'lessons',
			regionCode: 'ap-southeast-1',
			endpoint: 'https://s3-ap-southeast-1.qiniucs.com',
		});
	});

	it('is one place for each region of each vendor', () => {
		const unknown: string[] = [];
		for (const { name, regions } of STORAGE_VENDORS) {
			const codes = regions.map(([region]) => {
				const { regionCode, endpoint } = bucketPlace(names(name, region));
				if (endpoint === null) unknown.push(`${name} ${region}`);
				else expect(new URL(endpoint).href).toBe(`${endpoint}/`);
				return regionCode ?? region;
			});
			expect(new Set(codes).size).toBe(codes.length);
		}
		expect(unknown).toEqual([
			'alibabaCloud CN_Northeast_2',
			'alibabaCloud CN_Southeast_7',
			'kingsoftCloud CN_Hangzhou',
		]);
	});
});
