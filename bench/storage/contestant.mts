/** One contestant at one task, alone in a process: prints its figures as JSON. */
import type { Contestant, Place, Task } from './plan.mts';
import { packageTask, sdkTask } from './tasks.mts';

const { contestant, task, place, repeats } = JSON.parse(process.argv[2] ?? '{}') as {
	contestant: Contestant;
	task: Task;
	place: Place;
	repeats: number;
};
const work = await (contestant === 'package' ? packageTask : sdkTask)(task, place);
const seconds: number[] = [];
let made = 0;
// Nobody is to pay for the first run of a program.
await work();
globalThis.gc?.();
const before = process.memoryUsage().rss;
let peak = before;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 5);
for (let i = 0; i < repeats; i++) {
	const startedAt = performance.now();
	made = await work();
	seconds.push((performance.now() - startedAt) / 1000);
	peak = Math.max(peak, process.memoryUsage().rss);
}
clearInterval(watch);
seconds.sort((a, b) => a - b);
console.log(
	JSON.stringify({
		contestant,
		task,
		made,
		seconds: seconds[Math.floor(seconds.length / 2)],
		memory: (peak - before) / 1e6,
	}),
);
process.exit(0);
