import { z } from 'zod';

/**
 * What is read from Agora's answers. Everything is optional and unknown members are let through,
 * because Agora adds members without notice; what an operation cannot do without it asks for itself.
 * A member of an unexpected type counts as absent and never as a failure of the whole answer.
 */
const text = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);

const listOf = <T extends z.ZodTypeAny>(element: T) =>
	z.array(element.nullable().catch(null)).optional().catch(undefined);

/** An entry of any file list: `fileName` or, in web page mode, `filename` (rest-api.md section 6). */
const fileEntry = z.object({
	fileName: text,
	filename: text,
	trackType: text,
	uid: z.union([z.string(), z.number()]).optional().catch(undefined),
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
		code: z
			.union([z.number(), z.string().regex(/^\d+$/).transform(Number)])
			.optional()
			.catch(undefined),
		reason: text,
		message: text,
		resourceId: text,
		sid: text,
		serverResponse: serverResponse.optional().catch(undefined),
	})
	.catch({});

export type FileEntry = z.infer<typeof fileEntry>;
export type ServerResponse = z.infer<typeof serverResponse>;

/** Reads what is known in a body; an answer that is no JSON object reads as empty. */
export function parseAnswerBody(body: unknown) {
	return answerBody.parse(body);
}

/**
 * Agora's code and words in a body that is not plain success. The words stand in `reason` (service),
 * `message` (gateway), or `serverResponse.payload.message` (the 404 seen in the field, which has no
 * `reason`). Source: errors.md section 1, field-notes.md section 2.
 */
export function problemBody(body: unknown): { code?: number; reason?: string } {
	const { code, reason, message, serverResponse: inner } = parseAnswerBody(body);
	return { code, reason: reason ?? message ?? inner?.payload?.message };
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
