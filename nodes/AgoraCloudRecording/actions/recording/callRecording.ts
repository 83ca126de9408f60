import type { RecordingIdentity } from '../../agora/identity';
import { inTurn } from '../../process/turns';
import type { AgoraRequest, Reply } from '../../transport/client';
import type { ItemRun } from '../operation';

/** What a call about a running recording is sent with beside its identity. */
type Settings = Pick<
	AgoraRequest,
	'timeout' | 'once' | 'retryWhileNotFound' | 'finishWhenCancelled'
> & {
	/** The rest of the body, of those that have one. */
	body?: object;
};

/**
 * Sends one of the calls about a running recording (rest-api.md section 1), after whatever was sent for
 * it before: a query during a stop spoils the list of files (section 7).
 *
 * @throws Cancelled while waiting, unless the call is to be finished
 */
export async function callRecording(
	{ client }: Pick<ItemRun, 'client'>,
	{ mode, cname, uid, resourceId, sid }: Required<RecordingIdentity>,
	operation: 'query' | 'update' | 'updateLayout' | 'stop',
	{ body, ...settings }: Settings,
): Promise<Reply> {
	const method = operation === 'query' ? 'GET' : 'POST';
	const path = `resourceid/${encodeURIComponent(resourceId)}/sid/${encodeURIComponent(sid)}/mode/${mode}/${operation}`;
	return await inTurn(
		sid,
		async () =>
			await client.call({
				operation,
				method,
				path,
				about: { resourceId, sid },
				...(body && { body: { cname, uid, ...body } }),
				...settings,
			}),
	);
}
