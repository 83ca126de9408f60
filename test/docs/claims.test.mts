import { readFileSync, globSync } from 'node:fs';
import type { IDataObject, INodeProperties, INodeType } from 'n8n-workflow';
import { AgoraApi } from '../../credentials/AgoraApi.credentials.ts';
import { builtModule } from '../support/host.mts';
import { textOf } from '../support/failures.mts';
import { setUp, type Setup } from '../support/setup.mts';
import { OUTCOMES } from './outcomesPage.mts';
import { CLAIMS } from './qualityPage.mts';

/** What pages for readers say of outcomes, fields, limits and files, held against what is so. */

const README = readFileSync('README.md', 'utf8');
const OPERATIONS = readFileSync('docs/operations.md', 'utf8');
const PAGES = ['README.md', 'CHANGELOG.md', ...globSync(['docs/*.md', 'examples/*'])];

/** What a text puts into backticks; blocks of code are left out. */
const quoted = (text: string) =>
	[...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, name]) => name);

/** A section of a page, from its heading to the next one. */
const section = (text: string, heading: string) =>
	text.split(`## ${heading}\n`)[1].split('\n## ')[0];

/** US dollars for 1,000 minutes in Agora's price list of June 2026: audio, HD, Full HD, 2K, above 2K. */
const CHANNEL = [1.49, 5.99, 13.49, 23.99, 53.99];
const [, HD] = CHANNEL;
const SCREENSHOTS = 2.49;
/** The same for web pages: HD, Full HD. */
const WEB_PAGE = [14, 28];
const [WEB_PAGE_HD] = WEB_PAGE;

/** What an hour costs, or several, at a price for 1,000 minutes. */
const anHour = (price: number, hours = 1) => ((price * 60 * hours) / 1000).toFixed(2);

it('README’s claims lead to what bears them', () => {
	const claims = CLAIMS.map(
		([claim, [section]]) => `[${claim}](docs/quality.md#${section.toLowerCase()})`,
	);
	expect([...README.matchAll(/^- \*\*(.+?)\.\*\* /gm)].map(([, claim]) => claim)).toEqual(claims);
});

it('README’s costs of an hour follow from Agora’s price list', () => {
	const cells = (prices: number[]) => prices.map((price) => `$${anHour(price)}`).join(' | ');
	expect(README).toContain(`| a channel (composite or individual) | ${cells(CHANNEL)} |`);
	expect(README).toContain(`| a web page | – | ${cells(WEB_PAGE)} | – | – |`);
	expect(README).toContain(`Screenshots alone cost $${anHour(SCREENSHOTS)} an hour`);
});

describe('README, the outcomes of', () => {
	const rows = [...README.matchAll(/^\| Recording → \*\*(.+?)\*\* \| .* \| (.+) \|$/gm)];

	it('every operation are listed', () => {
		const operations = Object.values(OUTCOMES).flatMap(([where]) => where.split(', '));
		expect(rows.map(([, operation]) => operation).sort()).toEqual([...new Set(operations)].sort());
	});

	it.each(rows.map(([, operation, cell]) => [operation, cell]))(
		'%s are those of the node',
		(operation, cell) => {
			const wanted = Object.entries(OUTCOMES)
				.filter(([, [where]]) => where.split(', ').includes(operation))
				.map(([outcome]) => outcome);
			expect(quoted(cell).sort()).toEqual(wanted.sort());
		},
	);
});

describe('Simplify', () => {
	let agora: Setup;
	let started: IDataObject;
	beforeAll(async () => {
		agora = await setUp();
	});
	beforeEach(async () => {
		agora.fresh();
		started = await agora.runOne('start', { channelName: 'class-7' });
	});
	afterAll(async () => await agora.tearDown());

	const CALLS: Array<[string, object]> = [
		['acquire', { channelName: 'other' }],
		['start', { channelName: 'other' }],
		['query', {}],
		['update', { mode: 'mix', subscribeAudio: 'all' }],
		['updateLayout', { layout: 'bestFit' }],
		['stop', {}],
	];

	it.each(CALLS)('leaves Agora’s answer out of %s, and nothing else', async (operation, form) => {
		const raw = await agora.runOne(
			operation,
			{ ...form, simplify: false },
			{ items: [started], executionId: `${operation} raw` },
		);
		agora.fresh();
		const again = await agora.runOne('start', { channelName: 'class-7' });
		const simple = await agora.runOne(
			operation,
			{ ...form, simplify: true },
			{ items: [again], executionId: `${operation} simple` },
		);
		expect(Object.keys(raw).filter((key) => !(key in simple))).toEqual(['response']);
		expect(Object.keys(simple).filter((key) => !(key in raw))).toEqual([]);
	});

	it('and the sample of Stop’s output has no other members than a real one', async () => {
		const [, sample] = /```json\n([^]*?)```/.exec(section(OPERATIONS, 'Output')) ?? [];
		const { mainFile: shownFile, ...shown } = JSON.parse(sample) as IDataObject;
		const stopped = await agora.runOne('stop', {}, { items: [started] });
		expect(Object.keys(stopped)).toEqual(expect.arrayContaining(Object.keys(shown)));
		expect(Object.keys(stopped.mainFile as object)).toEqual(
			expect.arrayContaining(Object.keys(shownFile as object)),
		);
	});

	it('and all other members of outputs are explained', async () => {
		const explained = quoted(section(OPERATIONS, 'Output'));
		const page = { mode: 'web', channelName: 'show', url: 'https://example.com/show' };
		agora.control.setPublishers('empty', []);
		const lost = await agora.runOne('start', { channelName: 'lost' });
		agora.control.kill(textOf(lost.sid));
		const outputs = [
			started,
			await agora.runOne('start', { channelName: 'empty', simplify: false }),
			await agora.runOne('start', page),
			await agora.runOne('query', {}, { items: [started] }),
			await agora.runOne('stop', {}, { items: [started] }),
			await agora.runOne('stop', { options: { retryWhileNotFound: 0 } }, { items: [lost] }),
		];
		const members = new Set(outputs.flatMap((output) => Object.keys(output)));
		expect([...members].filter((name) => !explained.includes(name))).toEqual([]);
		expect([...members]).toEqual(expect.arrayContaining(['endsAtIfNobodySends', 'likelyCauses']));
	});
});

describe('Numbers in the pages are those of the form:', () => {
	const node = new (builtModule<Record<string, new () => INodeType>>(
		'AgoraCloudRecording.node.js',
	).AgoraCloudRecording)();
	const entriesIn = (entries: readonly INodeProperties[]): INodeProperties[] =>
		entries.flatMap((entry) => [
			entry,
			...entriesIn((entry.type === 'collection' ? entry.options : []) as INodeProperties[]),
		]);
	const all = [...entriesIn(node.description.properties), ...new AgoraApi().properties];
	const fieldOf = (name: string) => {
		const field = all.find((candidate) => candidate.name === name);
		if (!field) throw new Error(`there is no field ${name}`);
		return field;
	};

	it('requests a second', () => {
		const { default: rate } = fieldOf('requestsPerSecond');
		expect(README).toContain(`*Requests per Second* on ${Number(rate)}`);
		expect(README).toContain(`an App ID ${Number(rate)} requests per second`);
	});

	it('hours for which a recording can be controlled', () => {
		const { default: hours, displayName, typeOptions } = fieldOf('resourceExpiredHour');
		expect(README).toContain(
			`controlled for ${Number(hours)} hours by default (option *${displayName}*, ${typeOptions?.maxValue} at most)`,
		);
	});

	it('what a forgotten recording costs', () => {
		const idle = fieldOf('maxIdleTime');
		expect(idle.default).toBe(5 * 60);
		expect(README).toContain('ends five minutes after the last host or caller has left');
		expect(README).toContain(`(*${idle.displayName}*)`);
		const hours = fieldOf('maxRecordingHour');
		const most = Number(hours.typeOptions?.maxValue);
		expect(README).toContain(
			`*${hours.displayName}*: $${anHour(WEB_PAGE_HD, Number(hours.default))} at the default of ${Number(hours.default)} hours, $${anHour(WEB_PAGE_HD, most)} at the maximum of ${most}`,
		);
		expect(README).toContain(`$${anHour(HD, 24)} a day in HD`);
	});

	it('how long a start takes that cannot be confirmed', () => {
		const { default: seconds } = fieldOf('verificationTimeout');
		expect(README).toContain(`cannot be confirmed takes up to ${Number(seconds)} seconds`);
		expect(OPERATIONS).toContain(`cannot be confirmed takes up to ${Number(seconds)} seconds`);
	});

	it('recordings at once, as the simulator was told by the reference', async () => {
		const agora = await setUp();
		const { pcw } = agora.control.settings();
		await agora.tearDown();
		expect(README).toContain(
			`${pcw.recording} channel recordings and ${pcw.web} web pages at once`,
		);
		expect(README).toContain(`${pcw.recording} channel recordings or ${pcw.web} web pages at once`);
	});

	it('minutes of an MP4 file of a web page', () => {
		const { default: minutes, displayName } = fieldOf('maxVideoDuration');
		expect(readFileSync('docs/files.md', 'utf8')).toContain(
			`*${displayName}* in web page recordings, ${Number(minutes)} unless`,
		);
	});

	it('seconds for which a recording is searched and verified', () => {
		const { default: patience, typeOptions } = fieldOf('retryWhileNotFound');
		expect(OPERATIONS).toContain(`ask again for ${Number(patience)} seconds`);
		expect(OPERATIONS).toContain(`within up to ${typeOptions?.maxValue} seconds`);
		const { default: verify } = fieldOf('verificationTimeout');
		expect(OPERATIONS).toContain(`${Number(verify)} seconds at most (*Verification Timeout*)`);
	});
});

describe('Tables of the pages name, in order,', () => {
	/** Without the head of the table. */
	const firstCells = (text: string, heading: string) =>
		[...section(text, heading).matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name).slice(1);

	it('the checks of Setup → Check', () => {
		const { CHECKS } = builtModule<{ CHECKS: string[] }>('actions/setup/check.operation.js');
		expect(firstCells(OPERATIONS, 'Setup → Check')).toEqual(CHECKS);
	});

	it('the states of links', () => {
		const source = readFileSync('nodes/AgoraCloudRecording/actions/file/addLinks.ts', 'utf8');
		const [, union] = /^export type LinkState = (.+);$/m.exec(source) ?? [];
		const page = readFileSync('docs/storage.md', 'utf8');
		expect(firstCells(page, 'What linkState says').map((state) => `'${state}'`)).toEqual(
			union?.split(' | '),
		);
	});
});

it.each(PAGES)('%s does not promise files of Agora’s backup within minutes', (page) => {
	const text = readFileSync(page, 'utf8');
	expect(text).not.toMatch(/within minutes|(next|some) minutes[^.]*(bucket|storage|backup)/);
});

it.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s names files that exist', (page) => {
	const sources = globSync(
		'{nodes,credentials,simulator,test,scripts,demo,bench,tools}/**/*.{ts,mts,mjs}',
	);
	const named = quoted(readFileSync(page, 'utf8')).filter((name) =>
		/^[\w./-]+\.m?[tj]s$/.test(name),
	);
	const gone = named.filter(
		(name) => !sources.some((source) => `/${source}`.endsWith(`/${name.replace(/^\.\//, '')}`)),
	);
	expect(gone).toEqual([]);
});
