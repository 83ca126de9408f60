/** Areas of acquire's geofence (rest-api.md 2); '' where the documents leave the area open. */
export type Area = 'CN' | 'AP' | 'EU' | 'NA' | '';

export type RegionRow = readonly [region: number, name: string, area: Area, note?: 'disputed'];

export interface Vendor {
	name: string;
	/** Not in the current tables any more. */
	legacy?: true;
	regions: readonly RegionRow[];
}

/** Vendors whose region has no meaning: 0 is sent (storage.md 2.7). */
const NO_REGIONS: readonly RegionRow[] = [[0, 'any', '']];

/** storage.md 1, row 0. */
const QINIU: readonly RegionRow[] = [
	[0, 'Huadong', 'CN'],
	[1, 'Huabei', 'CN'],
	[2, 'Huanan', 'CN'],
	[3, 'Beimei', 'NA'],
	[4, 'Southeast Asia', 'AP'],
];

/** storage.md 2.1; disputed: only in one of two sources that contradict each other. */
const AMAZON_S3: readonly RegionRow[] = [
	[0, 'US_EAST_1', 'NA'],
	[1, 'US_EAST_2', 'NA'],
	[2, 'US_WEST_1', 'NA'],
	[3, 'US_WEST_2', 'NA'],
	[4, 'EU_WEST_1', 'EU'],
	[5, 'EU_WEST_2', 'EU'],
	[6, 'EU_WEST_3', 'EU'],
	[7, 'EU_CENTRAL_1', 'EU'],
	[8, 'AP_SOUTHEAST_1', 'AP'],
	[9, 'AP_SOUTHEAST_2', 'AP'],
	[10, 'AP_NORTHEAST_1', 'AP'],
	[11, 'AP_NORTHEAST_2', 'AP'],
	[12, 'SA_EAST_1', ''],
	[13, 'CA_CENTRAL_1', 'NA'],
	[14, 'AP_SOUTH_1', 'AP'],
	[15, 'CN_NORTH_1', 'CN'],
	[16, 'CN_NORTHWEST_1', 'CN'],
	[17, 'US_GOV_WEST_1', 'NA', 'disputed'],
	[18, 'AF_SOUTH_1', ''],
	[19, 'AP_EAST_1', 'AP'],
	[20, 'AP_NORTHEAST_3', 'AP'],
	[21, 'EU_NORTH_1', 'EU'],
	[22, 'ME_SOUTH_1', ''],
	[23, 'US_GOV_EAST_1', 'NA', 'disputed'],
	[24, 'AP_SOUTHEAST_3', 'AP'],
	[25, 'EU_SOUTH_1', 'EU'],
	[28, 'IL_CENTRAL_1', '', 'disputed'],
];

/** storage.md 2.2. */
const ALIBABA: readonly RegionRow[] = [
	[0, 'CN_Hangzhou', 'CN'],
	[1, 'CN_Shanghai', 'CN'],
	[2, 'CN_Qingdao', 'CN'],
	[3, 'CN_Beijing', 'CN'],
	[4, 'CN_Zhangjiakou', 'CN'],
	[5, 'CN_Huhehaote', 'CN'],
	[6, 'CN_Shenzhen', 'CN'],
	[7, 'CN_Hongkong', 'AP'],
	[8, 'US_West_1', 'NA'],
	[9, 'US_East_1', 'NA'],
	[10, 'AP_Southeast_1', 'AP'],
	[11, 'AP_Southeast_2', 'AP'],
	[12, 'AP_Southeast_3', 'AP'],
	[13, 'AP_Southeast_5', 'AP'],
	[14, 'AP_Northeast_1', 'AP'],
	[15, 'AP_South_1', 'AP'],
	[16, 'EU_Central_1', 'EU'],
	[17, 'EU_West_1', 'EU'],
	[18, 'EU_East_1', 'EU'],
	[19, 'AP_Southeast_6', 'AP'],
	[20, 'CN_Heyuan', 'CN'],
	[21, 'CN_Guangzhou', 'CN'],
	[22, 'CN_Chengdu', 'CN'],
	[23, 'CN_Nanjing', 'CN'],
	[24, 'CN_Fuzhou', 'CN'],
	[25, 'CN_Wulanchabu', 'CN'],
	[26, 'CN_Northeast_2', ''],
	[27, 'CN_Southeast_7', ''],
];

/** storage.md 2.3. */
const TENCENT: readonly RegionRow[] = [
	[0, 'AP_Beijing_1', 'CN'],
	[1, 'AP_Beijing', 'CN'],
	[2, 'AP_Shanghai', 'CN'],
	[3, 'AP_Guangzhou', 'CN'],
	[4, 'AP_Chengdu', 'CN'],
	[5, 'AP_Chongqing', 'CN'],
	[6, 'AP_Shenzhen_FSI', 'CN'],
	[7, 'AP_Shanghai_FSI', 'CN'],
	[8, 'AP_Beijing_FSI', 'CN'],
	[9, 'AP_Hongkong', 'AP'],
	[10, 'AP_Singapore', 'AP'],
	[11, 'AP_Mumbai', 'AP'],
	[12, 'AP_Seoul', 'AP'],
	[13, 'AP_Bangkok', 'AP'],
	[14, 'AP_Tokyo', 'AP'],
	[15, 'NA_Siliconvalley', 'NA'],
	[16, 'NA_Ashburn', 'NA'],
	[17, 'NA_Toronto', 'NA'],
	[18, 'EU_Frankfurt', 'EU'],
	[19, 'EU_Moscow', 'EU'],
];

/** storage.md 2.4. */
const KINGSOFT: readonly RegionRow[] = [
	[0, 'CN_Hangzhou', 'CN'],
	[1, 'CN_Shanghai', 'CN'],
	[2, 'CN_Qingdao', 'CN'],
	[3, 'CN_Beijing', 'CN'],
	[4, 'CN_Guangzhou', 'CN'],
	[5, 'CN_Hongkong', 'AP'],
	[6, 'JR_Beijing', 'CN'],
	[7, 'JR_Shanghai', 'CN'],
	[8, 'NA_Russia_1', ''],
	[9, 'NA_Singapore_1', ''],
];

/** storage.md 2.5. */
const HUAWEI: readonly RegionRow[] = [
	[0, 'CN_North_1', 'CN'],
	[1, 'CN_North_4', 'CN'],
	[2, 'CN_East_2', 'CN'],
	[3, 'CN_East_3', 'CN'],
	[4, 'CN_South_1', 'CN'],
	[5, 'CN_Southwest_2', 'CN'],
	[6, 'AP_Southeast_1', 'AP'],
	[7, 'AP_Southeast_2', 'AP'],
	[8, 'AP_Southeast_3', 'AP'],
	[9, 'AF_South_1', ''],
	[10, 'SA_Argentina_1', ''],
	[11, 'SA_Peru_1', ''],
	[12, 'NA_Mexico_1', ''],
	[13, 'SA_Brazil_1', ''],
	[14, 'LA_South_2', ''],
	[15, 'SA_Chile_1', ''],
];

/** storage.md 2.6; disputed: only in the older page. */
const BAIDU: readonly RegionRow[] = [
	[0, 'Beijing', 'CN', 'disputed'],
	[1, 'Baoding', 'CN'],
	[2, 'Suzhou', 'CN'],
	[3, 'Guangzhou', 'CN'],
	[4, 'Hongkong', 'AP'],
	[5, 'Singapore', 'AP'],
	[6, 'Wuhan', 'CN'],
	[7, 'Shanghai', 'CN'],
];

/** storage.md 1: `vendor` numbers. 9 and 10 are documented nowhere. */
export const VENDORS: ReadonlyMap<number, Vendor> = new Map<number, Vendor>([
	[0, { name: 'Qiniu Cloud', legacy: true, regions: QINIU }],
	[1, { name: 'Amazon S3', regions: AMAZON_S3 }],
	[2, { name: 'Alibaba Cloud OSS', regions: ALIBABA }],
	[3, { name: 'Tencent Cloud COS', regions: TENCENT }],
	[4, { name: 'Kingsoft Cloud KS3', legacy: true, regions: KINGSOFT }],
	[5, { name: 'Microsoft Azure Blob', regions: NO_REGIONS }],
	[6, { name: 'Google Cloud Storage', regions: NO_REGIONS }],
	[7, { name: 'Huawei Cloud OBS', regions: HUAWEI }],
	[8, { name: 'Baidu AI Cloud BOS', regions: BAIDU }],
	[11, { name: 'S3-compatible', regions: NO_REGIONS }],
]);

/** The row of a vendor's region, or undefined if the tables have none. */
export function regionRow(vendor: number, region: number): RegionRow | undefined {
	return VENDORS.get(vendor)?.regions.find(([number]) => number === region);
}
