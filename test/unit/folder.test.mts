import { folderOf } from '../../nodes/AgoraCloudRecording/agora/files/folder.ts';

describe('A folder', () => {
	it.each([
		['', ''],
		['/', ''],
		['lessons', 'lessons/'],
		['/lessons//class7/', 'lessons/class7/'],
		['größe & co', 'größe & co/'],
		['a..b/.c', 'a..b/.c/'],
		['x'.repeat(512), `${'x'.repeat(512)}/`],
	])('%j begins keys with %j', (path, folder) => {
		expect(folderOf(path)).toBe(folder);
	});

	it.each(['..', 'a/../b', './a', 'a/.', 'a\nb', 'a\u0000', 'x'.repeat(513), 'ö'.repeat(257)])(
		'is none: %j',
		(path) => {
			expect(folderOf(path)).toBeUndefined();
		},
	);
});
