/** Stands in the place of what is not to be seen. */
export const HIDDEN = '***';

/** Shorter texts are everywhere, whether they are a secret or not. */
const SHORTEST_SECRET = 6;

const SECRET_NAMES = 'token|key|secret|salt|password|authorization|certificate|credentials?';
const SECRET_NAME = new RegExp(`(?:${SECRET_NAMES})$`, 'i');

/** Whether the value of a member, or of a place such as `clientRequest.token`, is a secret. */
export const isSecretName = (name: string) => SECRET_NAME.test(name);

/** Whether it is the address of a push to a CDN, whose end is the key to stream there. */
export const isStreamUrlName = (name: string) => /rtmpUrl$/i.test(name);

/** Scheme, user, host, first directory if others follow, and the rest, which is the key. */
const STREAM_URL = /^(rtmps?:\/\/)(?:[^/@]*@)?([^/?#\s]+)(\/[^/?#\s]*(?=\/))?(?:\/?([^\s]*))$/i;

/** The key in the address of a push to a CDN; all of it where it cannot be told what the key is. */
const streamKeyOf = (url: string) => STREAM_URL.exec(url)?.[4] ?? url;

/** The address of a push to a CDN, as it may be shown: `rtmp://example.com/live/***`. */
export function maskedStreamUrl(url: string): string {
	const [, scheme, host, directory = '', key] = STREAM_URL.exec(url) ?? [];
	if (scheme === undefined) return HIDDEN;
	return `${scheme}${host}${directory}${key === '' ? '' : `/${HIDDEN}`}`;
}

/** Also with the slashes as JSON and other addresses write them. */
const STREAM_URLS = /\brtmps?(?::|%3a)(?:\\*\/|%2f){2}(?:[^\s"'<>\\]|\\+\/)*/gi;

/** A text without the keys of the stream addresses in it. */
export function withoutStreamKeys(text: string): string {
	return text.replace(STREAM_URLS, (url) => maskedStreamUrl(url.replace(/\\+\//g, '/')));
}

/** Secrets that are told by what they look like, and what stands in their place. */
const LOOKS: ReadonlyArray<readonly [pattern: RegExp, instead: string]> = [
	[/\b(?:basic|bearer)\s{1,9}(?:\*{3}|[\w+/.~-]{16,})[\w+/.~=*-]*/gi, HIDDEN],
	// RTC tokens (token.md): 007 and base64 of what zlib begins with, or 006, an App ID, and base64 of the
	// length of a signature. SIDs begin with the same digits, and file names with SIDs.
	[/\b(?:007e[AJN]|006[0-9a-fA-F]{32}IA)[\w+/%-]{20,}=*/g, HIDDEN],
	// A name and its value, as JSON, however often that is quoted, or as a form writes them.
	[
		new RegExp(
			`(\\b\\w*(?:${SECRET_NAMES})(?:(?:\\\\*"|%22)?\\s{0,9}(?::|%3a)\\s{0,9}(?=\\\\*"|%22)|=|%3d))(?:\\\\*"[^"\\\\]*|%22(?:(?!%22)[^&\\s])*|[\\w+/.~%-]+)`,
			'gi',
		),
		`$1${HIDDEN}`,
	],
];

/** A text without what looks like a secret, whoever it belongs to. */
export function withoutLookalikes(text: string): string {
	return LOOKS.reduce(
		(left, [pattern, instead]) => left.replace(pattern, instead),
		withoutStreamKeys(text),
	);
}

/** Parameters in the address of a page let those in who have it. */
function queryOf(text: string): { open: string; secrets: string[] } {
	if (!/^https?:/i.test(text) || !URL.canParse(text)) return { open: text, secrets: [] };
	const { origin, pathname, searchParams, password } = new URL(text);
	return { open: `${origin}${pathname}`, secrets: [password, ...searchParams.values()] };
}

/**
 * The secrets that a request, or a credential, holds. What it says in the open too, such as a stream
 * key that is the channel's name, is none.
 */
export function secretsIn(holder: unknown): string[] {
	const secrets: string[] = [];
	const open: string[] = [];
	const look = (value: unknown, name: string) => {
		if (typeof value === 'object' && value !== null) {
			for (const [key, member] of Object.entries(value)) {
				look(member, Array.isArray(value) ? name : key);
			}
			return;
		}
		if (typeof value !== 'string' && typeof value !== 'number') return;
		const text = String(value);
		if (isStreamUrlName(name)) secrets.push(streamKeyOf(text));
		else if (isSecretName(name)) secrets.push(text);
		else {
			const parts = queryOf(text);
			open.push(parts.open);
			secrets.push(...parts.secrets);
		}
	};
	look(holder, '');
	return [...new Set(secrets)].filter(
		(secret) => secret.length >= SHORTEST_SECRET && !open.some((said) => said.includes(secret)),
	);
}
