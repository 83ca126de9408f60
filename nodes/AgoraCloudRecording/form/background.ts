import type { INodeProperties } from 'n8n-workflow';
import { placesOf, readMembers, readRow, type Places } from './fields';
import type { ItemParameters } from './parameters';

/** What is seen in the picture of a composite recording where no video is (rest-api.md 3.4). */

export const renderModeField: INodeProperties = {
	displayName: 'Scaling',
	name: 'render_mode',
	type: 'options',
	options: [
		{ name: 'Crop to Fill', value: 0, description: 'Fills the space, but may cut off edges' },
		{ name: 'Fit with Bars', value: 1, description: 'Shows the whole image, with bars if needed' },
	],
	default: 0,
	description: 'How to fit a video or image whose aspect ratio differs from its region',
};

const userImageFields: INodeProperties[] = [
	{
		displayName: 'UID',
		name: 'uid',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 123',
		description: 'User ID of the user that the image represents',
	},
	{
		displayName: 'Image',
		name: 'image_url',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. https://example.com/anna.jpg',
		description: 'URL of a JPG or BMP image to show while this user sends no video',
	},
	renderModeField,
];

const plainBackgroundFields: INodeProperties[] = [
	{
		displayName: 'Background Color',
		name: 'backgroundColor',
		type: 'color',
		default: '#000000',
		description: 'Color of the areas where no user is shown',
	},
	{
		displayName: 'Background Image',
		name: 'backgroundImage',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/background.jpg',
		description: 'URL of a JPG or BMP image to show behind the users, up to 6 MB',
	},
	{
		displayName: 'Default User Image',
		name: 'defaultUserBackgroundImage',
		type: 'string',
		default: '',
		placeholder: 'e.g. https://example.com/person.jpg',
		description: 'URL of a JPG or BMP image to show for users who send no video',
	},
];

export const backgroundFields: INodeProperties[] = [
	...plainBackgroundFields,
	{
		displayName: 'User Images',
		name: 'userImages',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add user',
		default: {},
		description: 'Images for specific users, shown while they send no video',
		options: [
			{
				displayName: 'User',
				name: 'user',
				values: userImageFields,
			},
		],
	},
];

export const backgroundPlaces: Places = {
	...placesOf('', plainBackgroundFields),
	...placesOf('backgroundConfig.*.', userImageFields, 'userImages.user.'),
};

/** Colors and images behind the users; only what was filled in. */
export function readBackground(form: ItemParameters): Record<string, unknown> {
	const images = form.rows('userImages.user').map((row) => readRow(row, userImageFields));
	return {
		...readMembers(form, plainBackgroundFields),
		...(images.length > 0 && { backgroundConfig: images }),
	};
}
