import {
	NodeHelpers,
	type IDisplayOptions,
	type INode,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';

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
	const collect = (fields: readonly Field[], prefix: string) => {
		for (const field of fields) {
			const path = `${prefix}${field.name}`;
			names.set(path, field.displayName);
			const inner =
				'values' in field
					? field.values
					: ['collection', 'fixedCollection'].includes(field.type)
						? field.options
						: [];
			collect(
				(inner ?? []).filter((option): option is Field => 'displayName' in option),
				`${path}.`,
			);
		}
	};
	const isShown = (field: INodeProperties) =>
		NodeHelpers.displayParameter(node.parameters, field, node, null);
	collect(
		properties.filter((field) => !isShown(field)),
		'',
	);
	collect(properties.filter(isShown), '');
	return names;
}
