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
		description: 'Everybody in the same size; Agora rearranges them as users come and go',
	},
	{
		name: 'Custom',
		value: 'custom',
		description: 'Places in the picture that you lay out yourself',
	},
	{
		name: 'Floating',
		value: 'floating',
		description: 'The first user fills the picture, Agora lays the others over it in small windows',
	},
	{
		name: 'Grid',
		value: 'grid',
		description: 'Equal cells for the number of users that you give',
	},
	{
		name: 'Picture in Picture',
		value: 'pictureInPicture',
		description:
			'One user fills the picture, the others have small windows over it; for the number you give',
	},
	{
		name: 'Presenter with Strip',
		value: 'presenter',
		description: 'One user large, the others in a strip on the right; for the number that you give',
	},
	{
		name: 'Side by Side',
		value: 'sideBySide',
		description: 'The number of users that you give, in columns next to each other',
	},
	{
		name: 'Stacked',
		value: 'stacked',
		description: 'The number of users that you give, in rows below each other',
	},
	{
		name: 'Vertical',
		value: 'vertical',
		description: 'One user large on the left; Agora puts the others on the right, small',
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
		description: 'User ID of the user to show here. Leave empty to show whoever joins next.',
	},
	part(
		'Left',
		'x_axis',
		0,
		'Where the region begins: 0 is the left edge of the picture, 0.5 its middle',
	),
	part(
		'Top',
		'y_axis',
		0,
		'Where the region begins: 0 is the top edge of the picture, 0.5 its middle',
	),
	part('Width', 'width', 1, '1 is as wide as the picture, 0.5 half as wide'),
	part('Height', 'height', 1, '1 is as high as the picture, 0.5 half as high'),
	part('Opacity', 'alpha', 1, '1 hides what lies below, 0 is invisible'),
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
			description: 'How users are arranged in the picture, which shows 17 at most',
		},
		{
			displayName: 'Large Window UID',
			name: 'maxResolutionUid',
			type: 'string',
			displayOptions: shown(['vertical']),
			default: '',
			placeholder: 'e.g. 123',
			description:
				'User ID of the user who is shown large. Leave empty to show only the background color there.',
		},
		{
			displayName: 'Number of Users',
			name: 'layoutUsers',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 17 },
			displayOptions: shown(LAYOUT_PRESETS),
			default: 2,
			description: 'For how many users to make room, 17 at most',
		},
		{
			displayName: 'UIDs in Order',
			name: 'layoutUids',
			type: 'string',
			displayOptions: shown(LAYOUT_PRESETS),
			default: '',
			placeholder: 'e.g. 123, 456',
			description:
				'User IDs of those who get the first place, the second, and so on, separated by commas. Places without one are filled as users join.',
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
				'Places of the users in the picture, 17 at most. 1 stands for its whole width or height.',
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
			throw form.refusal('layoutUids', uids.join(', '), `at most ${users} UIDs, one a region`);
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
