import { z } from 'zod';
import { CHANNEL_PROFILES } from './channels.mts';

const milliseconds = z.number().nonnegative();

/** A bucket that exists, with the keys that may write to it. */
const bucket = z
	.object({
		vendor: z.number().int(),
		region: z.number().int(),
		bucket: z.string(),
		accessKey: z.string(),
		secretKey: z.string(),
	})
	.strict();

/** Everything that may be changed while the simulator runs. Times are virtual unless stated. */
export const settingsSchema = z
	.object({
		/** Requests in any second that an App ID may make; null = no limit at all (errors.md 9). */
		requestsPerSecond: z.number().positive().nullable().default(10),
		/** Which time the rate limits are counted in. */
		rateClock: z.enum(['real', 'virtual']).default('real'),
		/** By which time the storage judges the dates of signatures; real for clients that know no other. */
		signatureClock: z.enum(['real', 'virtual']).default('virtual'),
		/** Real milliseconds that every answer of the service is held back. */
		latencyMs: milliseconds.default(0),
		/** Recordings that may run at once per App ID (errors.md 9). */
		pcw: z
			.object({
				recording: z.number().int().nonnegative().default(50),
				web: z.number().int().nonnegative().default(200),
			})
			.strict()
			.default({}),
		/** From each status to the next: 0 at the start, 5 after five steps (rest-api.md 6). */
		statusStepMs: milliseconds.default(400),
		/** From start to the moment at which a bad token, bucket or page ends the recording. */
		asyncCheckMs: milliseconds.default(3000),
		/** Until query names files (best-practices.md 7). */
		firstFileMs: z
			.object({
				mix: milliseconds.default(15_000),
				individual: milliseconds.default(60_000),
				web: milliseconds.default(15_000),
			})
			.strict()
			.default({}),
		/** From stop to the end of the upload: what a synchronous stop waits for. */
		uploadMs: milliseconds.default(0),
		/** How long a recording that ended still answers 400/49 to stop. */
		exitMs: milliseconds.default(5000),
		/** What stop reports; `backuped` also comes by itself when the STS token has run out. */
		uploadingStatus: z.enum(['uploaded', 'backuped', 'unknown']).default('uploaded'),
		/** From the end of the upload until MP4 files lie in a bucket that is served. */
		mp4DelayMs: milliseconds.default(0),
		/** From the end of the upload until Agora's backup forwards what was `backuped`. */
		backupDelayMs: milliseconds.default(60_000),
		/** 404/404 as seen in the field (field-notes.md 2.2) or as the tables print it (errors.md 3). */
		notFoundForm: z.enum(['field', 'documented']).default('field'),
		/** Whether transcodingConfig values outside the documented table end the recording. */
		strictProfiles: z.boolean().default(false),
		/** Whether file names have their folder where Agora's samples have it (rest-api.md 6). */
		prefixInFileNames: z.boolean().default(true),
		/** The buckets that exist; null = any is fine. */
		buckets: z.array(bucket).nullable().default(null),
		/** Whether somebody publishes in channels that nothing was said about. */
		unknownChannels: z.enum(['somebody', 'nobody']).default('somebody'),
		/** In which profile users are in channels of which none was said; null = in the recorder's. */
		channelProfile: z.enum(CHANNEL_PROFILES).nullable().default(null),
		/** How the API tells who is in a channel (channel-management.md). */
		channelLists: z
			.object({
				/** Requests in any second that an account may make; null = no limit. */
				requestsPerSecond: z.number().positive().nullable().default(20),
				/** How long lists lag behind. */
				delayMs: milliseconds.default(0),
				/** What stands between two pages: it stays so, stands on both, or on none. */
				paging: z.enum(['exact', 'twice', 'missing']).default('exact'),
				/** As what recorders are listed; nobody documents it. */
				recorders: z.enum(['host', 'audience', 'hidden']).default('host'),
			})
			.strict()
			.default({}),
		/** What Agora's documents disagree about or leave open, answered (README, "Where …"). */
		openQuestions: z
			.object({
				/** Which spelling of the lists of streams not to record is known; the other is refused. */
				unsubscribeSpelling: z.enum(['both', 'unSubscribe', 'unsubscribe']).default('both'),
				/** In what `sliceStartTime` is told (field-notes.md 2.8). */
				sliceStartTime: z.enum(['milliseconds', 'seconds']).default('milliseconds'),
				/** Which list of IP addresses there is: `/v1/ncs/ip`, `/v2/ncs/ip` (rest-api.md 1). */
				ipLists: z.enum(['both', 'v1', 'v2']).default('both'),
			})
			.strict()
			.default({}),
		/** Pages that cannot be opened, or never say that they are ready; all others are fine. */
		pages: z.record(z.enum(['unreachable', 'neverReady'])).default({}),
	})
	.strict();

export type Settings = z.output<typeof settingsSchema>;
export type SettingsInput = z.input<typeof settingsSchema>;

export const app = z
	.object({
		/** 32 hexadecimal characters. */
		appId: z.string().regex(/^[0-9a-fA-F]{32}$/),
		/** With a certificate, recordings of channels need a valid token (token.md). */
		certificate: z
			.string()
			.regex(/^[0-9a-fA-F]{32}$/)
			.optional(),
		/** Whether Cloud Recording is switched on for it. */
		enabled: z.boolean().default(true),
		/** Whether the account owes money: acquire answers 405. */
		overdue: z.boolean().default(false),
	})
	.strict();

export const account = z
	.object({ customerId: z.string(), customerSecret: z.string(), apps: z.array(app) })
	.strict();

export type App = z.output<typeof app>;
export type Account = z.output<typeof account>;
export type AccountInput = z.input<typeof account>;

/** The account that exists when none is given: one App ID without certificate and one with. */
export const EXAMPLE_ACCOUNT: AccountInput = {
	customerId: 'example-customer-id',
	customerSecret: 'example-customer-secret',
	apps: [
		{ appId: '00112233445566778899aabbccddeeff' },
		{
			appId: 'ffeeddccbbaa99887766554433221100',
			certificate: '0123456789abcdef0123456789abcdef',
		},
	],
};
