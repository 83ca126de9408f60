import type { INodeProperties } from 'n8n-workflow';
import { notificationServerIps } from '../../agora/answers/responses';
import { limitFields, readLimit } from '../../form/limit';
import { optionsField, readRequestTimeout, requestTimeoutOption } from '../../form/options';
import { apiError } from '../../errors';
import type { AgoraClient, Reply } from '../../transport/client';
import type { Operation } from '../operation';

const fields: INodeProperties[] = [...limitFields, optionsField([requestTimeoutOption()])];

/** Agora's pages name both; the second where the first is not known (rest-api.md section 1). */
const PATHS = ['/v1/ncs/ip', '/v2/ncs/ip'] as const;

/** Asks for the addresses that Agora's notifications come from. */
export async function askForServers(client: AgoraClient, timeout: number): Promise<Reply> {
	const ask = async (path: string) =>
		await client.call({ operation: 'getAll', method: 'GET', path, timeout });
	const first = await ask(PATHS[0]);
	return first.answer.status === 404 ? await ask(PATHS[1]) : first;
}

/** Addresses that Agora's notifications come from: one item each (rest-api.md section 8). */
export const getAll: Operation = {
	fields,
	async prepare({ parameters, client, context, itemIndex }) {
		const limit = readLimit(parameters);
		const timeout = readRequestTimeout(parameters);
		const execute = async () => {
			const reply = await askForServers(client, timeout);
			const ips =
				reply.meaning.kind === 'success' ? notificationServerIps(reply.answer.body) : undefined;
			if (!ips) throw apiError(context.getNode(), itemIndex, reply, {});
			return ips.slice(0, limit).map((ip) => ({ ip }));
		};
		return { execute };
	},
};
