import { Redaction } from '../agora/redaction';
import { secretsIn } from '../agora/secrets';

/** What is not to be seen of the answers that one execution gets. */
export class KnownSecrets {
	private ofCredential: Redaction | undefined;

	/** Secrets of starts and updates: answers to later requests may tell them too. */
	private readonly ofRecordings = new Map<string, string[]>();

	private readonly credentialSecrets: readonly string[];

	constructor(credentialSecrets: readonly string[]) {
		this.credentialSecrets = credentialSecrets;
	}

	/** Hides what the credential holds, and the requests of the same recording. */
	redactionOf({ path, body }: { path: string; body?: object }): Redaction {
		this.ofCredential ??= new Redaction(this.credentialSecrets);
		const [, resourceId] = /resourceid\/([^/]+)/.exec(path) ?? [];
		const before = (resourceId && this.ofRecordings.get(resourceId)) || [];
		const sent = secretsIn(body).filter((secret) => !this.credentialSecrets.includes(secret));
		const secrets = [...new Set([...before, ...sent])];
		if (secrets.length === 0) return this.ofCredential;
		if (resourceId) this.ofRecordings.set(resourceId, secrets);
		return new Redaction(secrets, this.ofCredential);
	}
}
