import { formFor } from '../coverage/fieldForms.mts';
import { FIELDS, type Field, type Mode, type Operation } from '../coverage/fields.mts';
import { RULE_FORMS, type RuleForms } from '../coverage/ruleForms.mts';
import { RULES, type Kind, type Rule } from '../coverage/rules.mts';
import { FormPlaces, type Forms } from './formPlaces.mts';
import { code, GENERATED, list, page, table } from './markdown.mts';

const MODES: readonly Mode[] = ['mix', 'individual', 'web'];
const MODE_NAMES: Record<Mode, string> = {
	mix: 'Composite',
	individual: 'Individual',
	web: 'Web Page',
};

const OPERATIONS: Record<Operation, string> = {
	acquire: 'Acquire',
	start: 'Start',
	update: 'Update',
	updateLayout: 'Update Layout',
	stop: 'Stop',
};

/** Below an App ID's `cloud_recording/`, but for the last. */
const ENDPOINTS: ReadonlyArray<readonly [endpoint: string, operation: string, modes: string]> = [
	['POST acquire', 'Acquire; Start does it by itself', 'all'],
	['POST resourceid/…/mode/…/start', 'Start', 'all'],
	['GET resourceid/…/sid/…/mode/…/query', 'Query; Start asks by itself until it runs', 'all'],
	['POST resourceid/…/sid/…/mode/…/update', 'Update', 'all'],
	['POST resourceid/…/sid/…/mode/…/updateLayout', 'Update Layout', 'Composite'],
	['POST resourceid/…/sid/…/mode/…/stop', 'Stop', 'all'],
	['GET /v1/ncs/ip', "Notification Server → Get Many; the credential's test", '–'],
];

const inClientRequest = /^clientRequest\./;
const inPath = (path: string) =>
	path.replace(inClientRequest, '').replaceAll(/extensionServices\[(\w+)\]/g, '$1');

const keyOf = ({ path, value }: Field) =>
	`${path.replace(inClientRequest, '')}${value === undefined ? '' : ` ${value}`}`;

const lastWord = (path: string) =>
	path
		.split(/[.[\]]+/)
		.filter(Boolean)
		.at(-1) ?? '';

/** What stands where nothing is entered. */
function byItself({ operation, path }: Field): string {
	const known = operation !== 'acquire' && operation !== 'start';
	return known && (path === 'cname' || path === 'uid')
		? 'the recording: from the incoming item, or entered by hand'
		: 'sent by itself';
}

/** Whether there are fields inside it. */
const hasMembers = ({ operation, path }: Field) =>
	FIELDS.some(
		(other) =>
			other.operation === operation &&
			[`${path}.`, `${path}[`].some((begin) => other.path.startsWith(begin)),
	);

function placeOf(places: FormPlaces, field: Field): string {
	if (field.extraOnly) return '*Options → Additional Request Fields (JSON)*';
	const { operation, path } = field;
	const inModes = field.modes.map((mode) => {
		const form = formFor(operation, keyOf(field), mode);
		if (!form) throw new Error(`Nothing to enter for ${operation} ${path} in ${mode}`);
		return places.of(operation, mode, lastWord(path), form);
	});
	if (inModes.some(Boolean) && hasMembers(field)) return 'see its members';
	if (!inModes.some(Boolean)) return byItself(field);
	const modesOf = (place: string) =>
		field.modes.filter((_, i) => inModes[i] === place).map((mode) => MODE_NAMES[mode]);
	const different = [...new Set(inModes)];
	return different.length === 1
		? different[0]
		: different
				.map((place) => `${modesOf(place).join(', ')}: ${place || byItself(field)}`)
				.join('; ');
}

function fieldTable(places: FormPlaces, operation: Operation): string {
	const rows = FIELDS.filter((field) => field.operation === operation).map((field) => [
		[field.path, ...(field.alternative ? [field.alternative] : [])]
			.map((path) => code(inPath(path)))
			.join(' or ') +
			(field.value === undefined ? '' : ` = ${field.value}`) +
			(field.legacy ? ' (legacy)' : ''),
		field.type,
		...MODES.map((mode) => (field.modes.includes(mode) ? '✓' : '')),
		placeOf(places, field),
	]);
	const modes = MODES.map((mode) => MODE_NAMES[mode]);
	return table(["Field of Agora's API", 'Type', ...modes, 'Where in the form'], rows);
}

const KINDS: Record<Kind, string> = {
	refused: 'refuses it',
	ends: 'accepts it, and the recording ends soon afterwards',
	ignored: 'says nothing of it',
	advice: 'advises it, or its documents disagree',
	own: 'cannot see it',
};

function nodeText({ pairs = [], construction, open, elsewhere }: RuleForms): string {
	const fields = [...new Set(pairs.map(({ field }) => field.trim()))];
	return [
		fields.length > 0 && `refuses it and names ${fields.map((field) => `*${field}*`).join(', ')}`,
		construction && `it cannot come about: ${construction.why}`,
		elsewhere && 'refuses it',
		open && `does not check it: ${open}`,
	]
		.filter(Boolean)
		.join('; ');
}

const modesOf = ({ modes }: Rule) =>
	modes.length === MODES.length ? 'all' : modes.map((mode) => MODE_NAMES[mode]).join(', ');

/** docs/api-coverage.md, from the tables that the coverage tests run through. */
export function coveragePage(agora: Forms): string {
	const places = new FormPlaces(agora);
	const settable = FIELDS.filter(({ extraOnly }) => !extraOnly);
	const checked = RULES.filter(({ id }) => !RULE_FORMS[id]?.open);
	return page(
		GENERATED,
		'# API coverage',
		`Every endpoint, field and rule of Agora's Cloud Recording REST API, and where it is in the node. ${settable.length} of ${FIELDS.length} request fields have a place in the form or the credential; the other ${FIELDS.length - settable.length} are undocumented or retired and go through *Options → Additional Request Fields (JSON)*. ${checked.length} of ${RULES.length} rules are kept by the node before a request is sent. Each row is a test: the field is entered there and has to arrive in the request, in every mode that has it and in no other; each rule is broken and has to be refused, or it is shown that nothing that can be entered breaks it.`,
		list([
			'[Endpoints](#endpoints)',
			`Fields of ${Object.values(OPERATIONS)
				.map((name) => `[${name}](#${name.toLowerCase().replaceAll(' ', '-')})`)
				.join(', ')}`,
			'[Rules](#rules)',
		]),
		'## Endpoints',
		table(
			['Endpoint', 'Operation', 'Modes'],
			ENDPOINTS.map(([endpoint, operation, modes]) => [code(endpoint), operation, modes]),
		),
		'## Fields',
		'Paths are below `clientRequest`, but for the first three of each operation. *Arrows* lead into collections. Query has no body. Acquire can announce the start (*Send Start Settings in Advance*; Start does so by itself): `startParameter` then has the same members as the `clientRequest` of Start.',
		...Object.entries(OPERATIONS).flatMap(([operation, name]) => [
			`### ${name}`,
			fieldTable(places, operation as Operation),
		]),
		'## Rules',
		"What Agora does with a value that breaks the rule, and what the node does with it before that. In brackets, where Agora's documents differ: D23 and D26 are its documentation of 2023 and of June 2026, CN its Chinese pages, REL its release notes, S1 an older description of the API.",
		table(
			['Rule', 'Modes', 'Agora', 'The node'],
			RULES.map((rule) => [
				rule.text,
				modesOf(rule),
				KINDS[rule.kind],
				nodeText(RULE_FORMS[rule.id] ?? {}),
			]),
		),
	);
}
