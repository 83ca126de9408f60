import { number, text, type Members } from '../lenient';
import { CLIENT_TYPES, LEAVE_REASONS, nameOf, PLATFORMS } from './codes';

/** What an RTC channel event tells beside channel, user and time. Source: rtc-channel-events.md. */
export function decodeChannelDetails(payload: Members): Members {
	const [platform, clientType, reason, duration] = [
		'platform',
		'clientType',
		'reason',
		'duration',
	].map((name) => number.parse(payload[name]));
	const lastUid = text.parse(payload.lastUid);
	return {
		...(platform !== undefined && { platform, platformName: nameOf(PLATFORMS, platform) }),
		...(clientType !== undefined && {
			clientType,
			clientTypeName: nameOf(CLIENT_TYPES, clientType),
		}),
		...(reason !== undefined && { reason, reasonName: nameOf(LEAVE_REASONS, reason) }),
		...(duration !== undefined && { durationSeconds: duration }),
		...(lastUid !== undefined && { lastUid }),
	};
}
