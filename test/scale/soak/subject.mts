/** An n8n that is kept busy, seen from outside and from inside. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLE_ACCOUNT, startSimulator } from '../../../simulator/index.mts';
import { median } from '../../../bench/load.mts';
import { parseJson } from '../../../tools/json.mjs';
import { freePort } from '../../../tools/n8n-server.mjs';
import { root } from '../../../tools/setup.mjs';
import { startRealN8n } from '../../support/realN8n.mts';
import { counted } from '../report.mts';
import { runRound, SECRET } from './load.mts';
import type { Weighed } from './probe.mts';
import { ofN8nAlone, ofThePackage, type Subject } from './workflows.mts';

/** An App ID is given more than n8n can ask for. */
const REQUESTS_PER_SECOND = 1000;

/** An n8n and the simulator that it works with, both new. */
export async function openSubject(make: 'package' | 'n8n alone') {
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
		async round(number: number, items: number, notices: number) {
			simulator.control.reset();
			const cpuBefore = cpuMs();
			const round = await runRound(target, String(number), items, notices);
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

export type OpenSubject = Awaited<ReturnType<typeof openSubject>>;
type RoundOfSubject = Awaited<ReturnType<OpenSubject['round']>>;
type WeighedSubject = Awaited<ReturnType<OpenSubject['weigh']>>;

/** All rounds, and what n8n weighed, each time after a rest. */
export interface Soaked {
	rounds: RoundOfSubject[];
	/** After the first round. */
	warm: WeighedSubject;
	/** After the last one. */
	cold: WeighedSubject;
	/** After the node's memories were told to forget. */
	forgotten: WeighedSubject;
}
