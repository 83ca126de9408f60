import type { INodeProperties } from 'n8n-workflow';
import { MODE_NAMES, RECORDING_MODES, type RecordingMode } from '../agora/modes';
import { shownFor } from './fields';

const DESCRIPTIONS: Record<RecordingMode, string> = {
	mix: 'All users of the channel in one picture and one set of files',
	individual: 'Separate files or screenshots for each user of the channel',
	web: 'A web page with its audio, which can also be streamed to a CDN',
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
	description: 'What to record, and whether to record users together or separately',
};

/** Adds that fields are for some modes only. */
export const forModes = (modes: readonly RecordingMode[], properties: INodeProperties[]) =>
	shownFor({ mode: [...modes] }, properties);
