import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../support/json.mts';
import { textOf } from '../../support/failures.mts';
import type { Links, Step } from '../life.mts';
import { addressesIn, linked } from '../opened.mts';
import type { Lived, NodeRun, Sent, StorageSent } from '../told.mts';
import { isError, isText, lastAnswerOf, statementsOf, type Rule, type Statement } from './rule.mts';

/**
 * Rules about the bucket: it changes nothing that is said of a recording, and nobody gets what is another
 * one's. Written by hand from the design (section 6), rest-api.md and object-storage.md.
 */

/** The step that a node of a life stands for; undefined of Start and Acquire. */
const stepOf = ({ life }: Lived, { node }: NodeRun): Step | undefined =>
	life.steps[Number(/^(\d+) /.exec(node)?.[1]) - 1];

const linksOf = (step: Step | undefined): Links | undefined =>
	step && 'links' in step ? step.links : undefined;
const waitOf = (step: Step | undefined): number | undefined =>
	step && 'wait' in step ? step.wait : undefined;

const objects = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];

/** Folder of a life's recordings, as the names of its objects begin. */
const directoryOf = ({ life: { storage } }: Lived) =>
	storage.folder === '' ? '' : `${storage.folder}/`;

const RECORDING_OPERATIONS = ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'];

/** What messages begin with that are about a storage. */
const ABOUT_STORAGE =
	/^(The (storage|bucket|key|public URL|files? )|No file of|There is no (object|bucket)|n8n did not send the request to the storage)/;

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

const STATES = ['ready', 'missing', 'denied', 'needsPlaylist', 'unchecked'];

/** The name of the object that an address leads to; undefined where that is in another place. */
function keyOf(address: string, bucket: string): string | undefined {
	if (!address.startsWith(`${bucket}/`)) return undefined;
	try {
		return decodeURIComponent(address.slice(bucket.length + 1).replace(/[?#].*$/s, ''));
	} catch {
		return undefined;
	}
}

/** Why an address must not be handed out as that of a file of a recording. */
function strange(lived: Lived, address: string, sid: string): string | undefined {
	const key = keyOf(address, lived.bucket);
	const place = address.replace(/\?.*$/s, '');
	if (key === undefined) return `${place} is not in the bucket`;
	const directory = directoryOf(lived);
	if (!key.startsWith(directory)) return `${place} is not in the folder`;
	const name = key.slice(directory.length);
	const own = /^(?:bak\d+_)?([^_/]+)_[^/]+\.(?:mp4|m3u8|mpd|ts|webm|jpg)$/.exec(name);
	return own?.[1] === sid && !name.includes('..')
		? undefined
		: `${place} is none of the files of ${sid.slice(0, 8)}`;
}

/** Every item with files in it, and the run that gave it. */
const filesGiven = (lived: Lived) =>
	statementsOf(lived)
		.filter((statement) => !isError(statement))
		.flatMap(({ run, json }) =>
			linked(json).map((file) => ({ run, file, sid: textOf(json.sid), who: nameOf(run) })),
		);
const nameOf = ({ execution, node }: NodeRun) => `${execution}: ${node}`;

const sameRun = (run: NodeRun, other: Pick<StorageSent, 'execution' | 'node' | 'runIndex'>) =>
	run.execution === other.execution && run.node === other.node && run.runIndex === other.runIndex;

/** The last try to open a link, in the last try of a run. */
const triedBy = ({ stored }: Lived, run: NodeRun, key: unknown) =>
	stored.findLast(
		(sent) =>
			sameRun(run, sent) && sent.attempt === run.tries.length && sent.opens && sent.key === key,
	);

const isGood = (status: number) => status === 200 || status === 206;

/** What must not be said of a link. */
function wrongState(lived: Lived, run: NodeRun, { link, linkState, path }: IDataObject) {
	const mayBeUnchecked = linksOf(stepOf(lived, run)) === 'unchecked';
	if (!STATES.includes(textOf(linkState))) return `there is no state '${textOf(linkState)}'`;
	if (linkState === 'ready' && !isText(link)) return 'it is ready, and there is no link';
	if (isText(link) && linkState !== 'ready' && !(linkState === 'unchecked' && mayBeUnchecked)) {
		return `it is ${textOf(linkState)}, and has a link`;
	}
	const tried = triedBy(lived, run, path);
	if (linkState === 'ready' && (!tried || !isGood(tried.status))) {
		return 'it is ready, and nobody has opened it';
	}
	// A body that breaks off, or never comes, leaves nothing known.
	if (!tried || tried.trouble || tried.answeredAt === undefined) return undefined;
	const right = { 200: 'ready', 206: 'ready', 403: 'denied', 404: 'missing' }[tried.status];
	return right !== undefined && right !== linkState
		? `the storage answered ${tried.status}, and it is ${textOf(linkState)}`
		: undefined;
}

export const links: Rule = {
	name: 'links',
	number: 12,
	says: 'Each link, and each address in a playlist, is that of a file of its recording; only one that was opened is ready.',
	breaches: (lived) => {
		const ofFiles = filesGiven(lived).flatMap(({ run, file, sid, who }) => {
			const why =
				wrongState(lived, run, file) ??
				(isText(file.link) ? strange(lived, file.link, sid) : undefined);
			return why ? [`${who} gives ${textOf(file.fileName)}: ${why}`] : [];
		});
		const ofPlaylists = statementsOf(lived).flatMap(({ run, json: { playlist, sid } }) =>
			isText(playlist)
				? addressesIn(playlist).flatMap((address) => {
						const why = strange(lived, address, textOf(sid));
						return why ? [`${nameOf(run)} gives a playlist: ${why}`] : [];
					})
				: [],
		);
		const unwanted = filesGiven(lived)
			.filter(({ run }) => linksOf(stepOf(lived, run)) === 'none')
			.filter(({ file }) => 'link' in file)
			.map(({ who, file }) => `${who} gives ${textOf(file.fileName)} a link that nobody wants`);
		return [...ofFiles, ...ofPlaylists, ...unwanted];
	},
};

/** Answers that say that anything is there. */
const saysAnything = ({ trouble }: StorageSent) =>
	trouble?.kind === 'html' || trouble?.kind === 'answer';

/** Whether something took objects, or rights, away. */
const isRobbed = ({ met, stored }: Lived) =>
	met.some(({ what }) => what === 'vanish' || what === 'revoke') ||
	stored.some(({ trouble }) => trouble?.kind === 'vanish');

export const open: Rule = {
	name: 'open',
	number: 12,
	says: 'What is handed out as ready opens, and gives the bytes of its own file.',
	breaches: (lived) => {
		const robbed = isRobbed(lived);
		const found = (run: NodeRun, address: unknown) =>
			lived.opened.find((one) => one.address === address && sameRun(run, one));
		const wrong = (run: NodeRun, address: string, must: boolean): string | undefined => {
			const one = found(run, address);
			const place = address.replace(/\?.*$/s, '');
			if (!one) return undefined;
			if (isGood(one.status)) return one.whole ? undefined : `${place} gives other bytes`;
			return must && !robbed ? `${place} answers ${one.status}` : undefined;
		};
		const files = filesGiven(lived).flatMap(({ run, file, who }) => {
			if (!isText(file.link)) return [];
			const tried = triedBy(lived, run, file.path);
			const must = file.linkState === 'ready' && !(tried && saysAnything(tried));
			const why = wrong(run, file.link, must);
			return why ? [`${who}: ${why}`] : [];
		});
		const playlists = statementsOf(lived).flatMap(({ run, json: { playlist } }) =>
			isText(playlist)
				? addressesIn(playlist).flatMap((address) => {
						const why = wrong(run, address, true);
						return why ? [`${nameOf(run)}: ${why}`] : [];
					})
				: [],
		);
		return [...files, ...playlists];
	},
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
