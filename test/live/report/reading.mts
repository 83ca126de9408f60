import { z } from 'zod';
import type { Exchange } from './observed.mts';

/** Agora's answers, as a report reads them: apart from the node, and forgiving. */

const uids = z.array(z.unknown()).optional();
const usersAnswer = z.object({
	data: z.object({
		channel_exist: z.boolean(),
		mode: z.number().optional(),
		users: uids,
		broadcasters: uids,
		audience: uids,
	}),
});

/** Who is in a channel; undefined for any other answer. */
export function usersIn({ body }: Exchange) {
	const parsed = usersAnswer.safeParse(body);
	if (!parsed.success) return undefined;
	const {
		channel_exist: exists,
		mode,
		users = [],
		broadcasters = [],
		audience = [],
	} = parsed.data.data;
	const lists = { user: users, host: broadcasters, audience };
	return { exists, mode, lists, all: Object.values(lists).flat() };
}

/** As what a user is in the list: `user`, `host` or `audience`; undefined where it is not in it. */
export function roleOf(uid: string, exchange: Exchange): string | undefined {
	const lists = Object.entries(usersIn(exchange)?.lists ?? {});
	return lists.find(([, list]) => list.some((one) => String(one) === uid))?.[0];
}

const channelsAnswer = z.object({
	data: z.object({
		channels: z.array(z.object({ channel_name: z.string(), user_count: z.number() })).optional(),
	}),
});

/** How many users the list of channels says are in one; undefined where it is not in the list. */
export function userCountOf(cname: string, { body }: Exchange): number | undefined {
	const { data: answer } = channelsAnswer.safeParse(body);
	return answer?.data.channels?.find(({ channel_name: name }) => name === cname)?.user_count;
}

const ipAnswer = z.object({
	data: z.object({ service: z.object({ hosts: z.array(z.object({ primaryIP: z.string() })) }) }),
});

/** The addresses of a list, in order; undefined for any other answer. */
export function addressesIn({ body }: Exchange): string[] | undefined {
	const parsed = ipAnswer.safeParse(body);
	return parsed.success
		? parsed.data.data.service.hosts.map(({ primaryIP }) => primaryIP).sort()
		: undefined;
}

/** All values under a name, wherever it stands. */
export function valuesOf(value: unknown, ...names: string[]): unknown[] {
	if (Array.isArray(value)) return value.flatMap((one: unknown) => valuesOf(one, ...names));
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
		names.includes(name) ? [inner, ...valuesOf(inner, ...names)] : valuesOf(inner, ...names),
	);
}

const refusalAnswer = z
	.object({
		code: z.number(),
		reason: z.string(),
		message: z.string(),
		serverResponse: z.object({ payload: z.object({ message: z.string() }).partial() }).partial(),
	})
	.partial();

const LONGEST_WORDS = 80;
const LONGEST_WORD = 24;

/**
 * The words of a text, and numbers such as an HTTP status. What may be an ID, an address or anything
 * encoded is left out, whoever's it is.
 */
export const plainWords = (text: string): string =>
	text
		.split(/\s+/)
		.map((word) =>
			/^\W*\d{1,3}\W*$/.test(word) || !(/[\d%=]/.test(word) || word.length > LONGEST_WORD)
				? word
				: '…',
		)
		.join(' ')
		.trim();

/** An answer in few words: `404, code 404, "failed to find worker" in serverResponse.payload.message`. */
export function inWords({ status, body }: Exchange): string {
	if (status === 0) return 'no answer';
	const { data: said = {} } = refusalAnswer.safeParse(body);
	const texts = {
		reason: said.reason,
		message: said.message,
		'serverResponse.payload.message': said.serverResponse?.payload?.message,
	};
	const words = Object.entries(texts).flatMap(([place, text]) =>
		text ? [`"${plainWords(text).slice(0, LONGEST_WORDS)}" in ${place}`] : [],
	);
	return [`HTTP ${status}`, said.code !== undefined && `code ${said.code}`, ...words]
		.filter(Boolean)
		.join(', ');
}
