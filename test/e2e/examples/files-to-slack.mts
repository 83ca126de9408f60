import assert from 'node:assert/strict';
import { recorded } from '../../support/recordings.mts';
import { SLACK_TOKEN, type SlackMessage } from '../services.mts';
import { recordInto } from './bucket.mts';
import { itemsOf, type Item, type Stage } from './stage.mts';

const TRIGGER = 'Agora Cloud Recording Trigger';
const UPLOADED = 31;
const BACKUPED = 32;

/** A lesson in two parts; one with a part in Agora's backup; one whose files never come. */
export default async function filesToSlack(stage: Stage): Promise<void> {
	const { bucket, simulator, agoraApi } = await recordInto(stage, 'lessons', async () =>
		Promise.resolve(new Map<string, Buffer>()),
	);
	const slackApi = await stage.credential('slackApi', { accessToken: SLACK_TOKEN });
	const complete = { leftValue: '={{ $json.complete }}', rightValue: '' };
	const day = { leftValue: '={{ $runIndex }}', rightValue: 1 };
	const workflow = await stage.importExample(
		{ agoraApi, slackApi },
		{
			'Get Many': { options: { waitForFiles: 16 } },
			'Wait an Hour': { amount: 1, unit: 'seconds' },
			'Complete, or a Day Over?': {
				conditions: {
					conditions: [
						{ ...complete, id: 'complete', operator: { type: 'boolean', operation: 'true' } },
						{ ...day, id: 'day', operator: { type: 'number', operation: 'gte' } },
					],
				},
			},
		},
	);
	await stage.subscribe(workflow, TRIGGER, simulator);

	const media = await recorded('base', { prefix: '', start: 0, slices: 1, mp4: true });
	const video = media.get('base_0.mp4') ?? Buffer.alloc(0);
	const agora = simulator.control.notifications;
	const { messages } = stage.services;
	/** Agora tells of the upload of two parts. @returns their names */
	const tell = (eventType: number, cname: string, sid: string) => {
		const names = [`${sid}_${cname}_0.mp4`, `${sid}_${cname}_1.mp4`];
		const fileList = names.map((fileName) => ({ fileName, trackType: 'audio_and_video' }));
		const details = { status: 0, fileList };
		agora.send({ ...{ eventType, cname, sid, uid: '527841', sequence: 9 }, details });
		return names;
	};
	const put = async (name: string) => await bucket.put(`lessons/${name}`, video);

	const uploaded = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';
	await put(`${uploaded}_class-7_0.mp4`);
	await put(`${uploaded}_class-7_1.mp4`);
	tell(UPLOADED, 'class-7', uploaded);
	const late = 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb';
	await put(`${late}_late_0.mp4`);
	const [, second] = tell(BACKUPED, 'late', late);
	const lost = 'cccccccccccccccccccccccccccccccc';
	tell(BACKUPED, 'a & <b>', lost);
	await stage.eventually('n8n has answered', () =>
		agora.notices().every(({ state }) => state === 'delivered'),
	);
	assert.equal(messages.length, 0);
	await stage.eventually('the first look is over', () =>
		messages.some(({ text }) => text.includes('class-7')),
	);
	await put(second);

	const executions = await stage.executions(workflow, 3);
	for (const { status, error } of executions) assert.equal(status, 'success', error);
	const about = (sid: string) => messages.filter(({ text }) => text.includes(sid));
	for (const { channel, unfurl_links, unfurl_media } of messages) {
		assert.deepEqual([channel, unfurl_links, unfurl_media], ['#recordings', false, false]);
	}

	for (const sid of [uploaded, late]) {
		const told = about(sid);
		assert.deepEqual(
			told.map(({ text }) => /\|(.*)>/.exec(text)?.[1]),
			['part 1 of 2', 'part 2 of 2'],
		);
		for (const message of told) {
			assert.doesNotMatch(message.text, /Not all of it/);
			const link = linkIn(message);
			assert.ok(Number(new URL(link).searchParams.get('X-Amz-Expires')) > 6 * 86_400, link);
			const answer = await fetch(link);
			assert.equal(answer.status, 200);
			assert.ok(video.equals(Buffer.from(await answer.arrayBuffer())), message.text);
		}
	}
	const [gone, ...more] = about(lost);
	assert.deepEqual(more, []);
	assert.match(
		gone.text,
		/^No link to the recording of a &amp; &lt;b&gt;: The folder "lessons\/" does not contain any of its files yet/,
	);
	assert.match(gone.text, new RegExp(`Still to come: ${lost}_`));
	assert.equal(messages.length, 5);
	// The trigger's item went round: the folder comes from there alone.
	const [first] = executions;
	const [told] = itemsOf(first, TRIGGER);
	assert.deepEqual(told.storageAssumed, true);

	await aWholeDay(stage, { agoraApi, slackApi }, told);

	const run = await stage.run(workflow, TRIGGER, [{ cname: 'class-7', sid: uploaded }]);
	assert.equal(run.status, 'success', run.error);
	assert.match(
		messages.at(-1)?.text ?? '',
		/^Please look after a recording of class-7: The incoming item does not contain the folder/,
	);
}

/** Agora's backup keeps the files all day: asked once at first, and then every hour, by one execution. */
async function aWholeDay(
	stage: Stage,
	credentials: Record<string, string>,
	told: Item,
): Promise<void> {
	const workflow = await stage.importExample(credentials, {
		'Get Many': { options: { waitForFiles: 0 } },
		'Wait an Hour': { amount: 0.01, unit: 'seconds' },
	});
	const { messages } = stage.services;
	const before = messages.length;
	const sid = 'eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee';
	const { status, error, runs } = await stage.run(workflow, TRIGGER, [{ ...told, sid, files: [] }]);
	assert.equal(status, 'success', error);
	assert.equal(runs['Get Many'].length, 25);
	assert.equal(runs['Wait an Hour'].length, 24);
	assert.equal(messages.length, before + 1);
	assert.match(messages[before].text, /Not all of it is in the bucket after a day/);
}

/** The address behind the words, as Slack reads it. */
const linkIn = ({ text }: SlackMessage): string =>
	(/<([^|>]*)\|/.exec(text)?.[1] ?? '').replaceAll('&amp;', '&');
