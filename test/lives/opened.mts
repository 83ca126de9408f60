import { isObject } from '../support/json.mts';
import type { IDataObject } from 'n8n-workflow';
import type { Storage } from '../../simulator/index.mts';
import { BUCKET } from './account.mts';

/** Links, and addresses in playlists, are opened when they are handed out, as anybody could. */

/** Of each playlist so many addresses: they are all made alike. */
const MOST_OF_PLAYLIST = 4;

/** Of slices, and of what tags name. */
export const addressesIn = (playlist: string): string[] =>
	playlist
		.split('\n')
		.flatMap((line) =>
			line.startsWith('#') ? [...line.matchAll(/\bURI="([^"]*)"/g)].map(([, uri]) => uri) : [line],
		)
		.filter((address) => address !== '');

/** Everything in an output that has a link, or says why not, at whatever depth. */
export function linked(value: unknown): IDataObject[] {
	if (Array.isArray(value)) return value.flatMap(linked);
	if (!isObject(value)) return [];
	const own = 'link' in value || 'linkState' in value ? [value] : [];
	return [...own, ...Object.values(value).flatMap(linked)];
}

function addressesOf(json: IDataObject): string[] {
	const links = linked(json).flatMap(({ link }) => (typeof link === 'string' ? [link] : []));
	const { playlist } = json;
	const pieces = typeof playlist === 'string' ? addressesIn(playlist) : [];
	return [...links, ...pieces.slice(0, MOST_OF_PLAYLIST)];
}

/** The bytes under the name in an address; undefined where there is nothing of that name. */
function bytesAt(storage: Storage, address: string): Buffer | undefined {
	const key = decodeURIComponent(new URL(address).pathname).slice(`/${BUCKET}/`.length);
	const there = storage.objects().some((object) => object.bucket === BUCKET && object.key === key);
	return there ? storage.read(BUCKET, key) : undefined;
}

/** Opens every address of some outputs. */
export async function openAll(
	jsons: readonly IDataObject[],
	storage: Storage,
): Promise<Array<{ address: string; status: number; whole: boolean }>> {
	const opened = [];
	const here = jsons.flatMap(addressesOf).filter((address) => address.startsWith(storage.url));
	for (const address of new Set(here)) {
		const lies = bytesAt(storage, address);
		const answer = await fetch(address, { redirect: 'manual' });
		const text = await answer.text();
		opened.push({ address, status: answer.status, whole: lies?.toString() === text });
	}
	return opened;
}
