import { NodeOperationError } from 'n8n-workflow';
import { Cancelled } from '../../process/clock';
import { StorageProblem, type StorageProblemKind } from '../../storage/problems';

/** What came of a check. */
export interface Finding {
	/** Null where nobody can know from here, or where there is nothing to check. */
	ok: boolean | null;
	found: string;
	/** '' where there is nothing to do. */
	whatToDo: string;
}

export const right = (found: string, whatToDo = ''): Finding => ({ ok: true, found, whatToDo });
export const wrong = (found: string, whatToDo: string): Finding => ({
	ok: false,
	found,
	whatToDo,
});
export const notKnown = (found: string, whatToDo = ''): Finding => ({
	ok: null,
	found,
	whatToDo,
});

/** Problems that say nothing of what is set up: they may pass by themselves. */
const PASSING: readonly StorageProblemKind[] = ['busy', 'noObject'];

/** What is missing, from a message that says behind a colon what to fill in. */
export function lacking(message: string): Finding {
	const [found, advice] = message.split(/: (.*)/);
	return wrong(`${found}.`, advice ? `${advice[0].toUpperCase()}${advice.slice(1)}.` : '');
}

/** A problem as a finding. The texts of errors have no full stop at their end. */
export function findingOf(problem: unknown): Finding {
	if (problem instanceof StorageProblem) {
		const { kind, message, whatToDo } = problem;
		return PASSING.includes(kind) ? notKnown(message, whatToDo) : wrong(message, whatToDo);
	}
	if (!(problem instanceof NodeOperationError)) {
		const reason = problem instanceof Error ? `: ${problem.message}` : '';
		return notKnown(`The check itself failed${reason}.`);
	}
	return problem.description
		? wrong(`${problem.message}.`, problem.description)
		: lacking(problem.message);
}

/** What came of a check, whatever was in its way. @throws Cancelled */
export const survived = async (check: () => Promise<Finding>): Promise<Finding> =>
	await check().catch(async (problem: unknown) =>
		problem instanceof Cancelled ? await Promise.reject(problem) : findingOf(problem),
	);
