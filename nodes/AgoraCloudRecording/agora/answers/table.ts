/** Questions about channels and who is in them: another API of Agora's (channel-management.md). */
export const CHANNEL_OPERATIONS = ['getChannels', 'getChannelUsers'] as const;

/** Operations of Agora's API; `getAll` stands for the Notification Server's addresses. */
export type Operation =
	| 'acquire'
	| 'start'
	| 'query'
	| 'update'
	| 'updateLayout'
	| 'stop'
	| 'getAll'
	| (typeof CHANNEL_OPERATIONS)[number];

/**
 * What an answer means for what happens next:
 *
 * - `success`: done.
 * - `refused`: nothing happened, and asking again changes nothing.
 * - `rateLimited`, `quota`: nothing happened; ask again later, more slowly.
 * - `unavailable`: nothing happened; ask again soon.
 * - `ambiguous`, `unfinished` (Agora said so itself): it may have happened. Only the very same request
 *   may be sent again.
 * - `alreadyStarted`, `conflict`: a recording runs, perhaps our own.
 * - `notFound`: ended, never began, or is moving to another server.
 * - `alreadyStopping`, `noRecordedData`, `uploadPending`: what a stop can meet.
 */
export type AnswerKind =
	| 'success'
	| 'refused'
	| 'rateLimited'
	| 'quota'
	| 'unavailable'
	| 'ambiguous'
	| 'unfinished'
	| 'alreadyStarted'
	| 'conflict'
	| 'notFound'
	| 'alreadyStopping'
	| 'noRecordedData'
	| 'uploadPending';

export interface AnswerRow {
	operations: 'any' | readonly Operation[];
	/** HTTP status. */
	status?: number;
	/** First digit of the HTTP status. */
	statusClass?: number;
	/** `code` in the body. */
	code?: number;
	/** Whether the body has a `code` at all. */
	coded?: boolean;
	/** `reason` or `message` in the body. */
	reason?: RegExp;
	/** Whether the body is JSON. */
	json?: boolean;
	/** Whether the request is known not to have left. */
	notSent?: boolean;
	/** Whether n8n itself refused to send it, as by its network policy. */
	hostRefused?: boolean;
	kind: AnswerKind;
	/** What happened, for somebody who does not know Agora's codes. */
	message: string;
	/** What to do about it. */
	advice: string;
}

const RUNNING: readonly Operation[] = ['query', 'update', 'updateLayout', 'stop'];

const TRY_LATER =
	"Run the node again in a minute. If the problem persists, check Agora's status page.";
const CHECK_IDENTITY =
	"Pass on the item that Start returned unchanged, or compare 'Channel Name', 'Recorder UID', 'Resource ID', and 'Recording ID (SID)' with it.";

/**
 * Every row of errors.md, first fit wins. Sections: 2 (gateway, told by its words), 3 (endpoints),
 * 4 (older catalogue), then what has no row there.
 */
export const ANSWER_ROWS: readonly AnswerRow[] = [
	// Nobody answered.
	{
		operations: 'any',
		status: 0,
		hostRefused: true,
		kind: 'refused',
		message: 'n8n blocked the request',
		advice: "Nothing was sent to Agora. See n8n's message below.",
	},
	{
		operations: 'any',
		status: 0,
		notSent: true,
		kind: 'unavailable',
		message: 'Agora cannot be reached',
		advice:
			"Check 'API Domain' in the credential and the internet connection of n8n (DNS, firewall, proxy).",
	},
	{
		operations: 'any',
		status: 0,
		kind: 'ambiguous',
		message: 'Lost the connection before Agora responded',
		advice: 'Check the network connection between n8n and Agora, then run the node again.',
	},

	// Channel management: channel-management.md section 6.
	{
		operations: CHANNEL_OPERATIONS,
		status: 429,
		kind: 'rateLimited',
		message: "Agora's rate limit for channel queries was exceeded",
		advice:
			'Agora allows 20 per second for all programs of an account. Query less often, or fewer channels.',
	},
	{
		operations: CHANNEL_OPERATIONS,
		status: 400,
		reason: /invalid appid/i,
		kind: 'refused',
		message: 'Agora does not know this App ID',
		advice: "Compare 'App ID' in the credential with Agora Console → Projects.",
	},
	{
		operations: CHANNEL_OPERATIONS,
		status: 403,
		kind: 'refused',
		message: 'Agora does not allow this account to query channels',
		advice:
			'Ask Agora support to enable the channel management API for the account. It is not required for recording.',
	},
	{
		operations: CHANNEL_OPERATIONS,
		status: 404,
		kind: 'refused',
		message: 'This Agora address does not support channel queries',
		advice:
			"Not every Agora region may support them. In the credential, set 'API Domain' to a global one if your requests do not have to stay in a specific region.",
	},
	{
		operations: CHANNEL_OPERATIONS,
		status: 415,
		kind: 'refused',
		message: 'Agora could not read the request',
		advice: 'A proxy or another server between n8n and Agora may have changed it.',
	},
	{
		operations: CHANNEL_OPERATIONS,
		status: 500,
		kind: 'unavailable',
		message: "Agora's channel service has a problem",
		advice: TRY_LATER,
	},

	// Section 2: the gateway in front of every endpoint.
	{
		operations: 'any',
		status: 429,
		kind: 'rateLimited',
		message: "Agora's rate limit was exceeded",
		advice:
			"Lower 'Requests per Second' in the credential if other programs use the same App ID, or ask Agora to raise the limit.",
	},
	// Agora answers in JSON. What a proxy answers to a start may come after Agora has got it.
	{
		operations: ['start'],
		statusClass: 4,
		json: false,
		kind: 'ambiguous',
		message: 'The response did not come from Agora',
		advice: "Check 'API Domain' in the credential and any proxy between n8n and Agora.",
	},
	...[408, 409, 499].map((status): AnswerRow => ({
		operations: ['start'],
		status,
		kind: 'ambiguous',
		message: 'A server between n8n and Agora timed out',
		advice: TRY_LATER,
	})),
	{
		operations: 'any',
		status: 400,
		coded: false,
		reason: /appid is invalid/i,
		kind: 'refused',
		message: 'Agora does not know this App ID, or Cloud Recording is not enabled for it',
		advice:
			"Compare 'App ID' in the credential with Agora Console → Projects, and enable Cloud Recording for the project there.",
	},
	{
		operations: 'any',
		status: 401,
		kind: 'refused',
		message: 'Agora rejected the Customer ID or Customer Secret',
		advice:
			"Compare 'Customer ID' and 'Customer Secret' in the credential with Agora Console → RESTful API Keys. They are not the App ID and App Certificate of a project, but both must belong to the same account.",
	},
	{
		operations: 'any',
		status: 403,
		kind: 'refused',
		message: 'Agora does not allow this request',
		advice:
			"In Agora Console → Projects, check that Cloud Recording is enabled for the project with this 'App ID'.",
	},
	{
		operations: 'any',
		status: 404,
		reason: /no route matched/i,
		kind: 'refused',
		message: "The address does not belong to Agora's API",
		advice: "Check 'API Domain' and 'Base URL' in the credential.",
	},

	// Section 3: acquire.
	{
		operations: ['acquire'],
		status: 400,
		code: 400,
		kind: 'refused',
		message: 'Agora does not know this App ID, or Cloud Recording is not enabled for it',
		advice:
			"Compare 'App ID' in the credential with Agora Console → Projects, and enable Cloud Recording for the project there.",
	},
	{
		operations: ['acquire'],
		status: 400,
		code: 401,
		kind: 'refused',
		message: 'Agora does not accept this channel name',
		advice: "Check 'Channel Name'. Use only letters a–z, digits, spaces, and common punctuation.",
	},
	{
		operations: ['acquire'],
		status: 400,
		code: 405,
		kind: 'refused',
		message: 'The Agora project is not available',
		advice:
			'In Agora Console, check that the project is active and that the account has no overdue bills.',
	},
	{
		operations: ['acquire'],
		status: 400,
		code: 406,
		kind: 'quota',
		message: "This project has reached Agora's limit of concurrent recordings",
		advice:
			'Stop recordings that you no longer need, wait until some have ended, or ask Agora for a higher limit.',
	},
	{
		operations: ['acquire'],
		status: 500,
		code: 501,
		kind: 'unavailable',
		message: 'Agora has no recorder available right now',
		advice: TRY_LATER,
	},
	{
		operations: ['acquire'],
		status: 500,
		code: 504,
		kind: 'unavailable',
		message: 'Agora could not find a recorder in time',
		advice: TRY_LATER,
	},
	{
		operations: ['acquire'],
		code: 62,
		kind: 'unavailable',
		message: "Cloud Recording is not enabled for this project, or Agora's service is unavailable",
		advice: 'In Agora Console, check that Cloud Recording is enabled. Then run the node again.',
	},

	// Section 3: start.
	// 1004 and 1005 are what the service of 2019 said instead (errors.md section 4).
	...[7, 1004, 1005].map((code): AnswerRow => ({
		operations: ['start'],
		code,
		kind: 'alreadyStarted',
		message: 'A recording has already been started with this resource ID',
		advice:
			"That recording continues. To start another one, remove 'Acquired Resource ID' so that Start acquires a new resource.",
	})),
	{
		operations: ['start'],
		status: 201,
		kind: 'alreadyStarted',
		message: 'A recording has already been started with this resource ID',
		advice:
			"That recording continues. To start another one, remove 'Acquired Resource ID' so that Start acquires a new resource.",
	},
	{
		operations: ['start'],
		code: 53,
		kind: 'conflict',
		message: 'A recording of this channel with this recorder UID is already running',
		advice: "Stop it first, or set a different 'Recorder UID' to record the channel a second time.",
	},
	{
		operations: ['start'],
		status: 500,
		code: 502,
		kind: 'unavailable',
		message: 'Agora could not provide a recorder',
		advice: TRY_LATER,
	},
	{
		operations: ['start'],
		statusClass: 5,
		code: 15,
		kind: 'ambiguous',
		message: 'Agora did not confirm the start (undocumented code 15)',
		advice: TRY_LATER,
	},

	// Section 3: everything that needs a running recording.
	{
		operations: RUNNING,
		status: 404,
		code: 404,
		kind: 'notFound',
		message: 'Agora cannot find this recording',
		advice: '',
	},
	{
		operations: RUNNING,
		status: 404,
		reason: /failed to find worker/i,
		kind: 'notFound',
		message: 'Agora cannot find this recording',
		advice: '',
	},

	// Section 3: stop.
	{
		operations: ['stop'],
		code: 435,
		kind: 'noRecordedData',
		message: 'The recording has ended, and nothing was recorded',
		advice: '',
	},
	{
		operations: ['stop'],
		code: 49,
		kind: 'alreadyStopping',
		message: 'The recording is already ending',
		advice: '',
	},
	{
		operations: ['stop'],
		code: 50,
		kind: 'uploadPending',
		message: 'The recording has stopped, and its upload continues',
		advice: '',
	},
	{
		operations: ['query', 'stop'],
		code: 501,
		kind: 'alreadyStopping',
		message: 'The recording is already ending',
		advice: '',
	},

	// Sections 3 and 4: whatever the endpoint.
	{
		operations: 'any',
		code: 65,
		kind: 'unfinished',
		message: 'Agora received the request but did not confirm it in time',
		advice: TRY_LATER,
	},
	{
		operations: 'any',
		code: 62,
		kind: 'ambiguous',
		message: "Agora's recording service did not respond in time",
		advice: TRY_LATER,
	},
	{
		operations: ['stop'],
		status: 206,
		coded: false,
		kind: 'uploadPending',
		message: 'The recording has stopped, but its upload status is unknown',
		advice: '',
	},
	{
		operations: 'any',
		code: 8,
		kind: 'refused',
		message: 'Agora could not read the request',
		advice: 'A proxy or another server between n8n and Agora may have changed it.',
	},
	{
		operations: 'any',
		code: 109,
		kind: 'refused',
		message: 'The RTC token has expired',
		advice:
			"Generate a new one that lasts longer than the recording (up to 24 hours), or set 'Token' to 'Automatic'.",
	},
	{
		operations: 'any',
		code: 110,
		kind: 'refused',
		message: 'The RTC token is not valid for this recording',
		advice:
			"Generate it with the App ID of the credential, for this channel and this 'Recorder UID', or set 'Token' to 'Automatic'.",
	},
	{
		operations: 'any',
		code: 432,
		kind: 'refused',
		message: 'The channel name, recorder UID, or App ID does not match the resource ID',
		advice: CHECK_IDENTITY,
	},
	{
		operations: 'any',
		code: 433,
		kind: 'refused',
		message: 'The resource ID has expired',
		advice:
			"A resource ID expires after five minutes. Start within a few seconds of acquiring, or remove 'Acquired Resource ID' to let Start acquire it.",
	},
	{
		operations: 'any',
		code: 1001,
		kind: 'refused',
		message: 'Agora cannot read the resource ID',
		advice: CHECK_IDENTITY,
	},
	{
		operations: 'any',
		code: 1003,
		kind: 'refused',
		message: 'The App ID or SID does not match the resource ID',
		advice: CHECK_IDENTITY,
	},
	{
		operations: 'any',
		code: 1013,
		kind: 'refused',
		message: 'Agora does not accept this channel name',
		advice:
			"Check 'Channel Name'. Use only letters a–z, digits, spaces, and common punctuation, fewer than 64 characters.",
	},
	{
		operations: ['updateLayout'],
		code: 1028,
		kind: 'refused',
		message: 'Agora does not accept this layout',
		advice: "Check 'Regions' and 'Background'.",
	},
	{
		operations: 'any',
		statusClass: 4,
		code: 2,
		kind: 'refused',
		message: 'Agora rejected a value in the request',
		advice: "See Agora's message below. It uses the parameter name from Agora's documentation.",
	},
	{
		operations: 'any',
		status: 500,
		code: 2,
		kind: 'refused',
		message: 'Agora rejected a value in the request',
		advice: "See Agora's message below. It uses the parameter name from Agora's documentation.",
	},

	// No row in errors.md.
	{
		operations: 'any',
		statusClass: 4,
		coded: true,
		kind: 'refused',
		message: 'Agora rejected the request',
		advice: "See Agora's message below.",
	},
	// Only 502 is documented to mean that nothing was started; of the others nobody says.
	{
		operations: ['start', 'stop', 'update', 'updateLayout'],
		statusClass: 5,
		coded: true,
		kind: 'ambiguous',
		message: "Agora's recording service has a problem",
		advice: TRY_LATER,
	},
	{
		operations: 'any',
		statusClass: 5,
		coded: true,
		kind: 'unavailable',
		message: "Agora's recording service has a problem",
		advice: TRY_LATER,
	},
	{
		operations: 'any',
		statusClass: 5,
		kind: 'ambiguous',
		message: "A server between n8n and Agora did not return Agora's response",
		advice: TRY_LATER,
	},
];
