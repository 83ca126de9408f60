import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../support/json.mts';
import { textOf } from '../../support/failures.mts';
import type { Lived, Sent, StorageSent } from '../told.mts';
import { directoryOf, nameOf, objects, sameRun, stepOf, waitOf } from './bucket.mts';
import { isError, isText, lastAnswerOf, statementsOf, type Rule, type Statement } from './rule.mts';

/**
 * Rules about the storage: it changes nothing that is said of a recording, and nobody waits for it too
 * long. Written by hand from the design (section 6) and rest-api.md.
 */

const RECORDING_OPERATIONS = ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'];

/** What messages begin with that are about a storage. */
const ABOUT_STORAGE =
	/^(The (storage|bucket|key|public bucket URL|endpoint|n8n server's|files? )|No file of|There is no (object|bucket)|n8n blocked the request to the storage)/;

/** Whether an answer is Agora's own, as it should be. */
const isWell = ({ trouble, status, arrived }: Sent) =>
	arrived && status > 0 && (!trouble || ['foreignFiles', 'slow'].includes(trouble.kind));

/** What a stop's answer means. */
function outcomeOfStop({ status, answer }: Sent, asynchronous: boolean): string | undefined {
	const code = Number(answer?.code ?? 0);
	if (status === 200 && code === 0) return asynchronous ? 'stopping' : 'stopped';
	if (status === 206 && code === 435) return 'noRecordedData';
	if (status === 404) return 'notFound';
	return status === 400 && code === 49 ? 'stopping' : undefined;
}

const payloadsOf = (response: IDataObject): IDataObject[] =>
	objects(response.extensionServiceState).flatMap(({ payload }) =>
		isObject(payload) ? [payload] : [],
	);

/** Names of files as Agora lists them, with their folder or without. */
function namesTold({ answer }: Sent): string[] {
	const response = isObject(answer?.serverResponse) ? answer.serverResponse : {};
	if (isText(response.fileList)) return [response.fileList];
	const entries = [response, ...payloadsOf(response)].flatMap(({ fileList }) => objects(fileList));
	return entries.map(({ fileName, filename }) => textOf(fileName ?? filename));
}

function uploadTold({ answer }: Sent): unknown {
	const response = isObject(answer?.serverResponse) ? answer.serverResponse : {};
	return [response, ...payloadsOf(response)]
		.map(({ uploadingStatus }) => uploadingStatus)
		.find((status) => status !== undefined);
}

/** Files in an item that Agora did not tell, or told and not in the item. */
function otherFiles(lived: Lived, { json, run }: Statement, last: Sent): string | undefined {
	const directory = directoryOf(lived);
	const told = namesTold(last).map((name) =>
		name.startsWith(directory) ? name : `${directory}${name}`,
	);
	const files = objects(json.files);
	const lost = told.find(
		(path) =>
			!files.some(
				(file) => file.path === path && file.fileName === path.slice(path.lastIndexOf('/') + 1),
			),
	);
	if (lost !== undefined) return `the file ${lost}, which Agora lists, is not among its files`;
	const waited = (waitOf(stepOf(lived, run)) ?? 0) > 0;
	const invented = files.find(
		({ path, predicted, sizeBytes }) =>
			!told.includes(textOf(path)) &&
			!(predicted === true && told.length === 0) &&
			!(waited && typeof sizeBytes === 'number'),
	);
	return invented && `the file ${textOf(invented.path)} is told by nobody`;
}

/** What the storage may have changed of what a stop or a query says. */
function changed(lived: Lived, statement: Statement): string | undefined {
	const { run, json, outcome } = statement;
	if (!RECORDING_OPERATIONS.includes(run.operation)) return undefined;
	if (isError(statement)) {
		const { message, details } = statement;
		if (details.storageProblem !== undefined || ABOUT_STORAGE.test(message)) {
			return `it ends in an error about the storage: ${message}`;
		}
	}
	if (run.operation !== 'stop' && run.operation !== 'query') return undefined;
	const last = lastAnswerOf(lived, run, textOf((statement.details ?? json).sid));
	if (!last || last.operation !== run.operation || last.node !== run.node || !isWell(last)) {
		return undefined;
	}
	if (isError(statement)) {
		const good = last.status === 200 && last.attempt === run.tries.length;
		return good && last.afterCancel === false
			? `Agora answered as it should, and yet it ends in an error: ${statement.message}`
			: undefined;
	}
	const step = stepOf(lived, run);
	const right = step?.do === 'stop' ? outcomeOfStop(last, step.async) : outcome;
	if (right !== undefined && right !== outcome) return `Agora's answer says '${right}'`;
	const upload = uploadTold(last);
	const known = upload === 'uploaded' || upload === 'backuped';
	if (outcome === 'stopped' && known && json.uploadStatus !== upload) {
		return `the upload is ${upload}, not ${textOf(json.uploadStatus)}`;
	}
	return otherFiles(lived, statement, last);
}

export const kept: Rule = {
	name: 'kept',
	number: 12,
	says: 'Whatever the storage does, outcome, upload status and files are those of Agora.',
	breaches: (lived) =>
		statementsOf(lived).flatMap((statement) => {
			const why = changed(lived, statement);
			const { run, outcome, json } = statement;
			return why
				? [
						`${run.execution}: ${run.node} says '${outcome ?? 'an error'}' of ${textOf(json.sid ?? statement.details?.sid).slice(0, 8)}, but ${why}`,
					]
				: [];
		}),
};

const SECOND = 1000;
/** No answer takes longer, its body included. */
const LONGEST_MS = 121 * SECOND;
/** Three requests, time-outs and waits between them included, of a list and of playlists after it. */
const LATE_MS = 120 * SECOND;
/** Seconds that File → Get Many and Get Playlist wait, unless the user says otherwise. */
const WAIT_S = 60;

export const patient: Rule = {
	name: 'patient',
	number: 12,
	says: 'Requests to the storage have an end, and are looked for no longer than allowed; after a cancel none is sent, and those under way end within a second.',
	breaches: (lived) => {
		const breaches: string[] = [];
		const say = (sent: StorageSent, why: string) =>
			breaches.push(
				`${sent.execution}: ${sent.node}, storage request ${sent.number} (${sent.on} ${sent.key}) ${why}`,
			);
		const begun = new Map<string, number>();
		for (const sent of lived.stored) {
			const told = lived.executions.find(({ name }) => name === sent.execution);
			const run = told?.runs.find((one) => sameRun(one, sent));
			const { cancelledAt = Infinity, killedAt = Infinity } = told ?? {};
			const { sentAt, answeredAt = lived.endedAt, left } = sent;
			if (killedAt < answeredAt) continue;
			if (left && sent.afterCancel) say(sent, 'is sent after the cancel');
			if (left && sentAt <= cancelledAt && answeredAt > cancelledAt + SECOND) {
				say(sent, `goes on for ${(answeredAt - cancelledAt) / SECOND} s after the cancel`);
			}
			if (answeredAt - sentAt > LONGEST_MS) {
				say(sent, `takes ${(answeredAt - sentAt) / SECOND} s`);
			}
			if (!run || sent.on !== 'list') continue;
			const item = `${nameOf(run)} ${run.runIndex} ${sent.attempt} ${sent.key}`;
			const since = begun.get(item) ?? sentAt;
			begun.set(item, since);
			const wait = waitOf(stepOf(lived, run)) ?? (run.operation === 'stop' ? 0 : WAIT_S);
			if (sentAt - since > wait * SECOND + LATE_MS) {
				say(sent, `comes ${(sentAt - since) / SECOND} s after the first, of ${wait} s`);
			}
		}
		return breaches;
	},
};
