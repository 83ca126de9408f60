import type { INodeProperties } from 'n8n-workflow';
import { defined } from '../../agora/objects';
import {
	layoutRequest,
	pickLayout,
	updateLayoutSchema,
	type Layout,
} from '../../agora/requests/picture';
import { recordingFields } from '../../fields/identity';
import { layoutFields } from '../../fields/layout';
import {
	extraBodyOption,
	optionsField,
	requestTimeoutOption,
	simplifyField,
} from '../../fields/options';
import type { ItemRun, Operation } from '../operation';
import { changeRecording } from './changing';
import { fieldNames } from './input/fieldNames';
import { readRecording, type KnownRecording } from './input/knownRecording';
import { readBackground, readLayout } from './input/layout';
import { patched } from './input/patched';

/** As in Start, and the choice to change only what lies behind the users. */
const layoutChoices = layoutFields({}).map((field): INodeProperties =>
	field.name === 'layout'
		? {
				...field,
				options: [
					...(field.options ?? []),
					{
						name: 'Keep as It Is',
						value: 'keep',
						description: 'Leave everybody in place, and only change the background',
					},
				],
			}
		: field,
);

const fields: INodeProperties[] = [
	...recordingFields,
	...layoutChoices,
	{
		displayName: 'Keep Background',
		name: 'keepOthers',
		type: 'boolean',
		default: true,
		description:
			'Whether colors and images that are not filled in here stay as the incoming item has them. Turned off, Agora resets them.',
	},
	simplifyField,
	optionsField([extraBodyOption, requestTimeoutOption()]),
];

/** The layout that the incoming item carries, if it does: where the users are, and what lies behind. */
function knownLayout({ known }: KnownRecording) {
	const parsed = layoutRequest.safeParse(known.layout);
	if (!parsed.success) return undefined;
	const {
		backgroundColor,
		backgroundImage,
		defaultUserBackgroundImage,
		backgroundConfig,
		...arrangement
	} = parsed.data;
	return {
		arrangement,
		background: defined({
			backgroundColor,
			backgroundImage,
			defaultUserBackgroundImage,
			backgroundConfig,
		}),
	};
}

function readNewLayout({ parameters }: ItemRun, recording: KnownRecording): Layout {
	const before = knownLayout(recording);
	const kept = parameters.boolean('keepOthers', true) ? before?.background : undefined;
	if (parameters.raw('layout') !== 'keep') return { ...kept, ...readLayout(parameters) };
	if (before) return { ...before.arrangement, ...kept, ...readBackground(parameters) };
	throw parameters.refusal(
		'layout',
		'Keep as It Is',
		'another choice, because the incoming item does not tell the layout (Start and Update Layout do)',
	);
}

export const updateLayout: Operation = {
	fields,
	async prepare(run) {
		const recording = readRecording(run, 'mix');
		const layout = readNewLayout(run, recording);
		run.parameters.check(updateLayoutSchema, { clientRequest: layout }, fieldNames(run.parameters));
		const { request, overridden } = patched(
			run,
			'options.extraBody',
			{ clientRequest: layout },
			updateLayoutSchema,
		);
		return changeRecording(run, recording, 'updateLayout', request, {
			layout: pickLayout(request.clientRequest),
			...(overridden.length > 0 && { overridden }),
		});
	},
};
