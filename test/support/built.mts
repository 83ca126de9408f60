import { createRequire } from 'node:module';
import type * as access from '../../nodes/AgoraCloudRecording/storage/access.ts';
import type * as links from '../../nodes/AgoraCloudRecording/storage/links.ts';
import type * as listPages from '../../nodes/AgoraCloudRecording/storage/listPages.ts';
import type * as listings from '../../nodes/AgoraCloudRecording/storage/listings.ts';
import type * as policies from '../../nodes/AgoraCloudRecording/storage/policies.ts';
import type * as requests from '../../nodes/AgoraCloudRecording/storage/requests.ts';
import type * as trouble from '../../nodes/AgoraCloudRecording/storage/troubles/trouble.ts';

const load = createRequire(import.meta.url);
/** A module of the built package. */
export const built = (name: string): unknown =>
	load(`../../dist/nodes/AgoraCloudRecording/${name}.js`);

/** `storage/` as it is built: these tests run on Node as it is, beside SDKs that jest would not load. */
export const storage = {
	...(built('storage/access') as typeof access),
	...(built('storage/links') as typeof links),
	...(built('storage/listPages') as typeof listPages),
	...(built('storage/listings') as typeof listings),
	...(built('storage/policies') as typeof policies),
	...(built('storage/requests') as typeof requests),
	...(built('storage/troubles/trouble') as typeof trouble),
};
