import type { ItemParameters } from '../../parameters';

/** Where in the form each place of a request comes from; `*` stands for a position in a list. */
const LAYOUT_PARAMETERS: Record<string, string> = {
	mixedVideoLayout: 'layout',
	maxResolutionUid: 'maxResolutionUid',
	backgroundColor: 'background.backgroundColor',
	backgroundImage: 'background.backgroundImage',
	defaultUserBackgroundImage: 'background.defaultUserBackgroundImage',
	layoutConfig: 'regions',
	'layoutConfig.*.uid': 'regions.region.uid',
	'layoutConfig.*.x_axis': 'regions.region.x_axis',
	'layoutConfig.*.y_axis': 'regions.region.y_axis',
	'layoutConfig.*.width': 'regions.region.width',
	'layoutConfig.*.height': 'regions.region.height',
	'layoutConfig.*.alpha': 'regions.region.alpha',
	'layoutConfig.*.render_mode': 'regions.region.render_mode',
	'backgroundConfig.*.uid': 'background.userImages.user.uid',
	'backgroundConfig.*.image_url': 'background.userImages.user.image_url',
	'backgroundConfig.*.render_mode': 'background.userImages.user.render_mode',
};

const under = (path: string, parameters: Record<string, string>) =>
	Object.fromEntries(
		Object.entries(parameters).map(([member, parameter]) => [`${path}${member}`, parameter]),
	);

const SUBSCRIPTION_PARAMETERS = Object.fromEntries(
	(['Audio', 'Video'] as const).flatMap((medium) =>
		['subscribe', 'unSubscribe', 'unsubscribe'].flatMap((verb) =>
			['', '.*'].map((end) => [`${verb}${medium}Uids${end}`, `${medium.toLowerCase()}Uids`]),
		),
	),
);

const PARAMETERS: Record<string, string> = {
	cname: 'channelName',
	uid: 'recorderUid',
	...under('clientRequest.', {
		token: 'token',
		resourceExpiredHour: 'options.resourceExpiredHour',
		region: 'options.region',
		excludeResourceIds: 'options.excludeResourceIds',
		'recordingFileConfig.avFileType': 'fileFormat',
		'snapshotConfig.captureInterval': 'captureInterval',
		'transcodeOptions.container.format': 'recordingOptions.postponedFormat',
		'transcodeOptions.audio.sampleRate': 'recordingOptions.postponedSampleRate',
		'transcodeOptions.audio.bitrate': 'recordingOptions.postponedBitrate',
		'transcodeOptions.audio.channels': 'recordingOptions.postponedChannels',
		...LAYOUT_PARAMETERS,
		...under('recordingConfig.', {
			channelType: 'channelType',
			streamTypes: 'streamTypes',
			streamMode: 'streamMode',
			subscribeUidGroup: 'subscribeUidGroup',
			maxIdleTime: 'maxIdleTime',
			videoStreamType: 'recordingOptions.videoStreamType',
			audioProfile: 'recordingOptions.audioProfile',
			'extensionParams.enableNTPtimestamp': 'recordingOptions.enableNTPtimestamp',
			decryptionMode: 'recordingOptions.decryptionMode',
			secret: 'recordingOptions.secret',
			salt: 'recordingOptions.salt',
			...SUBSCRIPTION_PARAMETERS,
			...under('transcodingConfig.', {
				width: 'video.width',
				height: 'video.height',
				fps: 'video.fps',
				bitrate: 'video.bitrate',
				...LAYOUT_PARAMETERS,
			}),
		}),
		...under('streamSubscribe.audioUidList.', SUBSCRIPTION_PARAMETERS),
		...under('streamSubscribe.videoUidList.', SUBSCRIPTION_PARAMETERS),
		...under('extensionServiceConfig.extensionServices.*.serviceParam.', {
			url: 'pageUrl',
			audioProfile: 'pageAudioProfile',
			videoWidth: 'videoWidth',
			videoHeight: 'videoHeight',
			maxRecordingHour: 'maxRecordingHour',
			videoBitrate: 'pageOptions.videoBitrate',
			videoFps: 'pageOptions.videoFps',
			maxVideoDuration: 'pageOptions.maxVideoDuration',
			readyTimeout: 'pageOptions.readyTimeout',
			'outputs.*.rtmpUrl': 'rtmpUrl',
		}),
		'rtmpPublishConfig.outputs.*.rtmpUrl': 'rtmpUrl',
	}),
};

/**
 * Names the field of the form, or of the credential, behind a place of a request.
 *
 * @param storageField names the field behind a member of `storageConfig`
 */
export function fieldNames(
	parameters: ItemParameters,
	storageField?: (member: string) => string,
): (path: string) => string {
	return (path) => {
		const place = path.replace('clientRequest.startParameter.', 'clientRequest.');
		const member = place.replace('clientRequest.storageConfig.', '');
		if (storageField && member !== place) return storageField(member);
		const [position] = /(?<=layoutConfig\.|backgroundConfig\.)\d+/.exec(place) ?? [];
		const pattern = place.replace(/\.\d+(?=\.|$)/g, '.*');
		// Regions of a computed layout come from the list of UIDs, not from rows.
		const parameter =
			pattern.endsWith('layoutConfig.*.uid') && parameters.raw('layout') !== 'custom'
				? 'layoutUids'
				: (PARAMETERS[pattern] ?? pattern);
		const [list] = parameter.split('.');
		return position !== undefined && parameter !== list
			? `${parameters.nameOf(list)} ${Number(position) + 1} → ${parameters.nameOf(parameter)}`
			: parameters.nameOf(parameter);
	};
}
