import { z } from 'zod';
import type { Product } from '../agora/notifications/events';

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
const isOn = z.boolean().catch(false);

const secretsSchema = z.object({
	receiveNotifications: isOn,
	notificationSecret: secret,
	rtcNotificationSecret: secret,
	advanced: isOn,
	previousNotificationSecret: secret,
});

/** Secrets as the credential's form shows them: "" where there is none, or the form hides it. */
export interface NotificationSecrets {
	/** Whether the credential is to receive notifications at all; without that it has no secrets. */
	receives: boolean;
	current: Record<Product, string>;
	/** The one before, of either product, while it is being exchanged. */
	previous: string;
}

/** Reads the secrets from a decrypted credential. */
export function notificationSecretsOf(credential: object): NotificationSecrets {
	const values = secretsSchema.parse(credential);
	const { receiveNotifications: receives, advanced } = values;
	const shown = (product: Product) => (receives ? values[SECRET_FIELDS[product].field] : '');
	return {
		receives,
		current: { cloudRecording: shown('cloudRecording'), rtcChannel: shown('rtcChannel') },
		previous: receives && advanced ? values.previousNotificationSecret : '',
	};
}
