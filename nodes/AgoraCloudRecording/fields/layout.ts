import type { INodeProperties } from 'n8n-workflow';

/** How the users are arranged in the picture of a composite recording. */

const LAYOUT_OPTIONS = [
	{
		name: 'Best Fit',
		value: 'bestFit',
		description: 'All users in regions of the same size, by Agora',
	},
	{
		name: 'Custom',
		value: 'custom',
		description: 'Regions of your own',
	},
	{
		name: 'Floating',
		value: 'floating',
		description: 'The first user fills the picture, the others lie over it, by Agora',
	},
	{
		name: 'Grid',
		value: 'grid',
		description: 'As many equal cells as there are users, computed for their number',
	},
	{
		name: 'Picture in Picture',
		value: 'pictureInPicture',
		description: 'The first user fills the picture, the others lie small at the bottom right',
	},
	{
		name: 'Presenter with Strip',
		value: 'presenter',
		description: 'The first user large, the others in a strip at the right',
	},
	{
		name: 'Side by Side',
		value: 'sideBySide',
		description: 'All users next to each other in columns',
	},
	{
		name: 'Stacked',
		value: 'stacked',
		description: 'All users below each other in rows',
	},
	{
		name: 'Vertical',
		value: 'vertical',
		description: 'One user large at the left, the others small at the right, by Agora',
	},
];

const COMPUTED = ['grid', 'pictureInPicture', 'presenter', 'sideBySide', 'stacked'];

const part = (displayName: string, name: string, defaultValue: number, description: string) => ({
	displayName,
	name,
	type: 'number' as const,
	typeOptions: { minValue: 0, maxValue: 1 },
	default: defaultValue,
	description,
});

const renderMode: INodeProperties = {
	displayName: 'Fit',
	name: 'render_mode',
	type: 'options',
	options: [
		{ name: 'Fill and Crop', value: 0 },
		{ name: 'Show All', value: 1 },
	],
	default: 0,
	description: 'Whether to fill the region and cut off what is over, or to show all with bars',
};

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
			description: 'How the users are arranged in the picture, 17 at most',
		},
		{
			displayName: 'UID of the Large Picture',
			name: 'maxResolutionUid',
			type: 'string',
			displayOptions: shown(['vertical']),
			default: '',
			placeholder: 'e.g. 123',
			description:
				'UID of the user who is shown large. Left empty, the large region has the background color only.',
		},
		{
			displayName: 'Number of Users',
			name: 'layoutUsers',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: 17 },
			displayOptions: shown(COMPUTED),
			default: 2,
			description: 'For how many users to make regions, 17 at most',
		},
		{
			displayName: 'UIDs in Order',
			name: 'layoutUids',
			type: 'string',
			displayOptions: shown(COMPUTED),
			default: '',
			placeholder: 'e.g. 123, 456',
			description:
				'Who gets the first region, the second, and so on, separated by commas. Regions without a UID are filled as users join.',
		},
		{
			displayName: 'Regions',
			name: 'regions',
			type: 'fixedCollection',
			typeOptions: { multipleValues: true, sortable: true },
			placeholder: 'Add region',
			displayOptions: shown(['custom']),
			default: {},
			description: 'Places in the picture, 17 at most, in parts of its width and height',
			options: [
				{
					displayName: 'Region',
					name: 'region',
					values: [
						{
							displayName: 'UID',
							name: 'uid',
							type: 'string',
							default: '',
							placeholder: 'e.g. 123',
							description: 'Who is shown here. Leave empty to fill it as users join.',
						},
						part('Left', 'x_axis', 0, 'Left edge: 0 is the left of the picture, 0.5 its middle'),
						part('Top', 'y_axis', 0, 'Upper edge: 0 is the top of the picture, 0.5 its middle'),
						part('Width', 'width', 1, 'Width: 1 is that of the picture'),
						part('Height', 'height', 1, 'Height: 1 is that of the picture'),
						part('Opacity', 'alpha', 1, '1 covers what lies below, 0 is invisible'),
						renderMode,
					],
				},
			],
		},
		{
			displayName: 'Background',
			name: 'background',
			type: 'collection',
			placeholder: 'Add background',
			displayOptions: condition,
			default: {},
			options: [
				{
					displayName: 'Color',
					name: 'backgroundColor',
					type: 'color',
					default: '#000000',
					description: 'Color where no user is shown',
				},
				{
					displayName: 'Image',
					name: 'backgroundImage',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/background.jpg',
					description: 'Address of a JPG or BMP image behind the whole picture, 6 MB at most',
				},
				{
					displayName: 'Image for Users Without Video',
					name: 'defaultUserBackgroundImage',
					type: 'string',
					default: '',
					placeholder: 'e.g. https://example.com/person.jpg',
					description: 'Address of a JPG or BMP image shown for users who send no video',
				},
				{
					displayName: 'Images of Single Users',
					name: 'userImages',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					placeholder: 'Add user',
					default: {},
					options: [
						{
							displayName: 'User',
							name: 'user',
							values: [
								{
									displayName: 'UID',
									name: 'uid',
									type: 'string',
									default: '',
									placeholder: 'e.g. 123',
								},
								{
									displayName: 'Image',
									name: 'image_url',
									type: 'string',
									default: '',
									placeholder: 'e.g. https://example.com/anna.jpg',
									description: 'Address of a JPG or BMP image shown while this user sends no video',
								},
								renderMode,
							],
						},
					],
				},
			],
		},
	];
}
