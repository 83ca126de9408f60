import { acquireClientRequest, acquireSchema } from '../../agora/requests';
import { acquireOptions } from '../../fields/acquire';
import { channelNameField, modeField, recorderUidField } from '../../fields/identity';
import {
	DEFAULT_TIMEOUT_S,
	optionsField,
	requestTimeoutOption,
	simplifyField,
} from '../../fields/options';
import type { Operation } from '../operation';
import { acquireResource } from './starting';
import { readAcquireOptions, readRecorderUid, startFieldOf } from './startInput';

export const acquire: Operation = {
	hint: (items) =>
		items > 1
			? "Agora asks to start within two seconds after acquiring. With several items that is too late for most: let Start acquire by itself ('Acquire Resource')."
			: undefined,
	fields: [
		modeField,
		channelNameField,
		recorderUidField,
		simplifyField,
		optionsField([...acquireOptions, requestTimeoutOption(DEFAULT_TIMEOUT_S)]),
	],
	prepare(run) {
		const { parameters } = run;
		const mode = parameters.choice('mode', ['mix'] as const, 'mix');
		const cname = parameters.exactText('channelName');
		const { uid } = readRecorderUid(run, cname);
		const request = {
			cname,
			uid,
			clientRequest: acquireClientRequest(mode, readAcquireOptions(run)),
		};
		parameters.check(acquireSchema, request, startFieldOf(run));
		const timeout =
			1000 * parameters.numberWithin('options.requestTimeout', DEFAULT_TIMEOUT_S, 1, 300);
		const simplify = parameters.boolean('simplify', true);
		return async () => {
			const { raw, ...resource } = await acquireResource(run, request, timeout);
			return {
				outcome: 'acquired',
				mode,
				cname,
				uid,
				...resource,
				...(!simplify && { response: raw as object }),
			};
		};
	},
};
