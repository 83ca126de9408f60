import { linesOf, operationError } from '../../errors';
import type { StoredRecording } from '../../form/storedRecording';
import type { ItemRun } from '../operation';
import type { Found } from './lookInto';

/** Names that a message holds. */
const SHOWN = 5;

const some = (names: readonly string[]) =>
	[
		...names.slice(0, SHOWN),
		...(names.length > SHOWN ? [`${names.length - SHOWN} more`] : []),
	].join(', ');

/** The error of files that are not, or not all, in the bucket when the wait is over. */
export function notThere(
	{ context, itemIndex }: ItemRun,
	{ sid, folder, storage: { bucket } }: StoredRecording,
	{ files, waitingFor }: Found,
	seconds: number,
) {
	const top = folder === '' ? 'at the top level' : `in the folder "${folder}"`;
	const waited = seconds > 0 ? ` after ${seconds} seconds` : '';
	const message =
		files.length === 0
			? `There are no files of the recording ${top} of the bucket "${bucket}"${waited}`
			: `The files of the recording are incomplete${waited}`;
	return operationError(
		context.getNode(),
		itemIndex,
		{
			message,
			advice: linesOf(
				`Missing: ${some(waitingFor)}.`,
				files.length === 0 && `Searched for names that begin with ${sid}_ or bak0_${sid}_.`,
				files.length === 0 &&
					'Check the folder. Agora uploads nothing as long as no one sends audio or video.',
				"Try again later, or add the option 'If Files Are Missing'.",
			),
		},
		{ sid },
	);
}
