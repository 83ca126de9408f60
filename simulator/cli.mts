import { parseArgs } from 'node:util';
import { ZodError } from 'zod';
import { EXAMPLE_ACCOUNT, startSimulator } from './index.mts';
import type { AccountInput, LogEntry, Notice, SubscriptionInput } from './index.mts';

const HELP = `Simulates Agora's Cloud Recording REST API on this machine.

  node simulator/cli.mts [options]

  --port <n>             port on 127.0.0.1 (default 7080; 0 = any free one)
  --rate <n|off>         requests per second and App ID before 429 (default 10)
  --latency <ms>         every answer is held back that long (default 0)
  --speed <n>            virtual seconds per real second; 0 = by hand only (default 1)
  --upload <ms>          virtual time from stop to the end of the upload (default 1000)
  --account <id:secret>  customer ID and secret (default: an example)
  --app <id[:cert]>      App ID, with certificate if it has one; may be repeated
  --empty <channel>      nobody publishes in this channel; may be repeated
  --storage <n>          serves the bucket 'recordings' on that port too (0 = any free one)
  --webhook <URL>        sends Cloud Recording's notifications there; only to this machine
  --webhook-secret <s>   signs them (default: an example)
  --webhook-events <n,…> selected events (default: all that Console lists)
  --rtc-webhook <URL>    the same for RTC channel events,
  --rtc-webhook-secret <s>, --rtc-webhook-events <n,…>
  --verbose              show warnings, bodies (without secrets) and answers too
  --help
`;

/** Ends with a message instead of a stack: the user typed something wrong. */
function fail(error: unknown): never {
	const wrong =
		error instanceof ZodError
			? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
			: error instanceof Error
				? error.message
				: String(error);
	console.error(wrong);
	process.exit(1);
}
process.once('uncaughtException', fail);

const { values: options } = parseArgs({
	options: {
		port: { type: 'string', default: '7080' },
		rate: { type: 'string', default: '10' },
		latency: { type: 'string', default: '0' },
		speed: { type: 'string', default: '1' },
		upload: { type: 'string', default: '1000' },
		account: { type: 'string' },
		app: { type: 'string', multiple: true, default: [] },
		empty: { type: 'string', multiple: true, default: [] },
		storage: { type: 'string' },
		webhook: { type: 'string' },
		'webhook-secret': { type: 'string' },
		'webhook-events': { type: 'string' },
		'rtc-webhook': { type: 'string' },
		'rtc-webhook-secret': { type: 'string' },
		'rtc-webhook-events': { type: 'string' },
		verbose: { type: 'boolean', default: false },
		help: { type: 'boolean', default: false },
	},
});

/** `a:b:c` as `a` and `b:c`. */
function halves(text: string): [string, string | undefined] {
	const colon = text.indexOf(':');
	return colon < 0 ? [text, undefined] : [text.slice(0, colon), text.slice(colon + 1)];
}

function accountOf(): AccountInput {
	const [customerId, customerSecret] =
		options.account === undefined
			? [EXAMPLE_ACCOUNT.customerId, EXAMPLE_ACCOUNT.customerSecret]
			: halves(options.account);
	const apps = options.app.map((text) => {
		const [appId, certificate] = halves(text);
		return { appId, certificate };
	});
	return {
		customerId,
		customerSecret: customerSecret ?? '',
		apps: apps.length > 0 ? apps : EXAMPLE_ACCOUNT.apps,
	};
}

/** A secret of the kind that Console makes, for those who do not care. */
const EXAMPLE_SECRET = 'example-webhook-secret';

function webhookOf(prefix: 'webhook' | 'rtc-webhook'): SubscriptionInput | undefined {
	const url = options[prefix];
	if (url === undefined) return undefined;
	const events = options[`${prefix}-events`]?.split(',').map(Number);
	return { url, secret: options[`${prefix}-secret`] ?? EXAMPLE_SECRET, events };
}

/** One line a delivery of a notification. */
function showNotice({ productId, eventType, name, kind, attempts, state }: Notice): void {
	const last = attempts.at(-1);
	if (last === undefined) return;
	const time = new Date(last.sentAt).toISOString().slice(11, 23);
	const what = `notice ${productId}/${eventType} ${name ?? ''}${kind === 'original' ? '' : ` (${kind})`}`;
	const answer = last.status ?? last.problem ?? 'no answer';
	console.log(`${time} ${what} -> ${answer} (${last.ms} ms) ${state}`);
}

/** One line a request; nothing in it is secret. */
function show(entry: LogEntry): void {
	const { method, path, operation, cname, uid, status, arrivedAt, answeredAt, fault } = entry;
	const what = operation === undefined ? `${method} ${path}` : operation;
	const who = cname === undefined ? '' : ` ${cname}/${uid ?? ''}`;
	const took = (answeredAt ?? arrivedAt) - arrivedAt;
	const met = fault === undefined ? '' : ` fault ${fault}`;
	const time = new Date(arrivedAt).toISOString().slice(11, 23);
	console.log(`${time} ${what}${who} -> ${status ?? 'no answer'} (${took} ms)${met}`);
	if (!options.verbose) return;
	for (const warning of entry.warnings) console.log(`    warning: ${warning}`);
	if (entry.body !== undefined) console.log(`    request: ${JSON.stringify(entry.body)}`);
	if (entry.answer !== undefined) console.log(`    answer:  ${JSON.stringify(entry.answer)}`);
}

if (options.help) {
	console.log(HELP);
} else {
	const account = accountOf();
	const simulator = await startSimulator({
		port: Number(options.port),
		requestsPerSecond: options.rate === 'off' ? null : Number(options.rate),
		latencyMs: Number(options.latency),
		uploadMs: Number(options.upload),
		clock: { speed: Number(options.speed) },
		accounts: [account],
		channels: Object.fromEntries(options.empty.map((cname) => [cname, []])),
		// Whoever signs is another process and knows real time only.
		signatureClock: 'real',
		storage: options.storage === undefined ? undefined : { port: Number(options.storage) },
		webhooks: { 1: webhookOf('rtc-webhook'), 3: webhookOf('webhook') },
		onRequest: show,
		onNotice: showNotice,
	});
	const end = (): void => {
		void simulator.close().then(() => process.exit(0));
	};
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
	console.log(`Agora Cloud Recording simulator listens on ${simulator.url}`);
	console.log('Enter in n8n, credential "Agora API":');
	console.log(`  Base URL         ${simulator.url}`);
	console.log(`  Customer ID      ${account.customerId}`);
	console.log(
		`  Customer Secret  ${options.account === undefined ? account.customerSecret : '(as given)'}`,
	);
	for (const { appId, certificate } of account.apps) {
		const shown = options.app.length > 0 ? '(as given)' : certificate;
		console.log(
			`  App ID           ${appId}${certificate === undefined ? '' : `  certificate ${shown}`}`,
		);
	}
	if (options.storage !== undefined) {
		const { url, keys } = simulator.control.storage;
		console.log(`Bucket 'recordings' at ${url}, S3-compatible, any region`);
		for (const { accessKey, secretKey, rights } of keys.values()) {
			console.log(`  Access key       ${accessKey}  ${secretKey}  (${rights.join(', ')})`);
		}
	}
	for (const prefix of ['webhook', 'rtc-webhook'] as const) {
		const webhook = webhookOf(prefix);
		if (webhook === undefined) continue;
		const given = options[`${prefix}-secret`] !== undefined;
		const product = prefix === 'webhook' ? 'Cloud Recording' : 'RTC channel events';
		console.log(`Notifications of ${product} go to ${webhook.url}`);
		console.log(`  Secret           ${given ? '(as given)' : webhook.secret}`);
	}
	console.log(`Control: ${simulator.url}/__simulator (simulator/README.md)`);
}
