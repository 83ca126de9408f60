import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A notice as the reference has it, and what the trigger makes of it. */
export interface GoldenNotice {
	name: string;
	source: string;
	notice: Notice;
	expected: Record<string, unknown>;
}

export interface Notice {
	noticeId: string;
	productId: number;
	eventType: number;
	notifyMs: number;
	sid?: string;
	payload: Record<string, unknown>;
}

const FOLDER = resolve('test/golden/notifications');

/** One file for every event of the reference. */
export const GOLDEN_NOTICES: GoldenNotice[] = readdirSync(FOLDER).map((file) => ({
	name: file.replace('.json', ''),
	...(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Omit<GoldenNotice, 'name'>),
}));

/** A golden file by its name without ending. */
export function golden(name: string): GoldenNotice {
	const found = GOLDEN_NOTICES.find((candidate) => candidate.name === name);
	if (!found) throw new Error(`There is no golden file ${name}`);
	return found;
}

let made = 0;

/** A notice that differs from all others, with changes to its payload and to itself. */
export function makeNotice(payload: object = {}, changes: object = {}): Notice {
	made++;
	const { notice } = golden('cloudRecording-0040');
	return {
		...notice,
		noticeId: `notice-${made}`,
		...changes,
		payload: { ...notice.payload, sequence: made, ...payload },
	};
}
