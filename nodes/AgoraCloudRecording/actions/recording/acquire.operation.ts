import type { INodeProperties } from 'n8n-workflow';
import { acquireOptions } from '../../fields/acquire';
import { newRecordingFields, recorderUidField } from '../../fields/identity';
import { forModes } from '../../fields/mode';
import {
	extraBodyOption,
	optionsField,
	readRequestTimeout,
	requestTimeoutOption,
	simplifyField,
} from '../../fields/options';
import { pageUrlField } from '../../fields/webPage';
import type { Operation } from '../operation';
import { readAcquire } from './input/newRecording';
import { recordingSettingsFields } from './start/start.operation';
import { acquireResource } from './start/acquireAndStart';

/** The fields of Start, shown where the start to come is to be announced. */
const announcedFields = [...forModes(['web'], [pageUrlField]), ...recordingSettingsFields].map(
	(field): INodeProperties => ({
		...field,
		displayOptions: {
			...field.displayOptions,
			show: { ...field.displayOptions?.show, announceStart: [true] },
		},
	}),
);

const fields: INodeProperties[] = [
	...newRecordingFields,
	recorderUidField,
	{
		displayName: 'Announce the Start',
		name: 'announceStart',
		type: 'boolean',
		default: false,
		description:
			'Whether to tell Agora now how the recording will be started, which makes the start more reliable. Fill in exactly the same in Start.',
	},
	...announcedFields,
	simplifyField,
	optionsField([
		...acquireOptions,
		extraBodyOption,
		{
			displayName: 'Postponed Processing (Legacy)',
			name: 'postponed',
			type: 'boolean',
			displayOptions: { show: { '/mode': ['individual'] } },
			default: false,
			description: "Whether Start will be asked for 'Postponed Processing (Legacy)'",
		},
		requestTimeoutOption(),
	]),
];

export const acquire: Operation = {
	fields,
	hint: (items) =>
		items > 1
			? "Agora wants a start within two seconds of acquiring. With several items most come too late: leave out this node, and turn on 'Acquire Resource' in Start."
			: undefined,
	async prepare(run) {
		const { parameters } = run;
		const { mode, acquire: request, overridden } = await readAcquire(run);
		const timeout = readRequestTimeout(parameters);
		const simplify = parameters.boolean('simplify', true);
		const execute = async () => {
			const { raw, ...resource } = await acquireResource(run, request, timeout);
			return {
				outcome: 'acquired',
				mode,
				cname: request.cname,
				uid: request.uid,
				...resource,
				...(overridden.length > 0 && { overridden }),
				...(!simplify && { response: raw as object }),
			};
		};
		return { execute };
	},
};
