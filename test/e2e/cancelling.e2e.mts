/**
 * A real n8n runs Start; while the recording is verified, the execution is
 * cancelled through n8n's REST API. The recording must then be stopped, within seconds.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { ourNode, TRIGGER, workflowOf } from '../../bench/contestants.mts';
import { openStage, type Sent } from '../../bench/stage.mts';
import { runProgram } from '../../tools/program.mjs';
import { Trouble } from '../../tools/progress.mjs';

const WITHIN_MS = 10_000;
/** Until the first query, 5 s after the start; the cancelling falls before it, or between two. */
const MOMENTS_MS = [1000, 7000];

interface Recording {
	cname: string;
	sid: string;
	ended?: { cause: string };
}

runProgram(async () => {
	const stage = await openStage(50);
	// Not seen to run for two minutes: the verification goes on until it is cancelled.
	await stage.control('POST', '/config', { statusStepMs: 40_000 });
	const credentialIds = { agora: await stage.agoraCredential(10), basic: '' };
	const failures: string[] = [];
	for (const [i, moment] of MOMENTS_MS.entries()) {
		const prefix = `cancelled${i}`;
		const task = { items: 3, prefix, simulatorUrl: stage.simulatorUrl, credentialIds };
		const workflow = await stage.rest.createWorkflow(workflowOf(ourNode(true), task));
		const recordings = async () =>
			(await stage.control<Recording[]>('GET', '/recordings')).filter(({ cname }) =>
				cname.startsWith(prefix),
			);
		const id = await stage.rest.runWorkflow(workflow, TRIGGER);
		await until(async () => (await recordings()).length === task.items);
		await sleep(moment);
		const before = (await recordings()).filter(({ ended }) => !ended).length;
		const cancelledAt = Date.now();
		await stage.rest.call('POST', `/executions/${id}/stop`);
		const stopped = await until(async () =>
			(await recordings()).every(({ ended }) => ended?.cause === 'stop'),
		);
		const took = Date.now() - cancelledAt;
		await sleep(2000);
		const sent = await stage.control<Sent[]>('GET', '/requests');
		const late = sent.filter(
			({ operation, cname, arrivedAt }) =>
				operation === 'query' && cname?.startsWith(prefix) && arrivedAt > cancelledAt + 1000,
		);
		const { status } = await stage.ended(id);
		console.log(
			`cancelled ${moment} ms after start: ${before} ran, ${stopped ? `all stopped after ${took} ms` : 'NOT all stopped'}, execution ${status}, later queries ${late.length}`,
		);
		if (!stopped || before !== task.items || late.length > 0) failures.push(prefix);
	}
	if (failures.length > 0) throw new Trouble(`Recordings were left running: ${failures.join()}`);
	return 0;
});

/** Whether it comes true in time. */
async function until(isSo: () => Promise<boolean>): Promise<boolean> {
	const deadline = Date.now() + WITHIN_MS;
	while (Date.now() < deadline) {
		if (await isSo()) return true;
		await sleep(100);
	}
	return false;
}
