import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { filesOf } from '../../agora/files/shape';
import type { Outcome } from '../../agora/answers/outcomes';
import { parseAnswerBody } from '../../agora/answers/responses';
import { outcomeOf, webStateOf } from '../../agora/answers/serviceStates';
import { describeStatus } from '../../agora/answers/statuses';
import { fallbackModeOption, manualModeField, recordingFields } from '../../fields/identity';
import {
	DEFAULT_TIMEOUT_S,
	folderOption,
	notFoundPatienceOption,
	optionsField,
	requestTimeoutOption,
	simplifyField,
} from '../../fields/options';
import { apiError } from '../../transport/errors';
import { NOT_FOUND_PATIENCE } from '../../transport/schedules';
import { inTurn } from '../../process/turns';
import type { Operation } from '../operation';
import { causesOf } from './clues';
import { callOf, identityOf, readRecording } from './input/knownRecording';

const fields: INodeProperties[] = [
	...recordingFields,
	manualModeField,
	simplifyField,
	optionsField([
		fallbackModeOption,
		folderOption,
		notFoundPatienceOption,
		requestTimeoutOption(DEFAULT_TIMEOUT_S),
	]),
];

export const query: Operation = {
	fields,
	async prepare(run) {
		const { parameters, client } = run;
		const recording = readRecording(run);
		const simplify = parameters.boolean('simplify', true);
		const timeout =
			1000 * parameters.wholeNumberWithin('options.requestTimeout', DEFAULT_TIMEOUT_S, 1, 300);
		const notFoundPatience = parameters.wholeNumberWithin(
			'options.notFoundPatience',
			NOT_FOUND_PATIENCE,
			0,
			90,
		);
		const execute = async () => {
			const reply = await inTurn(
				recording.sid,
				async () =>
					await client.call({
						...callOf(recording, 'query'),
						timeout,
						notFoundPatience,
					}),
			);
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
			return {
				outcome,
				...identityOf(recording),
				...recording.known,
				...(response?.status !== undefined && {
					status: { code: response.status, name: describeStatus(response.status).name },
				}),
				...(web?.onhold !== undefined && { onhold: web.onhold }),
				...(web?.outputs && { outputs: web.outputs }),
				files: filesOf(response, recording.prefix, recording.storage),
				...(outcome === 'notFound' && { likelyCauses: causesOf(recording, notFoundPatience) }),
				...(answer.requestId && { requestId: answer.requestId }),
				...(!simplify && { response: answer.body as IDataObject }),
			};
		};
		return { execute };
	},
};
