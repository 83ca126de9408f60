import type { ErrorName } from '../../simulator/index.mts';

/**
 * A life: what a builder made of the node, and all that happens to it. Plain data, so that it can be
 * printed, shrunk, and kept as an example.
 */
export interface Life {
	mode: Mode;
	items: LifeItem[];
	start: StartForm;
	node: NodeSettings;
	/** What the workflow does after the first start, in order. */
	steps: Step[];
	/** Whether the Agora project has a certificate, so that tokens count. */
	certificate: boolean;
	/** What is wrong with the credential; undefined for nothing. */
	credentialTrouble?: CredentialTrouble;
	/** Channels in which nobody is. */
	empty: number[];
	faults: Fault[];
	/** What questions about channels meet: they are good to know, and must change nothing else. */
	questions: QuestionFault[];
	storage: StorageSetting;
	happenings: Happening[];
	/** Virtual milliseconds of every request, there and back. */
	latencyMs: number;
	/** Whether Agora answers in its older spelling: numbers and booleans as text. */
	olderSpelling: boolean;
}

export type Mode = 'mix' | 'individual' | 'web';

/** An item that comes in. */
export interface LifeItem {
	/** Index into {@link CHANNELS}. */
	channel: number;
	/** Recorder UID that the user chose; '' lets the node choose. */
	uid: string;
	/** The item's *Additional Request Fields (JSON)*. */
	extra: Extra;
}

/** `broken` is no JSON and holds a secret, `colliding` names a field that it must not, with a secret beside. */
export type Extra = 'none' | 'broken' | 'colliding';

export interface StartForm {
	/** Whether an Acquire node before it gets the resource ID. */
	acquiredBefore: boolean;
	verify: boolean;
	ifNotConfirmed: 'error' | 'return' | 'stop';
	/** Channels only. */
	ifChannelEmpty: 'start' | 'skip' | 'error';
	/** Whether Agora is asked which profile the channel has. */
	automaticProfile: boolean;
	/** Seconds; undefined for the default. */
	verificationTimeout?: number;
	/** Seconds; undefined for the default. Channels only. */
	maxIdleTime?: number;
	simplify: boolean;
	/** Web page mode: whether it pushes to a CDN address with a stream key in it. */
	push: boolean;
}

export interface NodeSettings {
	onError: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	/** n8n's Retry On Fail; 1 for off. */
	tries: number;
	/** Whether an agent runs Start as its tool (one item, nothing after it). */
	tool: boolean;
}

export type Step =
	| { do: 'wait'; seconds: number }
	| { do: 'query'; patience?: number; links?: Links }
	| { do: 'update' }
	| { do: 'updateLayout' }
	| { do: 'stop'; async: boolean; patience?: number; links?: Links; wait?: number }
	/** File → Get Many and Get Playlist, in a branch of their own: what comes after has the item from before. */
	| { do: 'getMany'; kind: FileKind; ifMissing: 'error' | 'return'; links?: Links; wait?: number }
	| { do: 'getPlaylist'; ifMissing: 'error' | 'skip'; wait?: number }
	/** The execution goes on in a process whose memory is empty, as after a long Wait. */
	| { do: 'restart' }
	/** Back to the first start, once. */
	| { do: 'again' };

/** What is said of links; where nothing is said, the operation's default holds. */
export type Links = 'none' | 'checked' | 'unchecked' | 'download';

export type FileKind = 'main' | 'mp4' | 'playlists' | 'slices' | 'all';

/** The bucket, and what its requests meet. */
export interface StorageSetting {
	/**
	 * Which key n8n reads with: one of its own (it may list and read), or the one that Agora has. That one
	 * may always write; what else it may, the name says.
	 */
	keys: 'own' | 'one' | 'writeOnly' | 'noList' | 'noRead';
	/** Folder in the bucket; '' for its top. */
	folder: '' | 'lessons/math';
	/** Virtual milliseconds from the end of the upload until MP4 files come. */
	mp4DelayMs: number;
	/** Whether the end of the upload goes to Agora's backup, and comes a minute later. */
	backup: boolean;
	/** Whether playlists name what is none of their recording's. */
	forged: boolean;
	faults: StorageFault[];
}

export interface StorageFault {
	/** The nth request of that kind in this life, and those after it. */
	on: 'list' | 'get';
	nth: number;
	times: number;
	trouble: StorageTrouble;
}

/** What a request to the storage may meet; nobody is harmed: all of them only read. */
export type StorageTrouble =
	| { kind: 'error'; code: 'AccessDenied' | 'NoSuchKey' | 'NoSuchBucket' | 'InvalidAccessKeyId' }
	| { kind: 'error'; code: 'SignatureDoesNotMatch' | 'ExpiredToken' | 'RequestTimeTooSkewed' }
	| { kind: 'wrongRegion'; region: string }
	| { kind: 'redirect'; status: 301 | 307 }
	| { kind: 'busy' }
	/** Nobody's answer, or a stranger's: whatever was asked for. */
	| { kind: 'answer'; status: number; body: string }
	| { kind: 'html'; status: number }
	/** The connection is cut: at once, or within the body. */
	| { kind: 'reset'; afterBytes?: number }
	/** No answer at all; or its headers, and nothing after them. */
	| { kind: 'hang' | 'stall' }
	| { kind: 'slow'; ms: number }
	| { kind: 'skewedDate'; ms: number }
	/** Every page of a list names another one; or always the same. */
	| { kind: 'endlessList' | 'repeatedToken' }
	/** What the recordings left is gone after the answer. */
	| { kind: 'vanish'; key: string }
	| { kind: 'ignoreRange' }
	| { kind: 'hostRefuses' }
	| { kind: 'network'; code: 'ENOTFOUND' | 'ECONNREFUSED' | 'EAI_AGAIN' }
	/** A server that repeats the request, secrets and all; or says far too much. */
	| { kind: 'echo' | 'huge'; status: number };

export type CredentialTrouble = 'appId' | 'certificate' | 'baseUrl' | 'rate' | 'missing';

/** The operations of Agora that faults can be met at. */
export const OPERATIONS = ['acquire', 'start', 'query', 'update', 'updateLayout', 'stop'] as const;
export type OperationName = (typeof OPERATIONS)[number];

export interface Fault {
	/** The request that meets it: the nth of that operation in this life, and those after it. */
	on: OperationName;
	nth: number;
	times: number;
	trouble: Trouble;
}

/** The nth question of this life, and those after it. */
export interface QuestionFault {
	nth: number;
	times: number;
	trouble:
		| Extract<Trouble, { kind: 'error' | 'answer' | 'slow' | 'html' | 'network' }>
		| { kind: 'reset' | 'hang' | 'truncatedJson'; effect: boolean };
}

/** `effect`: whether the request is carried out although its answer goes wrong. */
export type Trouble =
	| { kind: 'error'; error: ErrorName; effect: boolean }
	/** JSON that is not what was asked for. */
	| { kind: 'answer'; status: number; body: object; effect: boolean }
	| { kind: 'rateLimited'; retryAfter?: number }
	| { kind: 'reset' | 'hang' | 'truncatedJson' | 'emptyBody'; effect: boolean }
	| { kind: 'slow'; ms: number }
	| { kind: 'html'; status: number; effect: boolean }
	| { kind: 'emptySid'; status: 200 | 500; effect: boolean }
	/** The recording moves to another server: 404 for so many milliseconds. */
	| { kind: 'failover'; ms: number }
	/** n8n's own HTTP helper lets nothing out. */
	| { kind: 'hostRefuses'; how: 'policy' | 'address' }
	/** Nothing leaves: no address, no connection. */
	| { kind: 'network'; code: 'ENOTFOUND' | 'ECONNREFUSED' | 'EAI_AGAIN' }
	/** What Agora would answer about a recording of somebody else. */
	| { kind: 'otherRecording'; effect: boolean }
	/** Among the recording's files the answer names some that are none of its own. */
	| { kind: 'foreignFiles' }
	/** A server that repeats the request, secrets and all. */
	| { kind: 'echo'; status: number; effect: boolean }
	/** A text far too long, in the place of Agora's words. */
	| { kind: 'huge'; status: number; effect: boolean }
	| { kind: 'redirect'; status: number; effect: boolean };

/**
 * When something happens: virtual time since the beginning, or a moment of the nth request of all, to Agora
 * or to the storage.
 */
export type Moment =
	| { after: number }
	| { request: number; point: 'sent' | 'carriedOut' | 'answered' }
	| { stored: number; point: 'sent' | 'answered' };

/** What happens beside the workflow. */
export type Happening = { when: Moment } & (
	| { what: 'cancel' }
	/** n8n is killed: nothing of it goes on. */
	| { what: 'kill' }
	| { what: 'dies'; channel: number; abnormal: boolean }
	| { what: 'failover'; channel: number; ms: number }
	| { what: 'empties' | 'fills'; channel: number }
	/** All that lies in the bucket is gone; or the key that n8n reads with may do so no more. */
	| { what: 'vanish' | 'revoke' }
	/** The same workflow is executed once more beside it. */
	| { what: 'other'; process: 'same' | 'another' }
);

/** Names of channels; one has what HTML would eat. */
export const CHANNELS = ['class-7', 'a<b>c', 'room 9', 'lesson_11'] as const;
