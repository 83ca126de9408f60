import { NodeHelpers, type INodeParameters } from 'n8n-workflow';
import { AgoraApi } from '../../credentials/AgoraApi.credentials.ts';
import { parseCredentials } from '../../nodes/AgoraCloudRecording/transport/credentials.ts';

const { properties: fields } = new AgoraApi();

describe('The credential’s form', () => {
	it('has the fields of the public contract', () => {
		const names = new Set(fields.map(({ name }) => name));
		names.delete('testNotice');
		expect([...names].sort()).toEqual(
			[
				...['customerId', 'customerSecret', 'appId', 'appCertificate', 'apiDomain', 'baseUrl'],
				...['requestsPerSecond', 'notificationSecret', 'rtcNotificationSecret'],
				...['advanced', 'receiveNotifications', 'channelProfile'],
				...['previousNotificationSecret', 'storageVendor', 'storageRegion', 'storageBucket'],
				...['storageAccessKey', 'storageSecretKey', 'storageEndpoint'],
				...['readFilesWith', 'storageReadAccessKey', 'storageReadSecretKey', 'storagePublicUrl'],
				...['maxLinkHours', 'storageSigningRegion', 'storageBucketInHost'],
			].sort(),
		);
	});

	const rowsWith = (values: INodeParameters) => {
		const given = NodeHelpers.getNodeParameters(fields, values, true, false, null, null) ?? {};
		return fields.filter((field) => NodeHelpers.displayParameter(given, field, null, null));
	};
	const namesWith = (values: INodeParameters) =>
		rowsWith(values).map(({ type, displayName }) => (type === 'notice' ? '(notice)' : displayName));
	const AGORA = ['Customer ID', 'Customer Secret', 'App ID', 'App Certificate'];
	const SWITCHES = ['Receive Notifications', 'Advanced'];

	/** In the words of each vendor's own console. */
	it.each([
		['alibabaCloud', ['Region', 'Bucket', 'AccessKey ID', 'AccessKey Secret']],
		['amazonS3', ['Region', 'Bucket', 'Access Key ID', 'Secret Access Key']],
		['baiduAiCloud', ['Region', 'Bucket', 'Access Key (AK)', 'Secret Key (SK)']],
		['googleCloud', ['Bucket', 'HMAC Access Key', 'HMAC Secret']],
		['huaweiCloud', ['Region', 'Bucket', 'Access Key ID (AK)', 'Secret Access Key (SK)']],
		['kingsoftCloud', ['Region', 'Bucket', 'AccessKey (AK)', 'SecretKey (SK)']],
		['microsoftAzure', ['Container', 'Storage Account Name', 'Account Key']],
		['none', []],
		['qiniuCloud', ['Region', 'Bucket', 'AccessKey (AK)', 'SecretKey (SK)']],
		['s3Compatible', ['Endpoint', 'Bucket', 'Access Key', 'Secret Key']],
		['tencentCloud', ['Region', 'Bucket', 'SecretId', 'SecretKey']],
	])('asks with %s for what that vendor needs: %j', (storageVendor, storage) => {
		const before = [...AGORA, '(notice)', 'Storage Vendor', ...storage];
		const read = storageVendor === 'none' ? [] : ['Key for Reading Files'];
		const expected = [...before, ...read, ...SWITCHES];
		expect(namesWith({ storageVendor })).toEqual(expected);
		if (storageVendor === 'amazonS3') expect(namesWith({})).toEqual(expected);
		// Another key that reads, in the same words.
		const keys = storage.slice(-2).map((name) => `Read ${name}`);
		expect(namesWith({ storageVendor, readFilesWith: 'readKey' })).toEqual([
			...[...before, ...read, ...keys, ...SWITCHES],
		]);
	});

	it('shows what concerns links behind Advanced, and what only S3-compatible storage asks for', () => {
		const links = ['Public Bucket URL', 'Maximum Link Validity (Hours)'];
		const added = (storageVendor: string) => {
			const before = namesWith({ storageVendor });
			return namesWith({ storageVendor, advanced: true }).filter((name) => !before.includes(name));
		};
		const requests = ['Channel Profile of Your App', 'API Domain', 'Requests per Second'];
		expect(added('none')).toEqual(requests);
		expect(added('amazonS3')).toEqual([...requests, ...links]);
		expect(added('s3Compatible')).toEqual([
			...[...requests, ...links, 'Signing Region', 'Bucket in Hostname'],
		]);
	});

	it.each([
		['maxLinkHours', 0, 'Maximum Link Validity (Hours)'],
		['maxLinkHours', 169, 'Maximum Link Validity (Hours)'],
		['maxLinkHours', '', 'Maximum Link Validity (Hours)'],
		['storagePublicUrl', 'recordings.example.com', 'Public Bucket URL'],
		['storagePublicUrl', 'https://example.com/?key=1', 'Public Bucket URL'],
		['storagePublicUrl', 'https://user:pass@example.com', 'Public Bucket URL'],
	])('refuses %s: %j', (name, value, field) => {
		const given = { appId: '0'.repeat(32), advanced: true, apiDomain: 'api.agora.io' };
		expect(parseCredentials({ ...given, [name]: value })).toMatchObject({ refusal: { field } });
	});

	it.each([
		[12, 12],
		['12', 12],
		[undefined, 168],
	])('reads the longest link %j', (maxLinkHours, hours) => {
		const given = { appId: '0'.repeat(32), advanced: true, apiDomain: 'api.agora.io' };
		expect(parseCredentials({ ...given, maxLinkHours })).toMatchObject({
			maxLinkHours: hours,
		});
		// Not shown while Advanced is off.
		const off = { ...given, maxLinkHours, advanced: false };
		expect(parseCredentials(off)).toMatchObject({ maxLinkHours: 168 });
	});

	it('shows behind its switches what few need', () => {
		const secrets = [
			...['Notification Secret (Cloud Recording)', 'Notification Secret (RTC Channel Events)'],
		];
		const all = { storageVendor: 'none', receiveNotifications: true, advanced: true };
		const rows = namesWith({ ...all, apiDomain: 'custom' });
		expect(rows.slice(rows.indexOf('Receive Notifications'))).toEqual([
			...['Receive Notifications', ...secrets, 'Advanced', 'Channel Profile of Your App'],
			...['API Domain', 'Base URL', 'Requests per Second', 'Previous Notification Secret'],
		]);
		expect(namesWith({ ...all, receiveNotifications: false })).not.toContain(
			'Previous Notification Secret',
		);
		expect(namesWith({ storageVendor: 'none', apiDomain: 'custom' }).slice(-2)).toEqual(SWITCHES);
	});

	it('is read by its defaults while Advanced is off', () => {
		const valuesOf = (name: string) => fields.find((property) => property.name === name)?.default;
		const given = { appId: '0'.repeat(32), requestsPerSecond: 3, apiDomain: 'custom' };
		expect(parseCredentials(given)).toMatchObject({
			requestsPerSecond: valuesOf('requestsPerSecond'),
			apiDomain: valuesOf('apiDomain'),
			origin: 'https://api.agora.io',
		});
		expect(parseCredentials({ ...given, advanced: true })).toHaveProperty('refusal');
	});

	it('does not show what is secret', () => {
		const secret = fields.filter(({ typeOptions }) => typeOptions?.password);
		expect([...new Set(secret.map(({ name }) => name))].sort()).toEqual([
			...['appCertificate', 'customerSecret', 'notificationSecret', 'previousNotificationSecret'],
			...['rtcNotificationSecret', 'storageAccessKey', 'storageReadAccessKey'],
			...['storageReadSecretKey', 'storageSecretKey'],
		]);
		for (const { name, typeOptions } of fields) {
			if (/key|secret|certificate/i.test(name))
				expect([name, typeOptions?.password]).toEqual([name, true]);
		}
	});
});
