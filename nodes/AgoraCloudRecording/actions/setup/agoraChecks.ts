import { randomInt } from 'node:crypto';
import { chooseRecorderUid } from '../../agora/identity';
import { ALL_PRODUCTS, PRODUCTS, type Product } from '../../agora/notifications/events';
import { acquireClientRequest } from '../../agora/requests/start';
import { buildRtcToken, MAX_SALT, MAX_TOKEN_SECONDS, PRIVILEGES } from '../../agora/rtcToken';
import { factsOf } from '../../errors';
import { clock } from '../../process/clock';
import type { AgoraClient, Reply } from '../../transport/client';
import { SECRET_FIELDS, type NotificationSecrets } from '../../transport/notificationSecrets';
import { askForServers } from '../notificationServer/getAll.operation';
import type { ItemRun } from '../operation';
import { notKnown, right, wrong, type Finding } from './finding';
import { checkProfile } from './profileCheck';

/** What is checked with Agora, or without asking anybody. */

export interface AgoraFindings {
	apiDomain: Finding;
	accountKeys: Finding;
	appId: Finding;
	channelProfile: Finding;
}

/** A name that no channel of an app has: nobody joins it, because nothing is started. */
const CHANNEL = 'n8n-setup-check';

/** Statuses that Agora's gateway gives to what it understands; others may come from anywhere. */
const OF_AGORA = [401, 403, 429];

const told = (reply: Reply) => `${reply.meaning.message}. ${factsOf(reply)}`;

const hostOf = (origin: string) => new URL(origin).host;

function apiDomainFinding({ credentials }: AgoraClient, reply: Reply): Finding {
	const { answer, meaning, origin } = reply;
	const isAgora =
		meaning.kind === 'success' || (OF_AGORA.includes(answer.status) && answer.body !== undefined);
	if (!isAgora) return wrong(told(reply), meaning.advice);
	const [wanted, host] = [hostOf(credentials.origin), hostOf(origin)];
	return host === wanted
		? right(`${host} answers.`)
		: right(`${wanted} does not respond. Using ${host} instead.`);
}

function accountKeysFinding(reply: Reply): Finding {
	const { meaning, answer } = reply;
	if (meaning.kind === 'success')
		return right('Agora accepts the Customer ID and Customer Secret.');
	return answer.status === 401
		? wrong(told(reply), meaning.advice)
		: notKnown('Agora did not say whether it accepts the Customer ID and Customer Secret.');
}

/**
 * Whether a recording could be made for the App ID. Acquire is the first call of every recording, and
 * the only free one that tells more than that the App ID exists: also that Cloud Recording is enabled,
 * and that the project is active (errors.md section 3). It starts nothing and costs nothing; the ID of
 * the resource that it gives lapses after five minutes. Asking for the project's channels would tell of
 * the App ID alone, and Agora counts that by the account, whose own servers need it too.
 */
async function appIdFinding({ client, context }: ItemRun, timeout: number): Promise<Finding> {
	const uid = chooseRecorderUid([context.getExecutionId(), context.getNode().id, CHANNEL]);
	const reply = await client.call({
		operation: 'acquire',
		method: 'POST',
		path: 'acquire',
		about: { cname: CHANNEL },
		body: { cname: CHANNEL, uid, clientRequest: acquireClientRequest('mix', {}) },
		timeout,
		once: true,
	});
	const { meaning } = reply;
	switch (meaning.kind) {
		case 'success':
			return right('The project is active and has Cloud Recording enabled.');
		case 'quota':
			return right(
				`The project is active and has Cloud Recording enabled. ${meaning.message}.`,
				meaning.advice,
			);
		case 'refused':
			return wrong(told(reply), meaning.advice);
		default:
			return notKnown(told(reply), meaning.advice);
	}
}

/** Of each execution, so that many items ask Agora but once. */
const asked = new WeakMap<AgoraClient, Promise<AgoraFindings>>();

async function ask(run: ItemRun, timeout: number): Promise<AgoraFindings> {
	const { client } = run;
	const reply = await askForServers(client, timeout);
	const accountKeys = accountKeysFinding(reply);
	const later = notKnown('Not checked: fix the Customer ID and Customer Secret first.');
	return {
		apiDomain: apiDomainFinding(client, reply),
		accountKeys,
		appId: accountKeys.ok ? await appIdFinding(run, timeout) : later,
		channelProfile: accountKeys.ok ? await checkProfile(client) : later,
	};
}

/**
 * Asks Agora what it says of the credential; once for all items of an execution.
 *
 * @throws Cancelled
 */
export async function checkAgora(run: ItemRun, timeout: number): Promise<AgoraFindings> {
	const { client } = run;
	const findings = asked.get(client) ?? ask(run, timeout);
	asked.set(client, findings);
	return await findings;
}

/** Whether tokens can be made. A wrong certificate makes tokens, too: only who joins is refused. */
export async function checkCertificate({ credentials }: ItemRun): Promise<Finding> {
	const { appId, appCertificate } = credentials;
	if (appCertificate === '') {
		return notKnown(
			'The credential has no App Certificate. This is correct for projects that have none enabled.',
			"If your channels require tokens, copy it from Agora Console → Projects to 'App Certificate'.",
		);
	}
	await buildRtcToken({
		...{ appId, appCertificate, channel: CHANNEL, uid: '' },
		privileges: [[PRIVILEGES.join, MAX_TOKEN_SECONDS]],
		expire: MAX_TOKEN_SECONDS,
		issuedAt: Math.floor(clock.now() / 1000),
		salt: randomInt(1, MAX_SALT + 1),
	});
	return notKnown(
		'Tokens can be generated with it. Only a recorder that joins a channel shows whether it belongs to this project.',
		"Run Start with 'Verify Start' turned on to find out.",
	);
}

/** Whether the trigger could tell Agora's notifications from others. */
export function checkSecrets({ receives, current }: NotificationSecrets): Finding {
	if (!receives)
		return notKnown("'Receive Notifications' is off, so no trigger uses this credential.");
	const nameOf = (product: Product) => PRODUCTS[product].displayName;
	const missing = ALL_PRODUCTS.filter((product) => current[product] === '');
	const copy = missing.map((product) => `'${SECRET_FIELDS[product].displayName}'`).join(' and ');
	const where = 'Agora Console → your project → All Features → Notifications';
	if (missing.length === ALL_PRODUCTS.length) {
		return wrong(
			"'Receive Notifications' is on, but no secret is set.",
			`Copy it from ${where} to ${copy}.`,
		);
	}
	const set = ALL_PRODUCTS.filter((product) => !missing.includes(product)).map(nameOf);
	return right(
		`A secret is set for ${set.join(' and ')}. Only a notification from Agora shows whether it is correct.`,
		missing.length > 0
			? `To receive events of ${missing.map(nameOf).join(' and ')}, copy the secret from ${where} to ${copy}.`
			: '',
	);
}
