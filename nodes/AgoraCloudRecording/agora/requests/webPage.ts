import { z } from 'zod';
import { address, oneOf, oneOfTexts, wholeNumber } from './common';
import { MAX_PIXELS } from './picture';

/** `extensionServiceConfig` of a web page recording (rest-api.md 3.7). */

const side = wholeNumber(240, 1920, 'pixels');

/** The page and how it is recorded. */
export const pageMembers = {
	url: address('https', 'http'),
	audioProfile: oneOf(0, 1, 2),
	videoWidth: side,
	videoHeight: side,
	maxRecordingHour: wholeNumber(1, 720, 'hours'),
	videoBitrate: wholeNumber(50, 8000, 'kbps').optional(),
	videoFps: wholeNumber(5, 60, 'frames per second').optional(),
	mobile: z.boolean().optional(),
	maxVideoDuration: wholeNumber(30, 240, 'minutes').optional(),
	onhold: z.boolean().optional(),
	readyTimeout: wholeNumber(0, 60, 'seconds').optional(),
};

const recorderParam = z
	.object(pageMembers)
	.refine(({ videoWidth, videoHeight }) => videoWidth * videoHeight <= MAX_PIXELS, {
		path: ['videoWidth'],
		message: 'must be smaller: width × height can be at most 1920 × 1080',
	});

/** Where the picture is pushed to; Agora takes one target. */
export const rtmpOutputs = z
	.array(z.object({ rtmpUrl: address('rtmp', 'rtmps') }))
	.min(1, 'must contain exactly one address')
	.max(1, 'must contain exactly one address');

export const extensionServiceConfig = z.object({
	errorHandlePolicy: oneOfTexts('error_abort').optional(),
	extensionServices: z.array(
		z.discriminatedUnion('serviceName', [
			z.object({
				serviceName: z.literal('web_recorder_service'),
				errorHandlePolicy: oneOfTexts('error_abort').optional(),
				serviceParam: recorderParam,
			}),
			z.object({
				serviceName: z.literal('rtmp_publish_service'),
				errorHandlePolicy: oneOfTexts('error_ignore').optional(),
				serviceParam: z.object({ outputs: rtmpOutputs }),
			}),
		]),
	),
});

/** The page recorder, and the push to a CDN where there is an address. */
export function webPageServices(page: Record<string, unknown>, rtmpUrl?: string) {
	return {
		errorHandlePolicy: 'error_abort',
		extensionServices: [
			{
				serviceName: 'web_recorder_service',
				errorHandlePolicy: 'error_abort',
				serviceParam: page,
			},
			...(rtmpUrl === undefined
				? []
				: [
						{
							serviceName: 'rtmp_publish_service',
							errorHandlePolicy: 'error_ignore',
							serviceParam: { outputs: [{ rtmpUrl }] },
						},
					]),
		],
	};
}
