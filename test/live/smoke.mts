import { Trouble } from '../../tools/progress.mjs';
import { createHost, loadPackage } from '../support/host.mts';
import { Life, textOf } from './life.mts';
import { Reporter } from './report/reporter.mts';
import { COSTS, readSettings, wantsReport } from './settings.mjs';

/** The program behind `npm run smoke:live`: signals, deadline and exit code. */

const REPORT_BEGINS = '-----8<-----';
const REPORT_ENDS = '----->8-----';
const INTERRUPTED = 130;
/** npm and the terminal each tell of the same Ctrl+C. */
const SAME_SIGNAL_MS = 2_000;

const settings = readSettings(process.env);
console.log(`${COSTS}\n`);

const interruption = new AbortController();
let interruptedAt = Infinity;
function interrupt(why: string): void {
	interruptedAt = Math.min(interruptedAt, Date.now());
	if (interruption.signal.aborted) return;
	console.log(`\n${why} Stopping what was started; Ctrl+C gives up.`);
	interruption.abort(new Trouble(why));
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(signal, () => {
		if (Date.now() - interruptedAt > SAME_SIGNAL_MS) giveUp();
		interrupt('Interrupted.');
	});
}
process.on('uncaughtException', (error) => interrupt(`${error.message}.`));
// A terminal that was closed is no reason to leave a recording running.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
const deadline = setTimeout(() => interrupt('It takes too long.'), settings.deadlineMs);

const { runNode } = createHost(await loadPackage());
const reporter = wantsReport(process.argv.slice(2))
	? new Reporter(settings, interruption.signal)
	: undefined;
const life = new Life(runNode, settings, interruption.signal, reporter);

/** The user does not want to wait for the stop. */
function giveUp(): never {
	console.error(life.byHand() ?? 'Nothing runs that we know of.');
	process.exit(INTERRUPTED);
}

try {
	await reporter?.open();
	await life.live();
	console.log('\nAll well: started, seen to run, changed and stopped.');
} catch (error) {
	const { signal } = interruption;
	const problem = textOf(signal.aborted ? signal.reason : error);
	if (reporter) reporter.observed.problem = problem;
	console.error(`\n${problem}`);
	process.exitCode = signal.aborted ? INTERRUPTED : 1;
} finally {
	clearTimeout(deadline);
	const help = life.byHand();
	if (help) console.error(`\n${help}`);
	if (reporter) {
		const page = 'https://github.com/agora-cloud-recording/n8n-nodes-agora-cloud-recording/issues';
		console.log(`\nThe report, without secrets. Please paste it into an issue: ${page}/new/choose`);
		console.log(`\n${REPORT_BEGINS}\n${reporter.close()}${REPORT_ENDS}`);
	}
}
// n8n-core keeps timers of its own.
process.exit();
