import type { INodeProperties } from 'n8n-workflow';
import type { ItemParameters } from './parameters';

const SECONDS = { min: 0, max: 600 };

/** @param byDefault seconds */
export const waitForFilesOption = (byDefault: number): INodeProperties => ({
	displayName: 'Wait for Files (Seconds)',
	name: 'waitForFiles',
	type: 'number',
	typeOptions: { minValue: SECONDS.min, maxValue: SECONDS.max },
	default: 60,
	description: `How long to wait until the files are complete in the bucket, from 0 to ${SECONDS.max}; the key has to be allowed to list it. The execution goes on meanwhile: for more, use a Wait node. Without this option ${byDefault}.`,
});

/** Seconds. */
export const readWaitForFiles = (form: ItemParameters, byDefault: number): number =>
	form.wholeNumberWithin('options.waitForFiles', byDefault, SECONDS.min, SECONDS.max);
