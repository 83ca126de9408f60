import type { IDataObject } from 'n8n-workflow';
import type { Page } from './books.mts';
import type { Life, OperationName, StorageTrouble, Trouble } from './life.mts';

/** All that can be known of a life once it is over: what was told, and what was so. Times are virtual. */
export interface Lived {
	life: Life;
	beganAt: number;
	endedAt: number;
	executions: ExecutionTold[];
	log: LogLine[];
	requests: Sent[];
	/** Requests to the storage. */
	stored: StorageSent[];
	/** What came of links, and of addresses in playlists, when they were handed out. */
	opened: Opened[];
	/** Address of the bucket, without a slash at its end. */
	bucket: string;
	/** Resource IDs that Agora gave out, and what for. */
	resources: Array<{ resourceId: string; cname: string; uid: string }>;
	/** Recordings of somebody else. */
	strangers: string[];
	/** The books when all was over. */
	page: Page;
	/** What was done from outside, when it was really met. */
	met: Array<{ order: number; at: number; what: string }>;
	/** What nobody may see. */
	secrets: Record<string, string>;
}

/** How an execution of the workflow ended, and what n8n keeps of it. */
export interface ExecutionTold {
	name: string;
	status: 'success' | 'error' | 'cancelled' | 'killed' | 'endless';
	cancelledAt?: number;
	killedAt?: number;
	endedAt: number;
	runs: NodeRun[];
}

/** A run of a node of ours, Retry On Fail included. */
export interface NodeRun {
	execution: string;
	node: string;
	/** How often this node ran before in this execution; of a tool all tries are one run here. */
	runIndex: number;
	operation: string;
	/** The jsons that came in. */
	input: IDataObject[];
	/** Each try of n8n's Retry On Fail. */
	tries: Array<{ order: number; from: number; to?: number; failed?: boolean }>;
	/** What leaves by the success branch, and by the error branch. */
	success: Leaving[];
	errors: Leaving[];
	/** What the node threw at last. */
	thrown?: ErrorTold;
	hints: string[];
	/** Whether n8n keeps what came of it: not where it was cancelled or killed meanwhile. */
	kept: boolean;
	/** As an agent's tool: what the model is told. */
	tool: boolean;
	/** Whether an item that fails leaves the others alone. */
	goesOn: boolean;
}

export interface Leaving {
	json: IDataObject;
	/** Input items that it is linked with; undefined for none. */
	paired?: number[];
}

export interface ErrorTold {
	message: string;
	description: string;
	details: IDataObject;
	runningRecordings: IDataObject[];
	/** Everything that n8n stores of it, as text. */
	stored: string;
}

export interface LogLine {
	/** Of two things at one time the smaller came first; the same count for all. */
	order: number;
	at: number;
	level: 'error' | 'warn' | 'info' | 'debug';
	/** All that n8n's default log shows. */
	text: string;
	/** What only other transports show; must not hold a secret either. */
	more: string;
	execution: string;
}

/** A request of the node. */
export interface Sent {
	/** As in {@link LogLine}. */
	order: number;
	/** Counts from 1. */
	number: number;
	execution: string;
	node: string;
	runIndex: number;
	attempt: number;
	/** Which memory: 0 the first process, 1 the one after a restart. */
	process: number;
	operation: OperationName;
	cname?: string;
	uid?: string;
	resourceId?: string;
	sid?: string;
	body?: IDataObject;
	sentAt: number;
	/** When the node got its answer, or learned that there is none; undefined if never. */
	answeredAt?: number;
	/** The fault that it met. */
	trouble?: Trouble;
	/** Whether it arrived at Agora and was carried out, as far as Agora did not refuse it. */
	arrived: boolean;
	/** Whether anything left n8n. */
	left: boolean;
	/** What the node got; a status of 0 stands for no answer. */
	status: number;
	answer?: IDataObject;
	failure?: string;
	/** Whether the execution was cancelled when it was sent. */
	afterCancel: boolean;
	/** The books once it was carried out. */
	page: Page;
	/** The sid of the recording that it began, whatever the answer says. */
	began?: string;
}

/** A request of the node to the storage. */
export interface StorageSent {
	/** As in {@link LogLine}. */
	order: number;
	/** Counts from 1, apart from the requests to Agora. */
	number: number;
	execution: string;
	node: string;
	runIndex: number;
	attempt: number;
	on: 'list' | 'get';
	/** Name of the object, or the beginning of the names that are listed. */
	key: string;
	/** Whether it asks for the first byte alone, as who tries a link does. */
	opens: boolean;
	sentAt: number;
	answeredAt?: number;
	trouble?: StorageTrouble;
	left: boolean;
	status: number;
	failure?: string;
	/** Whether the execution was cancelled when it was sent. */
	afterCancel: boolean;
}

/** An address that was handed out, opened at that moment as anybody could. */
export interface Opened {
	execution: string;
	node: string;
	runIndex: number;
	address: string;
	status: number;
	/** Whether it gave what lies in the bucket under the name in the address. */
	whole: boolean;
}

/** A recording that somebody is told of: by an item, by an error. */
export const identityIn = ({ cname, uid, resourceId, sid }: IDataObject) => ({
	cname: textOrNone(cname),
	uid: textOrNone(uid),
	resourceId: textOrNone(resourceId),
	sid: textOrNone(sid),
});

const textOrNone = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;
