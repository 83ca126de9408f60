import type { INodeProperties } from 'n8n-workflow';
import { isTool } from '../errors';
import { togetherAs } from './fields';
import type { FormItem } from './item';
import type { ItemParameters } from './parameters';

/** Links to files: whether, for how long, and what a browser does with them. */

const addLinksField: INodeProperties = {
	displayName: 'Add Links',
	name: 'addLinks',
	type: 'boolean',
	default: true,
	description: 'Whether to add a link to each file. Anyone with the link can open the file.',
};

/** Hours. */
const DEFAULT_HOURS = 24;
const MAX_HOURS = 168;

export const linkHoursField: INodeProperties = {
	displayName: 'Links Valid For (Hours)',
	name: 'linkHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: MAX_HOURS },
	// Whoever has a link has the file: how long is for the builder to say, never for a model.
	noDataExpression: true,
	default: 24,
	description:
		"How long links stay valid, from 1 to 168, limited by 'Maximum Link Validity (Hours)' in the credential",
};

const fields: INodeProperties[] = [
	addLinksField,
	linkHoursField,
	{
		displayName: 'Link Action',
		name: 'linkAction',
		type: 'options',
		options: [
			{ name: 'Open in Browser', value: 'open', description: 'Videos play in the browser' },
			{ name: 'Download', value: 'download', description: 'The browser saves the file' },
		],
		default: 'open',
		description: 'What browsers do with a link',
	},
	{
		displayName: 'Check Links',
		name: 'checkLinks',
		type: 'boolean',
		default: true,
		description:
			"Whether to test each link before returning it. While off, linkState is 'unchecked'.",
	},
];

const together = (description: string) =>
	togetherAs({ displayName: 'Links', name: 'links', description }, 'link', fields);

/** For what makes links unless somebody says otherwise. */
export const linksOption = together(
	'Links to the files. By default, links are valid for 24 hours; AI agent tools get none.',
);

/** For what makes no links unless somebody says so. */
export const linksIfWantedOption = together('Links to the files. By default, none are created.');

export interface LinkSettings {
	/** Seconds. */
	lasts: number;
	use: 'open' | 'download';
	check: boolean;
}

/** How long links are to be valid, in seconds. @param form where {@link linkHoursField} stands */
export function readLinkLength(form: ItemParameters, { credentials }: FormItem): number {
	const hours = form.wholeNumberWithin('linkHours', DEFAULT_HOURS, 1, MAX_HOURS);
	return 3600 * Math.min(hours, credentials.maxLinkHours);
}

/**
 * How links are to be; undefined where none are wanted.
 *
 * @param byDefault whether links are made where nobody says; never for an agent's tool
 */
export function readLinks(item: FormItem, byDefault: boolean): LinkSettings | undefined {
	const form = item.parameters.within('options.links.link');
	const wanted = byDefault && !isTool(item.context.getNode());
	const lasts = readLinkLength(form, item);
	const use = form.choice('linkAction', ['open', 'download'], 'open');
	const check = form.boolean('checkLinks', true);
	return form.boolean('addLinks', wanted) ? { lasts, use, check } : undefined;
}
