import { randomInt } from 'node:crypto';
import type { INodeProperties } from 'n8n-workflow';
import { channelNameSchema, uidSchema } from '../../agora/identity';
import { buildRtcToken, MAX_SALT, MAX_TOKEN_SECONDS, PRIVILEGES } from '../../agora/rtcToken';
import { channelLocator } from '../../form/names';
import { optionsField } from '../../form/options';
import { clock } from '../../process/clock';
import { operationError } from '../../errors';
import type { Operation } from '../operation';

const DEFAULT_MINUTES = 24 * 60;

/** Privileges that a publisher has beside joining, with the option that limits each. */
const PUBLISHING = [
	['publishAudio', 'audioMinutes', 'Audio'],
	['publishVideo', 'videoMinutes', 'Video'],
	['publishData', 'dataMinutes', 'Data'],
] as const;

const fields: INodeProperties[] = [
	{
		displayName: 'Channel Name',
		...channelLocator,
		required: true,
		description: 'Channel that the token is valid for, or * for all channels of the Agora project',
	},
	{
		displayName: 'UID',
		name: 'uid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 527841',
		description: 'User ID (a number) that the token is valid for. Leave empty for any user.',
	},
	{
		displayName: 'Role',
		name: 'role',
		type: 'options',
		options: [
			{
				name: 'Publisher',
				value: 'publisher',
				description: 'Can join, and can send audio, video, and data',
			},
			{
				name: 'Subscriber',
				value: 'subscriber',
				description:
					'Can join and receive. The Agora project determines whether sending is blocked.',
			},
		],
		default: 'subscriber',
		description: 'What the user can do in the channel. Subscriber is enough for a recorder.',
	},
	{
		displayName: 'Valid For (Minutes)',
		name: 'validMinutes',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1440 },
		default: DEFAULT_MINUTES,
		description: "How long the token is valid, from 1 to 1440 (24 hours, Agora's limit)",
	},
	optionsField(
		PUBLISHING.map(([, name, medium]) => ({
			displayName: `Publish ${medium} For (Minutes)`,
			name,
			type: 'number' as const,
			typeOptions: { minValue: 1, maxValue: 1440 },
			default: DEFAULT_MINUTES,
			description: `How long a publisher can send ${medium.toLowerCase()}, if shorter than the token's validity. From 1 to 1440.`,
		})),
	),
];

/** Makes an RTC token; asks nobody (token.md). */
export const generate: Operation = {
	fields,
	async prepare({ parameters, client, context, itemIndex }) {
		const { appId, appCertificate } = client.credentials;
		if (appCertificate === '') {
			throw operationError(context.getNode(), itemIndex, {
				message: "'App Certificate' in the Agora API credential is empty",
				advice:
					'It is required to generate tokens. Copy it from Agora Console → Projects → your project.',
			});
		}
		const channel = parameters.exactText('channelName');
		const uid = parameters.text('uid');
		if (channel !== '*') {
			parameters.check(channelNameSchema, channel, () => parameters.nameOf('channelName'));
		}
		if (uid !== '') parameters.check(uidSchema, uid, () => parameters.nameOf('uid'));
		const role = parameters.choice('role', ['publisher', 'subscriber'] as const, 'subscriber');
		const minutes = (name: string, fallback: number) =>
			parameters.wholeNumberWithin(name, fallback, 1, MAX_TOKEN_SECONDS / 60);
		const valid = minutes('validMinutes', DEFAULT_MINUTES);
		const publishing = PUBLISHING.map(
			([privilege, option]) =>
				[PRIVILEGES[privilege], 60 * Math.min(valid, minutes(`options.${option}`, valid))] as const,
		);
		const execute = async () => {
			const issuedAt = Math.floor(clock.now() / 1000);
			const token = await buildRtcToken({
				appId,
				appCertificate,
				channel,
				uid,
				privileges: [[PRIVILEGES.join, valid * 60], ...(role === 'publisher' ? publishing : [])],
				expire: valid * 60,
				issuedAt,
				salt: randomInt(1, MAX_SALT + 1),
			});
			return {
				token,
				channelName: channel,
				uid,
				role,
				issuedAt: new Date(issuedAt * 1000).toISOString(),
				expiresAt: new Date((issuedAt + valid * 60) * 1000).toISOString(),
			};
		};
		return { execute };
	},
};
