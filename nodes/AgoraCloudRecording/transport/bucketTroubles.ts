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
	message: 'Something else than a storage answered, such as a login page or a proxy.',
	whatToDo: "Check the endpoint, if the credential has one, and the network of n8n's computer.",
	mayPass: false,
};

/** What is wrong where nobody answered. */
export function noAnswer({ reason, refused }: NoAnswer, host: string): Trouble {
	return {
		kind: 'noAnswer',
		message: refused
			? `n8n did not send the request to the storage (${host}): ${reason}`
			: `The storage (${host}) did not answer: ${reason}.`,
		whatToDo: refused ? '' : 'Check its address in the credential, and the network.',
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
	const said = kind === 'noStorage' ? 'a page, not the file' : `status ${reply.status}`;
	return {
		kind,
		message: `The public URL of the bucket answered with ${said}.`,
		whatToDo:
			"Check 'Public Bucket URL' in the credential, and whether everybody may read the file there.",
		mayPass: kind === 'busy',
	};
}
