import { isObject } from '../support/json.mts';
import type { IDataObject } from 'n8n-workflow';
import type { FaultInput, Simulator } from '../../simulator/index.mts';
import { textOf } from '../support/failures.mts';
import { BUCKET } from './account.mts';
import type { OperationName, Trouble } from './life.mts';
import type { Sent } from './told.mts';

/** Answers that are wrong: what the simulator is to say when a request meets a fault. */

/** Longer than any text that people read, of a server's own making. */
export const HUGE_PIECE = 'servertext';
const HUGE = HUGE_PIECE.repeat(20_000);

/** What a wrong answer may be made of. */
interface Asked {
	url: string;
	/** Somebody else's recording. */
	stranger: IDataObject;
	/** What stands in the Authorization header. */
	basic: string;
}

/** The simulator's part of a fault; undefined where it answers as it should. */
export function faultOf(
	sent: Sent,
	trouble: Trouble,
	{ url, stranger, basic }: Asked,
): FaultInput['fault'] | undefined {
	switch (trouble.kind) {
		case 'hang':
		case 'slow':
		case 'hostRefuses':
		case 'network':
		case 'foreignFiles':
			return undefined;
		case 'error':
		case 'answer':
		case 'rateLimited':
		case 'html':
		case 'emptySid':
		case 'failover':
			return trouble;
		case 'reset':
		case 'truncatedJson':
		case 'emptyBody':
			return { kind: trouble.kind, effect: trouble.effect };
		case 'otherRecording':
			return {
				kind: 'answer',
				status: 200,
				body: aboutStranger(sent.operation, stranger),
				effect: trouble.effect,
			};
		case 'echo':
			return {
				kind: 'answer',
				status: trouble.status,
				body: repeated(sent, url, basic, trouble.status),
				effect: trouble.effect,
			};
		case 'huge':
			return {
				kind: 'answer',
				status: trouble.status,
				body: inWords(trouble.status, HUGE),
				effect: trouble.effect,
			};
		case 'redirect':
			return {
				kind: 'answer',
				status: trouble.status,
				body: '',
				headers: { location: 'http://127.0.0.1:9/login' },
				effect: trouble.effect,
			};
	}
}

/** Recorded by nobody in these lives. */
export const STRANGERS_SID = '5712a6e25712a6e25712a6e25712a6e2';

/**
 * Names that an answer may give although they are none of the recording's: another one's, in another
 * folder, out of the folder, of another kind. All of them lie in the bucket.
 */
export const foreignFiles = (sid: string): string[] => [
	`${STRANGERS_SID}_strangers_0.mp4`,
	`bak0_${STRANGERS_SID}_strangers_0.mp4`,
	`elsewhere/${sid}_strangers_0.mp4`,
	`../${sid}_strangers_0.mp4`,
	`${sid}_strangers.txt`,
];

const isList = (value: unknown): value is IDataObject[] =>
	Array.isArray(value) && value.every(isObject);

/** Adds foreign files to those that an answer of Agora names, whatever the form of its list. */
export function addForeignFiles(
	{ sid = '' }: Sent,
	{ body }: { body: unknown },
	{ control: { storage } }: Simulator,
	folder: string,
): void {
	const response = isObject(body) && isObject(body.serverResponse) ? body.serverResponse : {};
	const directory = folder === '' ? '' : `${folder}/`;
	const names = foreignFiles(sid);
	for (const name of names) storage?.put(BUCKET, `${directory}${name}`, `a stranger's ${name}`);
	const { fileList, extensionServiceState } = response;
	const told: unknown = typeof fileList === 'string' ? [{ fileName: fileList }] : fileList;
	if (isList(told)) {
		response.fileListMode = 'json';
		response.fileList = [...told, ...names.map((fileName) => ({ fileName }))];
	}
	for (const service of Array.isArray(extensionServiceState) ? extensionServiceState : []) {
		const payload = isObject(service) && isObject(service.payload) ? service.payload : {};
		if (!Array.isArray(payload.fileList)) continue;
		payload.fileList.push(...names.map((filename) => ({ filename })));
	}
}

function aboutStranger(operation: OperationName, stranger: IDataObject): IDataObject {
	const fileList = `${textOf(stranger.sid)}_stranger.m3u8`;
	const files = { fileListMode: 'string', fileList };
	switch (operation) {
		case 'query':
			return { ...stranger, serverResponse: { status: 5, ...files } };
		case 'stop':
			return { ...stranger, serverResponse: { ...files, uploadingStatus: 'uploaded' } };
		default:
			return stranger;
	}
}

/** What a gateway says that repeats the request it could not pass on. */
function repeated(
	{ operation, body }: Sent,
	url: string,
	basic: string,
	status: number,
): IDataObject {
	const heard = `could not pass on ${operation} ${url} Authorization: Basic ${basic} ${JSON.stringify(body ?? {})}`;
	return inWords(status, heard);
}

/** A text where Agora has its words: a refusal of the service, or of the gateway before it. */
const inWords = (status: number, text: string): IDataObject =>
	status >= 400 && status < 500 ? { code: 2, reason: text } : { message: text };

/** Agora's older samples print numbers and booleans as text (notifications and queries alike). */
export function respell(response: { body: unknown }): void {
	const respelt = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(respelt);
		if (isObject(value)) {
			return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, respelt(inner)]));
		}
		return typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
	};
	response.body = respelt(response.body);
}
