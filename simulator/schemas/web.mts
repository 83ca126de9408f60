import { z } from 'zod';
import { audioProfile, int, orEmpty, rtmpOutputs, webAddress } from './common.mts';

/** rest-api.md 3.7, table web_recorder_service; audioProfile is optional in older pages. */
const webRecorder = z
	.object({
		serviceName: z.literal('web_recorder_service'),
		errorHandlePolicy: orEmpty(z.literal('error_abort')),
		serviceParam: z
			.object({
				url: webAddress,
				audioProfile: audioProfile.optional(),
				videoWidth: int(240, 1920),
				videoHeight: int(240, 1920),
				maxRecordingHour: int(1, 720),
				videoBitrate: int(50, 8000).optional(),
				videoFps: int(5, 60).optional(),
				mobile: z.boolean().optional(),
				maxVideoDuration: int(30, 240).optional(),
				onhold: z.boolean().optional(),
				readyTimeout: int(0, 60).optional(),
			})
			.strict(),
	})
	.strict();

/** rest-api.md 3.7, table rtmp_publish_service. */
const rtmpPublisher = z
	.object({
		serviceName: z.literal('rtmp_publish_service'),
		errorHandlePolicy: orEmpty(z.literal('error_ignore')),
		serviceParam: z.object({ outputs: rtmpOutputs }).strict(),
	})
	.strict();

/** rest-api.md 3.7. */
export const extensionServiceConfig = z
	.object({
		errorHandlePolicy: orEmpty(z.literal('error_abort')),
		apiVersion: z.literal('v1').optional(),
		extensionServices: z
			.array(z.discriminatedUnion('serviceName', [webRecorder, rtmpPublisher]))
			.min(1)
			.max(2),
	})
	.strict();

type ExtensionServices = z.output<typeof extensionServiceConfig>['extensionServices'];

/** The parameters of the page to record, if the list has that service. */
export function webRecorderParam(services: ExtensionServices) {
	return services.find((service) => service.serviceName === 'web_recorder_service')?.serviceParam;
}

/** The addresses of the CDN push, if the list has that service. */
export function rtmpParam(services: ExtensionServices) {
	return services.find((service) => service.serviceName === 'rtmp_publish_service')?.serviceParam;
}
