import type * as links from '../../nodes/AgoraCloudRecording/storage/links.ts';
import type * as requests from '../../nodes/AgoraCloudRecording/storage/requests.ts';
import type { SigningCase } from './cases.mts';

/** Our signers, from the source or as they are built. */
export type Signers = Pick<typeof links, 'linksTo'> &
	Pick<typeof requests, 'listRequest' | 'urlSigner' | 'writeRequest'>;

export interface Signed {
	url: string;
	headers: Record<string, string>;
}

/** What our signers make of a case. */
export function ourSignature(signers: Signers, { access, now, ask }: SigningCase): Signed {
	if ('link' in ask) {
		const { link, use, seconds } = ask;
		return { url: signers.linksTo(access, { seconds, now })(link, use).url, headers: {} };
	}
	if ('list' in ask) return signers.listRequest(access, ask.list, now);
	return signers.writeRequest(access, ask.write, now);
}

/** Unix seconds of a case's signature, and for how long it is valid, as the rules say. */
export function validity({ now, ask }: SigningCase) {
	const signedAt = now / 1000 - 300;
	return { signedAt, lasts: 300 + ('link' in ask ? ask.seconds : 900) };
}

/** Parameters of a URL, as they are sent, in order of name. */
const parametersOf = (url: URL) =>
	url.search
		.slice(1)
		.split('&')
		.filter((parameter) => parameter !== '')
		.sort();

/** Names of the parameters that signatures bring along, with what is signed beside them. */
const OF_SIGNATURES = /^(x-amz-|x-oss-|q-|x-cos-|x-bce-|authorization$|(sp|se|spr|sv|sr|sig)$)/i;

/** Parameters that AWS's SDK adds of its own accord. */
const EXTRAS = ['X-Amz-Content-Sha256', 'x-id', 'x-amz-checksum-mode'];

/**
 * What tells our URL of a case from that of an SDK; '' for none. Where the SDK signs parameters that it
 * adds of its own accord, ours is signed with them once more.
 */
export function difference(signers: Signers, signingCase: SigningCase, theirs: string): string {
	const { access, ask } = signingCase;
	const ours = new URL(ourSignature(signers, signingCase).url);
	const other = new URL(theirs);
	if (ours.origin !== other.origin) return `${ours.origin} is not ${other.origin}`;
	// Paths mean the same however they are encoded: what is signed is compared below.
	if (decodeURIComponent(ours.pathname) !== decodeURIComponent(other.pathname)) {
		return `${ours.pathname} is not ${other.pathname}`;
	}
	const extras = EXTRAS.flatMap((name) => {
		const value = other.searchParams.get(name);
		return value === null ? [] : [[name, value] as const];
	});
	const again = extras.length === 0 ? ours : new URL(withExtras());
	const [mine, their] = [parametersOf(again), parametersOf(other)].map((all) =>
		all.map((parameter) => parameter.replace(/%[\da-f]{2}/gi, (hex) => hex.toUpperCase())),
	);
	return mine.join('\n') === their.join('\n')
		? ''
		: `ours\n${mine.join('\n')}\nis not\n${their.join('\n')}`;

	function withExtras(): string {
		const query = [...ours.searchParams].filter(([name]) => !OF_SIGNATURES.test(name));
		const { lasts } = validity(signingCase);
		const { sign } = signers.urlSigner(access, lasts - 300, signingCase.now);
		const { headers } = ourSignature(signers, signingCase);
		const key = 'link' in ask ? ask.link : 'write' in ask ? ask.write.key : undefined;
		const method = 'write' in ask ? 'PUT' : 'GET';
		return sign({ method, key, query: [...query, ...extras], headers });
	}
}
