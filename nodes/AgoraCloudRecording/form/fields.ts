import { defined } from '../agora/objects';
import {
	NodeHelpers,
	type IDisplayOptions,
	type INode,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';
import type { ItemParameters } from './parameters';

/** Where in the form each place of a request is filled in, e.g. `recordingOptions.maxIdleTime`. */
export type Places = Record<string, string>;

/**
 * What was filled in, by the name of the field: fields that are sent as they are entered have the names
 * that Agora gave them. What is hidden, not added or left empty is left out, unless it is required.
 */
export function readMembers(
	form: ItemParameters,
	properties: readonly INodeProperties[],
): Record<string, unknown> {
	const read = ({ name, type, default: byDefault, required }: INodeProperties) => {
		if (form.raw(name) === undefined) return undefined;
		if (type === 'boolean') return form.boolean(name, false);
		if (typeof byDefault === 'number') return form.number(name, byDefault);
		return required ? form.text(name) : form.optionalText(name);
	};
	return defined(Object.fromEntries(properties.map((property) => [property.name, read(property)])));
}

/** A row of a list as it was filled in; what is left out, as by an expression, has its default. */
export const readRow = (
	row: ItemParameters,
	fields: readonly INodeProperties[],
): Record<string, unknown> => ({
	...Object.fromEntries(
		fields.flatMap(({ name, default: byDefault }) => (byDefault === '' ? [] : [[name, byDefault]])),
	),
	...readMembers(row, fields),
});

/**
 * Where fields that are sent as they are entered are filled in.
 *
 * @param path of the object in the request that holds them, with a dot at its end
 * @param collection of the form in which they stand, with a dot at its end; '' for those in no collection
 */
export const placesOf = (
	path: string,
	properties: readonly INodeProperties[],
	collection = '',
): Places =>
	Object.fromEntries(properties.map(({ name }) => [`${path}${name}`, `${collection}${name}`]));

/** The same places further down in the request, or in a collection of the form. */
export const placesUnder = (path: string, places: Places, collection = ''): Places =>
	Object.fromEntries(
		Object.entries(places).map(([place, field]) => [`${path}${place}`, `${collection}${field}`]),
	);

/** A collection that n8n fills as the user adds entries, in alphabetical order, as n8n wants them. */
export const collectionOf = (
	{
		displayName,
		name,
		placeholder = 'Add option',
		...more
	}: Partial<INodeProperties> & Pick<INodeProperties, 'displayName' | 'name'>,
	entries: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'collection',
	placeholder,
	default: {},
	...more,
	options: [...entries].sort((a, b) => a.displayName.localeCompare(b.displayName)),
});

/**
 * Fields that belong together and appear together: `<name>.<row>.<field>`. In a plain collection n8n
 * would neither hide nor mark one because of another. For entries of a collection: n8n fails where one
 * that has such a default stands outside of any and was never filled in.
 */
export const togetherAs = (
	{
		displayName,
		name,
		...more
	}: Partial<INodeProperties> & Pick<INodeProperties, 'displayName' | 'name'>,
	row: string,
	values: INodeProperties[],
): INodeProperties => ({
	displayName,
	name,
	type: 'fixedCollection',
	default: { [row]: Object.fromEntries(values.map((value) => [value.name, value.default])) },
	...more,
	options: [{ displayName, name: row, values }],
});

/** Adds the condition under which fields are shown to whatever conditions they have. */
export function shownFor(
	show: NonNullable<IDisplayOptions['show']>,
	properties: INodeProperties[],
): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			show: { ...show, ...property.displayOptions?.show },
		},
	}));
}

type Field = INodeProperties | INodePropertyCollection;

/**
 * Names of a form's fields as the user sees them, by parameter: `maxIdleTime`, and `video.width` for
 * what lies in a collection. Messages take them from here, so that they cannot differ from the form.
 * Where one parameter has several names, that of the field which is shown counts.
 *
 * @param node the node as the user filled it in
 */
export function displayNames(properties: INodeProperties[], node: INode): Map<string, string> {
	const names = new Map<string, string>();
	const collect = (fields: readonly Field[], prefix: string, title: string) => {
		for (const field of fields) {
			const path = `${prefix}${field.name}`;
			if ('values' in field) {
				names.set(path, field.displayName);
				collect(field.values, `${path}.`, title);
				continue;
			}
			names.set(path, `${title}${field.displayName}`);
			const { type, displayName, typeOptions, options = [] } = field;
			if (type !== 'collection' && type !== 'fixedCollection') continue;
			// What belongs together is named together: 'Encryption → Key'. A list names its rows itself.
			const together = type === 'fixedCollection' && !typeOptions?.multipleValues;
			collect(
				options.filter((option): option is Field => 'displayName' in option),
				`${path}.`,
				together ? `${displayName} → ` : '',
			);
		}
	};
	const isShown = (field: INodeProperties) =>
		NodeHelpers.displayParameter(node.parameters, field, node, null);
	const hidden = properties.filter((field) => !isShown(field));
	for (const fields of [hidden, properties.filter(isShown)]) collect(fields, '', '');
	return names;
}

/**
 * Names the field of the form, or of the credential, behind a place of a request.
 *
 * @param places where each is filled in; `*` stands for a position in a list
 * @param storageField names the field behind a member of `storageConfig`
 */
export function nameInMessages(
	parameters: ItemParameters,
	places: Places,
	storageField?: (member: string) => string,
): (path: string) => string {
	return (path) => {
		const place = path.replace('clientRequest.startParameter.', 'clientRequest.');
		const member = place.replace('clientRequest.storageConfig.', '');
		if (storageField && member !== place) return storageField(member);
		const [position] = /(?<=layoutConfig\.|backgroundConfig\.)\d+/.exec(place) ?? [];
		const pattern = place.replace(/\.\d+(?=\.|$)/g, '.*');
		// Regions of a computed layout come from the list of UIDs, not from rows.
		const field =
			pattern.endsWith('layoutConfig.*.uid') && parameters.raw('layout') !== 'custom'
				? 'layoutUids'
				: (places[pattern] ?? pattern);
		const list = field.split('.').slice(0, -2).join('.');
		return position !== undefined && list !== ''
			? `${parameters.nameOf(list)} ${Number(position) + 1} → ${parameters.nameOf(field)}`
			: parameters.nameOf(field);
	};
}
