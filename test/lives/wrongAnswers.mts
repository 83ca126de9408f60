import { isObject } from '../support/json.mts';
import type { IDataObject } from 'n8n-workflow';
import type { FaultInput } from '../../simulator/index.mts';
import { textOf } from '../support/failures.mts';
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
