import { isObject } from '../../support/json.mts';
import type { NodeRun } from '../told.mts';
import { HUGE_PIECE } from '../wrongAnswers.mts';
import { statementsOf, type Rule } from './rule.mts';

/** Rules about texts. */

/** Longest piece of a server's text in a message, a description or a line, and of a raw answer. */
const LONGEST_TEXT = 1000;
const LONGEST_RAW = 20_000;

/** What is meant to be a link, or full of them. */
const LINKS = ['link', 'playlist'];

/** An output without its links. */
function withoutLinks(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutLinks);
	if (!isObject(value)) return value;
	const others = Object.entries(value).filter(([name]) => !LINKS.includes(name));
	return Object.fromEntries(others.map(([name, inner]) => [name, withoutLinks(inner)]));
}

/** Everything of a run that anybody could see: as data, and as what the error holds. */
const seenOf = (
	{ success, errors, thrown, hints }: NodeRun,
	part: (json: unknown) => unknown = (json) => json,
): string => {
	// What the user's own items hold, n8n hands on with them.
	const own = [...success, ...errors].map(({ json }) => part({ ...json, extra: undefined }));
	return JSON.stringify([own, hints]) + (thrown?.stored ?? '');
};

/** What makes a link of an address; it stands in links alone. */
const SIGNATURE = 'X-Amz-Signature';
/** Links name the access key that they are signed with. */
const isAccessKey = (what: string) => /accesskey$/i.test(what);

export const secrets: Rule = {
	name: 'secrets',
	number: 5,
	says: 'No secret is to be seen anywhere.',
	breaches: ({ executions, log, secrets: known }) => {
		const places = (part?: (json: unknown) => unknown) => [
			...executions.flatMap(({ runs }) =>
				runs.map((run) => ({ where: `${run.execution}: ${run.node}`, text: seenOf(run, part) })),
			),
			...log.map(({ text, more }) => ({ where: 'the log', text: `${text} ${more}` })),
		];
		const everywhere = places();
		const outsideOfLinks = places(withoutLinks);
		return Object.entries({ ...known, 'a link': SIGNATURE }).flatMap(([what, secret]) =>
			(secret === SIGNATURE || isAccessKey(what) ? outsideOfLinks : everywhere)
				.filter(({ text }) => text.includes(secret))
				.map(({ where, text }) => {
					const at = text.indexOf(secret);
					return `${where} shows ${what}: …${text.slice(Math.max(0, at - 80), at + secret.length)}`;
				}),
		);
	},
};

/** The longest run of a server's own text. */
function longest(text: string): number {
	const pieces = text.match(new RegExp(`(${HUGE_PIECE})+`, 'g')) ?? [];
	return Math.max(0, ...pieces.map(({ length }) => length));
}

export const bounded: Rule = {
	name: 'bounded',
	number: 5,
	says: 'No text of a server is longer than its limit.',
	breaches: (lived) => {
		const sent = [...lived.requests, ...lived.stored];
		if (!sent.some(({ trouble }) => trouble?.kind === 'huge')) return [];
		const texts = lived.executions.flatMap(({ runs }) =>
			runs.flatMap((run) => [
				...[...run.success, ...run.errors].flatMap(({ json: { response, ...json } }) => [
					{ run, text: JSON.stringify(json), most: LONGEST_TEXT },
					{ run, text: JSON.stringify(response ?? ''), most: LONGEST_RAW },
				]),
				{ run, text: run.thrown?.stored ?? '', most: LONGEST_TEXT },
			]),
		);
		return texts
			.filter(({ text, most }) => longest(text) > most)
			.map(
				({ run, text, most }) =>
					`${run.execution}: ${run.node} holds ${longest(text)} characters of a server's text (${most} at most)`,
			);
	},
};

export const drawn: Rule = {
	name: 'drawn',
	number: 5,
	says: 'What comes from outside is escaped where n8n draws HTML.',
	breaches: (lived) =>
		statementsOf(lived).flatMap(({ run, thrown, description = '' }) => {
			// Of an item it is plain text, which nobody draws.
			const [tag] = thrown && !run.tool ? (/<(?!br>)[a-z/!][^>]*>/i.exec(description) ?? []) : [];
			return tag
				? [`${run.execution}: ${run.node} has ${tag} in its description, which n8n takes for HTML`]
				: [];
		}),
};
