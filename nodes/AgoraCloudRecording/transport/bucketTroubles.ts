import type { StorageProblemKind } from '../storage/problems';
import { isPageOrData } from '../storage/troubles/answer';
import type { StorageTrouble } from '../storage/troubles/trouble';
import type { NoAnswer, StorageReply } from './storageRequest';

/** What is wrong, and whether it may pass by itself. */
export type Trouble = Pick<StorageTrouble, 'kind' | 'message' | 'whatToDo' | 'region'> & {
	mayPass: boolean;
};

/** A success that no storage gives. */
export const STRANGER: Trouble = {
	kind: 'noStorage',
	message:
		'The response did not come from a storage, but from something in its place, such as a login page or a proxy.',
	whatToDo:
		"Check 'Endpoint' in the credential, if there is one, and the network of the computer that runs n8n.",
	mayPass: false,
};

/** What is wrong where nobody answered. */
export function noAnswer({ reason, refused }: NoAnswer, host: string): Trouble {
	return {
		kind: 'noAnswer',
		message: refused
			? `n8n blocked the request to the storage (${host}): ${reason}`
			: `The storage (${host}) did not respond: ${reason}.`,
		whatToDo: refused ? '' : 'Check its address in the credential and the network connection.',
		mayPass: !refused,
	};
}

function publicKind({ status, headers }: StorageReply): StorageProblemKind {
	if (status === 404) return 'noObject';
	if (status === 429 || status >= 500) return 'busy';
	return isPageOrData({ headers }) && status < 300 ? 'noStorage' : 'denied';
}

/** What is wrong below an address that everybody may read. */
export function publicTrouble(reply: StorageReply): Trouble {
	const kind = publicKind(reply);
	const said = kind === 'noStorage' ? 'a page instead of the file' : `status ${reply.status}`;
	return {
		kind,
		message: `The public bucket URL returned ${said}.`,
		whatToDo: "Check 'Public Bucket URL' in the credential and that the file is publicly readable.",
		mayPass: kind === 'busy',
	};
}
