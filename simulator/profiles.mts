import { DEFAULT_CANVAS } from './schemas/layout.mts';
import type { RecordingConfig } from './schemas/recordingConfig.mts';

/** best-practices.md 9: width, height, fps, kbps in communication; live channels have twice as much. */
const PROFILES: readonly (readonly [width: number, height: number, fps: number, kbps: number])[] = [
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

/** Above it, bitrate is an error (rest-api.md 3.4). */
const MAX_KBPS = 6500;

/**
 * Why a canvas does not fit the documented table, or undefined. Portrait counts as landscape, and any
 * bitrate from the communication value to the live value is fine (the default, 500, lies between).
 */
export function profileProblem(config: RecordingConfig | undefined): string | undefined {
	const canvas = config?.transcodingConfig;
	if (canvas === undefined) return undefined;
	const { width, height, fps, bitrate } = { ...DEFAULT_CANVAS, ...canvas };
	const long = Math.max(width, height);
	const short = Math.min(width, height);
	const profile = PROFILES.find(([w, h, f]) => w === long && h === short && f === fps);
	if (profile === undefined) return `no documented profile is ${width}x${height} at ${fps} fps`;
	const [, , , base] = profile;
	if (bitrate >= base && bitrate <= Math.min(2 * base, MAX_KBPS)) return undefined;
	return `${bitrate} kbps does not fit ${width}x${height} at ${fps} fps`;
}
