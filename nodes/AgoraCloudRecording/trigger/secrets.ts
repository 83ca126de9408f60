import { NodeOperationError, type IHookFunctions, type IWebhookFunctions } from 'n8n-workflow';
import { clock } from '../process/clock';
import { memoryOf } from '../process/memories';
import { bucketOf, CREDENTIAL_TYPE, type CredentialBucket } from '../transport/credentials';
import { notificationSecretsOf, type NotificationSecrets } from '../transport/notificationSecrets';

/** What the trigger needs of the credential. */
export interface TriggerCredential extends NotificationSecrets {
	storage: CredentialBucket;
}

/**
 * Reads the credential.
 *
 * @throws what n8n throws when it cannot read it
 */
export async function readCredential(
	context: IWebhookFunctions | IHookFunctions,
): Promise<TriggerCredential> {
	const decrypted = await context.getCredentials(CREDENTIAL_TYPE);
	return { ...notificationSecretsOf(decrypted), storage: bucketOf(decrypted) };
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
	credential: Promise<TriggerCredential>;
}

function keyOf(context: IWebhookFunctions): string {
	const node = context.getNode();
	const credentialId = node.credentials?.[CREDENTIAL_TYPE]?.id;
	return [context.getWorkflow().id, node.id, credentialId].join('/');
}

/** Reads it anew, unless somebody else has done so since `known` was read. */
async function readAnew(context: IWebhookFunctions, known?: Read): Promise<TriggerCredential> {
	const key = keyOf(context);
	const newest = reads.get(key, clock.now());
	const read =
		newest && newest !== known ? newest : { at: clock.now(), credential: readCredential(context) };
	if (read !== newest) reads.set(key, read, read.at);
	try {
		return await read.credential;
	} catch (error) {
		reads.delete(key);
		throw unreadable(context, error);
	}
}

/**
 * Whether the secrets satisfy a test. They are read anew where those at hand do not, so that a new
 * secret counts from its first notice on.
 *
 * @returns the secrets that were tested last, and how it went
 * @throws NodeOperationError when n8n cannot read the credential
 */
export async function testSecrets(
	context: IWebhookFunctions,
	test: (secrets: NotificationSecrets) => boolean,
): Promise<{ passed: boolean; secrets: NotificationSecrets }> {
	const known = reads.get(keyOf(context), clock.now());
	if (known) {
		const secrets = await known.credential;
		const passed = test(secrets);
		if (passed || clock.now() - known.at < MIN_AGE) return { passed, secrets };
	}
	const secrets = await readAnew(context, known);
	return { passed: test(secrets), secrets };
}

/** Where the credential's bucket is. @throws NodeOperationError when n8n cannot read the credential */
export async function storageOf(context: IWebhookFunctions): Promise<CredentialBucket> {
	return (await readAnew(context)).storage;
}

const unreadable = (context: IWebhookFunctions, error: unknown) =>
	new NodeOperationError(context.getNode(), 'The Agora API credential could not be read', {
		description: error instanceof Error ? error.message : undefined,
	});
