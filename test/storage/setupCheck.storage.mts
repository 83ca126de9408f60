/** Setup → Check, run in n8n-core before a real S3 server. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { EXAMPLE_ACCOUNT, startSimulator, type Simulator } from '../../simulator/index.mts';
import { createHost, loadPackage, withDefaults } from '../support/host.mts';
import type { Keys } from '../support/radosgw.mts';
import { privateBucket, type PrivateBucket } from '../support/s3.mts';
import { judged } from './outcome.mts';

describe('Setup → Check, with a private bucket', () => {
	let bucket: PrivateBucket;
	let host: ReturnType<typeof createHost>;
	let simulator: Simulator;

	before(async () => {
		bucket = await privateBucket('lessons', 'rec');
		simulator = await startSimulator({ clock: { speed: 0 } });
		host = createHost(await loadPackage());
	});
	after(async () => {
		await simulator?.close();
		await bucket?.server.stop();
	});

	/** What is said of the storage: `ok` by check. */
	async function check(agora: Keys, reader: Keys, fileNamePrefix: string) {
		const { customerId, customerSecret, apps } = EXAMPLE_ACCOUNT;
		const items = await host.runNode({
			credentials: {
				...{ customerId, customerSecret, appId: apps[0].appId },
				...{ advanced: true, apiDomain: 'custom', baseUrl: simulator.url },
				...{ storageVendor: 's3Compatible', storageEndpoint: bucket.server.endpoint },
				...{ storageBucket: 'lessons', readFilesWith: 'readKey' },
				...{ storageAccessKey: agora.accessKey, storageSecretKey: agora.secretKey },
				...{ storageReadAccessKey: reader.accessKey, storageReadSecretKey: reader.secretKey },
			},
			parameters: withDefaults(host.nodeType, {
				...{ resource: 'setup', operation: 'check', fileNamePrefix, writeTestFile: true },
			}),
		});
		const findings = items.map(({ json }) => json as { check: string; ok: boolean | null });
		const ok = Object.fromEntries(findings.map((finding) => [finding.check, finding.ok]));
		const { writeFiles, bucket: listed, readFiles } = ok;
		return { writeFiles, listed, readFiles };
	}

	it('finds that the smallest policies suffice', async () => {
		const { writer, reader } = bucket.keys;
		const found = await check(writer, reader, 'rec');
		assert.deepEqual(found, { writeFiles: true, listed: true, readFiles: true });
		judged('s3Compatible', ['check'], 'radosgw');
	});

	it('finds which key may not do what', async () => {
		const { reader, opener } = bucket.keys;
		assert.deepEqual(await check(reader, opener, 'rec'), {
			...{ writeFiles: false, listed: false, readFiles: null },
		});
		const { writer } = bucket.keys;
		assert.deepEqual(await check(writer, opener, 'rec'), {
			...{ writeFiles: true, listed: false, readFiles: true },
		});
	});

	it('finds that a key is good for another folder alone', async () => {
		const { writer, reader } = bucket.keys;
		assert.deepEqual(await check(writer, reader, 'other'), {
			...{ writeFiles: false, listed: false, readFiles: null },
		});
	});
});
