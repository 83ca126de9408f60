import type { INodeProperties } from 'n8n-workflow';
import { shownFor } from '../../form/fields';
import { newRecordingFields, readAcquire, recordingSettingsFields } from '../../form/newRecording';
import {
	extraBodyOption,
	optionsField,
	readRequestTimeout,
	readSimplify,
	recordingOptionsField,
	requestTimeoutOption,
	simplifyOption,
} from '../../form/options';
import { postponedSwitch } from '../../form/postponed';
import { recorderOptions } from '../../form/recorder';
import type { Operation } from '../operation';
import { inOrder } from './output';
import { acquireResource } from './start/acquireAndStart';

const fields: INodeProperties[] = [
	...newRecordingFields,
	{
		displayName: 'Send Start Settings in Advance',
		name: 'sendStartSettings',
		type: 'boolean',
		default: false,
		description:
			'Whether to send the settings of the recording to Agora now, which makes the start more reliable. Enter exactly the same settings in Start.',
	},
	...shownFor({ sendStartSettings: [true] }, recordingSettingsFields),
	...shownFor({ sendStartSettings: [false] }, [
		recordingOptionsField([...recorderOptions, postponedSwitch]),
	]),
	optionsField([extraBodyOption, requestTimeoutOption(), simplifyOption]),
];

export const acquire: Operation = {
	fields,
	hint: (items) =>
		items > 1
			? 'Agora recommends a start within two seconds of acquiring. With several items, most starts come too late. Remove this node and let Start acquire the resources itself.'
			: undefined,
	async prepare(run) {
		const { mode, acquire: request, overridden } = await readAcquire(run);
		const timeout = readRequestTimeout(run.parameters);
		const simplify = readSimplify(run);
		const execute = async () => {
			const { raw, ...resource } = await acquireResource(run, request, timeout);
			return inOrder({
				outcome: 'acquired',
				mode,
				cname: request.cname,
				uid: request.uid,
				...resource,
				...(overridden.length > 0 && { overridden }),
				...(!simplify && { response: raw }),
			});
		};
		return { execute };
	},
};
