/**
 * The program behind `npm run test:soak`: many items and notifications through one n8n, and what is left
 * of them afterwards in memory, handles and time. The package must be built.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { EXAMPLE_ACCOUNT, startSimulator } from '../../simulator/index.mts';
import { median } from '../../bench/load.mts';
import { parseJson } from '../../tools/json.mjs';
import { freePort } from '../../tools/n8n-server.mjs';
import { runProgram } from '../../tools/program.mjs';
import { step, Trouble } from '../../tools/progress.mjs';
import { root } from '../../tools/setup.mjs';
import { startRealN8n } from '../support/realN8n.mts';
import { conclude, counted, machine, none, type Rule } from './report.mts';
import { runRound, SECRET, type Round } from './soak/load.mts';
import type { Weighed } from './soak/probe.mts';
import { ofN8nAlone, ofThePackage, type Subject } from './soak/workflows.mts';

const HELP = `npm run test:soak -- [options]

  --items <n>     recordings to make and stop, in all (default 20000)
  --notices <n>   notifications beside them (default 50000)
  --round <n>     items of a round; the first one is the warm-up (default 1000)
  --idle <s>      rest before n8n is weighed, in seconds (default 30)
  --control       the same with n8n's own nodes in an n8n beside it, to tell n8n's growth from ours`;

const { values } = parseArgs({
	options: {
		items: { type: 'string', default: '20000' },
		notices: { type: 'string', default: '50000' },
		round: { type: 'string', default: '1000' },
		idle: { type: 'string', default: '30' },
		control: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

/** How much may be left, and how much slower the last items may be. */
const TENTH = 1.1;
/** An App ID is given more than n8n can ask for. */
const REQUESTS_PER_SECOND = 1000;
const inMb = (bytes: number) => Math.round(bytes / 1e5) / 10;
const rounded = (value: number) => Math.round(100 * value) / 100;

const [ITEMS, NOTICES, ITEMS_OF_ROUND, IDLE_S] = [
	values.items,
	values.notices,
	values.round,
	values.idle,
].map(Number);
const ROUNDS = Math.round(ITEMS / ITEMS_OF_ROUND);
const NOTICES_OF_ROUND = Math.round(NOTICES / ROUNDS);

/** An n8n and the simulator that it works with, both new. */
async function openSubject(make: 'package' | 'n8n alone') {
	const simulator = await startSimulator({
		...{ requestsPerSecond: null, statusStepMs: 0, pcw: { recording: 10_000, web: 10_000 } },
	});
	const probePort = await freePort();
	const probe = join(root, 'test', 'scale', 'soak', 'probe.mts');
	const n8n = await startRealN8n({
		NODE_OPTIONS: `--expose-gc --import ${probe} --disable-warning=ExperimentalWarning`,
		SOAK_PROBE_PORT: String(probePort),
	});
	const { customerId, customerSecret, apps } = EXAMPLE_ACCOUNT;
	const agora = await n8n.rest.createCredential({
		name: 'Agora',
		type: 'agoraApi',
		data: {
			...{ customerId, customerSecret, appId: apps[0].appId },
			...{ advanced: true, apiDomain: 'custom', baseUrl: simulator.url },
			requestsPerSecond: REQUESTS_PER_SECOND,
			...{ storageVendor: 'amazonS3', storageRegion: 'eu-central-1', storageBucket: 'soak' },
			...{ storageAccessKey: 'example-write-key', storageSecretKey: 'example-write-secret' },
			...{ receiveNotifications: true, notificationSecret: SECRET },
		},
	});
	const basic = await n8n.rest.createCredential({
		name: 'Agora REST',
		type: 'httpBasicAuth',
		data: { user: customerId, password: customerSecret },
	});
	const subject: Subject =
		make === 'package'
			? ofThePackage({ agora, basic })
			: ofN8nAlone({ agora, basic }, simulator.url, apps[0].appId);
	for (const { path, workflow } of Object.values(subject) as Subject['record'][]) {
		await n8n.activate(workflow);
		await n8n.reachable(`${n8n.url}/webhook/${path}`);
	}
	const target = {
		record: `${n8n.url}/webhook/${subject.record.path}`,
		hear: `${n8n.url}/webhook/${subject.hear.path}`,
		tells: make === 'package',
	};

	/** Processor milliseconds that n8n has used so far. */
	const cpuMs = (): number => {
		const stat = readFileSync(`/proc/${n8n.pid}/stat`, 'utf8');
		const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
		return 10 * (Number(fields[11]) + Number(fields[12]));
	};
	const weigh = async (how: '' | 'forget' = ''): Promise<Weighed & { files: number }> => {
		const response = await fetch(`http://127.0.0.1:${probePort}/${how}`);
		const weighed = parseJson(await response.text()) as Weighed;
		return { ...weighed, files: readdirSync(`/proc/${n8n.pid}/fd`).length };
	};

	return {
		name: make,
		version: n8n.version,
		weigh,
		log: n8n.log,
		/** A round, from an empty simulator on, so that the simulator is as fast in the end as it was. */
		async round(number: number) {
			simulator.control.reset();
			const cpuBefore = cpuMs();
			const round = await runRound(target, String(number), ITEMS_OF_ROUND, NOTICES_OF_ROUND);
			const ended = simulator.control.recordings().map(({ ended }) => ended?.cause ?? 'running');
			const { heap, rss, resources } = await weigh();
			return {
				...{ ...round, ended: counted(ended), itemMs: median(round.itemTimes) },
				cpuMs: cpuMs() - cpuBefore,
				...{ heap, rss, resources: resources.length },
			};
		},
		async stop() {
			await n8n.stop();
			await simulator.close();
		},
	};
}

type OpenSubject = Awaited<ReturnType<typeof openSubject>>;

/** All rounds, weighed after the first and the last. */
async function soak(subject: OpenSubject) {
	const rounds: Awaited<ReturnType<OpenSubject['round']>>[] = [];
	let warm: Awaited<ReturnType<OpenSubject['weigh']>> | undefined;
	for (let number = 1; number <= ROUNDS; number++) {
		const round = await step(
			`${subject.name}: round ${number} of ${ROUNDS}`,
			() => subject.round(number),
			({ itemMs, heap, rss }) =>
				`${rounded(itemMs)} ms an item, ${inMb(heap)} MB heap, ${inMb(rss)} MB in all`,
		);
		rounds.push(round);
		if (number === 1) {
			await sleep(IDLE_S * 1000);
			warm = await subject.weigh();
		}
	}
	await sleep(IDLE_S * 1000);
	const cold = await subject.weigh();
	const forgotten = await subject.weigh('forget');
	if (!warm) throw new Trouble('There was no round.');
	return { rounds, warm, cold, forgotten };
}

type Soaked = Awaited<ReturnType<typeof soak>>;

function figuresOf({ rounds, warm, cold, forgotten }: Soaked) {
	const weighed = ({ heap, external, rss, resources, entries, files }: Soaked['warm']) => ({
		...{ heapMb: inMb(heap), externalMb: inMb(external), rssMb: inMb(rss) },
		...{ openFiles: files, handles: resources.length, kinds: counted(resources) },
		...(Object.keys(entries).length > 0 && { remembered: entries }),
	});
	const [, second] = rounds;
	const last = rounds[rounds.length - 1];
	const told = (round: typeof last | undefined) =>
		round && {
			medianItemMs: rounded(round.itemMs),
			cpuMsOfRound: round.cpuMs,
		};
	return {
		items: rounds.reduce((sum, { items }) => sum + items, 0),
		notices: rounds.reduce((sum, { notices }) => sum + notices, 0),
		afterWarmUp: weighed(warm),
		afterwards: weighed(cold),
		heldByTheMemoriesMb: inMb(cold.heap - forgotten.heap),
		heapRatio: rounded(cold.heap / warm.heap),
		secondRound: told(second),
		lastRound: told(last),
		itemTimeRatio: second && rounded(last.itemMs / second.itemMs),
		cpuRatio: second && rounded(last.cpuMs / second.cpuMs),
		byRound: rounds.map(({ itemMs, cpuMs, heap, rss, resources }) => ({
			...{ itemMs: rounded(itemMs), cpuMs, heapMb: inMb(heap), rssMb: inMb(rss), resources },
		})),
	};
}

function rulesOf(soaked: Soaked, control: Soaked | undefined): Rule[] {
	const { rounds, warm, cold } = soaked;
	const [, second] = rounds;
	const last = rounds[rounds.length - 1];
	const ofN8n = control ? Math.max(0, control.cold.heap - control.warm.heap) : 0;
	const byN8n = control ? `, ${inMb(ofN8n)} MB of it as n8n alone grows` : '';
	const allRight = (round: Round & { ended: Record<string, number> }) =>
		round.failed.length === 0 && round.ended.stop === round.items;
	const wrongRounds = rounds.filter((round) => !allRight(round));
	const wrongAnswers = rounds.flatMap((round) => Object.entries(round.wrongAnswers));
	const { entries } = cold;
	const rules: Rule[] = [
		none(
			'Every recording is made and stopped',
			wrongRounds.map(({ ended, failed }) => ({ ended, failed: failed.slice(0, 2) })),
		),
		none('Every notification is answered as it should be', wrongAnswers),
		{
			rule: 'Memory is back to within a tenth of what it was after the warm-up',
			holds: cold.heap - ofN8n <= TENTH * warm.heap,
			found: `${inMb(warm.heap)} MB, then ${inMb(cold.heap)} MB${byN8n}`,
		},
		{
			rule: 'Handles and open files are back to within a tenth',
			holds:
				cold.resources.length <= TENTH * warm.resources.length && cold.files <= TENTH * warm.files,
			found: `${warm.resources.length} handles and ${warm.files} files, then ${cold.resources.length} and ${cold.files}`,
		},
	];
	if (Object.keys(entries).length === 0) throw new Trouble('The probe saw no memory of the node.');
	if (second && second !== last) {
		rules.push({
			rule: 'The last round takes no more than a tenth longer for an item than the second',
			holds: last.itemMs <= TENTH * second.itemMs,
			found: `${rounded(second.itemMs)} ms, then ${rounded(last.itemMs)} ms`,
		});
	}
	return rules;
}

async function main(): Promise<number> {
	if (values.help) {
		console.log(HELP);
		return 0;
	}
	const beganAt = Date.now();
	const before = machine();
	const names = values.control ? (['package', 'n8n alone'] as const) : (['package'] as const);
	const subjects: OpenSubject[] = [];
	for (const name of names)
		subjects.push(await step(`Start n8n: ${name}`, () => openSubject(name)));
	// Side by side, so that whatever slows the machine slows both.
	const [soaked, control] = (await Promise.all(subjects.map(soak))) as [Soaked, Soaked?];
	const [{ version }] = subjects;
	await Promise.all(subjects.map((subject) => subject.stop()));
	return conclude(
		'soak',
		beganAt,
		{
			machine: { ...before, n8n: version, database: 'SQLite' },
			package: figuresOf(soaked),
			...(control && { n8nAlone: figuresOf(control) }),
		},
		rulesOf(soaked, control),
	);
}

runProgram(main);
