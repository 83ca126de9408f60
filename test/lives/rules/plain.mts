import type { Lived } from '../told.mts';
import { POLICY_WORDS } from '../wire.mts';
import { isError, requestsOf, statementsOf, type Rule, type Statement } from './rule.mts';

/** Rules against too much caution, and about what leaves a node. */

/** What happens to the storage is none of Agora's business. */
const OF_STORAGE = ['vanish', 'revoke'];

/** Operations that give any number of items for each that comes in. */
const MANY = ['getMany', 'getPlaylist'];

/** Whether nothing at all went wrong; an answer that is only slow is none of what goes wrong. */
export const isSmooth = ({ life, requests, met }: Lived): boolean =>
	met.every(({ what }) => OF_STORAGE.includes(what)) &&
	life.credentialTrouble === undefined &&
	life.items.every(({ extra }) => extra === 'none') &&
	!sharesUid(life.items) &&
	requests.every(
		({ trouble, operation }) =>
			trouble === undefined ||
			trouble.kind === 'foreignFiles' ||
			(trouble.kind === 'slow' && trouble.ms < (operation === 'stop' ? 29_000 : 9_500)),
	);

/** Two items of one channel under one UID of the user's: the second start is refused. */
const sharesUid = (items: Lived['life']['items']) =>
	items.some(
		({ channel, uid }, i) =>
			uid !== '' &&
			items.some((other, j) => j > i && other.channel === channel && other.uid === uid),
	);

/** What each operation may end in where nothing goes wrong. */
const SMOOTH: Record<string, (lived: Lived, statement: Statement) => boolean> = {
	acquire: (_, { outcome }) => outcome === 'acquired',
	start: ({ life }, { outcome = '' }) =>
		life.start.verify ? ['recording', 'ready', 'paused'].includes(outcome) : outcome === 'accepted',
	query: () => true,
	update: () => true,
	updateLayout: () => true,
	stop: (_, { outcome = '' }) =>
		['stopped', 'stopping', 'noRecordedData', 'notFound'].includes(outcome),
};

export const smooth: Rule = {
	name: 'smooth',
	number: 9,
	says: 'Where nothing goes wrong the outcome is the one that the books say.',
	breaches: (lived) => {
		if (!isSmooth(lived)) return [];
		return statementsOf(lived).flatMap((statement) => {
			const { run, outcome, message } = statement;
			// What an earlier step has stopped is a story of its own.
			const emptied = lived.life.empty.length > 0 && run.operation === 'start';
			const again = lived.life.steps.some((step) => step.do === 'again');
			const shortOfTime = (lived.life.start.verificationTimeout ?? 90) < 15;
			// What an earlier step could not do has left no recording in the item.
			const { item } = statement;
			const about = item === undefined ? run.input : run.input.slice(item, item + 1);
			const known =
				run.operation === 'start' ||
				run.operation === 'acquire' ||
				about.every(({ sid }) => sid !== undefined);
			if (emptied || again || shortOfTime || !known) return [];
			const right = SMOOTH[run.operation]?.(lived, statement) ?? true;
			const gone = statement.details?.mayRun === true;
			return right && !gone
				? []
				: [
						`${run.execution}: nothing went wrong, but ${run.node} ended in ${outcome ?? `"${String(message)}"`}${gone ? ' (may run)' : ''}`,
					];
		});
	},
};

export const unsent: Rule = {
	name: 'unsent',
	number: 9,
	says: 'What never left n8n starts nothing, and is told in the words of n8n.',
	breaches: (lived) =>
		statementsOf(lived).flatMap((statement) => {
			const { run } = statement;
			if (!isError(statement) || run.operation !== 'start') return [];
			const { cname, uid, mayRun } = statement.details;
			const sent = requestsOf(lived, run).filter(
				(request) => request.cname === cname && request.uid === uid,
			);
			// A start that an earlier run of the node has left open may still run.
			const starts = lived.requests.filter(
				(request) =>
					request.execution === run.execution &&
					request.node === run.node &&
					request.operation === 'start' &&
					request.cname === cname &&
					request.uid === uid,
			);
			const breaches: string[] = [];
			if (mayRun === true && starts.length > 0 && starts.every(({ left }) => !left)) {
				breaches.push(
					`${run.execution}: ${run.node} says that it may run, but no start of it left n8n`,
				);
			}
			// Of a start that was not confirmed, what kept it from being stopped is the lesser news.
			const last = sent.filter(({ operation }) => operation !== 'stop').at(-1)?.trouble;
			const text = `${statement.message} ${statement.description ?? ''}`;
			// Of two items under one UID nobody can tell whose request it was.
			const policy = last?.kind === 'hostRefuses' && last.how === 'policy';
			if (policy && !sharesUid(lived.life.items) && !text.includes(POLICY_WORDS)) {
				breaches.push(`${run.execution}: ${run.node} keeps n8n's own words to itself: ${text}`);
			}
			return breaches;
		}),
};

export const once: Rule = {
	name: 'once',
	number: 10,
	says: 'Every item leaves once, paired, in order, with an outcome or an error.',
	breaches: ({ executions }) =>
		executions.flatMap(({ runs }) =>
			runs
				.filter(({ kept, tool }) => kept && !tool)
				.flatMap((run) => {
					const leaving = [...run.success, ...run.errors];
					const who = `${run.execution}: ${run.node}`;
					const breaches: string[] = [];
					const many = MANY.includes(run.operation);
					const unmarked = leaving.filter(
						({ json: { outcome, fileName, error } }) =>
							typeof (many ? fileName : outcome) === 'undefined' && typeof error !== 'object',
					);
					if (unmarked.length > 0) {
						breaches.push(
							`${who} lets ${unmarked.length} items go with neither an outcome nor an error`,
						);
					}
					const good = run.errors.find(({ json }) => typeof json.error !== 'object');
					if (good) breaches.push(`${who} lets an item without an error go by the error branch`);
					if (run.thrown && !run.goesOn) return breaches;
					const links = leaving.map(({ paired }) => paired);
					const items = links.flatMap((link) => link ?? []);
					if (links.some((link) => link?.length !== 1)) {
						breaches.push(`${who} has items without one link to what came in`);
					} else if (
						new Set(items).size !== run.input.length ||
						(!many && items.length !== run.input.length)
					) {
						breaches.push(`${who} got ${run.input.length} items and gave ${items.join(', ')}`);
					}
					for (const branch of [run.success, run.errors]) {
						const order = branch.map(({ paired }) => paired?.[0] ?? 0);
						if (order.some((item, i) => i > 0 && item < order[i - 1])) {
							breaches.push(`${who} lets items leave in another order: ${order.join(', ')}`);
						}
					}
					return breaches;
				}),
		),
};
