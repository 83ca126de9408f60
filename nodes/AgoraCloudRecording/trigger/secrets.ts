import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { Product } from '../agora/events';
import { CREDENTIAL_TYPE } from '../transport/credentials';

/** The credential's field for each product's secret, with its name in the form. */
export const SECRET_FIELDS = {
	cloudRecording: {
		field: 'notificationSecret',
		displayName: 'Notification Secret (Cloud Recording)',
	},
	rtcChannel: {
		field: 'rtcNotificationSecret',
		displayName: 'Notification Secret (RTC Channel Events)',
	},
} as const;

const secret = z
	.string()
	.transform((value) => value.trim())
	.catch('');

const secretsSchema = z.object({
	notificationSecret: secret,
	rtcNotificationSecret: secret,
	previousNotificationSecret: secret,
});

/** Secrets of a product; "" where the credential has none. */
export interface NotificationSecrets {
	current: string;
	/** The one before, while it is being exchanged. */
	previous: string;
}

/**
 * Reads the secrets from the credential.
 *
 * @throws what n8n throws when it cannot read the credential
 */
export async function readSecrets(
	context: IWebhookFunctions | IHookFunctions,
	product: Product,
): Promise<NotificationSecrets> {
	const secrets = secretsSchema.parse(await context.getCredentials(CREDENTIAL_TYPE));
	return {
		current: secrets[SECRET_FIELDS[product].field],
		previous: secrets.previousNotificationSecret,
	};
}
