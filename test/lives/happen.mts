import type { Simulator } from '../../simulator/index.mts';
import { revokedKeysOf } from './account.mts';
import { pageOf } from './books.mts';
import { CHANNELS, type Happening, type Life } from './life.mts';
import type { Execution } from './stage.mts';
import { storageOf } from './storageWire.mts';

/**
 * Does to a life what happens beside the workflow.
 *
 * @param executions all that were begun, the main one first
 * @param begin begins another one in one of the processes
 * @returns whether there was anything that it could happen to
 */
export function carryOut(
	life: Life,
	happening: Happening,
	simulator: Simulator,
	executions: readonly Execution[],
	begin: (name: string, process: number) => void,
): boolean {
	const { control } = simulator;
	const [main] = executions;
	const alive = (channel: number) =>
		pageOf(control).filter(({ cname, running }) => running && cname === CHANNELS[channel]);
	switch (happening.what) {
		case 'cancel':
			if (main.told) return false;
			main.cancel();
			return true;
		case 'kill': {
			// All that runs in the same process goes down with it.
			const killed = executions.filter(
				({ finished, dead, process }) => !finished && !dead && process === main.process,
			);
			killed.forEach((execution) => execution.kill());
			return killed.length > 0;
		}
		case 'dies': {
			const { abnormal } = happening;
			const found = alive(happening.channel);
			found.forEach(({ sid }) => control.kill(sid, { abnormal }));
			return found.length > 0;
		}
		case 'failover': {
			const found = alive(happening.channel);
			found.forEach(({ sid }) => control.failover(sid, happening.ms));
			return found.length > 0;
		}
		case 'empties':
		case 'fills':
			control.setPublishers(CHANNELS[happening.channel], happening.what === 'empties' ? [] : null);
			return true;
		case 'vanish': {
			const storage = storageOf(simulator);
			const objects = storage.objects();
			objects.forEach(({ bucket, key }) => storage.remove(bucket, key));
			return objects.length > 0;
		}
		case 'revoke':
			for (const key of revokedKeysOf(life)) storageOf(simulator).setKey(key);
			return true;
		case 'other':
			if (main.dead || executions.length > 2) return false;
			begin(`other ${executions.length}`, happening.process === 'same' ? main.process : 1);
			return true;
	}
}
