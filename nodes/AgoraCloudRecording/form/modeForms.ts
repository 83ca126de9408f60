import type { INodeProperties } from 'n8n-workflow';
import type { ChannelProfile } from '../agora/channelProfiles';
import type { RecordingMode } from '../agora/modes';
import { compositeOptions, compositePlaces, compositeRows, readComposite } from './composite';
import type { Places } from './fields';
import { individualOptions, individualPlaces, individualRows, readIndividual } from './individual';
import type { FormItem } from './item';
import { tokenOption, tokenPlaces } from './token';
import { readWebPage, webPageOptions, webPagePlaces, webPageRows } from './webPage';

/** What differs from mode to mode. */
export const FORMS: Record<
	RecordingMode,
	{
		rows: INodeProperties[];
		options: INodeProperties[];
		/** By the place in `clientRequest`. */
		places: Places;
		/** @param profile of the channel; a web page has none */
		read(item: FormItem, profile: ChannelProfile): Record<string, unknown>;
	}
> = {
	mix: {
		rows: compositeRows,
		options: [...compositeOptions, tokenOption],
		places: { ...compositePlaces, ...tokenPlaces },
		read: readComposite,
	},
	individual: {
		rows: individualRows,
		options: [...individualOptions, tokenOption],
		places: { ...individualPlaces, ...tokenPlaces },
		read: readIndividual,
	},
	web: { rows: webPageRows, options: webPageOptions, places: webPagePlaces, read: readWebPage },
};
