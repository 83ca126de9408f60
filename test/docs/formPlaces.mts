import type { INodeParameters, INodeProperties } from 'n8n-workflow';
import type { FieldForm } from '../coverage/fieldForms.mts';
import type { Mode, Operation } from '../coverage/fields.mts';
import { merged, START_FORMS } from '../support/capture.mts';
import { placed } from '../support/form.mts';
import { builtModule, withDefaults } from '../support/host.mts';
import type { Setup } from '../support/setup.mts';

/** Says where in the form, or in its credential, a field of Agora's API is entered. */

interface FormModule {
	displayNames: (properties: INodeProperties[], node: object) => Map<string, string>;
}

/** What is entered at one place: `recordingOptions.salt` and its value; rows of lists by their name. */
type Entry = readonly [path: string, value: unknown];

function entriesOf(parameters: INodeParameters, prefix = ''): Entry[] {
	return Object.entries(parameters).flatMap(([name, value]): Entry[] => {
		const inner: unknown = Array.isArray(value) ? value[0] : value;
		return typeof inner === 'object' && inner !== null
			? entriesOf(inner as INodeParameters, `${prefix}${name}.`)
			: [[`${prefix}${name}`, value]];
	});
}

type Field = Partial<INodeProperties> & { values?: INodeProperties[] };

/** The names of the choices of a field; undefined where it is no choice. */
function choiceName(fields: readonly Field[], path: string, value: unknown): string | undefined {
	const [name, ...rest] = path.split('.');
	for (const field of fields.filter((one) => one.name === name)) {
		if (rest.length > 0) {
			const inner = (field.values ?? field.options ?? []) as Field[];
			const found = choiceName(inner, rest.join('.'), value);
			if (found !== undefined) return found;
		} else if (field.type === 'boolean') {
			return value === true ? 'on' : 'off';
		} else if (field.type === 'options') {
			const options = (field.options ?? []) as Array<{ name: string; value?: unknown }>;
			const choice = options.find((option) => option.value === value);
			if (choice) return choice.name;
		}
	}
	return undefined;
}

/** The names of the fields that decide whether a field is shown. */
function namesThatShow(fields: readonly Field[], path: string): string[] {
	const [name] = path.split('.');
	return fields
		.filter((field) => field.name === name)
		.flatMap(({ displayOptions: { show, hide } = {} }) =>
			Object.keys({ ...show, ...hide }).filter((other) => other !== name),
		);
}

/** `storageAccessKey` is where `accessKey` is entered. */
const isNamedLike = (path: string, wanted: string) =>
	(path.split('.').at(-1) ?? '').toLowerCase().endsWith(wanted.toLowerCase());

/** The forms of the node and of its credential. */
export type Forms = Pick<Setup, 'nodeType' | 'credentialType'>;

export class FormPlaces {
	private readonly agora: Forms;
	private readonly displayNames: FormModule['displayNames'];

	constructor(agora: Forms) {
		this.agora = agora;
		this.displayNames = builtModule<FormModule>('form/fields.js').displayNames;
	}

	/**
	 * @param apiField the last word of the field's path in the API
	 * @returns '' where nothing has to be entered
	 */
	of(operation: Operation, mode: Mode, apiField: string, form: FieldForm): string {
		const { properties } = this.agora.nodeType.description;
		const entered = placed(operation, { mode, ...form.parameters });
		delete entered.mode;
		const own = operation === 'acquire' ? { sendStartSettings: true } : {};
		const whole = withDefaults(
			this.agora.nodeType,
			placed(operation, {
				resource: 'recording',
				operation,
				...(operation === 'acquire' || operation === 'start'
					? merged(START_FORMS[mode], own, form.parameters)
					: merged(operation === 'update' ? { mode } : {}, form.parameters)),
			}),
		);
		const names = this.displayNames(properties, { typeVersion: 1, parameters: whole });
		const shown = properties.filter(
			({ displayOptions }) =>
				(displayOptions?.show?.operation ?? [operation]).includes(operation) &&
				(displayOptions?.show?.resource ?? ['recording']).includes('recording'),
		);
		const inForm = this.places(entriesOf(entered), apiField, names, shown, '');
		// One name has a field for each storage vendor.
		const { storageVendor: vendor = 'amazonS3' } = form.credentials ?? {};
		const ofCredential = this.agora.credentialType.properties.filter(({ displayOptions }) => {
			const vendors = displayOptions?.show?.storageVendor;
			return vendors === undefined || vendors.some((name) => name === vendor);
		});
		const credentialNames = new Map(
			ofCredential.map(({ name, displayName }) => [name, displayName]),
		);
		const inCredential = this.places(
			Object.entries(form.credentials ?? {}),
			apiField,
			credentialNames,
			ofCredential,
			'Credential → ',
		);
		return [inForm, inCredential].filter(Boolean).join('; ');
	}

	/** The place itself, and what makes it appear; or all that is entered, with its choices. */
	private places(
		entries: readonly Entry[],
		apiField: string,
		names: ReadonlyMap<string, string>,
		properties: readonly Field[],
		before: string,
	): string {
		const title = (path: string) => {
			const steps = path.split('.');
			const titles = steps.map((_, i) => names.get(steps.slice(0, i + 1).join('.')));
			if (titles.includes(undefined)) throw new Error(`The form has no field ${path}`);
			// What belongs together is named together.
			const told = titles.filter((one, i) => {
				const next = titles[i + 1];
				return next === undefined || (next !== one && !next.startsWith(`${one} → `));
			});
			return `${before}${told.join(' → ')}`;
		};
		const withChoice = ([path, value]: Entry) => {
			const choice = choiceName(properties, path, value);
			return `*${title(path)}*${choice === undefined ? '' : `: ${choice}`}`;
		};
		const own = entries.filter(([path]) => isNamedLike(path, apiField));
		if (own.length === 0) return entries.map(withChoice).join(', ');
		const deciding = new Set(own.flatMap(([path]) => namesThatShow(properties, path)));
		const conditions = entries.filter(([path]) => deciding.has(path.split('.')[0]));
		const places = own.map(([path]) => `*${title(path)}*`).join(', ');
		return conditions.length === 0
			? places
			: `${places} (with ${conditions.map(withChoice).join(', ')})`;
	}
}
