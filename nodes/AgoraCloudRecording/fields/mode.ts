import type { INodeProperties } from 'n8n-workflow';
import { MODE_NAMES, RECORDING_MODES, type RecordingMode } from '../agora/modes';

const DESCRIPTIONS: Record<RecordingMode, string> = {
	mix: 'All users of the channel in one picture and one file',
	individual: 'Each user of the channel in files of their own, or screenshots of them',
	web: 'A web page with its sound, and if you like pushed to a CDN',
};

/** How to record; every field below depends on it, so it takes no expression. */
export const modeField: INodeProperties = {
	displayName: 'Mode',
	name: 'mode',
	type: 'options',
	noDataExpression: true,
	options: RECORDING_MODES.map((mode) => ({
		name: MODE_NAMES[mode],
		value: mode,
		description: DESCRIPTIONS[mode],
	})),
	default: 'mix',
};

/** Adds that fields are for some modes only. */
export function forModes(modes: readonly RecordingMode[], properties: INodeProperties[]) {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...property.displayOptions?.show, mode: [...modes] },
		},
	}));
}
