import type { Books, Passed } from './stage.mts';

/** How long a copy waits for another, and how late the end of that may be seen, in milliseconds. */
const LONGEST_WAIT = 7_100;
const LATEST_LOOK = 1_100;
/** After this long a claim does not hold others back any more. */
const LONGEST_CLAIM = 120_000;

const isGenuine = ({ sender }: Passed) => sender === 'agora' || sender === 'redundant';

/** Whether n8n had a notice in its hands just before a moment. */
function isInHands({ storage }: Passed, at: number): boolean {
	if (!storage || storage.began > at) return false;
	const end = storage.answered ?? storage.began + LONGEST_CLAIM;
	return end >= at - LATEST_LOOK;
}

/** What is wrong with one delivery; undefined if nothing is. */
function faultOf(one: Passed, { wanted, passed }: Books): string | undefined {
	const { name, answer, storage } = one;
	if (!isGenuine(one) && storage) return `${name} was forged and started an execution`;
	if (!wanted[one.notice] && storage) return `${name} was not wanted and started an execution`;
	if (one.killed !== undefined) return undefined;
	if ((storage?.began ?? answer?.at ?? Infinity) - one.at > LONGEST_WAIT) {
		return `${name} waited for more than ${LONGEST_WAIT / 1000} s`;
	}
	if (!answer) {
		return storage && storage.answered === undefined ? undefined : `${name} got no answer`;
	}
	if (answer.status === 503 && answer.reason === 'notHandled') {
		return one.metUnreadable ? undefined : `${name} was not handled for no reason`;
	}
	if (!isGenuine(one)) {
		return answer.status === 401 ? undefined : `${name} was forged and answered ${answer.status}`;
	}
	const others = passed.filter((other) => other !== one && other.notice === one.notice);
	const inProcess = others.filter((other) => other.process === one.process);
	switch (`${answer.status} ${answer.reason ?? ''}`.trim()) {
		case '200':
			return storage?.stored === undefined ? `${name} says started, and nothing is` : undefined;
		case '200 filtered':
			return wanted[one.notice] ? `${name} was wanted and filtered` : undefined;
		case '200 duplicate': {
			const isOne = inProcess.some(({ storage: its }) => (its?.stored ?? Infinity) <= answer.at);
			return isOne ? undefined : `${name} is called a copy of what was never stored`;
		}
		case '503 beingHandled':
			return inProcess.some((other) => isInHands(other, answer.at))
				? undefined
				: `${name} is to wait for another copy, and there is none (a claim is left open)`;
		case '500':
			return storage && storage.stored === undefined
				? undefined
				: `${name} is answered 500 for no reason`;
		default:
			return `${name} is answered ${answer.status} ${answer.reason ?? ''}`;
	}
}

/**
 * Rule 7 of the lives: a notice that passes the filters and is answered 200 has its execution, and one
 * only while the process lives; over a restart two bear the same `dedupKey`. Beside it: what is forged
 * never has one, nothing waits without end, and no claim stays open.
 *
 * @returns what is broken, in words
 */
export function brokenRules(books: Books): string[] {
	const broken = books.passed.flatMap((one) => faultOf(one, books) ?? []);
	const executions = books.passed.filter(({ storage }) => storage?.stored !== undefined);
	for (const notice of books.wanted.keys()) {
		const own = executions.filter((one) => one.notice === notice);
		for (const process of new Set(own.map((one) => one.process))) {
			const { length } = own.filter((one) => one.process === process);
			if (length > 1) broken.push(`notice ${notice + 1} has ${length} executions in one process`);
		}
		const keys = new Set(own.map(({ storage }) => storage?.dedupKey));
		if (keys.size > 1) broken.push(`notice ${notice + 1} has several dedupKeys`);
		if (books.wanted[notice] && own.length === 0) broken.push(`notice ${notice + 1} is lost`);
	}
	const keys = new Map(executions.map(({ storage, notice }) => [storage?.dedupKey, notice]));
	if (keys.size < new Set(executions.map(({ notice }) => notice)).size) {
		broken.push('two notices have the same dedupKey');
	}
	return broken;
}
