import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { productsOf, type Product } from '../agora/notifications/events';
import { number, text } from '../agora/lenient';
import type { NotificationFilters } from '../agora/notifications/filters';
import { DEFAULT_ERROR_LEVEL, OTHER_EVENTS } from './fields';

/** What the user set in the form. */
export interface TriggerSettings {
	/** Products of the chosen events. */
	products: Product[];
	filters: NotificationFilters;
	verifySignature: boolean;
	includeRawBody: boolean;
	/** Folder of the recordings as it was entered; '' where none was. */
	folder: string;
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
		folder: text,
	})
	.catch({ rawBody: false, verifySignature: true });

/** Reads the form. `moreEvents` count only where it shows them: they keep their values when it does not. */
export function readSettings(context: IWebhookFunctions | IHookFunctions): TriggerSettings {
	const read = (name: string) => eventNames.parse(context.getNodeParameter(name, []));
	const chosen = read('events');
	const events = chosen.includes(OTHER_EVENTS) ? [...chosen, ...read('moreEvents')] : chosen;
	const filters = filtersSchema.parse(context.getNodeParameter('filters', {}));
	const options = optionsSchema.parse(context.getNodeParameter('options', {}));
	return {
		products: productsOf(events),
		filters: {
			events,
			cname: filters.channelName?.trim(),
			recorderUid: filters.recorderUid?.trim(),
			sid: filters.sid?.trim(),
			minimumErrorLevel: filters.minimumErrorLevel ?? DEFAULT_ERROR_LEVEL,
			userUid: filters.userUid?.trim(),
			includeRecorders: filters.includeRecorders,
		},
		verifySignature: options.verifySignature,
		includeRawBody: options.rawBody,
		folder: options.folder?.trim() ?? '',
	};
}
