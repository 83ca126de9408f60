import assert from 'node:assert/strict';
import Fastify from 'fastify';
import { openLessons } from './lessons.mts';
import { AMAZON_S3, type Stage } from './stage.mts';

const TRIGGER = 'Every Hour';
const HOUR_S = 3600;
const PASSWORD = { name: 'Authorization', value: 'Bearer example-password' };
const VENDOR = 1;

const keys = (name: string) => ({
	accessKeyId: `${name}-access-key`,
	secretAccessKey: `${name}-secret-key`,
	sessionToken: `${name}-session-token`,
	expiration: new Date(1000 * (Math.floor(Date.now() / 1000) + 6 * HOUR_S)).toISOString(),
});

/** A server that hands out keys to whoever knows the password. */
async function startKeyServer(issued: ReturnType<typeof keys>) {
	const server = Fastify();
	const asked: string[] = [];
	server.post('/recording-keys', (request, reply) => {
		asked.push(String(request.headers.authorization));
		return reply.code(asked.at(-1) === PASSWORD.value ? 200 : 401).send(issued);
	});
	const url = await server.listen({ port: 0, host: '127.0.0.1' });
	return { url: `${url}/recording-keys`, asked, close: () => server.close() };
}

/** Each recording gets the new keys, and nothing else of its storage changes; one that is lost is named. */
export default async function refreshStsKeys(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator();
	const { control } = simulator;
	const old = keys('old');
	const fresh = keys('new');
	const agoraApi = await stage.agoraCredential(simulator, AMAZON_S3);
	const lessons = await openLessons(stage, agoraApi, {
		Start: {
			fileNamePrefix: 'lessons/today',
			recordingOptions: {
				recorderUid: '900001',
				storageOverrides: { storage: { bucket: 'another-bucket', region: 'eu-central-1' } },
				temporaryKeys: {
					keys: {
						...{ stsAccessKey: old.accessKeyId, stsSecretKey: old.secretAccessKey },
						...{ stsToken: old.sessionToken, stsExpiration: old.expiration },
					},
				},
			},
		},
	});
	const server = await startKeyServer(fresh);
	stage.onEnd(() => server.close());
	const httpHeaderAuth = await stage.credential('httpHeaderAuth', PASSWORD);
	const workflow = await lessons.importExample({ agoraApi, httpHeaderAuth }, 'refresh-sts-keys', {
		'Get New Keys': { url: server.url },
	});
	await lessons.begin(['class-7', 'class-8']);
	const before = control.recordings().map(({ storage }) => storage as Record<string, unknown>);
	assert.equal(before.length, 2);

	// From now on only the new keys may write: with any others the recordings would end.
	control.configure({
		buckets: [
			{
				...{ vendor: VENDOR, region: Number(before[0].region), bucket: 'another-bucket' },
				...{ accessKey: fresh.accessKeyId, secretKey: fresh.secretAccessKey },
			},
		],
	});
	const execution = await stage.run(workflow, TRIGGER);
	assert.equal(execution.status, 'success', execution.error);
	assert.deepEqual(server.asked, [PASSWORD.value]);
	const after = control.recordings();
	for (const [i, { storage, failure }] of after.entries()) {
		assert.notEqual(failure?.blame, 'storage', failure?.because);
		assert.deepEqual(storage, {
			...before[i],
			stsExpiration: Date.parse(fresh.expiration) / 1000,
		});
	}
	const updates = control.requests().filter(({ operation }) => operation === 'update');
	assert.deepEqual(updates.map(({ cname, status, warnings }) => [cname, status, warnings]).sort(), [
		['class-7', 200, []],
		['class-8', 200, []],
	]);

	control.addFault({
		match: { operation: 'update', cname: 'class-7' },
		fault: { kind: 'error', error: 'gateway.credentials' },
	});
	const failed = await stage.run(workflow, TRIGGER);
	assert.equal(failed.status, 'error');
	assert.match(failed.error ?? '', /^No new keys for the recording of class-7: /);
	assert.equal(
		control.requests().filter(({ operation, status }) => operation === 'update' && status === 200)
			.length,
		3,
		'the other recording did not get its keys',
	);
}
