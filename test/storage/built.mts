import { createRequire } from 'node:module';
import type * as access from '../../nodes/AgoraCloudRecording/storage/access.ts';
import type * as links from '../../nodes/AgoraCloudRecording/storage/links.ts';
import type * as listings from '../../nodes/AgoraCloudRecording/storage/listings.ts';
import type * as policies from '../../nodes/AgoraCloudRecording/storage/policies.ts';
import type * as requests from '../../nodes/AgoraCloudRecording/storage/requests.ts';
import type * as trouble from '../../nodes/AgoraCloudRecording/storage/troubles/trouble.ts';

const load = createRequire(import.meta.url);
const built = (name: string): unknown =>
	load(`../../dist/nodes/AgoraCloudRecording/storage/${name}.js`);

/** `storage/` as it is built: these tests run on Node as it is, beside SDKs that jest would not load. */
export const storage = {
	...(built('access') as typeof access),
	...(built('links') as typeof links),
	...(built('listings') as typeof listings),
	...(built('policies') as typeof policies),
	...(built('requests') as typeof requests),
	...(built('troubles/trouble') as typeof trouble),
};
