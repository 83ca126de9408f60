import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { folderOf, FOLDER_RULE } from '../agora/files/folder';
import { PRODUCTS, type Product } from '../agora/notifications/events';
import { refusalText } from '../agora/requests/rules';
import { SECRET_FIELDS } from '../transport/notificationSecrets';
import { readCredential } from './secrets';
import { readSettings } from './settings';

/**
 * Whether the trigger can work once the workflow is published. The webhook itself is set up in Agora
 * Console by hand: Agora has no API for it.
 *
 * @throws NodeOperationError that says what to fill in: without its product's secret nobody could tell
 *   Agora's notices from others, and without an event nothing would ever start
 */
export async function checkSetup(context: IHookFunctions): Promise<true> {
	const { products, verifySignature, folder } = readSettings(context);
	if (products.length === 0) {
		throw new NodeOperationError(
			context.getNode(),
			"No event is selected. Select at least one under 'Trigger On' and, for 'Other Events', under 'More Events'.",
		);
	}
	if (folder !== '' && products.includes('cloudRecording')) await checkFolder(context, folder);
	if (!verifySignature) return true;
	const { receives, current } = await readCredential(context);
	const missing = products.filter((product) => current[product] === '');
	if (missing.length > 0) {
		throw new NodeOperationError(context.getNode(), refusal(missing, receives), {
			description:
				"To accept unsigned notifications, which anyone can send, turn off 'Verify Signature' under 'Options'.",
		});
	}
	return true;
}

/** A folder is good for nothing without the bucket that it is in. */
async function checkFolder(context: IHookFunctions, folder: string): Promise<void> {
	if (folderOf(folder) === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			refusalText('Folder in Bucket', FOLDER_RULE, JSON.stringify(folder)).message,
		);
	}
	const { storage } = await readCredential(context);
	if ('bucket' in storage) return;
	throw new NodeOperationError(
		context.getNode(),
		`'Folder in Bucket' requires the storage settings of the Agora API credential. ${storage.missing}.`,
	);
}

/** What to do is part of the message: of a workflow that cannot be published, n8n shows nothing else. */
function refusal(missing: readonly Product[], receives: boolean): string {
	const nameOf = (product: Product) => PRODUCTS[product].displayName;
	const copies = missing.map(
		(product) => `for ${nameOf(product)} to '${SECRET_FIELDS[product].displayName}'`,
	);
	return [
		`The Agora API credential has no notification secret for ${missing.map(nameOf).join(' and ')}.`,
		receives ? '' : "Turn on 'Receive Notifications' in it.",
		`Copy what Agora Console → your project → All Features → Notifications shows ${copies.join(', and ')}, then publish again.`,
	]
		.filter((sentence) => sentence !== '')
		.join(' ');
}
