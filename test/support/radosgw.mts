import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../../tools/n8n-server.mjs';
import { run, start, stop } from '../../tools/process.mjs';
import { Trouble } from '../../tools/progress.mjs';

const PROGRAMS = ['monmaptool', 'ceph-mon', 'ceph-osd', 'ceph', 'radosgw', 'radosgw-admin'];
const UP_WITHIN_MS = 90_000;

export interface Keys {
	accessKey: string;
	secretKey: string;
}

/** A real S3 server, and users of it. */
export interface Radosgw {
	endpoint: string;
	/** Makes a user, who may do nothing with the buckets of others. */
	addUser: (name: string) => Promise<Keys>;
	/** Deletes what has expired by the buckets' lifecycle rules, which the server does once a day. */
	expire: () => Promise<void>;
	stop: () => Promise<void>;
}

/** One process of each kind, without passwords between them, all data in memory. */
const configuration = (
	folder: string,
	monitor: string,
	port: number,
	daySeconds: number,
) => `[global]
fsid = ${randomUUID()}
mon initial members = a
mon host = ${monitor}
public addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
ms client mode = crc
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd crush chooseleaf type = 0
mon allow pool size one = true
mon data avail crit = 1
mon data avail warn = 2
osd objectstore = memstore
memstore device bytes = 1073741824
run dir = ${folder}
admin socket = ${folder}/$name.asok
log file = ${folder}/$name.log
pid file = ${folder}/$name.pid
[mon.a]
mon data = ${folder}/mon
[osd.0]
osd data = ${folder}/osd
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${port}
rgw data = ${folder}/rgw
rgw lc debug interval = ${daySeconds}
`;

/**
 * Starts Ceph's S3 gateway over one store in memory, on 127.0.0.1.
 *
 * @param hostNames names by which it is asked, too: in the path or, with a dot behind, before them stands the bucket
 * @param daySeconds how long a day of lifecycle rules takes; 0 = a day
 * @throws Trouble that says what to install where it is missing
 */
export async function startRadosgw({
	hostNames = [],
	daySeconds = 0,
}: { hostNames?: readonly string[]; daySeconds?: number } = {}): Promise<Radosgw> {
	const missing = PROGRAMS.filter((name) => spawnSync('which', [name]).status !== 0);
	if (missing.length > 0) {
		throw new Trouble(
			`A real S3 server takes ${missing.join(', ')} (Debian: apt-get install --no-install-recommends ceph-mon ceph-osd radosgw ceph-common).`,
		);
	}
	const folder = mkdtempSync(join(tmpdir(), 'agora-radosgw-'));
	for (const name of ['mon', 'osd', 'rgw']) mkdirSync(join(folder, name));
	const [newer, older, port] = [await freePort(), await freePort(), await freePort()];
	const monitor = `[v2:127.0.0.1:${newer}/0,v1:127.0.0.1:${older}/0]`;
	const settings = join(folder, 'ceph.conf');
	writeFileSync(settings, configuration(folder, monitor, port, daySeconds));
	const must = async (program: string, ...args: string[]) => {
		const { code, output } = await run('timeout', ['60', program, '-c', settings, ...args]);
		if (code !== 0) throw new Trouble(`${program} ended with ${code}.`, output);
		return output;
	};
	const children: Array<ReturnType<typeof start>> = [];
	const serve = (program: string, ...args: string[]) =>
		children.push(start(program, ['-c', settings, '-f', ...args], { output: 'pipe' }));
	const end = async () => {
		await Promise.all(children.map(stop));
		rmSync(folder, { recursive: true, force: true });
	};
	try {
		const map = join(folder, 'monmap');
		const addresses = ['--addv', 'a', monitor.replaceAll('/0', '')];
		const release = ['--set-min-mon-release', '16'];
		const fsid = (await must('ceph-conf', '--lookup', 'fsid')).trim();
		await run('monmaptool', ['--create', ...addresses, '--fsid', fsid, ...release, map]);
		await must('ceph-mon', '-i', 'a', '--mkfs', '--monmap', map);
		serve('ceph-mon', '-i', 'a');
		const store = randomUUID();
		await must('ceph', 'osd', 'new', store);
		await must('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', store);
		serve('ceph-osd', '-i', '0');
		if (hostNames.length > 0) {
			const admin = async (...args: string[]) =>
				await must('radosgw-admin', '-n', 'client.rgw', ...args);
			// The first question about users makes the zones.
			await admin('user', 'list');
			const zones = ['--rgw-zonegroup=default', 'zonegroup'];
			const group = JSON.parse(await admin(...zones, 'get')) as object;
			const file = join(folder, 'zonegroup.json');
			writeFileSync(file, JSON.stringify({ ...group, hostnames: hostNames }));
			await admin(...zones, 'set', `--infile=${file}`);
		}
		serve('radosgw', '-n', 'client.rgw');
		await answers(`http://127.0.0.1:${port}/`);
	} catch (error) {
		await end();
		throw error;
	}
	return {
		endpoint: `http://127.0.0.1:${port}`,
		async addUser(name) {
			const keys = { accessKey: `AK${name.toUpperCase()}`, secretKey: randomUUID() };
			await must(
				'radosgw-admin',
				...['-n', 'client.rgw', 'user', 'create', `--uid=${name}`, `--display-name=${name}`],
				...[`--access-key=${keys.accessKey}`, `--secret=${keys.secretKey}`],
			);
			return keys;
		},
		async expire() {
			await must('radosgw-admin', '-n', 'client.rgw', 'lc', 'process');
		},
		stop: end,
	};
}

/** Waits until somebody answers there. */
async function answers(url: string): Promise<void> {
	const deadline = Date.now() + UP_WITHIN_MS;
	for (;;) {
		try {
			await fetch(url, { signal: AbortSignal.timeout(2_000) });
			return;
		} catch {
			if (Date.now() > deadline) throw new Trouble('The S3 server does not answer.');
			await sleep(300);
		}
	}
}
