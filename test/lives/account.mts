import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import type { AccessKeyInput, Simulator } from '../../simulator/index.mts';
import type { Life } from './life.mts';

/** The account at Agora that lives run under. */

/** Each of them is looked for in everything that is told. */
export const SECRETS = {
	customerSecret: 'customer-secret-8d1c',
	storageAccessKey: 'access-key-7b2f',
	storageSecretKey: 'secret-key-3e9a',
	readAccessKey: 'read-access-key-1c44',
	readSecretKey: 'read-secret-key-9d20',
	appCertificate: '5c6d5c6d5c6d5c6d5c6d5c6d5c6d5c6d',
};
export const CUSTOMER = 'example-customer-id';
export const APP = '00112233445566778899aabbccddeeff';
export const SECURED_APP = 'ffeeddccbbaa99887766554433221100';
export const basic = Buffer.from(`${CUSTOMER}:${SECRETS.customerSecret}`).toString('base64');

/** Where recordings are uploaded to. */
export const BUCKET = 'recordings';

/** What the key that Agora has may do beside writing. */
const MORE_RIGHTS = {
	own: [],
	one: ['list', 'read'],
	writeOnly: [],
	noList: ['read'],
	noRead: ['list'],
} as const;

/** The keys of a life, as the storage knows them: Agora's, and the one that n8n reads with in some lives. */
export function keysOf({ storage: { keys } }: Life): AccessKeyInput[] {
	const { storageAccessKey, storageSecretKey, readAccessKey, readSecretKey } = SECRETS;
	return [
		{
			accessKey: storageAccessKey,
			secretKey: storageSecretKey,
			rights: ['write', ...MORE_RIGHTS[keys]],
		},
		{ accessKey: readAccessKey, secretKey: readSecretKey, rights: ['list', 'read'] },
	];
}

/** The keys of a life once n8n may read nothing any more. */
export const revokedKeysOf = (life: Life): AccessKeyInput[] =>
	keysOf(life).map((key, i) => ({ ...key, rights: i === 0 ? ['write'] : [] }));

/** The credential of a life; undefined where it cannot be read. */
export function credentialsOf(
	life: Life,
	{ baseUrl, endpoint }: { baseUrl: string; endpoint: string },
): ICredentialDataDecryptedObject | undefined {
	const { credentialTrouble: trouble, certificate } = life;
	if (trouble === 'missing') return undefined;
	return {
		customerId: CUSTOMER,
		customerSecret: SECRETS.customerSecret,
		appId: trouble === 'appId' ? 'not an App ID' : certificate ? SECURED_APP : APP,
		appCertificate:
			trouble === 'certificate' ? 'broken' : certificate ? SECRETS.appCertificate : '',
		advanced: true,
		apiDomain: 'custom',
		baseUrl: trouble === 'baseUrl' ? 'no address' : baseUrl,
		requestsPerSecond: trouble === 'rate' ? 0 : 10,
		storageVendor: 's3Compatible',
		storageEndpoint: endpoint,
		storageBucket: BUCKET,
		storageAccessKey: SECRETS.storageAccessKey,
		storageSecretKey: SECRETS.storageSecretKey,
		...(life.storage.keys === 'own' && {
			readFilesWith: 'readKey',
			storageReadAccessKey: SECRETS.readAccessKey,
			storageReadSecretKey: SECRETS.readSecretKey,
		}),
	};
}

/** A recording that is none of this life's business. */
export async function startStranger({ url, control }: Simulator): Promise<IDataObject> {
	const call = async (path: string, body: object): Promise<Record<string, string>> => {
		const answer = await fetch(`${url}/v1/apps/${APP}/cloud_recording/${path}`, {
			method: 'POST',
			headers: { authorization: `Basic ${basic}`, 'content-type': 'application/json' },
			body: JSON.stringify({ cname: 'strangers', uid: '99', ...body }),
		});
		if (!answer.ok) throw new Error(`No stranger: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as Record<string, string>;
	};
	const { resourceId } = await call('acquire', { clientRequest: {} });
	const { sid } = await call(`resourceid/${resourceId}/mode/mix/start`, {
		clientRequest: {
			recordingConfig: { channelType: 0 },
			storageConfig: {
				vendor: 1,
				region: 20,
				bucket: 'strangers',
				accessKey: 'k',
				secretKey: 's',
			},
		},
	});
	control.clearRequests();
	return { cname: 'strangers', uid: '99', resourceId, sid };
}
