import {
	LAYOUT_PRESETS,
	presetRegions,
	type LayoutPreset,
} from '../../nodes/AgoraCloudRecording/agora/requests/layouts.ts';

type Cell = [left: number, top: number, width: number, height: number];

const cellsOf = (preset: LayoutPreset, users: number): Cell[] =>
	presetRegions(preset, users).map(({ x_axis, y_axis, width, height }) => [
		x_axis,
		y_axis,
		width,
		height,
	]);

const THIRD = 0.333333;

/** Reckoned by hand: rest-api.md 3.4 has parts of the picture, with six decimals at most. */
const LAYOUTS: ReadonlyArray<readonly [LayoutPreset, Cell[]]> = [
	['grid', [[0, 0, 1, 1]]],
	[
		'grid',
		[
			[0, 0, 0.5, 0.5],
			[0.5, 0, 0.5, 0.5],
			[0.25, 0.5, 0.5, 0.5],
		],
	],
	[
		'grid',
		[
			[0, 0, THIRD, 0.5],
			[THIRD, 0, THIRD, 0.5],
			[0.666666, 0, THIRD, 0.5],
			[0.166666, 0.5, THIRD, 0.5],
			[0.5, 0.5, THIRD, 0.5],
		],
	],
	['presenter', [[0, 0, 1, 1]]],
	[
		'presenter',
		[
			[0, 0, 0.8, 1],
			[0.8, 0, 0.2, 0.25],
			[0.8, 0.25, 0.2, 0.25],
		],
	],
	[
		'presenter',
		[
			[0, 0, 0.6, 1],
			...[0, 0.2, 0.4, 0.6, 0.8].map((top): Cell => [0.6, top, 0.2, 0.2]),
			...[0, 0.2, 0.4, 0.6].map((top): Cell => [0.8, top, 0.2, 0.2]),
		],
	],
	[
		'pictureInPicture',
		[
			[0, 0, 1, 1],
			...[0.753, 0.506, 0.259, 0.012].map((left): Cell => [left, 0.753, 0.235, 0.235]),
			[0.753, 0.506, 0.235, 0.235],
		],
	],
	[
		'sideBySide',
		[
			[0, 0, THIRD, 1],
			[THIRD, 0, THIRD, 1],
			[0.666666, 0, THIRD, 1],
		],
	],
	[
		'stacked',
		[
			[0, 0, 1, 0.5],
			[0, 0.5, 1, 0.5],
		],
	],
];

describe('A layout', () => {
	it.each(LAYOUTS.map(([preset, cells]) => [preset, cells.length, cells] as const))(
		'%s of %i users is that of the drawing',
		(preset, users, cells) => {
			expect(cellsOf(preset, users)).toEqual(cells);
		},
	);

	it.each(LAYOUT_PRESETS)('%s has a place for each user, inside the picture', (preset) => {
		for (let users = 1; users <= 17; users++) {
			const cells = cellsOf(preset, users);
			expect(cells).toHaveLength(users);
			for (const [left, top, width, height] of cells) {
				expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
				expect(Math.min(width, height)).toBeGreaterThan(0);
				expect(Math.max(left + width, top + height)).toBeLessThanOrEqual(1 + 1e-9);
			}
		}
	});

	it.each(LAYOUT_PRESETS)(
		'%s lays nobody over anybody, but on the large picture below',
		(preset) => {
			for (let users = 1; users <= 17; users++) {
				const small = cellsOf(preset, users).slice(preset === 'pictureInPicture' ? 1 : 0);
				const over = small.flatMap(([x, y, width, height], i) =>
					small
						.slice(i + 1)
						.filter(
							([otherX, otherY, otherWidth, otherHeight]) =>
								Math.min(x + width, otherX + otherWidth) - Math.max(x, otherX) > 1e-9 &&
								Math.min(y + height, otherY + otherHeight) - Math.max(y, otherY) > 1e-9,
						)
						.map((other) => [users, i, other]),
				);
				expect(over).toEqual([]);
			}
		},
	);

	it('gives places to the UIDs in their order, and leaves the others open', () => {
		expect(presetRegions('stacked', 1)[0]).not.toHaveProperty('uid');
		const uids = presetRegions('grid', 3, ['5', '6']).map(({ uid }) => uid);
		expect(uids).toEqual(['5', '6', undefined]);
	});
});
