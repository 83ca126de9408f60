import type { IDisplayOptions, INodeProperties, INodePropertyCollection } from 'n8n-workflow';

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
 */
export function displayNames(properties: INodeProperties[]): Map<string, string> {
	const names = new Map<string, string>();
	const collect = (fields: readonly Field[], prefix: string) => {
		for (const field of fields) {
			const path = `${prefix}${field.name}`;
			names.set(path, field.displayName);
			const inner =
				'values' in field ? field.values : field.type === 'collection' ? field.options : [];
			collect(
				(inner ?? []).filter((option): option is Field => 'displayName' in option),
				`${path}.`,
			);
		}
	};
	collect(properties, '');
	return names;
}
