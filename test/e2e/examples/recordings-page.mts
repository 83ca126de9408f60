import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';
import { openBrowser } from '../../support/browser.mts';
import { probed, recorded } from '../../support/recordings.mts';
import { recordInto, type Media } from './bucket.mts';
import { openLessons } from './lessons.mts';
import type { Stage } from './stage.mts';

const CHANNEL = 'class-7';
/** Agora allows all of this in the name of a channel. */
const WICKED = '<img src=x onerror=alert(1)>{{$json}}&amp;';
const LOGIN = { username: 'viewer', password: 'example-page-password' };
/** As ffmpeg makes the slices. */
const CODECS = 'video/mp4; codecs="avc1.64000A, mp4a.40.2"';

/** The player as npm has it: the page loads the same bytes from a CDN, which tests do not reach. */
const hlsFolder = join(createRequire(import.meta.url).resolve('hls.js'), '..', '..');
const { version } = JSON.parse(readFileSync(join(hlsFolder, 'package.json'), 'utf8')) as {
	version: string;
};
const PLAYER_URL = `https://cdn.jsdelivr.net/npm/hls.js@${version}/dist/hls.min.js`;
const player = readFileSync(join(hlsFolder, 'dist', 'hls.min.js'), 'utf8');

/** What each user of the room leaves: how the page calls it, the end of its names, what of it there is. */
const ROOM = 'room-7';
const OF_USERS = [
	['User 101', '101__uid_e_av', { slices: 2, sound: true }],
	['User 102, audio', '102__uid_e_audio', { slices: 3, sound: true, picture: false }],
	['User 102, video', '102__uid_e_video', { slices: 4 }],
] as const;

/** Twelve seconds, of which two servers have two twice; the room leaves its users' own; the wicked channel nothing. */
const media: Media = async (base, { cname }) => {
	const start = Date.UTC(2026, 8, 28, 9);
	if (cname === ROOM) {
		const parts = OF_USERS.map(
			async ([, name, part]) =>
				await recorded(`${base}__uid_s_${name}`, { prefix: '', start, ...part }),
		);
		return new Map((await Promise.all(parts)).flatMap((files) => [...files]));
	}
	if (cname !== CHANNEL) return new Map();
	return new Map([
		...(await recorded(base, { prefix: '', start, slices: 4, sound: true })),
		...(await recorded(base, { prefix: 'bak0_', start: start + 6000, slices: 3, sound: true })),
	]);
};

/**
 * Somebody opens the page with the password, watches a recording with a failover to its end, and what each user
 * of another one sent.
 */
export default async function recordingsPage(stage: Stage): Promise<void> {
	const { bucket, simulator, agoraApi, contents } = await recordInto(stage, 'lessons', media);
	const lessons = await openLessons(stage, agoraApi);
	await lessons.begin([CHANNEL, WICKED]);
	await stage.eventually('the files are there', () => contents.size === 9);
	const httpBasicAuth = await stage.credential('httpBasicAuth', {
		...{ user: LOGIN.username, password: LOGIN.password },
	});
	const workflow = await lessons.importExample({ agoraApi, httpBasicAuth }, 'recordings-page');
	await stage.activate(workflow);
	const url = stage.productionUrl(workflow, 'Somebody Opens the Page');

	assert.equal((await fetch(url)).status, 401);
	const { sid } = simulator.control.recordings().find(({ cname }) => cname === CHANNEL) ?? {};
	const authorization = `Basic ${btoa(`${LOGIN.username}:${LOGIN.password}`)}`;
	const answer = await fetch(`${url}?sid=${sid}`, { headers: { authorization } });
	const html = await answer.text();
	assert.equal(answer.status, 200);
	assert.equal(answer.headers.get('cache-control'), 'no-store');
	assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
	const sandbox = answer.headers.get('content-security-policy') ?? '';
	assert.match(sandbox, /^sandbox .*allow-scripts/);
	assert.doesNotMatch(sandbox, /allow-same-origin/);
	for (const secret of [LOGIN.password, bucket.keys.reader.secretKey, 'example-customer-secret']) {
		assert.ok(!html.includes(secret));
	}

	const browser = await openBrowser({ login: LOGIN });
	stage.onEnd(() => browser.close());
	const { page, complaints } = browser;
	let served = player;
	await page.route(PLAYER_URL, async (route: Route) => {
		const headers = { 'access-control-allow-origin': '*' };
		await route.fulfill({ body: served, contentType: 'text/javascript', headers });
	});
	await page.goto(url);
	const supported = await page.evaluate<[string, boolean]>(
		`[document.createElement('video').canPlayType('${CODECS}'), MediaSource.isTypeSupported('${CODECS}')]`,
	);
	assert.deepEqual(supported, ['probably', true], 'this browser cannot play H.264 with AAC');
	assert.equal(await page.evaluate('self.origin'), 'null');

	// Names are words here, whatever stands in them.
	const wicked = page.getByRole('link', { name: WICKED });
	assert.equal(await page.locator('img').count(), 0);
	await wicked.click();
	await page.getByRole('heading', { name: 'There is nothing to play' }).waitFor();
	assert.match(
		await page.locator('p.words').innerText(),
		/^There are no files of the recording in the/,
	);
	await page.getByRole('link', { name: 'All recordings' }).click();
	assert.deepEqual(complaints, []);

	// A player of other bytes than `integrity` says does not run; a bucket without CORS gives nothing.
	const opened = page.getByRole('link', { name: CHANNEL });
	const words = page.locator('#words');
	served = `${player} `;
	await opened.click();
	await words.filter({ hasText: 'The player could not be loaded' }).waitFor();
	served = player;
	await page.reload();
	await words.filter({ hasText: 'CORS rule of the bucket' }).waitFor();
	await bucket.allowCors();
	complaints.length = 0;
	await page.reload();

	const watched = await watch(page);
	const folder = mkdtempSync(join(tmpdir(), 'agora-page-'));
	stage.onEnd(() => rmSync(folder, { recursive: true }));
	const file = join(folder, 'watched.m3u8');
	writeFileSync(file, await playlistIn(page));
	const { seconds, frames } = await probed(file);
	assert.deepEqual({ seconds: Math.round(seconds), frames }, { seconds: 12, frames: 300 });
	assert.ok(Math.abs(watched.duration - seconds) < 0.5, JSON.stringify(watched));
	assert.ok(watched.currentTime >= watched.duration - 0.1, JSON.stringify(watched));
	// All in one go: nothing was jumped over.
	assert.equal(watched.played.length, 1, JSON.stringify(watched));
	const [[from, to]] = watched.played;
	assert.ok(from < 0.5 && to >= watched.duration - 0.1, JSON.stringify(watched));
	// Where servers change it decodes some twice.
	assert.ok(watched.frames >= frames, JSON.stringify(watched));
	assert.equal(await words.innerText(), '');
	assert.deepEqual(complaints, []);

	await eachUser(stage, { page, agoraApi, httpBasicAuth });
	assert.deepEqual(complaints, []);
}

/** A recording in individual mode: what each user sent is offered, and plays to its end. */
async function eachUser(
	stage: Stage,
	{ page, ...credentials }: { page: Page; agoraApi: string; httpBasicAuth: string },
): Promise<void> {
	const rooms = await openLessons(stage, credentials.agoraApi, { Start: { mode: 'individual' } });
	await rooms.begin([ROOM]);
	const opens = 'Somebody Opens the Page';
	const workflow = await rooms.importExample(credentials, 'recordings-page', {
		[opens]: { path: 'recordings-of-rooms' },
	});
	await stage.activate(workflow);
	await page.goto(stage.productionUrl(workflow, opens));
	// Its files are uploaded a moment after the start.
	await stage.eventually('each user is offered', async () => {
		await page.getByRole('link', { name: ROOM }).click();
		if ((await page.locator('#choice option').count()) === OF_USERS.length) return true;
		await page.goBack();
		return false;
	});
	const choice = page.getByRole('combobox');
	assert.deepEqual(
		await choice.locator('option').allInnerTexts(),
		OF_USERS.map(([label]) => label),
	);
	for (const [label, , { slices }] of OF_USERS) {
		await choice.selectOption(label);
		const { currentTime, duration, played } = await watch(page);
		assert.ok(Math.abs(duration - 2 * slices) < 0.5, `${label}: ${duration} s`);
		assert.ok(currentTime >= duration - 0.1 && played.length === 1, `${label}: ${currentTime} s`);
		assert.equal(await page.locator('#words').innerText(), '');
	}
}

/** What a video tells of itself. Scripts of the page are texts: these files know no DOM. */
interface Watched {
	currentTime: number;
	duration: number;
	/** Pictures that were decoded. */
	frames: number;
	/** Seconds from and to which it was played in one go. */
	played: Array<[from: number, to: number]>;
}

const VIDEO = "document.querySelector('video')";

/** Plays what the page shows to its end. */
async function watch(page: Page): Promise<Watched> {
	await page.evaluate(`{ const video = ${VIDEO}; video.muted = true; void video.play(); }`);
	await page.waitForFunction(`${VIDEO}.ended`, undefined, { timeout: 60_000 });
	return await page.evaluate<Watched>(`(({ currentTime, duration, played }) => ({
		...{ currentTime, duration },
		frames: ${VIDEO}.getVideoPlaybackQuality().totalVideoFrames,
		played: Array.from({ length: played.length }, (_, i) => [played.start(i), played.end(i)]),
	}))(${VIDEO})`);
}

/** The text of the playlist that stands in the page. */
async function playlistIn(page: Page): Promise<string> {
	const [{ playlist }] = JSON.parse(await page.locator('#playlists').innerText()) as Array<{
		playlist: string;
	}>;
	return playlist;
}
