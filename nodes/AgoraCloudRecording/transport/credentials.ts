import { NodeOperationError, type IExecuteFunctions, type INode } from 'n8n-workflow';
import { z } from 'zod';

export const CREDENTIAL_TYPE = 'agoraApi';

const text = z.string().catch('');

/** The credential as the node uses it; secrets for requests stay with n8n's own signing. */
const credentialSchema = z.object({
	appId: text,
	appCertificate: text,
	apiDomain: text,
	baseUrl: text,
	requestsPerSecond: z.number().catch(10),
	storageVendor: text,
	storageRegion: text,
	storageBucket: text,
	storageAccessKey: text,
	storageSecretKey: text,
	storageEndpoint: text,
});

export interface AgoraCredentials extends z.infer<typeof credentialSchema> {
	/** Scheme and host that requests go to, without a slash at the end. */
	origin: string;
}

function refuse(node: INode, field: string, value: string, allowed: string): NodeOperationError {
	return new NodeOperationError(node, `'${field}' in the Agora API credential is ${value}`, {
		description: `Allowed: ${allowed}.`,
	});
}

/**
 * Reads the node's credential.
 *
 * @throws NodeOperationError naming the field when App ID or address cannot be right
 */
export async function readCredentials(context: IExecuteFunctions): Promise<AgoraCredentials> {
	const node = context.getNode();
	const credentials = credentialSchema.parse(await context.getCredentials(CREDENTIAL_TYPE));
	const appId = credentials.appId.trim();
	if (!/^[0-9a-f]{32}$/i.test(appId)) {
		throw refuse(
			node,
			'App ID',
			appId === '' ? 'empty' : `"${appId}"`,
			'the 32 characters (0–9, a–f) that Agora Console → Projects shows for your project',
		);
	}
	const appCertificate = credentials.appCertificate.trim();
	if (appCertificate !== '' && !/^[0-9a-f]{32}$/i.test(appCertificate)) {
		throw refuse(
			node,
			'App Certificate',
			'not valid',
			'the 32 characters (0–9, a–f) that Agora Console → Projects shows for your project, or nothing',
		);
	}
	const custom = credentials.apiDomain === 'custom';
	const origin = custom
		? credentials.baseUrl.trim().replace(/\/+$/, '')
		: `https://${credentials.apiDomain}`;
	if (!URL.canParse(origin) || !/^https?:$/.test(new URL(origin).protocol)) {
		throw refuse(
			node,
			custom ? 'Base URL' : 'API Domain',
			origin === '' ? 'empty' : `"${origin}"`,
			'an address that begins with https:// (or http:// for a test server)',
		);
	}
	const { requestsPerSecond } = credentials;
	if (!Number.isInteger(requestsPerSecond) || requestsPerSecond < 1) {
		throw refuse(node, 'Requests per Second', String(requestsPerSecond), 'a whole number from 1');
	}
	return { ...credentials, appId, appCertificate, origin };
}
