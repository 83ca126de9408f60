import { CHANNEL_PROFILE_NAMES } from '../../agora/channelProfiles';
import { CHANNEL_PATIENCE_MS, channelsToChooseFrom, whoIsThere } from '../../transport/channels';
import type { AgoraClient } from '../../transport/client';
import { notKnown, right, wrong, type Finding } from './finding';

/** Channels that are looked at, those with most users first: Agora counts each question. */
const LOOKED_AT = 3;

/**
 * Whether the profile that Start takes for a channel in which nobody is yet, is the one that channels
 * have which somebody is in. A wrong one records nothing (field-notes.md).
 */
export async function checkProfile(client: AgoraClient): Promise<Finding> {
	const told = await channelsToChooseFrom(client);
	if (!told || 'failed' in told) {
		return notKnown('Agora did not return the list of channels.');
	}
	const profiles = new Set<keyof typeof CHANNEL_PROFILE_NAMES>();
	for (const { cname } of told.channels.slice(0, LOOKED_AT)) {
		const facts = await whoIsThere(client, cname, CHANNEL_PATIENCE_MS);
		if (facts?.profile) profiles.add(facts.profile);
	}
	const [first, ...others] = profiles;
	if (first === undefined) {
		return notKnown(
			"No channel has users in it, so the app's channel profile is unknown.",
			'Run the check again while a channel has users in it.',
		);
	}
	const chosen = client.credentials.channelProfile;
	const name = CHANNEL_PROFILE_NAMES[first];
	if (others.length > 0) {
		return notKnown(
			'There are channels of both profiles.',
			"Keep 'Channel Profile' in Start set to Automatic, or set it in Start for each of your apps.",
		);
	}
	return first === chosen
		? right(`The channels use ${name}, as set in the credential.`)
		: wrong(
				`The channels use ${name}, but the credential is set to ${CHANNEL_PROFILE_NAMES[chosen]}. If a recording starts in an empty channel, nothing will be recorded.`,
				`In the credential, turn on 'Advanced' and set 'Channel Profile of Your App' to '${name}'.`,
			);
}
