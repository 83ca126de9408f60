import { filesOf } from '../../nodes/AgoraCloudRecording/agora/files/shape.ts';
import { mainFilesOf } from '../../nodes/AgoraCloudRecording/agora/files/mainFiles.ts';

const SID = '38f8e3cfdc474cd56fc1ceba380d7e1a';

interface Told {
	fileName: string;
	trackType?: string;
	uid?: string;
	mixedAllUser?: boolean;
	isPlayable?: boolean;
	sliceStartTime?: number;
}

/** Name, part and parts of the files to open, from a list as Agora tells it. */
const opened = (fileList: Told[]) =>
	mainFilesOf(filesOf({ fileList }, '')).map(
		({ fileName, part, parts }) => `${fileName.replace(`${SID}_`, '')} ${part}/${parts}`,
	);
const mixed = (fileName: string, sliceStartTime?: number): Told => ({
	fileName,
	uid: '0',
	mixedAllUser: true,
	...(sliceStartTime !== undefined && { sliceStartTime }),
});
const ofUser = (uid: string, track: string, format = 'm3u8'): Told => ({
	fileName: `${SID}_class__uid_s_${uid}__uid_e_${track}.${format}`,
	uid,
	mixedAllUser: false,
});

describe('The files to open', () => {
	it('are the MP4 files, every part, also of a recorder that took over, in time', () => {
		const files = [
			mixed(`${SID}_class.m3u8`, 1000),
			mixed(`${SID}_class_1.mp4`, 1_700_000_200),
			mixed(`bak0_${SID}_class_0.mp4`, 1_700_000_300),
			mixed(`${SID}_class_0.mp4`, 1_700_000_100),
		];
		expect(opened(files)).toEqual(['class_0.mp4 1/3', 'class_1.mp4 2/3', 'bak0_class_0.mp4 3/3']);
	});

	it('are in the order told where no time is known', () => {
		const files = [mixed(`${SID}_class_0.mp4`), mixed(`${SID}_class_1.mp4`)];
		expect(opened(files)).toEqual(['class_0.mp4 1/2', 'class_1.mp4 2/2']);
	});

	it.each([
		[undefined, 1_700_000_000],
		[1_700_000_000, undefined],
	])('are in the order told where a time is not known: %p, %p', (first, second) => {
		const files = [mixed(`${SID}_class_1.mp4`, first), mixed(`${SID}_class_0.mp4`, second)];
		expect(opened(files)).toEqual(['class_1.mp4 1/2', 'class_0.mp4 2/2']);
	});

	it('are the playlist of everyone where there is no MP4', () => {
		expect(opened([mixed(`${SID}_class.m3u8`)])).toEqual(['class.m3u8 1/1']);
	});

	it('are of each user the playlist of both, or what there is of audio and video', () => {
		const files = [
			ofUser('1', 'audio'),
			ofUser('1', 'video'),
			ofUser('1', 'av'),
			ofUser('2', 'audio'),
			ofUser('2', 'video'),
			ofUser('3', 'av', 'mpd'),
		];
		expect(opened(files)).toEqual([
			'class__uid_s_1__uid_e_av.m3u8 1/1',
			'class__uid_s_2__uid_e_audio.m3u8 1/1',
			'class__uid_s_2__uid_e_video.m3u8 1/1',
		]);
	});

	it('are none of screenshots and slices', () => {
		const files = [
			ofUser('1', 'video_20260101090000000', 'jpg'),
			mixed(`${SID}_class_20260101090000000.ts`),
		];
		expect(opened(files)).toEqual([]);
	});
});
