import type { Layout } from '../../../agora/requests/picture';
import { defined } from '../../../agora/objects';
import {
	AGORA_LAYOUTS,
	CUSTOM_LAYOUT,
	LAYOUT_PRESETS,
	MAX_REGIONS,
	presetRegions,
	type LayoutPreset,
	type Region,
} from '../../../agora/requests/layouts';
import type { ItemParameters } from '../../parameters';

const AGORA_NAMES = Object.keys(AGORA_LAYOUTS) as Array<keyof typeof AGORA_LAYOUTS>;
const LAYOUT_NAMES = [...AGORA_NAMES, ...LAYOUT_PRESETS, 'custom'] as const;

const isPreset = (name: string): name is LayoutPreset =>
	LAYOUT_PRESETS.some((preset) => preset === name);

function readRegions(parameters: ItemParameters): Region[] {
	return parameters.rows('regions.region').map((row) =>
		defined({
			uid: row.optionalText('uid'),
			x_axis: row.number('x_axis', 0),
			y_axis: row.number('y_axis', 0),
			width: row.number('width', 1),
			height: row.number('height', 1),
			alpha: row.number('alpha', 1),
			render_mode: row.number('render_mode', 0),
		}),
	);
}

/** The arrangement of the users, as Agora's number and regions. */
function readArrangement(parameters: ItemParameters): Layout {
	const name = parameters.choice('layout', LAYOUT_NAMES, 'floating');
	if (name === 'custom') {
		return { mixedVideoLayout: CUSTOM_LAYOUT, layoutConfig: readRegions(parameters) };
	}
	if (isPreset(name)) {
		const users = parameters.wholeNumberWithin('layoutUsers', 2, 1, MAX_REGIONS);
		const uids = parameters.list('layoutUids');
		if (uids.length > users) {
			throw parameters.refusal(
				'layoutUids',
				uids.join(', '),
				`at most ${users} UIDs, one a region`,
			);
		}
		return { mixedVideoLayout: CUSTOM_LAYOUT, layoutConfig: presetRegions(name, users, uids) };
	}
	const maxResolutionUid =
		name === 'vertical' ? parameters.optionalText('maxResolutionUid') : undefined;
	return defined({ mixedVideoLayout: AGORA_LAYOUTS[name], maxResolutionUid });
}

/** Colors and images behind the users; only what was filled in. */
export function readBackground(parameters: ItemParameters): Partial<Layout> {
	const images = parameters.rows('background.userImages.user').map((row) => ({
		uid: row.text('uid'),
		image_url: row.text('image_url'),
		render_mode: row.number('render_mode', 0),
	}));
	return defined({
		backgroundColor: parameters.optionalText('background.backgroundColor'),
		backgroundImage: parameters.optionalText('background.backgroundImage'),
		defaultUserBackgroundImage: parameters.optionalText('background.defaultUserBackgroundImage'),
		backgroundConfig: images.length > 0 ? images : undefined,
	});
}

/** The whole layout as the form says it. */
export function readLayout(parameters: ItemParameters): Layout {
	return { ...readArrangement(parameters), ...readBackground(parameters) };
}
