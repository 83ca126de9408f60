import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';
import { apiError, credentialError } from '../../errors';
import { channelsToChooseFrom } from '../../transport/channels';
import { AgoraClient } from '../../transport/client';
import { CREDENTIAL_TYPE, parseCredentials } from '../../transport/credentials';

/** Names that the editor gets at a time. */
const SHOWN = 100;

/**
 * The channels that *From List* offers: names alone, because n8n keeps in the workflow what it showed;
 * those with most users first.
 *
 * @param filter what the user typed
 * @param from number of the first one, as text, on every page but the first
 * @throws NodeApiError, NodeOperationError saying what the credential lacks, or what Agora answered
 */
export async function searchChannels(
	this: ILoadOptionsFunctions,
	filter = '',
	from = '0',
): Promise<INodeListSearchResult> {
	const node = this.getNode();
	const credentials = parseCredentials(await this.getCredentials(CREDENTIAL_TYPE));
	if ('refusal' in credentials) throw credentialError(node, credentials.refusal);
	const told = await channelsToChooseFrom(new AgoraClient(this, credentials));
	if (!told) {
		throw new NodeOperationError(node, 'Agora did not return the list of channels in time', {
			description: 'Try again in ten seconds, or enter the channel name.',
		});
	}
	if ('failed' in told) throw apiError(node, 0, told.failed, {});
	const wanted = filter.trim().toLowerCase();
	const names = told.channels
		.map(({ cname }) => cname)
		.filter((cname) => cname.toLowerCase().includes(wanted));
	const first = Number(from) || 0;
	const next = first + SHOWN;
	return {
		results: names.slice(first, next).map((name) => ({ name, value: name })),
		...(next < names.length && { paginationToken: String(next) }),
	};
}
