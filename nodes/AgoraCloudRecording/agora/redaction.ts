import { HIDDEN, withoutLookalikes } from './secrets';

/** So many characters of a secret in a row are never shown; by chance nothing else has them. */
const PIECE = 10;
/** At the end of a text, where it may have been cut, fewer give a secret away. */
const SHORTEST_HEAD = 4;

/** The two ways to write base64. */
const alphabets = (text: string) => [text, text.replace(/\+/g, '-').replace(/\//g, '_')];

/** What a text is in the base64 of a longer one in which so many bytes, of three, come before it. */
function inBase64(text: string, before: number): string {
	const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
	const encoded = bytes.toString('base64').replace(/=+$/, '');
	return encoded.slice(before === 0 ? 0 : before + 1, bytes.length % 3 === 0 ? undefined : -1);
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1);
const inAddress = (text: string) => encodeURIComponent(Buffer.from(text).toString());

const HTML: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
};

/** The forms in which a server that repeats a request may write a secret. */
function formsOf(secret: string): Set<string> {
	const json = inJson(secret);
	const base64 = [secret, json].flatMap((text) =>
		[0, 1, 2].flatMap((before) => alphabets(inBase64(text, before))),
	);
	const plain = [secret, json, ...base64];
	const percent = plain.map(inAddress);
	return new Set([
		...plain,
		inJson(json),
		json.replace(/\//g, '\\/'),
		...percent,
		...percent.map((text) => text.replace(/%../g, (code) => code.toLowerCase())),
		new URLSearchParams({ '': secret }).toString().slice(1),
		secret.replace(/[&<>"]/g, (character) => HTML[character]),
	]);
}

/**
 * Hides secrets in texts, also pieces of them, also as JSON, percent-encoded, or in base64 alone or
 * within more. Short secrets are hidden only where they stand as a word.
 */
export class Redaction {
	private readonly pieces = new Set<string>();
	private readonly heads = new Set<string>();
	private readonly words: RegExp | undefined;
	private readonly base: Redaction | undefined;

	/** @param base what else is hidden */
	constructor(secrets: readonly string[], base?: Redaction) {
		this.base = base;
		const short: string[] = [];
		for (const form of secrets.flatMap((secret) => [...formsOf(secret)])) {
			if (form.length < PIECE) short.push(form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
			for (let at = 0; at + PIECE <= form.length; at++) {
				this.pieces.add(form.slice(at, at + PIECE));
			}
			for (let length = SHORTEST_HEAD; length < PIECE; length++) {
				this.heads.add(form.slice(0, length));
			}
		}
		if (short.length > 0) {
			this.words = new RegExp(`(?<![\\p{L}\\p{N}])(?:${short.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
		}
	}

	text(text: string): string {
		return this.withoutHead(withoutLookalikes(this.withoutWords(this.withoutPieces(text))));
	}

	private hasPiece(piece: string): boolean {
		return this.pieces.has(piece) || (this.base?.hasPiece(piece) ?? false);
	}

	private hasHead(head: string): boolean {
		return this.heads.has(head) || (this.base?.hasHead(head) ?? false);
	}

	private withoutPieces(text: string): string {
		let shown = '';
		let until = 0;
		for (let at = 0; at + PIECE <= text.length; at++) {
			if (!this.hasPiece(text.slice(at, at + PIECE))) continue;
			if (at > until || until === 0) shown += text.slice(until, at) + HIDDEN;
			until = at + PIECE;
		}
		return shown + text.slice(until);
	}

	private withoutWords(text: string): string {
		const left = this.base?.withoutWords(text) ?? text;
		return this.words ? left.replace(this.words, HIDDEN) : left;
	}

	/** A text in words may have been cut in the middle of a secret; names of things are whole. */
	private withoutHead(text: string): string {
		if (!/[\s"]/.test(text)) return text;
		for (const end of [text, text.replace(/[\s".…]{1,9}$/, '')]) {
			for (let length = PIECE - 1; length >= SHORTEST_HEAD; length--) {
				if (this.hasHead(end.slice(-length))) {
					return end.slice(0, -length) + HIDDEN + text.slice(end.length);
				}
			}
		}
		return text;
	}
}
