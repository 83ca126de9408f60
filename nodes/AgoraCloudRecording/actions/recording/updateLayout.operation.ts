import type { INodeProperties } from 'n8n-workflow';
import { defined } from '../../agora/objects';
import { layoutRequest, pickLayout, updateLayoutSchema } from '../../agora/requests/picture';
import { readAdditionalFields } from '../../form/additionalFields';
import { collectionOf, nameInMessages, placesUnder } from '../../form/fields';
import { readRecording, type KnownRecording } from '../../form/knownRecording';
import { backgroundFields, readBackground } from '../../form/background';
import { layoutFields, layoutPlaces, readLayout } from '../../form/layout';
import { recordingFields } from '../../form/recordingSource';
import {
	extraBodyOption,
	optionsField,
	requestTimeoutOption,
	simplifyOption,
} from '../../form/options';
import type { ItemRun, Operation } from '../operation';
import { changeRecording } from './changeRecording';

const BACKGROUND = 'background';
const PLACES = placesUnder('clientRequest.', layoutPlaces(`${BACKGROUND}.`));

/** As in Start, and the choice to change only what lies behind the users. */
const layoutChoices = layoutFields({}).map((field): INodeProperties =>
	field.name === 'layout'
		? {
				...field,
				options: [
					...(field.options ?? []),
					{
						name: 'Keep Current Layout',
						value: 'keep',
						description: 'Change only the background',
					},
				],
			}
		: field,
);

const fields: INodeProperties[] = [
	...recordingFields(),
	...layoutChoices,
	collectionOf(
		{
			displayName: 'Background',
			name: BACKGROUND,
			placeholder: 'Add background',
			description: 'What to show where there is no video',
		},
		backgroundFields,
	),
	optionsField([
		extraBodyOption,
		{
			displayName: 'Keep Background',
			name: 'keepBackground',
			type: 'boolean',
			default: true,
			description:
				'Whether to keep the colors and images of the incoming item that you do not set here. While off, Agora resets them.',
		},
		requestTimeoutOption(),
		simplifyOption,
	]),
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

function readNewLayout(
	{ parameters }: ItemRun,
	recording: KnownRecording,
): Record<string, unknown> {
	const before = knownLayout(recording);
	const background = parameters.within(BACKGROUND);
	const kept = parameters.boolean('options.keepBackground', true) ? before?.background : undefined;
	if (parameters.raw('layout') !== 'keep')
		return { ...kept, ...readLayout(parameters, background) };
	if (before) return { ...before.arrangement, ...kept, ...readBackground(background) };
	throw parameters.refusal(
		'layout',
		'Keep Current Layout',
		'must be a layout, because the incoming item does not contain one (Start and Update Layout return it)',
	);
}

export const updateLayout: Operation = {
	fields,
	async prepare(run) {
		const recording = readRecording(run, 'mix');
		const checked = run.parameters.check(
			updateLayoutSchema,
			{ clientRequest: readNewLayout(run, recording) },
			nameInMessages(run.parameters, PLACES),
		);
		const { request, overridden } = readAdditionalFields(
			run,
			'options.extraBody',
			checked,
			updateLayoutSchema,
		);
		return changeRecording(run, recording, 'updateLayout', request, {
			layout: pickLayout(request.clientRequest),
			...(overridden.length > 0 && { overridden }),
		});
	},
};
