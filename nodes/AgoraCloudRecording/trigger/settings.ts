import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { isProduct, type Product } from '../agora/notifications/events';
import { number, text } from '../agora/lenient';
import type { NotificationFilters } from '../agora/notifications/filters';
import { DEFAULT_ERROR_LEVEL } from './fields';

/** What the user set in the form. */
export interface TriggerSettings {
	product: Product;
	filters: NotificationFilters;
	verifySignature: boolean;
	includeRawBody: boolean;
}

const eventName = z.union([z.string(), z.number().transform(String)]);
const eventNames = z.union([z.array(eventName), eventName.transform((name) => [name])]).catch([]);

const filtersSchema = z
	.object({
		channelName: text,
		recorderUid: text,
		userUid: text,
		sid: text,
		minimumErrorLevel: number,
		includeRecorders: z.boolean().catch(false),
	})
	.catch({ includeRecorders: false });

/** Only a plain `false` turns verification off: anything unreadable leaves it on. */
const optionsSchema = z
	.object({
		rawBody: z.boolean().catch(false),
		verifySignature: z.boolean().catch(true),
	})
	.catch({ rawBody: false, verifySignature: true });

/** Reads the form. Filters that it does not show for the product may still hold values: they count not. */
export function readSettings(context: IWebhookFunctions | IHookFunctions): TriggerSettings {
	const value = context.getNodeParameter('product', 'cloudRecording');
	const product = isProduct(value) ? value : 'cloudRecording';
	const filters = filtersSchema.parse(context.getNodeParameter('filters', {}));
	const options = optionsSchema.parse(context.getNodeParameter('options', {}));
	const ofRecording = product === 'cloudRecording';
	return {
		product,
		filters: {
			events: eventNames.parse(context.getNodeParameter('events', [])),
			cname: filters.channelName?.trim(),
			uid: (ofRecording ? filters.recorderUid : filters.userUid)?.trim(),
			sid: ofRecording ? filters.sid?.trim() : undefined,
			minimumErrorLevel: filters.minimumErrorLevel ?? DEFAULT_ERROR_LEVEL,
			includeRecorders: ofRecording || filters.includeRecorders,
		},
		verifySignature: options.verifySignature,
		includeRawBody: options.rawBody,
	};
}
