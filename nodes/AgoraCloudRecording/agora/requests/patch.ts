import { isObject } from '../objects';

type Json = Record<string, unknown>;

/** Names that must not be written to, whoever asks. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

/** A request with a patch applied, and the places whose value the patch replaced or took away. */
export interface Patched<T> {
	request: T;
	overridden: string[];
}

/**
 * Merges a patch over a request as RFC 7396 (JSON Merge Patch) says: objects are merged, everything
 * else is replaced, `null` removes. So a field that Agora adds tomorrow can be sent today, and one that
 * this node sends can be left out.
 */
export function applyPatch<T extends object>(request: T, patch: Json): Patched<T> {
	const overridden: string[] = [];
	const merge = (target: Json, changes: Json, path: string): Json => {
		const result = { ...target };
		for (const [name, change] of Object.entries(changes)) {
			if (FORBIDDEN.includes(name)) continue;
			const place = path === '' ? name : `${path}.${name}`;
			const old = result[name];
			if (isObject(change)) {
				if (old !== undefined && !isObject(old)) overridden.push(place);
				result[name] = merge(isObject(old) ? old : {}, change, place);
				continue;
			}
			if (old !== undefined && old !== change) overridden.push(place);
			if (change === null) delete result[name];
			else result[name] = change;
		}
		return result;
	};
	return { request: merge(request as Json, patch, '') as T, overridden };
}
