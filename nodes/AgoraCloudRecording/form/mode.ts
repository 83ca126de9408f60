import type { INodeProperties } from 'n8n-workflow';
import { MODE_NAMES, RECORDING_MODES, type RecordingMode } from '../agora/modes';
import { shownFor } from './fields';

const DESCRIPTIONS: Record<RecordingMode, string> = {
	mix: 'Everybody in the channel together, in one picture and one set of files',
	individual: 'Each user of the channel in files of their own, or as screenshots',
	web: 'A web page with its sound; it can be streamed live at the same time',
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
	description: 'What to record, and whether each user gets files of their own',
};

/** Adds that fields are for some modes only. */
export const forModes = (modes: readonly RecordingMode[], properties: INodeProperties[]) =>
	shownFor({ mode: [...modes] }, properties);
