import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { filesOf, predictedFiles } from '../../agora/files/shape';
import { mayHaveHappened } from '../../agora/answers/classify';
import type { Outcome } from '../../agora/answers/outcomes';
import { parseAnswerBody } from '../../agora/answers/responses';
import { uploadStatusOf } from '../../agora/answers/serviceStates';
import { fallbackModeOption, manualModeField, recordingFields } from '../../form/recordingSource';
import { linksOption, readLinks } from '../../form/links';
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
import { readWaitForFiles, waitForFilesOption } from '../../form/waitForFiles';
import type { Reply } from '../../transport/client';
import { apiError, linesOf } from '../../errors';
import { filesInBucket, type BucketWork, type FilesInBucket } from '../file/inBucket';
import type { Operation } from '../operation';
import { causesOf } from './notFoundCauses';
import { filesOutput, inOrder, warnOfParts } from './output';
import { identityOf, readRecording, type KnownRecording } from '../../form/knownRecording';
import { sendStop } from './sendStop';

/** A synchronous stop may take 20 s until the files are uploaded (rest-api.md section 7). */
const DEFAULT_TIMEOUT_S = 30;

const fields: INodeProperties[] = [
	...recordingFields(manualModeField),
	optionsField([
		{
			displayName: 'Return Immediately',
			name: 'asyncStop',
			type: 'boolean',
			default: false,
			description:
				'Whether to continue as soon as Agora accepts the stop, usually without a list of files. While off, the node waits up to about 20 seconds for the upload and lists the files.',
		},
		linksOption,
		fallbackModeOption,
		folderOption,
		retryWhileNotFoundOption,
		requestTimeoutOption(DEFAULT_TIMEOUT_S),
		simplifyOption,
		waitForFilesOption(0),
	]),
];

/** Why a stop finds nothing after an earlier try of it was not answered. */
const OWN_STOP =
	'an earlier attempt of this stop, whose response was lost, may have ended it; or it is moving to another server and continues: run Stop again in two minutes';

/** What a stop ended in; undefined where that is an error. */
function outcomeOf(reply: Reply, asyncStop: boolean): Outcome | undefined {
	const { meaning } = reply;
	switch (meaning.kind) {
		case 'success':
			return asyncStop ? 'stopping' : 'stopped';
		case 'uploadPending':
			return 'stopped';
		case 'alreadyStopping':
			return 'stopping';
		case 'noRecordedData':
			return 'noRecordedData';
		case 'notFound':
			return 'notFound';
		default:
			return undefined;
	}
}

/** Where Agora lists no files: those that something which was seen to be recorded must have. */
function certainFiles(recording: KnownRecording) {
	const { formats, prefix, storage } = recording;
	return recording.seenRecording && formats
		? predictedFiles(recording, prefix, formats, storage)
		: [];
}

const isOver = (outcome: Outcome) => outcome === 'stopped' || outcome === 'stopping';

/** The files that Agora lists; where it lists none, those that there must be. */
function filesOfStop(recording: KnownRecording, outcome: Outcome, { answer }: Reply) {
	const response = parseAnswerBody(answer.body).serverResponse;
	const told = filesOf(response, recording.prefix, recording.storage);
	return told.length === 0 && isOver(outcome) ? certainFiles(recording) : told;
}

function stopOutput(
	recording: KnownRecording,
	outcome: Outcome,
	reply: Reply,
	{ files, failoverChecked, facts }: FilesInBucket,
	{ simplify, retryWhileNotFound }: { simplify: boolean; retryWhileNotFound: number },
): IDataObject {
	const { answer, meaning } = reply;
	const response = parseAnswerBody(answer.body).serverResponse;
	const over = isOver(outcome);
	const uploadStatus =
		outcome === 'stopping' || (meaning.kind === 'uploadPending' && meaning.code === 50)
			? 'pending'
			: uploadStatusOf(response);
	return inOrder({
		outcome,
		...identityOf(recording),
		...recording.known,
		...(over && { uploadStatus }),
		...facts,
		...filesOutput(recording.mode, files, failoverChecked),
		...(outcome === 'notFound' && {
			likelyCauses: [
				...(mayHaveHappened(reply) ? [OWN_STOP] : []),
				...causesOf(recording, retryWhileNotFound),
			],
		}),
		...(answer.requestId && { requestId: answer.requestId }),
		...(!simplify && { response: answer.body }),
	});
}

export const stop: Operation = {
	fields,
	async prepare(run) {
		const { parameters } = run;
		const recording = readRecording(run);
		const simplify = readSimplify(run);
		const work: BucketWork = {
			wait: readWaitForFiles(parameters, 0),
			links: readLinks(run, true),
		};
		const settings = {
			asyncStop: parameters.boolean('options.asyncStop', false),
			timeout: readRequestTimeout(parameters, DEFAULT_TIMEOUT_S),
			retryWhileNotFound: readRetryWhileNotFound(parameters),
		};
		const execute = async () => {
			const reply = await sendStop(run, recording, settings);
			const outcome = outcomeOf(reply, settings.asyncStop);
			if (outcome) {
				const told = filesOfStop(recording, outcome, reply);
				const wait = isOver(outcome) ? work.wait : 0;
				const files = await filesInBucket(run, recording, told, { ...work, wait });
				const output = stopOutput(recording, outcome, reply, files, { ...settings, simplify });
				warnOfParts(run, output);
				return output;
			}

			// Refused or not answered: nothing has ended it.
			const { kind, message, advice } = reply.meaning;
			throw apiError(run.context.getNode(), run.itemIndex, reply, identityOf(recording), {
				mayRun: true,
				message: `${message}: the recording may still be running`,
				advice: linesOf(
					kind === 'refused' && advice,
					'Run Stop again. Stopping twice does no harm. Until then, the recording continues and is billed.',
				),
			});
		};
		return { execute };
	},
};
