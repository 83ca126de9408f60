import type { INodeProperties } from 'n8n-workflow';
import type { FormItem } from './item';
import { isTool } from '../errors';

/** Links to files: whether, for how long, and what a browser does with them. */

const addLinks: INodeProperties = {
	displayName: 'Add Links',
	name: 'addLinks',
	type: 'boolean',
	default: true,
	description: 'Whether files get a link, which opens for everybody who has it',
};

/** Where files get links unless somebody says otherwise. */
export const leaveOutLinksOption: INodeProperties = {
	...addLinks,
	default: false,
	description:
		'Whether files get a link, which opens for everybody who has it. Without this option they do, unless the node is the tool of an agent.',
};

/** Where files get no links unless somebody says so. */
export const addLinksOption = addLinks;

export const linkHoursOption: INodeProperties = {
	displayName: 'Link Valid For (Hours)',
	name: 'linkHours',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 168 },
	// Whoever has a link has the file: how long is for the builder to say, never for a model.
	noDataExpression: true,
	default: 24,
	description:
		"How long links open, from 1 to 168; the credential's 'Longest Link (Hours)' is the limit, and seven days that of most vendors",
};

const linkUseOption: INodeProperties = {
	displayName: 'Link Opens',
	name: 'linkUse',
	type: 'options',
	options: [
		{ name: 'In the Browser', value: 'open', description: 'A video plays at once' },
		{ name: 'As a Download', value: 'download', description: 'The browser saves the file' },
	],
	default: 'open',
	description: 'What a browser does with a link',
};

const checkLinksOption: INodeProperties = {
	displayName: 'Check Links',
	name: 'checkLinks',
	type: 'boolean',
	default: true,
	description:
		'Whether to open each link from here before it is handed on. Turned off, linkState says unchecked.',
};

/** Options of everything that makes links. */
export const linkOptions: INodeProperties[] = [checkLinksOption, linkHoursOption, linkUseOption];

export interface LinkSettings {
	/** Seconds. */
	lasts: number;
	use: 'open' | 'download';
	check: boolean;
}

/** Whether links are wanted. @param byDefault where nobody says; never for an agent's tool */
export const readLinksWanted = ({ parameters, context }: FormItem, byDefault: boolean): boolean =>
	parameters.boolean('options.addLinks', byDefault && !isTool(context.getNode()));

/** How links are to be. */
export function readLinkSettings({ parameters, credentials }: FormItem): LinkSettings {
	const hours = parameters.wholeNumberWithin('options.linkHours', DEFAULT_HOURS, 1, MAX_HOURS);
	return {
		lasts: 3600 * Math.min(hours, credentials.longestLinkHours),
		use: parameters.choice('options.linkUse', ['open', 'download'], 'open'),
		check: parameters.boolean('options.checkLinks', true),
	};
}

const DEFAULT_HOURS = 24;
const MAX_HOURS = 168;
