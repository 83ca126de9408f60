import { keyFields, openBucket } from '../../form/bucket';
import type { StorageInput } from '../../form/storage';
import type { StorageNames } from '../../storage/places';
import type { Bucket } from '../../transport/bucket';
import type { ItemRun } from '../operation';

/** The storage that is checked. */
export interface Place {
	run: ItemRun;
	names: StorageNames;
	/** With a slash at its end; '' for the top of the bucket. */
	folder: string;
	/** @throws NodeOperationError where the bucket has no address */
	open: (use: 'read' | 'write', publicUrl?: string) => Bucket;
}

/** @param timeout milliseconds until an unanswered request is given up */
export function placeOf(run: ItemRun, { shown }: StorageInput, timeout: number): Place {
	const { credentials, parameters } = run;
	// As it was typed: Agora gets the host alone, but http:// counts for what n8n asks.
	const endpoint =
		parameters.optionalText('options.storageOverrides.storage.endpoint') ??
		credentials.storageEndpoint.trim();
	const names = { ...shown, endpoint: shown.endpoint === undefined ? '' : endpoint };
	const folder = shown.prefix;
	return {
		...{ run, names, folder },
		open: (use, storagePublicUrl = '') => {
			const item = { ...run, credentials: { ...credentials, storagePublicUrl } };
			// What is warned of elsewhere is a finding here.
			return openBucket({ ...item, warn: () => undefined }, names, folder, timeout, use);
		},
	};
}

export const inFolder = (folder: string) =>
	folder === '' ? 'The top level of the bucket' : `The folder "${folder}"`;

/** The key, as the form calls it. */
export const keyOf = ({ run }: Place, use: 'read' | 'write') =>
	`the key in '${keyFields(run, use).accessKey}'`;
