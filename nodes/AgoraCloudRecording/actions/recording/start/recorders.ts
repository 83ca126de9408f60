import { clock } from '../../../process/clock';
import { memoryOf } from '../../../process/memories';

const recorders = memoryOf<readonly string[]>('recorders');
/** Recorders of one channel that are remembered: those of the last starts. */
const MOST_RECORDERS = 100;

const channelKey = (appId: string, cname: string) => JSON.stringify([appId, cname]);

/** Remembers who joins a channel to record it, and so is none of its users. */
export function rememberRecorder(appId: string, cname: string, uid: string): void {
	const before = recordersOf(appId, cname).filter((known) => known !== uid);
	recorders.set(channelKey(appId, cname), [...before, uid].slice(-MOST_RECORDERS), clock.now());
}

/** UIDs in a channel that are known to be recorders. */
export const recordersOf = (appId: string, cname: string): readonly string[] =>
	recorders.get(channelKey(appId, cname), clock.now()) ?? [];
