import type { INodeProperties } from 'n8n-workflow';
import { defined } from '../agora/objects';
import {
	AGORA_LAYOUTS,
	CUSTOM_LAYOUT,
	LAYOUT_PRESETS,
	MAX_REGIONS,
	presetRegions,
	type LayoutPreset,
} from '../agora/requests/layouts';
import { backgroundPlaces, readBackground, renderModeField } from './background';
import { placesOf, placesUnder, readRow, type Places } from './fields';
import type { ItemParameters } from './parameters';

/** How the users are arranged in the picture of a composite recording (rest-api.md 3.4). */

const LAYOUT_OPTIONS = [
	{
		name: 'Best Fit',
		value: 'bestFit',
		description: 'All users at the same size. Agora rearranges them as users join and leave.',
	},
	{
		name: 'Custom',
		value: 'custom',
		description: 'Regions that you define yourself',
	},
	{
		name: 'Floating',
		value: 'floating',
		description: 'The first user fills the picture, with the others in small windows on top',
	},
	{
		name: 'Grid',
		value: 'grid',
		description: 'Equal cells for a fixed number of users',
	},
	{
		name: 'Picture in Picture',
		value: 'pictureInPicture',
		description:
			'One user fills the picture, with a fixed number of others in small windows on top',
	},
	{
		name: 'Presenter with Strip',
		value: 'presenter',
		description:
			'One large user, with the others in a strip on the right, for a fixed number of users',
	},
	{
		name: 'Side by Side',
		value: 'sideBySide',
		description: 'A fixed number of users in columns',
	},
	{
		name: 'Stacked',
		value: 'stacked',
		description: 'A fixed number of users in rows',
	},
	{
		name: 'Vertical',
		value: 'vertical',
		description: 'One large user on the left, with the others in small windows on the right',
	},
];

const part = (displayName: string, name: string, defaultValue: number, description: string) => ({
	displayName,
	name,
	type: 'number' as const,
	typeOptions: { minValue: 0, maxValue: 1 },
	default: defaultValue,
	description,
});

const regionFields: INodeProperties[] = [
	{
		displayName: 'UID',
		name: 'uid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 123',
		description: 'User ID of the user to show here. Leave empty to show the next user who joins.',
	},
	part(
		'Left',
		'x_axis',
		0,
		'Left edge of the region: 0 is the left edge of the picture, 0.5 its center',
	),
	part(
		'Top',
		'y_axis',
		0,
		'Top edge of the region: 0 is the top edge of the picture, 0.5 its center',
	),
	part('Width', 'width', 1, 'Relative to the picture: 1 is the full width, 0.5 half of it'),
	part('Height', 'height', 1, 'Relative to the picture: 1 is the full height, 0.5 half of it'),
	part('Opacity', 'alpha', 1, 'From 0 (invisible) to 1 (opaque)'),
	renderModeField,
];

/** @param condition when there is a picture at all */
export function layoutFields(condition: INodeProperties['displayOptions']): INodeProperties[] {
	const shown = (layouts: string[]): INodeProperties['displayOptions'] => ({
		...condition,
		show: { ...condition?.show, layout: layouts },
	});
	return [
		{
			displayName: 'Layout',
			name: 'layout',
			type: 'options',
			displayOptions: condition,
			options: LAYOUT_OPTIONS,
			default: 'floating',
			description: 'How to arrange the users in the picture. A picture shows up to 17.',
		},
		{
			displayName: 'Large Window UID',
			name: 'maxResolutionUid',
			type: 'string',
			displayOptions: shown(['vertical']),
			default: '',
			placeholder: 'e.g. 123',
			description:
				'User ID of the user in the large window. Leave empty to show only the background color there.',
		},
		{
			displayName: 'Number of Users',
			name: 'layoutUsers',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 17 },
			displayOptions: shown(LAYOUT_PRESETS),
			default: 2,
			description: 'Number of regions to create, up to 17',
		},
		{
			displayName: 'UIDs in Order',
			name: 'layoutUids',
			type: 'string',
			displayOptions: shown(LAYOUT_PRESETS),
			default: '',
			placeholder: 'e.g. 123, 456',
			description:
				'Comma-separated user IDs for the first region, the second, and so on. Remaining regions are filled as users join.',
		},
		{
			displayName: 'Regions',
			name: 'regions',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add region',
			displayOptions: shown(['custom']),
			default: {},
			description:
				'Regions of the picture that show users, up to 17. Positions and sizes are relative: 1 is the full width or height.',
			options: [{ displayName: 'Region', name: 'region', values: regionFields }],
		},
	];
}

/**
 * Where the members of a layout are filled in; `*` stands for a position in a list.
 *
 * @param background collection that the background's fields stand in, with a dot at its end
 */
export const layoutPlaces = (background: string): Places => ({
	mixedVideoLayout: 'layout',
	maxResolutionUid: 'maxResolutionUid',
	layoutConfig: 'regions',
	...placesOf('layoutConfig.*.', regionFields, 'regions.region.'),
	...placesUnder('', backgroundPlaces, background),
});

const AGORA_NAMES = Object.keys(AGORA_LAYOUTS) as Array<keyof typeof AGORA_LAYOUTS>;
const LAYOUT_NAMES = [...AGORA_NAMES, ...LAYOUT_PRESETS, 'custom'] as const;

const isPreset = (name: string): name is LayoutPreset =>
	LAYOUT_PRESETS.some((preset) => preset === name);

/** The arrangement of the users, as Agora's number and regions. */
function readArrangement(form: ItemParameters): Record<string, unknown> {
	const name = form.choice('layout', LAYOUT_NAMES, 'floating');
	if (name === 'custom') {
		return {
			mixedVideoLayout: CUSTOM_LAYOUT,
			layoutConfig: form.rows('regions.region').map((row) => readRow(row, regionFields)),
		};
	}
	if (isPreset(name)) {
		const users = form.wholeNumberWithin('layoutUsers', 2, 1, MAX_REGIONS);
		const uids = form.list('layoutUids');
		if (uids.length > users) {
			throw form.refusal(
				'layoutUids',
				uids.join(', '),
				`must contain at most ${users} UIDs, one for each region`,
			);
		}
		return { mixedVideoLayout: CUSTOM_LAYOUT, layoutConfig: presetRegions(name, users, uids) };
	}
	const maxResolutionUid = name === 'vertical' ? form.optionalText('maxResolutionUid') : undefined;
	return defined({ mixedVideoLayout: AGORA_LAYOUTS[name], maxResolutionUid });
}

/**
 * The whole layout as the form says it.
 *
 * @param background where the background's fields stand
 */
export const readLayout = (
	form: ItemParameters,
	background: ItemParameters,
): Record<string, unknown> => ({ ...readArrangement(form), ...readBackground(background) });
