import { NodeOperationError, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../process/clock';
import { memoryOf } from '../process/memories';
import { CREDENTIAL_TYPE } from '../transport/credentials';
import { notificationSecretsOf, type NotificationSecrets } from '../transport/notificationSecrets';

/**
 * Reads the secrets from the credential.
 *
 * @throws what n8n throws when it cannot read the credential
 */
export async function readSecrets(
	context: IWebhookFunctions | IHookFunctions,
): Promise<NotificationSecrets> {
	return notificationSecretsOf(await context.getCredentials(CREDENTIAL_TYPE));
}

/**
 * n8n reads a credential from its database and opens an expression engine of its own for it: that
 * takes longer than all the rest of a request, and anybody can send requests. What was read is
 * therefore kept for a moment. A secret that left the credential is accepted this much longer.
 */
const reads = memoryOf<Read>('secretsRead');
/** Age, in milliseconds, from which on a signature that does not fit is reason enough to look again. */
const MIN_AGE = 1_000;

interface Read {
	at: number;
	secrets: Promise<NotificationSecrets>;
}

/**
 * Whether the secrets satisfy a test. They are read anew where those at hand do not, so that a new
 * secret counts from its first notice on.
 *
 * @returns the secrets that were tested last, and how it went
 * @throws what n8n throws when it cannot read the credential
 */
export async function testSecrets(
	context: IWebhookFunctions,
	test: (secrets: NotificationSecrets) => boolean,
): Promise<{ passed: boolean; secrets: NotificationSecrets }> {
	const node = context.getNode();
	const credentialId = node.credentials?.[CREDENTIAL_TYPE]?.id;
	const key = [context.getWorkflow().id, node.id, credentialId].join('/');
	const known = reads.get(key, clock.now());
	if (known) {
		const secrets = await known.secrets;
		const passed = test(secrets);
		if (passed || clock.now() - known.at < MIN_AGE) return { passed, secrets };
	}
	// Somebody else may have looked meanwhile.
	const newest = reads.get(key, clock.now());
	const read =
		newest && newest !== known ? newest : { at: clock.now(), secrets: readSecrets(context) };
	if (read !== newest) reads.set(key, read, read.at);
	try {
		const secrets = await read.secrets;
		return { passed: test(secrets), secrets };
	} catch (error) {
		reads.delete(key);
		throw unreadable(context, error);
	}
}

const unreadable = (context: IWebhookFunctions, error: unknown) =>
	new NodeOperationError(context.getNode(), 'The Agora API credential could not be read', {
		description: error instanceof Error ? error.message : undefined,
	});
