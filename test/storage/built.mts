import { createRequire } from 'node:module';
import type * as copies from '../../nodes/AgoraCloudRecording/agora/files/playlists/copies.ts';
import type * as join from '../../nodes/AgoraCloudRecording/agora/files/playlists/join.ts';
import type * as parse from '../../nodes/AgoraCloudRecording/agora/files/playlists/parse.ts';
import type * as write from '../../nodes/AgoraCloudRecording/agora/files/playlists/write.ts';
import type * as access from '../../nodes/AgoraCloudRecording/storage/access.ts';
import type * as links from '../../nodes/AgoraCloudRecording/storage/links.ts';
import type * as listPages from '../../nodes/AgoraCloudRecording/storage/listPages.ts';
import type * as listings from '../../nodes/AgoraCloudRecording/storage/listings.ts';
import type * as policies from '../../nodes/AgoraCloudRecording/storage/policies.ts';
import type * as requests from '../../nodes/AgoraCloudRecording/storage/requests.ts';
import type * as trouble from '../../nodes/AgoraCloudRecording/storage/troubles/trouble.ts';

const load = createRequire(import.meta.url);
const built = (name: string): unknown => load(`../../dist/nodes/AgoraCloudRecording/${name}.js`);

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

/** `agora/files/playlists/` as it is built. */
export const playlists = {
	...(built('agora/files/playlists/copies') as typeof copies),
	...(built('agora/files/playlists/join') as typeof join),
	...(built('agora/files/playlists/parse') as typeof parse),
	...(built('agora/files/playlists/write') as typeof write),
};
