import type { z } from 'zod';
import { kindOf } from '../agora/objects';
import { applyPatch } from '../agora/requests/patch';
import { misshapen, refusalText } from '../agora/requests/rules';
import { operationError } from '../errors';
import type { FormItem } from './item';

/** The names of the recording have fields of their own. */
const FIXED = ['cname', 'uid'];

/**
 * Applies a JSON field of additional request fields. Values may be anything, so that what Agora adds
 * tomorrow can be sent today; but where Agora has objects and lists there are objects and lists, or
 * nothing: what is read from the request afterwards must be there to be read.
 *
 * @param schema of the request
 * @throws NodeOperationError naming the field and the place in it, and nothing of what stands there
 */
export function readAdditionalFields<T extends { clientRequest: object }>(
	{ parameters, context, itemIndex }: FormItem,
	parameter: string,
	request: T,
	schema: z.ZodTypeAny,
): { request: T; overridden: string[] } {
	const patch = parameters.jsonObject(parameter);
	const refusal = (path: string, rule: string, got = '') => {
		const name = `${parameters.nameOf(parameter)} → ${path}`;
		return operationError(context.getNode(), itemIndex, refusalText(name, rule, got));
	};
	const fixed = FIXED.find((name) => name in patch);
	if (fixed) throw refusal(fixed, 'must be set in its own field of the form');
	const result = applyPatch(request, patch);
	if (result.request.clientRequest === undefined) {
		throw refusal('clientRequest', 'must be an object', 'nothing');
	}
	const [wrong] = misshapen(schema, result.request);
	if (wrong) throw refusal(wrong.path, wrong.rule, kindOf(wrong.value ?? undefined));
	return result;
}
