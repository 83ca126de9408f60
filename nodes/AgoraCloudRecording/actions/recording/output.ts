import type { IDataObject } from 'n8n-workflow';
import { mainFilesOf } from '../../agora/files/mainFiles';
import type { RecordedFile } from '../../agora/files/shape';
import type { RecordingMode } from '../../agora/modes';
import type { FormItem } from '../../form/item';

/**
 * What an output tells of files: the ones to open, then all, MP4 files first. In a recording of each
 * user by itself there is no main one. `failoverChecked` is false: Agora's list may lack what a recorder
 * wrote that took over, and nobody has looked into the bucket.
 *
 * @param failoverChecked whether somebody has
 */
export function filesOutput(
	mode: RecordingMode,
	files: readonly RecordedFile[],
	failoverChecked = false,
): IDataObject {
	const mainFiles = mainFilesOf(files);
	const isVideo = ({ format }: RecordedFile) => format === 'mp4';
	return {
		mainFile: mode === 'individual' ? null : (mainFiles[0] ?? null),
		mainFiles,
		files: [...files.filter(isVideo), ...files.filter((file) => !isVideo(file))],
		...(mainFiles.length > 0 && { failoverChecked }),
	};
}

/** Tells of parts beside the first, which somebody who takes the main file alone would miss. */
export function warnOfParts({ warn }: Pick<FormItem, 'warn'>, output: IDataObject): void {
	const { mainFile, mainFiles } = output;
	if (mainFile === null || !Array.isArray(mainFiles) || mainFiles.length < 2) return;
	warn(
		"The recording has several parts. 'mainFile' is only the first one: use 'mainFiles' to get them all.",
	);
}

/** What a person looks for, as the columns of n8n's table show it from the left; then the rest. */
const FIRST = [
	...['outcome', 'uploadStatus', 'filesComplete', 'waitingFor', 'whatToDo'],
	...['mainFile', 'mainFiles', 'files', 'failoverChecked'],
];
const IDENTITY = ['mode', 'cname', 'uid', 'sid'];
/** Long, and for later operations only. */
const LAST = ['requestId', 'response', 'resourceId'];

/** The members of an output in the order in which somebody reads them. */
export function inOrder(output: IDataObject): IDataObject {
	const named = [...FIRST, ...IDENTITY, ...LAST];
	const only = (names: readonly string[]) =>
		Object.fromEntries(names.filter((name) => name in output).map((name) => [name, output[name]]));
	const others = Object.keys(output).filter((name) => !named.includes(name));
	return only([...FIRST, ...IDENTITY, ...others, ...LAST]);
}
