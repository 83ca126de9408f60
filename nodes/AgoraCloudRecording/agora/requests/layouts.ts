/** Agora's own layouts by number; 3 is a layout of regions (rest-api.md 3.4). */
export const AGORA_LAYOUTS = { floating: 0, bestFit: 1, vertical: 2 } as const;
export const CUSTOM_LAYOUT = 3;
export const MAX_REGIONS = 17;

/** A user's place in the picture, in parts of its width and height, from the top left. */
export interface Region {
	uid?: string;
	x_axis: number;
	y_axis: number;
	width: number;
	height: number;
	alpha?: number;
	/** 0 fills the region and crops, 1 shows all. */
	render_mode?: number;
}

/** Cut, not rounded, to Agora's six decimals, so that neighbours never overlap the edge. */
const cut = (value: number) => Math.floor(value * 1e6 + 1e-6) / 1e6;

const region = (x: number, y: number, width: number, height: number): Region => ({
	x_axis: cut(x),
	y_axis: cut(y),
	width: cut(width),
	height: cut(height),
});

/** As many equal cells as users, nearly square; a last row that is not full stands in the middle. */
function grid(users: number): Region[] {
	const columns = Math.ceil(Math.sqrt(users));
	const rows = Math.ceil(users / columns);
	return Array.from({ length: users }, (_, i) => {
		const row = Math.floor(i / columns);
		const inRow = row === rows - 1 ? users - row * columns : columns;
		const indent = (columns - inRow) / (2 * columns);
		return region(indent + (i % columns) / columns, row / rows, 1 / columns, 1 / rows);
	});
}

/** One large, the others in a strip at its right: a column for each eight of them. */
function presenter(users: number): Region[] {
	const others = users - 1;
	const columns = Math.ceil(others / 8);
	const width = 0.2;
	const inColumn = Math.ceil(others / Math.max(1, columns));
	const height = Math.min(0.25, 1 / Math.max(1, inColumn));
	return [
		region(0, 0, 1 - columns * width, 1),
		...Array.from({ length: others }, (_, i) =>
			region(
				1 - (columns - Math.floor(i / inColumn)) * width,
				(i % inColumn) * height,
				width,
				height,
			),
		),
	];
}

/** One fills the picture, the others lie over it, from the bottom right. */
function pictureInPicture(users: number): Region[] {
	const size = 0.235;
	const step = 0.247;
	return [
		region(0, 0, 1, 1),
		...Array.from({ length: users - 1 }, (_, i) =>
			region(1 - ((i % 4) + 1) * step, 1 - (Math.floor(i / 4) + 1) * step, size, size),
		),
	];
}

const PRESETS = {
	grid,
	pictureInPicture,
	presenter,
	sideBySide: (users: number) =>
		Array.from({ length: users }, (_, i) => region(i / users, 0, 1 / users, 1)),
	stacked: (users: number) =>
		Array.from({ length: users }, (_, i) => region(0, i / users, 1, 1 / users)),
};

export type LayoutPreset = keyof typeof PRESETS;
export const LAYOUT_PRESETS = Object.keys(PRESETS) as LayoutPreset[];

/**
 * Regions for a number of users. The first `uids` get theirs in order; regions without a UID are
 * filled as users join.
 *
 * @param users 1 to 17
 */
export function presetRegions(preset: LayoutPreset, users: number, uids: string[] = []): Region[] {
	return PRESETS[preset](users).map((place, i) => (uids[i] ? { uid: uids[i], ...place } : place));
}
