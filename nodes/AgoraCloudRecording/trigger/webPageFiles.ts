import type { RecordedFile } from '../agora/files/shape';
import type { Notification } from '../agora/notifications/notice';
import { clock } from '../process/clock';
import { memoryOf } from '../process/memories';

/** Files by trigger and recording. */
const filesOfPages = memoryOf<RecordedFile[]>('pageFiles');

const WEB_RECORDER_STOPPED = 71;
const UPLOAD_ENDS = [31, 32];

/**
 * Of a web page recording only the notice that its recorder stopped lists the files, not the one that
 * they are uploaded: there they are added, if this process has seen the other. Every verified notice
 * has to come by here, whether it is wanted or not.
 *
 * @param scope what tells the trigger from others
 */
export function withWebPageFiles(scope: string, notification: Notification): Notification {
	const { sid, eventType, files = [] } = notification;
	if (!sid) return notification;
	const key = `${scope}/${sid}`;
	if (eventType === WEB_RECORDER_STOPPED && files.length > 0) {
		filesOfPages.set(key, files, clock.now());
	}
	if (!UPLOAD_ENDS.some((type) => type === eventType) || files.length > 0) return notification;
	const told = filesOfPages.get(key, clock.now());
	return told ? { ...notification, mode: 'web', files: told } : notification;
}
