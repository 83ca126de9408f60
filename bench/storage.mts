/**
 * `npm run bench:storage`: links a second, Get Many of 10,000 objects and Get Playlist of 2,400 slices,
 * by this package and by the AWS SDK, before the same real S3 server (Ceph's radosgw), in one run. Prints a
 * table, then everything as JSON.
 */
import { availableParallelism, cpus } from 'node:os';
import { ensureJudges } from '../tools/judges.mjs';
import { npm } from '../tools/npm.mjs';
import { run } from '../tools/process.mjs';
import { runProgram } from '../tools/program.mjs';
import { step, Trouble } from '../tools/progress.mjs';
import { node24, root } from '../tools/setup.mjs';
import { privateBucket } from '../test/support/s3.mts';
import { stamp } from '../test/support/recordings.mts';
import {
	CONTESTANTS,
	LINKS,
	TASKS,
	type Contestant,
	type Place,
	type Task,
} from './storage/plan.mts';

const OBJECTS = 10_000;
const SLICES = 2_400;
const START = Date.UTC(2026, 8, 27, 12);
const REPEATS = 5;
const FOLDER = 'bench/';
const BUCKET = 'bench';
const SIDS = { list: '1'.repeat(32), playlist: '2'.repeat(32) };
/** Requests at a time while the bucket is filled. */
const AT_A_TIME = 30;

interface Figures {
	contestant: Contestant;
	task: Task;
	made: number;
	/** Median of the runs. */
	seconds: number;
	/** Megabytes above what the process had before, at most. */
	memory: number;
}

const sliceOf = (sid: string, index: number) => `${sid}_c_${stamp(START + index * 15_000)}.ts`;

/** Names and contents of what is stored. */
function* objects(): Generator<[key: string, body: string]> {
	for (let index = 0; index < OBJECTS; index++) {
		yield [`${FOLDER}${sliceOf(SIDS.list, index)}`, 'slice'];
	}
	const lines = ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:15'];
	for (let index = 0; index < SLICES; index++) {
		const name = sliceOf(SIDS.playlist, index);
		lines.push('#EXTINF:15.000000', name);
		yield [`${FOLDER}${name}`, 'slice'];
	}
	yield [`${FOLDER}${SIDS.playlist}_c.m3u8`, [...lines, '#EXT-X-ENDLIST'].join('\n')];
}

async function measured(contestant: Contestant, task: Task, place: Place): Promise<Figures> {
	const settings = JSON.stringify({ contestant, task, place, repeats: REPEATS });
	const program = ['bench/storage/contestant.mts', settings];
	const { code, output } = await run(
		node24,
		['--expose-gc', '--import', './tools/before-n8n-core.mjs', ...program],
		{ cwd: root, env: { ...process.env, N8N_LOG_LEVEL: 'silent' } },
	);
	const line = output.split('\n').find((text) => text.startsWith('{"contestant"'));
	if (code !== 0 || line === undefined) throw new Trouble(`${contestant}: ${task}`, output);
	return JSON.parse(line) as Figures;
}

runProgram(async () => {
	await step('Build', () => npm('The build', root, ['run', 'build']));
	await ensureJudges();
	const bucket = await step('Start the S3 server', () => privateBucket(BUCKET, 'bench'));
	try {
		await step(`Store ${OBJECTS + SLICES + 1} objects`, async () => {
			const queue = objects();
			const worker = async () => {
				for (const [key, body] of queue) await bucket.put(key, body);
			};
			await Promise.all(Array.from({ length: AT_A_TIME }, worker));
		});
		const { accessKey, secretKey } = bucket.keys.reader;
		const { endpoint } = bucket.server;
		const place = { endpoint, bucket: BUCKET, accessKey, secretKey, prefix: FOLDER, sids: SIDS };
		const figures: Figures[] = [];
		for (const task of TASKS) {
			for (const contestant of CONTESTANTS) {
				const measure = () => measured(contestant, task, place);
				figures.push(await step(`${contestant}: ${task}`, measure));
			}
		}
		const rows = TASKS.map((task) => {
			const [ours, sdk] = CONTESTANTS.map((name) =>
				figures.find((one) => one.task === task && one.contestant === name),
			);
			if (!ours || !sdk || ours.made !== sdk.made) {
				throw new Trouble(`${task}: not the same work was done.`, JSON.stringify([ours, sdk]));
			}
			return {
				task,
				links: ours.made,
				'package s': Number(ours.seconds.toFixed(3)),
				'SDK s': Number(sdk.seconds.toFixed(3)),
				'links/s': Math.round(ours.made / ours.seconds),
				'SDK links/s': Math.round(sdk.made / sdk.seconds),
				'time ratio': Number((ours.seconds / sdk.seconds).toFixed(2)),
				'package MB': Math.round(ours.memory),
				'SDK MB': Math.round(sdk.memory),
			};
		});
		const machine = `${availableParallelism()} × ${cpus()[0].model}`;
		console.log(
			`\nOn ${machine}, median of ${REPEATS}. links: ${LINKS} signatures alone; list: File → Get Many of ${OBJECTS} objects; playlist: Get Playlist of ${SLICES} slices`,
		);
		console.log(
			'Goals: 5 times as many links a second; list at most 1.2 times as long; playlist a third',
		);
		console.table(rows);
		console.log(JSON.stringify({ machine, figures }, null, 2));
		return 0;
	} finally {
		await bucket.server.stop();
	}
});
