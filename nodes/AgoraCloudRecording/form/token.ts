import { createHash, randomInt } from 'node:crypto';
import type { INodeProperties } from 'n8n-workflow';
import { judgePastedToken } from '../agora/pastedToken';
import { buildRtcToken, MAX_SALT, MAX_TOKEN_SECONDS, PRIVILEGES } from '../agora/rtcToken';
import { clock } from '../process/clock';
import { memoryOf } from '../process/memories';
import { placesOf, togetherAs, type Places } from './fields';
import type { FormItem } from './item';
import { RECORDING_OPTIONS } from './options';

/** How the recorder gets into a channel whose project has an App Certificate (token.md). */
const fields: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'tokenSource',
		type: 'options',
		options: [
			{
				name: 'Automatic',
				value: 'automatic',
				description:
					"Generate a token if the credential has an 'App Certificate'. Otherwise, send none.",
			},
			{
				name: 'Enter Token',
				value: 'manual',
				description: 'Use a token from your own token server',
			},
			{
				name: 'None',
				value: 'none',
				description: 'Join without a token, for Agora projects without an App Certificate',
			},
		],
		default: 'automatic',
		description:
			"Where the recorder's token comes from. If the Agora project has an App Certificate enabled, nothing is recorded without a valid token.",
	},
	{
		displayName: 'RTC Token',
		name: 'token',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		displayOptions: { show: { tokenSource: ['manual'] } },
		default: '',
		description:
			'Token for this channel and recorder UID. It begins with 007, or with 006 on older token servers. It cannot be renewed, so make it outlast the recording. Agora allows up to 24 hours.',
	},
];

const PLACE = `${RECORDING_OPTIONS}.recorderToken.token`;

export const tokenOption = togetherAs(
	{
		displayName: 'Token',
		name: 'recorderToken',
		description:
			"Token with which the recorder joins the channel. By default, generated if the credential has an 'App Certificate'.",
	},
	'token',
	fields,
);

export const tokenPlaces: Places = placesOf('', fields, `${PLACE}.`);

export interface Token {
	text: string;
	/** Unix seconds; absent where the token does not say. */
	expiresAt?: number;
}

/** Gives the token for a recorder; undefined where the channel needs none. */
export type TokenSource = (uid: string) => Promise<Token | undefined>;

export interface RecorderToken {
	tokenFor: TokenSource;
	/** Seconds until it ends, if it is used now; absent where there is none, or it does not say. */
	left?: number;
}

/** A web page recording joins no channel. */
export const NO_TOKEN: RecorderToken = { tokenFor: async () => await Promise.resolve(undefined) };

/** Kept as long as a resource ID lives (rest-api.md section 1). */
const made = memoryOf<Token>('tokens');

/**
 * A token that lets a recorder join a channel, for as long as Agora allows. The same one is given
 * again for a while, because a start must be exactly what acquire announced.
 */
async function makeToken({ credentials }: FormItem, channel: string, uid: string): Promise<Token> {
	const { appId, appCertificate } = credentials;
	const now = clock.now();
	const key = createHash('sha256')
		.update(JSON.stringify([appId, appCertificate, channel, uid]))
		.digest('hex');
	const known = made.get(key, now);
	if (known) return known;
	const token = await newToken(appId, appCertificate, channel, uid);
	// Another item may have made one meanwhile.
	const first = made.get(key, now);
	if (!first) made.set(key, token, now);
	return first ?? token;
}

async function newToken(
	appId: string,
	appCertificate: string,
	channel: string,
	uid: string,
): Promise<Token> {
	const issuedAt = Math.floor(clock.now() / 1000);
	const text = await buildRtcToken({
		appId,
		appCertificate,
		channel,
		uid,
		privileges: [[PRIVILEGES.join, MAX_TOKEN_SECONDS]],
		expire: MAX_TOKEN_SECONDS,
		issuedAt,
		salt: randomInt(1, MAX_SALT + 1),
	});
	return { text, expiresAt: issuedAt + MAX_TOKEN_SECONDS };
}

/**
 * Where the recorder's token comes from. A pasted one is read and refused at once where it cannot do;
 * one that is made here is made when it is needed, for the UID that is used.
 *
 * @param given the recorder UID of the form; undefined where it is left to the node
 * @throws NodeOperationError saying what is wrong with the token
 */
export async function readToken(
	item: FormItem,
	channel: string,
	given: string | undefined,
): Promise<RecorderToken> {
	const { appId, appCertificate } = item.credentials;
	const form = item.parameters.within(PLACE);
	const sources = ['automatic', 'manual', 'none'] as const;
	const source = form.choice('tokenSource', sources, 'automatic');
	if (source === 'none' && appCertificate !== '') {
		throw form.refusal(
			'tokenSource',
			'None',
			"must not be None, because the credential has an 'App Certificate': without a token, the recorder cannot join the channel",
		);
	}
	if (source === 'automatic' && appCertificate !== '') {
		return {
			tokenFor: async (uid) => await makeToken(item, channel, uid),
			left: MAX_TOKEN_SECONDS,
		};
	}
	if (source !== 'manual') return NO_TOKEN;

	const token = form.text('token');
	const now = clock.now() / 1000;
	const bearer = { appId, channel, uid: given, now };
	const { refusal, expiresAt } = await judgePastedToken(token, bearer);
	if (refusal !== undefined) throw form.refusal('token', token, refusal);
	return {
		tokenFor: async () => await Promise.resolve({ text: token, expiresAt }),
		...(expiresAt !== undefined && { left: expiresAt - Math.floor(now) }),
	};
}
