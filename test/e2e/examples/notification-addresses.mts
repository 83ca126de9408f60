import assert from 'node:assert/strict';
import { itemsOf, type Stage } from './stage.mts';

const TRIGGER = 'Every Six Hours';
const TABLE = 'agora_notification_addresses';
/** Those that the simulator gives by itself. */
const FIRST = ['203.0.113.10', '203.0.113.11'];

/** The first list, the same again, another one, and no answer. */
export default async function notificationAddresses(stage: Stage): Promise<void> {
	const simulator = await stage.startSimulator();
	const { control } = simulator;
	const { smtp, mails } = await stage.startMailbox();
	const agoraApi = await stage.agoraCredential(simulator);
	stage.onEnd(() => stage.dropTable(TABLE));
	const workflow = await stage.importExample({ agoraApi, smtp });
	const kept = async () =>
		(await stage.rows(TABLE)).map(({ name, addresses }) => [name, addresses]);

	const first = await stage.run(workflow, TRIGGER);
	assert.equal(first.status, 'success', first.error);
	assert.equal(mails.length, 1);
	assert.match(mails[0].text, /Let these through to n8n: 203\.0\.113\.10, 203\.0\.113\.11\n/);
	assert.match(mails[0].text, /No longer listed by Agora: none\n/);
	assert.deepEqual(await kept(), [['agora', FIRST.join(', ')]]);

	// In another order it is the same list.
	const answer = (...ips: string[]) => {
		const hosts = ips.map((primaryIP) => ({ primaryIP }));
		return { kind: 'answer', status: 200, body: { data: { service: { hosts } } } } as const;
	};
	control.addFault({ match: { operation: 'ncsIp' }, fault: answer(...FIRST.toReversed()) });
	const same = await stage.run(workflow, TRIGGER);
	assert.equal(same.status, 'success', same.error);
	assert.deepEqual(itemsOf(same, 'Has Anything Changed'), []);
	assert.equal(mails.length, 1);

	control.addFault({
		match: { operation: 'ncsIp' },
		fault: answer('203.0.113.12', '203.0.113.11'),
	});
	const other = await stage.run(workflow, TRIGGER);
	assert.equal(other.status, 'success', other.error);
	assert.equal(mails.length, 2);
	assert.match(mails[1].text, /Let these through to n8n: 203\.0\.113\.12\n/);
	assert.match(mails[1].text, /No longer listed by Agora: 203\.0\.113\.10\n/);
	assert.match(mails[1].text, /The whole list: 203\.0\.113\.11, 203\.0\.113\.12/);
	assert.deepEqual(await kept(), [['agora', '203.0.113.11, 203.0.113.12']]);

	control.addFault({
		match: { operation: 'ncsIp' },
		fault: { kind: 'error', error: 'gateway.credentials' },
	});
	const refused = await stage.run(workflow, TRIGGER);
	assert.equal(refused.status, 'error');
	assert.match(refused.error ?? '', /Customer ID/);
	assert.equal(mails.length, 2);
	assert.deepEqual(await kept(), [['agora', '203.0.113.11, 203.0.113.12']]);
}
