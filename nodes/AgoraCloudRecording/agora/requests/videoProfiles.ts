import type { ChannelProfile } from '../channelProfiles';

/**
 * Sizes, frame rates and bitrates that go together; others are accepted by start and may end the
 * recording seconds later (best-practices.md section 9). The bitrate is that of the communication
 * profile in kbps.
 */
const PROFILES: ReadonlyArray<readonly [width: number, height: number, fps: number, kbps: number]> =
	[
		[160, 120, 15, 65],
		[120, 120, 15, 50],
		[320, 180, 15, 140],
		[180, 180, 15, 100],
		[240, 180, 15, 120],
		[320, 240, 15, 200],
		[240, 240, 15, 140],
		[424, 240, 15, 220],
		[640, 360, 15, 400],
		[640, 360, 30, 600],
		[360, 360, 15, 260],
		[360, 360, 30, 400],
		[480, 360, 15, 320],
		[480, 360, 30, 490],
		[640, 480, 10, 400],
		[640, 480, 15, 500],
		[640, 480, 30, 750],
		[480, 480, 15, 400],
		[480, 480, 30, 600],
		[848, 480, 15, 610],
		[848, 480, 30, 930],
		[960, 720, 15, 910],
		[960, 720, 30, 1380],
		[1280, 720, 15, 1130],
		[1280, 720, 30, 1710],
		[1920, 1080, 15, 2080],
		[1920, 1080, 30, 3150],
		[1920, 1080, 60, 4780],
	];

/** Highest bitrate of a composite recording in kbps. */
export const MAX_BITRATE = 6500;

export interface VideoProfile {
	width: number;
	height: number;
	fps: number;
	/** kbps */
	bitrate: number;
}

/** Value of a profile in saved workflows, e.g. `1280x720_15`. */
const keyOf = ([width, height, fps]: (typeof PROFILES)[number]) => `${width}x${height}_${fps}`;

/** Every profile, by the value that workflows hold. */
export const VIDEO_PROFILE_KEYS: readonly string[] = PROFILES.map(keyOf);

/** The profile of that key; a live channel has twice the bitrate, 6500 kbps at most. */
export function videoProfile(key: string, channel: ChannelProfile): VideoProfile | undefined {
	const row = PROFILES.find((profile) => keyOf(profile) === key);
	if (!row) return undefined;
	const [width, height, fps, kbps] = row;
	const bitrate = channel === 'liveBroadcasting' ? Math.min(2 * kbps, MAX_BITRATE) : kbps;
	return { width, height, fps, bitrate };
}
