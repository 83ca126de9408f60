import assert from 'node:assert/strict';
import { AMAZON_S3, itemsOf, type Stage } from './stage.mts';

const TRIGGER = 'When Clicking Execute';
const [MAIN, BACKUP] = ['900001', '900002'];

/** All is well; the main recording does not start; it breaks in the middle. The backup never minds. */
export default async function mainAndBackup(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator({ clock: { speed: 10 } });
	const { control } = simulator;
	const agoraApi = await stage.agoraCredential(simulator, AMAZON_S3);
	const record = async (channelName: string) => {
		const workflow = await stage.importExample(
			{ agoraApi },
			{
				'Start Main': { channelName },
				'Start Backup': { channelName },
				'During the Lesson': { amount: 3, unit: 'seconds' },
				'Stop Both': { options: { retryWhileNotFound: 1 } },
			},
		);
		const execution = await stage.run(workflow, TRIGGER);
		assert.equal(execution.status, 'success', execution.error);
		return itemsOf(execution, 'Which Files Exist');
	};
	control.addFault({
		match: { operation: 'acquire', cname: 'refused', uid: MAIN },
		times: null,
		fault: { kind: 'error', error: 'acquire.405' },
	});
	const breakMain = async () => {
		const [main] = await stage.eventually('both recordings of `broken`', () => {
			const both = control.recordings().filter(({ cname }) => cname === 'broken');
			return both.length === 2 && both;
		});
		assert.equal(main.uid, MAIN);
		control.kill(main.sid);
	};

	const [well, refused, broken] = await Promise.all([
		record('well'),
		record('refused'),
		record('broken'),
		breakMain(),
	]);
	const outcomes = (items: typeof well) =>
		items.map(({ recording, outcome }) => [recording, outcome]);
	assert.deepEqual(outcomes(well), [
		['main', 'stopped'],
		['backup', 'stopped'],
	]);
	assert.deepEqual(outcomes(refused), [['backup', 'stopped']]);
	assert.deepEqual(outcomes(broken), [
		['main', 'notFound'],
		['backup', 'stopped'],
	]);
	for (const [channel, items] of Object.entries({ well, refused, broken })) {
		const backup = control
			.recordings()
			.find(({ cname, uid }) => cname === channel && uid === BACKUP);
		assert.ok(backup);
		const place = `my-backup-bucket/backup/${backup.sid}_${channel}`;
		assert.deepEqual(items.at(-1)?.files, [`${place}_0.mp4`, `${place}.m3u8`]);
	}
	assert.deepEqual(broken[0].files, []);
	assert.equal((well[0].files as string[]).length, 2);
	assert.ok((well[0].files as string[]).every((file) => file.startsWith('example-bucket/main/')));

	// Two regions of the world: each near its bucket, and the backup away from the main recording.
	const acquired = control
		.resources()
		.filter(({ cname }) => cname === 'well')
		.map(({ uid, resourceId }) => {
			const { body } =
				control
					.requests()
					.find(
						(entry) => entry.operation === 'acquire' && entry.cname === 'well' && entry.uid === uid,
					) ?? {};
			const { region, excludeResourceIds } = (body as { clientRequest: Record<string, unknown> })
				.clientRequest;
			return { uid, resourceId, region, excludeResourceIds };
		});
	assert.deepEqual(
		acquired.map(({ uid, region, excludeResourceIds }) => [uid, region, excludeResourceIds]),
		[
			[MAIN, 'EU', undefined],
			[BACKUP, 'NA', [acquired[0].resourceId]],
		],
	);
	assert.deepEqual(
		control.recordings().filter(({ ended }) => ended === undefined),
		[],
	);
}
