/**
 * What the tests of the storage have seen, for docs/quality.md: each test says it when it has passed. One file is run
 * after the other, so that each adds to what those before have written.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What somebody wants of a storage. */
type Column = 'link' | 'tampered' | 'expired' | 'list' | 'wait' | 'playlist' | 'check';

interface Seen {
	/** Who has seen it, e.g. `radosgw`. */
	judges: Partial<Record<Column, string[]>>;
	/** URLs that were equal to those of an SDK, by kind. */
	signatures?: { equalTo: string; counts: Record<string, number> };
}

/** `scripts/storage.mjs` removes it before a whole run, and makes figures of it afterwards. */
const FILE = fileURLToPath(new URL('../../.artifacts/storage.json', import.meta.url));

function noted(vendor: string, change: (seen: Seen) => void): void {
	const all = (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : { vendors: {} }) as {
		vendors: Record<string, Seen>;
	};
	const seen = (all.vendors[vendor] ??= { judges: {} });
	change(seen);
	mkdirSync(dirname(FILE), { recursive: true });
	writeFileSync(FILE, `${JSON.stringify(all, null, '\t')}\n`);
}

/** Notes that a judge has seen something of a vendor. */
export const judged = (vendor: string, columns: readonly Column[], judge: string): void =>
	noted(vendor, ({ judges }) => {
		for (const column of columns) {
			judges[column] = [...new Set([...(judges[column] ?? []), judge])].sort();
		}
	});

/** Notes how many URLs of a vendor were equal to those of an SDK. */
export const counted = (vendor: string, signatures: Seen['signatures']): void =>
	noted(vendor, (seen) => Object.assign(seen, { signatures }));
