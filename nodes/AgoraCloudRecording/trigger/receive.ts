import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { productOfNotice, PRODUCTS, type Product } from '../agora/notifications/events';
import { folderOf } from '../agora/files/folder';
import { passesFilters } from '../agora/notifications/filters';
import { inFolder, type NotificationInFolder } from '../agora/notifications/inFolder';
import {
	isHealthCheck,
	keysOf,
	parseEnvelope,
	readNotification,
	type Notification,
} from '../agora/notifications/notice';
import { isSigned } from '../agora/notifications/signature';
import { answer, rawBodyOf, requestOf, responseOf } from './http';
import { log, printable } from './log';
import { claim } from './once';
import { refusalsToLog } from './refusals';
import { storageOf, testSecrets } from './secrets';
import { readSettings, type TriggerSettings } from './settings';
import { withWebPageFiles } from './webPageFiles';

/**
 * Handles a request: verify → filter → drop copies → start an execution. Whatever comes in, the
 * answer is JSON and nothing is thrown. What was meant for this trigger and could not be handled is
 * answered 503, so that Agora sends it again.
 */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	try {
		return await handle(this);
	} catch (error) {
		const reason = printable(reasonOf(error));
		log(this, 'error', `could not handle a notification: ${reason}`, { reason });
		return answer(this, 503, 'notHandled');
	}
}

/** n8n's errors have a description beside their message. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return 'unknown';
	return 'description' in error && typeof error.description === 'string'
		? `${error.message}: ${error.description}`
		: error.message;
}

async function handle(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const body = await rawBodyOf(requestOf(context));
	const envelope = parseEnvelope(body);
	const settings = readSettings(context);
	const product = envelope && productOfNotice(envelope.productId);

	// Both start nothing, so that it does not matter who sent them.
	if (envelope) {
		if (!product || !settings.products.includes(product)) {
			return answer(context, 200, 'otherProduct');
		}
		if (isHealthCheck(envelope, product)) return answer(context, 200, 'healthCheck');
	}

	const senders = product ? [product] : settings.products;
	if (settings.verifySignature && !(await isAuthentic(context, senders, body))) {
		return answer(context, 401, 'notSigned');
	}
	if (!envelope || !product) return answer(context, 200, 'notANotification');

	const scope = scopeOf(context);
	const notification = withWebPageFiles(scope, readNotification(envelope, product));
	if (!passesFilters(notification, settings.filters)) return answer(context, 200, 'filtered');

	// Before the notice is claimed: nothing may come between that and n8n.
	const located = await withFolder(context, notification, settings);

	// Whoever tests a workflow in the editor may send one notice again and again.
	if (context.getMode() !== 'manual') {
		const keys = keysOf(envelope, product).map((key) => `${scope}/${key}`);
		const claimed = await claim(keys, responseOf(context));
		if (claimed === 'seen') return answer(context, 200, 'duplicate');
		if (claimed === 'inFlight') return answer(context, 503, 'beingHandled');
	}
	return start(located, settings, body);
}

/** What tells this trigger from others in the process. */
const scopeOf = (context: IWebhookFunctions) =>
	`${context.getWorkflow().id}/${context.getNode().id}`;

/** Whether one of the products signed the body. */
async function isAuthentic(
	context: IWebhookFunctions,
	products: readonly Product[],
	body: Buffer,
): Promise<boolean> {
	const { headers } = requestOf(context);
	const { passed, secrets } = await testSecrets(context, ({ current, previous }) =>
		isSigned(body, headers, [...products.map((product) => current[product]), previous]),
	);
	if (passed) return true;
	const requests = refusalsToLog(scopeOf(context));
	if (requests === 0) return false;
	const what = requests === 1 ? 'a request' : `${requests} requests`;
	const missing = products.filter((product) => secrets.current[product] === '');
	const names = missing.map((product) => PRODUCTS[product].displayName).join(' and ');
	const hint = names === '' ? '' : `: the credential has no notification secret for ${names}`;
	const more = { requests, bytes: body.length };
	log(context, 'warn', `refused ${what} that Agora did not sign${hint}`, more);
	return false;
}

/** Where the files of a recording are, if the user told their folder: Agora's notifications do not. */
async function withFolder(
	context: IWebhookFunctions,
	notification: Notification,
	settings: TriggerSettings,
): Promise<NotificationInFolder> {
	const { sid } = notification;
	const prefix = settings.folder === '' ? undefined : folderOf(settings.folder);
	if (prefix === undefined || !sid) return notification;
	const storage = await storageOf(context);
	return 'missing' in storage
		? notification
		: inFolder(notification, sid, { ...storage.bucket, prefix });
}

/** n8n answers with this only when the execution is stored; if it cannot store it, with 500. */
function start(
	notification: NotificationInFolder,
	{ includeRawBody }: TriggerSettings,
	body: Buffer,
): IWebhookResponseData {
	const json: IDataObject = {
		...notification,
		...(includeRawBody && { rawBody: body.toString('utf8') }),
	};
	return {
		webhookResponse: { received: true, started: true },
		workflowData: [[{ json }]],
	};
}
