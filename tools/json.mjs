/** JSON that we read: `unknown`, for the caller to say what it is. */
import { readFileSync } from 'node:fs';

/**
 * @param {string} text
 * @returns {unknown}
 */
export const parseJson = (text) => JSON.parse(text);

/**
 * @param {string} file
 * @returns {unknown}
 */
export const readJson = (file) => parseJson(readFileSync(file, 'utf8'));

/**
 * Reads the format in which n8n stores executions ("flatted"): an array in which every string
 * inside an object or array is the index of the value meant.
 * @param {string} text
 * @returns {unknown}
 */
export function parseFlatted(text) {
	const table = /** @type {unknown[]} */ (parseJson(text));
	/** @type {Map<number, unknown>} */
	const values = new Map();
	/**
	 * @param {number} index
	 * @returns {unknown}
	 */
	function at(index) {
		const stored = table[index];
		if (typeof stored !== 'object' || stored === null) return stored;
		if (values.has(index)) return values.get(index);
		/** @type {Record<string, unknown> | unknown[]} */
		const value = Array.isArray(stored) ? [] : {};
		// Before its members are read: one of them may lead back here.
		values.set(index, value);
		/** @type {[string, unknown][]} */
		const members = Object.entries(stored);
		for (const [key, member] of members) {
			Object.assign(value, { [key]: typeof member === 'string' ? at(Number(member)) : member });
		}
		return value;
	}
	return at(0);
}
