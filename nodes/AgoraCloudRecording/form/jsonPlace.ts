const TOKEN =
	/[ \t\n\r]*(?:(?<sign>[{}[\]:,])|(?<text>"(?:[^"\\\p{Cc}]|[\x7f-\x9f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(?<other>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy;

/**
 * Where a text stops being JSON. What JSON.parse says of that differs from host to host, and repeats
 * what stands there, which may be a secret.
 *
 * @returns e.g. `line 2, column 7`, counted from 1
 */
export function placeOfBreak(json: string): string {
	const before = json.slice(0, breakOf(json)).split('\n');
	return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/** What may come next: `first` is a value or the end of a list, `name` of an object or its end. */
type Next = 'value' | 'first' | 'name' | 'nextName' | 'colon' | 'more' | 'end';

/** Position of the first token that may not stand where it stands. */
function breakOf(json: string): number {
	const open: string[] = [];
	let next: Next = 'value';
	let at = 0;
	for (;;) {
		TOKEN.lastIndex = at;
		const { sign, text, other } = TOKEN.exec(json)?.groups ?? {};
		const token = sign ?? text ?? other;
		const after = nextOf(next, token, text !== undefined, open);
		if (token === undefined || after === undefined) {
			return at + (/[ \t\n\r]*/.exec(json.slice(at))?.[0].length ?? 0);
		}
		at = TOKEN.lastIndex;
		next = after;
	}
}

/** What may come after a token; undefined where it may not stand there. */
function nextOf(
	next: Next,
	token: string | undefined,
	isText: boolean,
	open: string[],
): Next | undefined {
	if (token === undefined) return undefined;
	const closed = (): Next => {
		open.pop();
		return open.length > 0 ? 'more' : 'end';
	};
	const ends = open.at(-1) === '{' ? '}' : ']';
	switch (next) {
		case 'name':
			return token === '}' ? closed() : isText ? 'colon' : undefined;
		case 'nextName':
			return isText ? 'colon' : undefined;
		case 'colon':
			return token === ':' ? 'value' : undefined;
		case 'more':
			if (token === ',') return ends === '}' ? 'nextName' : 'value';
			return token === ends ? closed() : undefined;
		case 'end':
			return undefined;
		case 'first':
		case 'value':
			if (token === ']' && next === 'first') return closed();
			if (token === '{' || token === '[') {
				open.push(token);
				return token === '{' ? 'name' : 'first';
			}
			if ('}]:,'.includes(token)) return undefined;
			return open.length > 0 ? 'more' : 'end';
	}
}
