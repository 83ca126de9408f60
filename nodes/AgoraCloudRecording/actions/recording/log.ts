import type { RecordingIdentity } from '../../agora/identity';
import { clock } from '../../process/clock';
import type { ItemRun } from '../operation';

/**
 * Tells n8n's log of a recording, so that each one that runs can be found and stopped when the
 * process is killed. All of it stands in the text: n8n prints neither time nor metadata unless it is
 * told to. JSON keeps names of channels and workflows in their line.
 *
 * @param what e.g. "starting a recording"
 */
export function logRecording(
	{ context }: Pick<ItemRun, 'context'>,
	level: 'info' | 'warn',
	what: string,
	{ cname, uid, sid, resourceId }: RecordingIdentity,
): void {
	const { id, name } = context.getWorkflow();
	const where = `workflow ${JSON.stringify(name ?? '')} (${id}), execution ${context.getExecutionId()}, node ${JSON.stringify(context.getNode().name)}`;
	const which = [
		`channel ${JSON.stringify(cname)}`,
		`UID ${uid}`,
		sid ? `SID ${sid}` : 'SID unknown',
		resourceId && `resource ID ${resourceId}`,
	];
	const time = new Date(clock.now()).toISOString();
	context.logger[level](
		`${time} Agora Cloud Recording: ${what}: ${which.filter(Boolean).join(', ')} (${where})`,
	);
}
