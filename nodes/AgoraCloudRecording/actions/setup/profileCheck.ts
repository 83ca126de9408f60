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
		return notKnown('Agora did not say which channels have users in them.');
	}
	const profiles = new Set<keyof typeof CHANNEL_PROFILE_NAMES>();
	for (const { cname } of told.channels.slice(0, LOOKED_AT)) {
		const facts = await whoIsThere(client, cname, CHANNEL_PATIENCE_MS);
		if (facts?.profile) profiles.add(facts.profile);
	}
	const [first, ...others] = profiles;
	if (first === undefined) {
		return notKnown(
			'Nobody is in a channel, so that the channel profile of the app cannot be seen.',
			'Check again while somebody is in a channel.',
		);
	}
	const chosen = client.credentials.channelProfile;
	const name = CHANNEL_PROFILE_NAMES[first];
	if (others.length > 0) {
		return notKnown(
			'Channels of both profiles have users in them.',
			"Keep 'Channel Profile' of Start on Automatic, or choose it in Start for each of your apps.",
		);
	}
	return first === chosen
		? right(`Channels with users in them are ${name}, as the credential says.`)
		: wrong(
				`Channels with users in them are ${name}; the credential says ${CHANNEL_PROFILE_NAMES[chosen]}, and with that nothing is recorded of a channel in which nobody is yet.`,
				`In the credential, turn on 'Advanced' and set 'Channel Profile of Your App' to '${name}'.`,
			);
}
