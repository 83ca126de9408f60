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
	description: `How long to wait until all files are in the bucket, from 0 to ${SECONDS.max}. The key must be able to list the bucket. For longer waits, use a Wait node. Defaults to ${byDefault}.`,
});

/** Seconds. */
export const readWaitForFiles = (form: ItemParameters, byDefault: number): number =>
	form.wholeNumberWithin('options.waitForFiles', byDefault, SECONDS.min, SECONDS.max);
