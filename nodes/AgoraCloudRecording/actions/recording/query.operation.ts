import type { INodeProperties } from 'n8n-workflow';
import { filesOf } from '../../agora/files/shape';
import type { Outcome } from '../../agora/answers/outcomes';
import { parseAnswerBody } from '../../agora/answers/responses';
import { outcomeOf, webStateOf } from '../../agora/answers/serviceStates';
import { describeStatus } from '../../agora/answers/statuses';
import { fallbackModeOption, manualModeField, recordingFields } from '../../form/recordingSource';
import { linksIfWantedOption, readLinks } from '../../form/links';
import {
	folderOption,
	retryWhileNotFoundOption,
	optionsField,
	readRetryWhileNotFound,
	readRequestTimeout,
	readSimplify,
	requestTimeoutOption,
	simplifyOption,
} from '../../form/options';
import { apiError } from '../../errors';
import { filesInBucket } from '../file/inBucket';
import type { Operation } from '../operation';
import { callRecording } from './callRecording';
import { causesOf } from './notFoundCauses';
import { filesOutput, inOrder } from './output';
import { identityOf, readRecording } from '../../form/knownRecording';

const fields: INodeProperties[] = [
	...recordingFields(manualModeField),
	optionsField([
		linksIfWantedOption,
		fallbackModeOption,
		folderOption,
		retryWhileNotFoundOption,
		requestTimeoutOption(),
		simplifyOption,
	]),
];

export const query: Operation = {
	fields,
	async prepare(run) {
		const { parameters } = run;
		const recording = readRecording(run);
		const simplify = readSimplify(run);
		const timeout = readRequestTimeout(parameters);
		const retryWhileNotFound = readRetryWhileNotFound(parameters);
		const links = readLinks(run, false);
		const execute = async () => {
			const reply = await callRecording(run, recording, 'query', { timeout, retryWhileNotFound });
			const { answer, meaning } = reply;
			const response = parseAnswerBody(answer.body).serverResponse;
			const outcome: Outcome | undefined =
				meaning.kind === 'success'
					? outcomeOf(response, recording)
					: meaning.kind === 'notFound'
						? 'notFound'
						: meaning.kind === 'alreadyStopping'
							? 'stopping'
							: undefined;
			if (!outcome) {
				throw apiError(run.context.getNode(), run.itemIndex, reply, identityOf(recording));
			}
			const web = webStateOf(response);
			const told = filesOf(response, recording.prefix, recording.storage);
			const { files } = await filesInBucket(run, recording, told, { wait: 0, links });
			return inOrder({
				outcome,
				...identityOf(recording),
				...recording.known,
				...(response?.status !== undefined && {
					status: { code: response.status, name: describeStatus(response.status).name },
				}),
				...(web?.onhold !== undefined && { onhold: web.onhold }),
				...(web?.outputs && { outputs: web.outputs }),
				...filesOutput(recording.mode, files),
				...(outcome === 'notFound' && { likelyCauses: causesOf(recording, retryWhileNotFound) }),
				...(answer.requestId && { requestId: answer.requestId }),
				...(!simplify && { response: answer.body }),
			});
		};
		return { execute };
	},
};
