import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../settings.mjs';
import { seconds, type Observed } from './observed.mts';
import { plainWords } from './reading.mts';
import { QUESTIONS } from './questions.mts';

/** A report to be pasted into an issue: what the run found out, and nothing of whom. */

/** The node's own, as it is shipped. */
const { Redaction } = createRequire(resolve('package.json'))(
	resolve('dist/nodes/AgoraCloudRecording/agora/redaction.js'),
) as { Redaction: new (secrets: readonly string[]) => { text: (text: string) => string } };

const HIDDEN = '(hidden)';
/** What may be an address, or a number by which somebody is known. */
const ADDRESSES = /[0-9a-f]*(?:[.:]+[0-9a-f]+){2,}:*|::[0-9a-f]*/gi;
const LONG_NUMBERS = /\d{6,}/g;

/** Settings that a report may tell. */
const TOLD = ['advanced', 'apiDomain', 'requestsPerSecond', 'storageVendor', 'storageRegion'];

/**
 * Hides everything in a text that belongs to the account: keys, names, IDs, addresses. What is told of
 * the run in words of ours needs none of that.
 */
export function withoutPrivate(settings: Settings, { recording }: Observed) {
	const credential = Object.entries(settings.credentials)
		.filter(([name]) => !TOLD.includes(name))
		.map(([, value]) => value);
	const { pageUrl, channel, notificationSecret, origin, start } = settings;
	const { cname, uid, resourceId, sid } = recording ?? {};
	const all = [
		...[...credential, pageUrl, channel, notificationSecret, start.recordingName],
		...[origin, new URL(origin).host, ...[cname, uid, resourceId, sid]],
	];
	const known = all.filter((value) => typeof value === 'string').filter(Boolean);
	const redaction = new Redaction(known);
	return (text: string): string =>
		redaction
			.text(text)
			.replace(ADDRESSES, (found) => (isIP(found) ? HIDDEN : found))
			.replace(LONG_NUMBERS, HIDDEN);
}

const cell = (text: string): string =>
	text.replace(/\s+/g, ' ').replace(/[|<>@#]/g, (character) => `&#${character.charCodeAt(0)};`);

const row = (...cells: string[]): string => `| ${cells.join(' | ')} |`;

const packageJson = z.object({ version: z.string() });

/** @returns Markdown */
export function report(settings: Settings, observed: Observed): string {
	const hide = withoutPrivate(settings, observed);
	const { version } = packageJson.parse(JSON.parse(readFileSync('package.json', 'utf8')));
	const { apiDomain, storageVendor } = settings.credentials;
	const questions = QUESTIONS.filter(({ ofWebPages }) => ofWebPages || settings.mode !== 'web');
	const about = [
		`package ${version}, Node.js ${process.version}`,
		settings.mode === 'web' ? 'a web page' : 'a channel',
		apiDomain === 'custom' ? 'another address than Agora’s' : `API at ${apiDomain}`,
		`storage ${storageVendor}`,
	];
	return [
		'### Live run',
		'',
		`${about.join('; ')}. ${observed.problem === undefined ? 'All well.' : 'It failed.'}`,
		...(observed.problem === undefined
			? []
			: ['', `> ${cell(plainWords(hide(observed.problem)))}`]),
		'',
		row('Step', '', 'Time'),
		row('---', '---', '---'),
		...observed.steps.map(({ title, ms, failed }) =>
			row(cell(title), failed ? 'failed' : 'done', seconds(ms)),
		),
		'',
		row('Open question', 'Answer', 'Seen in'),
		row('---', '---', '---'),
		...questions.map(({ id, question, seen, answer }) =>
			row(`${id}: ${question}`, cell(hide(answer(observed) ?? 'not observed')), seen),
		),
		'',
	].join('\n');
}
