import { limitFields, readLimit } from '../../form/limit';
import { optionsField, readRequestTimeout, requestTimeoutOption } from '../../form/options';
import { apiError } from '../../errors';
import { askForChannels } from '../../transport/channels';
import type { Operation } from '../operation';

/** Channels with users in them: one item each (channel-management.md section 2). */
export const getMany: Operation = {
	fields: [...limitFields, optionsField([requestTimeoutOption()])],
	async prepare({ parameters, client, context, itemIndex }) {
		const most = readLimit(parameters);
		const timeout = readRequestTimeout(parameters);
		const execute = async () => {
			const told = await askForChannels(client, { most, timeout });
			if ('failed' in told) throw apiError(context.getNode(), itemIndex, told.failed, {});
			return told.channels.map((channel) => ({ ...channel }));
		};
		return { execute };
	},
};
