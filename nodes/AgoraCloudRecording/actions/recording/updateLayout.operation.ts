import type { INodeProperties } from 'n8n-workflow';
import {
	layoutRequest,
	pickLayout,
	updateLayoutSchema,
	type Layout,
} from '../../agora/requests/picture';
import { recordingFields } from '../../fields/identity';
import { layoutFields } from '../../fields/layout';
import {
	DEFAULT_TIMEOUT_S,
	extraBodyOption,
	optionsField,
	requestTimeoutOption,
	simplifyField,
} from '../../fields/options';
import type { ItemRun, Operation } from '../operation';
import { changeRecording } from './changing';
import { fieldNames } from './input/fieldNames';
import { readRecording, type KnownRecording } from './input/knownRecording';
import { patched } from './input/newRecording';
import { readBackground, readLayout } from './input/layout';

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
	optionsField([extraBodyOption, requestTimeoutOption(DEFAULT_TIMEOUT_S)]),
];

/** The layout that the incoming item carries, if it is one. */
function knownLayout({ known }: KnownRecording): Layout | undefined {
	const parsed = layoutRequest.safeParse(known.layout);
	return parsed.success ? parsed.data : undefined;
}

function readNewLayout({ parameters }: ItemRun, recording: KnownRecording): Layout {
	const before = knownLayout(recording);
	if (parameters.raw('layout') === 'keep') {
		if (before) return { ...before, ...readBackground(parameters) };
		throw parameters.refusal(
			'layout',
			'Keep as It Is',
			'another choice, because the incoming item does not tell the layout (Start and Update Layout do)',
		);
	}
	const layout = readLayout(parameters);
	if (!before || !parameters.boolean('keepOthers', true)) return layout;
	const { backgroundColor, backgroundImage, defaultUserBackgroundImage, backgroundConfig } = before;
	return pickLayout({
		...layout,
		backgroundColor: layout.backgroundColor ?? backgroundColor,
		backgroundImage: layout.backgroundImage ?? backgroundImage,
		defaultUserBackgroundImage: layout.defaultUserBackgroundImage ?? defaultUserBackgroundImage,
		backgroundConfig: layout.backgroundConfig ?? backgroundConfig,
	});
}

export const updateLayout: Operation = {
	fields,
	async prepare(run) {
		const recording = readRecording(run, 'mix');
		const layout = readNewLayout(run, recording);
		run.parameters.check(updateLayoutSchema, { clientRequest: layout }, fieldNames(run.parameters));
		const { request, overridden } = patched(run, 'options.extraBody', { clientRequest: layout });
		return changeRecording(run, recording, 'updateLayout', request, {
			layout: pickLayout(request.clientRequest),
			...(overridden.length > 0 && { overridden }),
		});
	},
};
