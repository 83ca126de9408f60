/** Recordings of real media, as Agora would leave them in a bucket. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../tools/process.mjs';

/** Runs a program that has to end well. */
export async function must(program: string, ...args: string[]): Promise<string> {
	return await mustIn(process.env, program, ...args);
}

async function mustIn(env: NodeJS.ProcessEnv, program: string, ...args: string[]) {
	const { code, output } = await run(program, args, { env });
	assert.equal(code, 0, `${program} (Debian: apt-get install ffmpeg): ${output}`);
	return output;
}

/** As in the names of slices. */
export const stamp = (time: number) => new Date(time).toISOString().replace(/\D/g, '');

export interface Part {
	/** Of all names: '' or `bak0_`. */
	prefix: string;
	/** Unix milliseconds. */
	start: number;
	/** Of two seconds. */
	slices: number;
	/** Whether there is an MP4, too. */
	mp4?: boolean;
	/** Whether there is sound (AAC), too. */
	sound?: boolean;
	/** Whether there is a picture; so there is. */
	picture?: boolean;
}

/**
 * Makes what one server records.
 *
 * @param base of all names behind the prefix, `<sid>_<channel>`
 * @returns contents by file name, the slices first, then their playlist, then the MP4
 */
export async function recorded(base: string, part: Part): Promise<Map<string, Buffer>> {
	const { prefix, start, slices, mp4 = false, sound = false, picture: seen = true } = part;
	const folder = mkdtempSync(join(tmpdir(), 'agora-media-'));
	try {
		const seconds = slices * 2;
		const source = ['-v', 'error', '-f', 'lavfi'];
		const test = `testsrc=size=160x120:rate=25:duration=${seconds}`;
		const picture = seen ? [...source, '-i', test] : [];
		const tone = sound ? [...source, '-i', `sine=sample_rate=48000:duration=${seconds}`] : [];
		const codec = ['-c:v', 'libx264', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
		const keyFrames = ['-g', '50', '-keyint_min', '50', '-sc_threshold', '0'];
		const cut = ['-f', 'segment', '-segment_time', '2', '-segment_format', 'mpegts'];
		const pattern = join(folder, 'slice%d.ts');
		await must('ffmpeg', ...picture, ...tone, ...codec, ...keyFrames, ...cut, pattern);
		const files = new Map<string, Buffer>();
		const lines = ['#EXTM3U', '#EXT-X-TARGETDURATION:1', '#EXT-X-DISCONTINUITY'];
		for (let index = 0; index < slices; index++) {
			const name = `${prefix}${base}_${stamp(start + index * 2000)}.ts`;
			files.set(name, readFileSync(pattern.replace('%d', String(index))));
			lines.push('#EXTINF:2.000000', name);
		}
		files.set(`${prefix}${base}.m3u8`, Buffer.from(`${[...lines, '#EXT-X-ENDLIST'].join('\n')}\n`));
		if (mp4) {
			const file = join(folder, 'part.mp4');
			await must('ffmpeg', ...picture, ...tone, ...codec, '-movflags', '+faststart', file);
			files.set(`${prefix}${base}_0.mp4`, readFileSync(file));
		}
		return files;
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Length in seconds and number of pictures of a playlist or a file, as ffprobe reads it.
 *
 * @param proxy address of one through which it goes
 */
export async function probed(
	file: string,
	proxy = '',
): Promise<{ seconds: number; frames: number }> {
	const protocols = `file,http,tcp${proxy && ',https,httpproxy,tls'}`;
	// Slices take it from the environment alone.
	const env = { ...process.env, ...(proxy && { http_proxy: proxy }) };
	const from = ['-v', 'error', '-protocol_whitelist', protocols, '-of', 'csv=p=0'];
	const seconds = await mustIn(env, 'ffprobe', ...from, '-show_entries', 'format=duration', file);
	const counted = ['-count_frames', '-select_streams', 'v'];
	const entries = ['-show_entries', 'stream=nb_read_frames'];
	const frames = await mustIn(env, 'ffprobe', ...from, ...counted, ...entries, file);
	return { seconds: parseFloat(seconds), frames: parseInt(frames, 10) };
}
