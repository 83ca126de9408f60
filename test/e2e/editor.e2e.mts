/**
 * What a person sees and does in n8n's editor: a real n8n with the packed package, Debian's Chromium,
 * mouse and keyboard. The recordings are the simulator's.
 */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { credential } from './editor/credential.mts';
import { failing } from './editor/failing.mts';
import { fields } from './editor/fields.mts';
import { finding } from './editor/finding.mts';
import { outputs } from './editor/outputs.mts';
import { running } from './editor/running.mts';
import { NODE_TYPE, openStage } from './editor/stage.mts';
import { trigger } from './editor/trigger.mts';

const stage = await openStage();
after(async () => {
	await stage.close();
	console.log(`${stage.photographs.length} screenshots in .artifacts/screenshots`);
});

// First the credential: n8n offers to make one only where there is none.
credential(stage);
finding(stage);
fields(stage);
outputs(stage);
running(stage);
trigger(stage);
failing(stage);

it('The console of the browser has no complaint', () => {
	// n8n asks every node what it puts out, and most of n8n's own do not say.
	const others = stage.complaints.filter(
		(complaint) => !complaint.includes('/schemas/') || complaint.includes(NODE_TYPE),
	);
	assert.deepEqual(others, []);
});
