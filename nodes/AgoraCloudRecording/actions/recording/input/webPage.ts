import { defined } from '../../../agora/objects';
import type { WebPageRequest } from '../../../agora/requests/start';
import type { StorageConfig } from '../../../agora/requests/storage';
import { webPageServices } from '../../../agora/requests/webPage';
import type { ItemRun } from '../../operation';
import { readFileFormat } from './channel';

const option = (name: string) => `pageOptions.${name}`;

/** Start's `clientRequest` for a web page, read from the form (rest-api.md 3.7). */
export function readWebPage(run: ItemRun, storageConfig: StorageConfig): WebPageRequest {
	const { parameters } = run;
	const flag = (name: string) =>
		parameters.raw(option(name)) === undefined
			? undefined
			: parameters.boolean(option(name), false);
	const page = defined({
		url: parameters.text('pageUrl'),
		audioProfile: parameters.number('pageAudioProfile', 0),
		videoWidth: parameters.number('videoWidth', 1280),
		videoHeight: parameters.number('videoHeight', 720),
		maxRecordingHour: parameters.number('maxRecordingHour', 3),
		videoBitrate: parameters.optionalNumber(option('videoBitrate')),
		videoFps: parameters.optionalNumber(option('videoFps')),
		mobile: flag('mobile'),
		maxVideoDuration: parameters.optionalNumber(option('maxVideoDuration')),
		onhold: flag('onhold'),
		readyTimeout: parameters.optionalNumber(option('readyTimeout')),
	});
	return {
		extensionServiceConfig: webPageServices(page, parameters.optionalText('rtmpUrl')),
		recordingFileConfig: readFileFormat(run),
		storageConfig,
	};
}
