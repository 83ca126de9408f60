import { objectPath, type RecordedFile } from '../files/shape';
import { keyRefusal } from '../files/signable';
import type { ShownStorage } from '../requests/shownStorage';
import { bucketPlace } from '../../storage/places';
import type { Notification } from './notice';

/** A file whose folder somebody told, because Agora's notifications do not. */
export type FileInFolder = Omit<RecordedFile, 'path'> & {
	/** Null where what was told is no name of a file of this recording: it must not lead anywhere. */
	path: string | null;
	/** Such a name, as it came. */
	toldName?: string;
	whatToDo?: string;
};

/** A notification of a recording, with where its files are assumed to be. */
export type NotificationInFolder = Omit<Notification, 'files'> & {
	files?: FileInFolder[];
	storage?: ShownStorage;
	/** The recording may have been started with another storage: nobody has looked. */
	storageAssumed?: true;
};

function placed(file: RecordedFile, sid: string, storage: ShownStorage): FileInFolder {
	const { fileName, path: toldName, ...rest } = file;
	const path = objectPath(storage.prefix, toldName);
	const refusal = keyRefusal(path, { folder: storage.prefix, sid });
	return refusal === undefined
		? { fileName, path, ...bucketPlace(storage), ...rest }
		: {
				...{ fileName, path: null, toldName },
				whatToDo: `It has no path, because the file ${refusal}. Check the bucket.`,
				...rest,
			};
}

/** Says of a notification of a recording where its files are. */
export function inFolder(
	{ files, ...rest }: Notification,
	sid: string,
	storage: ShownStorage,
): NotificationInFolder {
	return {
		...rest,
		storage,
		storageAssumed: true,
		...(files && { files: files.map((file) => placed(file, sid, storage)) }),
	};
}
