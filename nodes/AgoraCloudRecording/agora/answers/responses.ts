import { z } from 'zod';
import { flag, id, listOf, number, text } from '../lenient';

/**
 * What is read from Agora's answers. Everything is optional and unknown members are let through,
 * because Agora adds members without notice; what an operation cannot do without it asks for itself.
 */

/** An entry of any file list: `fileName` or, in web page mode, `filename` (rest-api.md section 6). */
const fileEntry = z.object({
	fileName: text,
	filename: text,
	trackType: text,
	uid: text,
	mixedAllUser: flag,
	isPlayable: flag,
	sliceStartTime: number,
});

export const fileList = z
	.union([z.string(), listOf(fileEntry)])
	.optional()
	.catch(undefined);

const output = z.object({ rtmpUrl: text, status: text });

const payload = z.object({
	state: text,
	onhold: flag,
	fileList: listOf(fileEntry),
	outputs: listOf(output),
	uploadingStatus: text,
});

/** Seed 001 spells the key `playload` in its schema, every sample spells it `payload`. */
const extensionService = z.object({
	serviceName: text,
	payload: payload.optional().catch(undefined),
	playload: payload.optional().catch(undefined),
});

const serverResponse = z.object({
	status: number,
	sliceStartTime: number,
	fileList,
	uploadingStatus: text,
	extensionServiceState: listOf(extensionService),
	payload: z.object({ message: text }).optional().catch(undefined),
});

const answerBody = z
	.object({
		code: number,
		reason: text,
		message: text,
		cname: text,
		resourceId: id,
		sid: id,
		serverResponse: serverResponse.optional().catch(undefined),
	})
	.catch({});

export type FileEntry = z.infer<typeof fileEntry>;
export type ServerResponse = z.infer<typeof serverResponse>;

/** Reads what is known in a body; an answer that is no JSON object reads as empty. */
export function parseAnswerBody(body: unknown) {
	return answerBody.parse(body);
}

/** Longest text of a server, or of n8n, that is told in a message. */
const MAX_WORDS = 400;

/** Words from outside, cut to what fits into a message. */
export const shortened = (words: string) =>
	words.length > MAX_WORDS ? `${words.slice(0, MAX_WORDS - 1)}…` : words;

/**
 * Agora's code and words in a body that is not plain success. The words stand in `reason` (service),
 * `message` (gateway), or `serverResponse.payload.message` (the 404 seen in the field, which has no
 * `reason`). Source: errors.md section 1, field-notes.md section 2.
 */
export function problemBody(body: unknown): { code?: number; reason?: string } {
	const { code, reason, message, serverResponse: inner } = parseAnswerBody(body);
	const words = reason ?? message ?? inner?.payload?.message;
	return { code, reason: words && shortened(words) };
}

const serverList = z.object({
	data: z.object({
		service: z.object({ hosts: z.array(z.object({ primaryIP: z.string() })) }),
	}),
});

/** Addresses of Agora's notification servers; undefined for an answer of another shape. */
export function notificationServerIps(body: unknown): string[] | undefined {
	const parsed = serverList.safeParse(body);
	return parsed.success
		? parsed.data.data.service.hosts.map(({ primaryIP }) => primaryIP)
		: undefined;
}
