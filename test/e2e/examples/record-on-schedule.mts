import assert from 'node:assert/strict';
import type { Control } from '../../../simulator/index.mts';
import { recorded } from '../../support/recordings.mts';
import { recordInto, type Media } from './bucket.mts';
import { itemsOf, type Stage } from './stage.mts';

const TRIGGER = 'Every Weekday at Nine';
const CHANNEL = 'class-7';

/** Of a long lesson: two parts, and a third from a server that took over. */
const parts: Media = async (base) => {
	const names = [`${base}_0.mp4`, `${base}_1.mp4`, `bak0_${base}_0.mp4`];
	const starts = names.map((_, i) => Date.UTC(2026, 8, 28, 9, i));
	const videos = await Promise.all(
		starts.map(async (start, i) => {
			const files = await recorded(base, { prefix: '', start, slices: i + 1, mp4: true });
			return files.get(`${base}_0.mp4`) ?? Buffer.alloc(0);
		}),
	);
	return new Map(names.map((name, i) => [name, videos[i]]));
};

/** Addresses in an HTML mail, as somebody who clicks on them gets there. */
const linksIn = (html = ''): string[] =>
	[...html.matchAll(/href="([^"]*)"/g)].map(([, link]) =>
		link.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
	);

/**
 * A long lesson; one whose files do not come; one to which nobody came; one that Agora lost; one that could
 * not begin.
 */
export default async function recordOnSchedule(stage: Stage): Promise<void> {
	let media = parts;
	const { simulator, agoraApi, contents } = await recordInto(
		stage,
		'lessons',
		async (...of) => await media(...of),
	);
	const { smtp, mails } = await stage.startMailbox();
	const workflow = await stage.importExample(
		{ agoraApi, smtp },
		{
			'Wait for the Lesson': { amount: 2, unit: 'seconds' },
			// What is there is seen to stay after 15 s.
			Stop: { options: { retryWhileNotFound: 0, waitForFiles: 16 } },
		},
	);
	const { control } = simulator;
	/** Runs the workflow once more. @returns the only mail that came of it, and the newest recording */
	const lesson = async () => {
		const before = mails.length;
		const execution = await stage.run(workflow, TRIGGER);
		assert.equal(execution.status, 'success', execution.error);
		assert.equal(mails.length, before + 1);
		const mail = mails[before];
		assert.deepEqual([mail.from, mail.to], ['recordings@example.com', 'you@example.com']);
		return { execution, mail, recording: newest(control) };
	};

	const held = await lesson();
	const { sid } = held.recording;
	assert.equal(held.recording.ended?.cause, 'stop');
	assert.equal(held.mail.subject, `Recorded: ${CHANNEL}`);
	const links = linksIn(held.mail.html);
	assert.deepEqual(
		links.map((link) => new URL(link).pathname.split('/').at(-1)),
		[`${sid}_${CHANNEL}_0.mp4`, `${sid}_${CHANNEL}_1.mp4`, `bak0_${sid}_${CHANNEL}_0.mp4`],
	);
	for (const link of links) {
		const answer = await fetch(link);
		assert.equal(answer.status, 200);
		const [, , folder, file] = new URL(link).pathname.split('/');
		const bytes = contents.get(`${folder}/${file}`);
		assert.ok(bytes?.equals(Buffer.from(await answer.arrayBuffer())), link);
		assert.equal((await fetch(link.split('?')[0])).status, 403);
		assert.ok(Number(new URL(link).searchParams.get('X-Amz-Expires')) > 6 * 86_400, link);
	}
	assert.match(held.mail.text, /Part 3 of 3/);
	assert.match(held.mail.text, /Whoever has this mail can watch, until \d/);

	media = async () => await Promise.resolve(new Map());
	const late = await lesson();
	assert.equal(late.mail.subject, `Please look after the recording of ${CHANNEL}`);
	assert.match(late.mail.text, /^There is a recording of class-7, but no link that opens\./);
	assert.match(late.mail.text, new RegExp(`lessons/${late.recording.sid}_class-7_0.mp4: \\S`));
	assert.doesNotMatch(late.mail.text, /http/);

	control.setPublishers(CHANNEL, []);
	const missed = await lesson();
	assert.equal(itemsOf(missed.execution, 'Start')[0].outcome, 'ready');
	assert.equal(itemsOf(missed.execution, 'Stop')[0].outcome, 'noRecordedData');
	assert.notEqual(missed.recording.sid, late.recording.sid);
	assert.equal(missed.mail.subject, `Nothing recorded: ${CHANNEL}`);
	assert.match(missed.mail.text, /nobody sent audio or video/);
	control.setPublishers(CHANNEL, null);

	const losing = lesson();
	await stage.eventually('the fourth recording was seen to run', () =>
		control.requests().some(({ operation, sid, status }) => {
			return operation === 'query' && status === 200 && sid === control.recordings()[3]?.sid;
		}),
	);
	control.kill(newest(control).sid);
	const lost = await losing;
	assert.equal(itemsOf(lost.execution, 'Stop')[0].outcome, 'notFound');
	assert.equal(lost.mail.subject, `Please look after the recording of ${CHANNEL}`);
	assert.match(lost.mail.text, /ended with: notFound\n\n.*\n- \S/);

	control.addFault({
		match: { operation: 'acquire' },
		fault: { kind: 'error', error: 'acquire.405' },
	});
	const refused = await lesson();
	assert.equal(refused.recording.sid, lost.recording.sid);
	assert.equal(refused.mail.subject, `Please look after the recording of ${CHANNEL}`);
	assert.match(refused.mail.text, /no_active_status/);
}

/** The recording that was started last. */
function newest(control: Control) {
	const recording = control.recordings().at(-1);
	assert.ok(recording);
	return recording;
}
