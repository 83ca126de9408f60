import type { IDataObject } from 'n8n-workflow';
import { causesText } from '../../agora/answers/likelyCauses';
import { NOT_FOUND_PATIENCE, readRequestTimeout, readSimplify } from '../../form/options';
import { apiError } from '../../errors';
import type { ItemRun, Task } from '../operation';
import { callRecording } from './callRecording';
import { causesOf } from './notFoundCauses';
import { inOrder } from './output';
import { identityOf, type KnownRecording } from '../../form/knownRecording';

/**
 * What update and update layout do once their request is made: both overwrite what was there, so they
 * may be repeated, and both must wait for the answer to whatever was asked of this recording before.
 *
 * @param told what the output says of the change
 */
export function changeRecording(
	run: ItemRun,
	recording: KnownRecording,
	operation: 'update' | 'updateLayout',
	request: object,
	told: IDataObject,
): Task {
	const { parameters, context, itemIndex } = run;
	const timeout = readRequestTimeout(parameters);
	const simplify = readSimplify(run);
	const execute = async () => {
		const reply = await callRecording(run, recording, operation, {
			body: request,
			timeout,
			retryWhileNotFound: NOT_FOUND_PATIENCE,
		});
		const { answer, meaning } = reply;
		if (meaning.kind !== 'success') {
			const causes = meaning.kind === 'notFound' ? causesOf(recording, NOT_FOUND_PATIENCE) : [];
			throw apiError(context.getNode(), itemIndex, reply, identityOf(recording), {
				...meaning,
				advice: causesText(causes) || meaning.advice,
				likelyCauses: causes,
			});
		}
		return inOrder({
			outcome: 'updated',
			...identityOf(recording),
			...recording.known,
			...told,
			...(answer.requestId && { requestId: answer.requestId }),
			...(!simplify && { response: answer.body }),
		});
	};
	return { execute };
}
