import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { ANY_EVENT, EVENT_GROUPS, EVENTS, PRODUCTS } from '../agora/notifications/events';
import { readSecrets, SECRET_FIELDS } from './secrets';
import { readSettings } from './settings';

/**
 * Whether the trigger can work once the workflow is active. The webhook itself is set up in Agora
 * Console by hand: Agora has no API for it.
 *
 * @throws NodeOperationError that says what to fill in: without a secret nobody could tell Agora's
 *   notices from others, and without an event of the product nothing would ever start
 */
export async function checkSetup(context: IHookFunctions): Promise<true> {
	const { product, filters, verifySignature } = readSettings(context);
	const { displayName } = PRODUCTS[product];
	const known = [...EVENT_GROUPS[product], ...EVENTS[product]].map(({ name }) => name);
	if (!filters.events.some((name) => [ANY_EVENT, ...known].includes(name) || /^\d+$/.test(name))) {
		throw new NodeOperationError(
			context.getNode(),
			`'Trigger On' names no event of ${displayName}`,
			{
				description: "Select at least one event, or 'Any Event'.",
			},
		);
	}
	if (verifySignature && (await readSecrets(context, product)).current === '') {
		throw new NodeOperationError(
			context.getNode(),
			`The Agora API credential has no notification secret for ${displayName}`,
			{
				description: `Copy the secret from Agora Console → your project → All Features → Notifications → ${displayName} into '${SECRET_FIELDS[product].displayName}' of the credential. To accept unsigned notifications, which anybody can send, turn off 'Verify Signature' under 'Options'.`,
			},
		);
	}
	return true;
}
