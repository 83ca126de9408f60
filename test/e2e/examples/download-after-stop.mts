import assert from 'node:assert/strict';
import { recorded } from '../../support/recordings.mts';
import { DRIVE_TOKEN } from '../services.mts';
import { recordInto, type Media } from './bucket.mts';
import { itemsOf, type Stage } from './stage.mts';

const FOLDER = 'lessons/class7';

/** Two parts; the second one's upload has only begun, so that it is empty. */
const parts: Media = async (base) => {
	const files = await recorded(base, { prefix: '', start: Date.now(), slices: 1, mp4: true });
	return new Map([
		[`${base}_0.mp4`, files.get(`${base}_0.mp4`) ?? Buffer.alloc(0)],
		[`${base}_1.mp4`, Buffer.alloc(0)],
	]);
};

/** n8n's own HTTP Request opens a link of a private bucket, and its own Google Drive node takes the file. */
export default async function downloadAfterStop(stage: Stage): Promise<void> {
	const { agoraApi, contents } = await recordInto(stage, FOLDER, parts);
	const googleDriveOAuth2Api = await stage.credential('googleDriveOAuth2Api', {
		...{ clientId: 'example-client', clientSecret: 'example-client-secret' },
		oauthTokenData: { access_token: DRIVE_TOKEN, token_type: 'Bearer' },
	});
	const workflow = await stage.importExample(
		{ agoraApi, googleDriveOAuth2Api },
		{ Wait: { amount: 3 }, Stop: { options: { waitForFiles: 16 } } },
	);

	const execution = await stage.run(workflow, 'When Clicking Execute');
	const [stopped] = itemsOf(execution, 'Stop');
	assert.deepEqual([stopped.outcome, stopped.uploadStatus], ['stopped', 'uploaded']);
	const [first, second] = itemsOf(execution, 'One Item per Part');
	assert.deepEqual([first.linkState, second.linkState], ['ready', 'missing']);

	// What was handed over is what was uploaded, under its name.
	const [[key, bytes], ...more] = contents;
	assert.equal(more.length, 1);
	const name = key.replace(`${FOLDER}/`, '');
	assert.deepEqual([...stage.services.files.values()], [{ name, type: 'video/mp4', bytes }]);
	assert.deepEqual(itemsOf(execution, 'Google Drive'), [{ id: 'file-1', name }]);

	// What is not there is told.
	assert.equal(execution.status, 'error');
	assert.match(
		execution.error ?? '',
		new RegExp(`^${String(second.fileName)} was not handed over: \\S`),
	);
}
