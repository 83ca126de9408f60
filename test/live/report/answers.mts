import { seconds, type Exchange, type Observed } from './observed.mts';
import { addressesIn, inWords, roleOf, userCountOf, usersIn, valuesOf } from './reading.mts';

/**
 * What a run says to each open question, from what it has seen alone; undefined where it did not show.
 * Made of numbers and words of ours; what Agora said is redacted afterwards.
 */

/** A name that Agora cannot know. */
export const MADE_UP = 'madeUpByUs';
export const SPELLINGS = ['unSubscribe', 'unsubscribe'] as const;
export const isRefused = (exchange: Exchange | undefined) =>
	exchange !== undefined && exchange.status >= 400 && exchange.status < 500;

/**
 * Beside `subscribe…` a known name is refused, alone an unknown one. Where a name that we made up is
 * refused as well, or as little, the answers tell nothing.
 */
export function knownSpelling(observed: Observed): string | undefined {
	const answer = (how: string, name: string) => observed.of(`${how} ${name}`).at(-1);
	const ways = [
		{ how: 'both', known: isRefused },
		{ how: 'alone', known: (exchange: Exchange | undefined) => exchange?.status === 200 },
	];
	const asked = ways.filter(({ how }) => answer(how, MADE_UP) !== undefined).at(-1);
	if (!asked) return undefined;
	const { how, known } = asked;
	const [spelling, ...others] = SPELLINGS.filter((name) => known(answer(how, name)));
	if (known(answer(how, MADE_UP))) return 'Not told: a name that we made up is treated alike';
	if (!spelling) return 'Not told: neither is treated other than a name that we made up';
	return others.length > 0 ? 'Both are known' : `\`${spelling}…\` alone is known`;
}

/** What each of some answers shows: `query: …; stop: …`; undefined where none shows anything. */
function byOperation(
	observed: Observed,
	show: (body: unknown) => string | undefined,
): string | undefined {
	const told = ['query', 'stop'].flatMap((operation) => {
		const shown = observed.of(operation).flatMap(({ body }) => show(body) ?? []);
		return shown.length > 0 ? [`${operation}: ${[...new Set(shown)].join(', then ')}`] : [];
	});
	return told.length > 0 ? told.join('; ') : undefined;
}

/** Unix times of our days: seconds have ten digits, milliseconds thirteen. */
function unitOf(time: unknown): string {
	if (typeof time !== 'number' || time === 0) return 'no time';
	return Math.abs(time) > 1e11 ? 'milliseconds' : 'seconds';
}

export const sliceUnit = (observed: Observed): string | undefined =>
	byOperation(observed, (body) => {
		const [time] = valuesOf(body, 'sliceStartTime');
		return time === undefined ? undefined : unitOf(time);
	});

export const folderInNames = (observed: Observed): string | undefined =>
	byOperation(observed, fileFolder);

function fileFolder(body: unknown): string | undefined {
	const lists = valuesOf(body, 'fileList').filter((list) => typeof list === 'string');
	const names = [...lists, ...valuesOf(body, 'fileName', 'filename')].map(String).filter(Boolean);
	const [first] = names;
	return first && (first.includes('/') ? 'with the folder' : 'without the folder');
}

const numberIn = (value: unknown): string =>
	typeof value === 'number' && Math.abs(value) < 10_000 ? String(value) : `a ${typeof value}`;

/** Statuses in the order in which they were seen, each with the time of the first look. */
export function statuses(observed: Observed): string | undefined {
	const seen: string[] = [];
	let last: string | undefined;
	for (const exchange of observed.of('query')) {
		const [status] = valuesOf(exchange.body, 'status');
		const now = exchange.status === 200 ? `status ${numberIn(status)}` : `HTTP ${exchange.status}`;
		if (now !== last) seen.push(`${now} at ${observed.sinceStart(exchange.answeredAt) ?? '?'}`);
		last = now;
	}
	if (seen.length === 0) return undefined;
	const [before] = observed.of('users before');
	const users = before && usersIn(before);
	const there = users ? `, users before: ${users.all.length}` : '';
	return `${seen.join(', ')} (${observed.of('query').length} looks${there})`;
}

export function recorderListed(observed: Observed): string | undefined {
	const looks = observed.of('users running');
	const uid = observed.recording?.uid ?? '';
	const last = looks.at(-1);
	if (!last || !usersIn(last)) return last && `Not told: ${inWords(last)}`;
	const listed = looks.find((look) => roleOf(uid, look) !== undefined);
	const counts = observed.of('channels running').map((list) => {
		const count = userCountOf(observed.recording?.cname ?? '', list);
		return count === undefined ? 'channel not in the list' : `\`user_count\` ${count}`;
	});
	const users = `${usersIn(last)?.all.length ?? 0} in the list of users`;
	const found = listed
		? `Yes, as ${roleOf(uid, listed)}, seen ${observed.sinceStart(listed.answeredAt) ?? '?'} after Start`
		: `No, not until ${observed.sinceStart(last.answeredAt) ?? '?'} after Start`;
	return [found, users, ...counts.slice(-1)].join('; ');
}

export function recorderGone(observed: Observed): string | undefined {
	const uid = observed.recording?.uid ?? '';
	const stopped = observed.of('stop')[0];
	const looks = observed.of('users over').filter(usersIn);
	const wasListed = observed.of('users running').some((look) => roleOf(uid, look) !== undefined);
	const last = looks.at(-1);
	if (!stopped || !last || !wasListed) return undefined;
	const after = seconds(last.answeredAt - stopped.answeredAt);
	return roleOf(uid, last) === undefined
		? `Gone ${after} after Stop`
		: `Still listed ${after} after Stop`;
}

export function channelMode(observed: Observed): string | undefined {
	const told = (['before', 'running'] as const).flatMap((when) => {
		const users = observed.of(`users ${when}`).map(usersIn).at(-1);
		return users
			? [`${when}: ${users.exists ? `mode ${users.mode ?? '?'}` : 'no such channel'}`]
			: [];
	});
	return told.length > 0 ? told.join('; ') : undefined;
}

export function uidTypes(observed: Observed): string | undefined {
	const all = ['before', 'running'].flatMap((when) =>
		observed.of(`users ${when}`).flatMap((look) => usersIn(look)?.all ?? []),
	);
	const types = [...new Set(all.map((uid) => typeof uid))].sort();
	return types.length > 0 ? `${types.join(' and ')} (${all.length} looked at)` : undefined;
}

export function ipLists(observed: Observed): string | undefined {
	const lists = ['v1', 'v2'].map((version) => observed.of(`ipList ${version}`).at(-1));
	if (lists.every((list) => list === undefined)) return undefined;
	const told = lists.map((list, i) => {
		const addresses = list && addressesIn(list);
		const what = addresses ? `${addresses.length} addresses` : list ? inWords(list) : 'not asked';
		return `\`/v${i + 1}/ncs/ip\`: ${what}`;
	});
	const [one, other] = lists.map((list) => list && addressesIn(list));
	const same = one && other && (String(one) === String(other) ? 'the same' : 'not the same');
	return [...told, same].filter(Boolean).join('; ');
}

/** Notices of this recording; undefined where none came, or nobody listened. */
function noticesOf({ notices, recording }: Observed) {
	const own = notices?.filter(({ sid }) => sid === recording?.sid);
	return own && own.length > 0 ? own : undefined;
}

export function event13(observed: Observed): string | undefined {
	const own = noticesOf(observed);
	if (!own) return undefined;
	const at = (type: number) => own.find(({ eventType }) => eventType === type)?.at;
	const others = own
		.filter(({ eventType }) => eventType !== 13)
		.map((one) => `${one.eventType} at ${observed.sinceStart(one.at) ?? '?'}`);
	const came = at(13);
	const told = came === undefined ? 'No' : `Yes, ${observed.sinceStart(came) ?? '?'} after Start`;
	return others.length > 0 ? `${told}; others: ${others.join(', ')}` : told;
}

export function signed(observed: Observed): string | undefined {
	const { notices = [] } = observed;
	const told = (['sha1', 'sha256'] as const).map((algorithm) => {
		const given = notices.filter((notice) => notice.signed[algorithm] !== null);
		const right = given.filter((notice) => notice.signed[algorithm]);
		return given.length > 0 && `${algorithm}: ${right.length} of ${given.length} fit`;
	});
	return told.filter(Boolean).join('; ') || undefined;
}

export function startCode(observed: Observed): string | undefined {
	const started = observed.of('start').find(({ status }) => status === 200);
	if (!started) return undefined;
	const [code] = valuesOf(started.body, 'code');
	return code === undefined ? 'No' : `Yes, ${numberIn(code)}`;
}

export function afterStop(observed: Observed): string | undefined {
	const told = (['query', 'stop'] as const).flatMap((call) => {
		const [answer] = observed.of(`${call} over`);
		return answer ? [`${call}: ${inWords(answer)}`] : [];
	});
	return told.length > 0 ? told.join('; ') : undefined;
}

export function regionalHosts(observed: Observed): string | undefined {
	const told = observed.exchanges.flatMap(({ purpose, status }) => {
		const [, host] = /^channels at (.+)$/.exec(purpose) ?? [];
		return host ? [`${host}: ${status === 0 ? 'no answer' : `HTTP ${status}`}`] : [];
	});
	return told.length > 0 ? told.join('; ') : undefined;
}
