import ts from 'typescript';

/** A text that somebody reads, in a source file. */
export interface Text {
	text: string;
	/** Where it stands: names of what is around it, e.g. `linkHoursField.description`. */
	place: string;
	/** Whether it names a field or an option. */
	isName: boolean;
}

const NAMES = ['displayName', 'name', 'action'];
const TEXTS = [...NAMES, 'description', 'placeholder', 'hint', 'message', 'advice', 'whatToDo'];

const nameOf = (node: ts.Node): string | undefined => {
	const named = ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node);
	return named || ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)
		? node.name?.getText()
		: undefined;
};

/** The texts of a TypeScript source, in its order: sentences, and names that begin with a capital. */
export function textsIn(source: string): Text[] {
	const texts: Text[] = [];
	const visit = (node: ts.Node, around: readonly string[]): void => {
		if (ts.isImportDeclaration(node)) return;
		const place = [...around, nameOf(node)].filter((name) => name !== undefined);
		const isText = ts.isStringLiteralLike(node);
		if (isText || ts.isTemplateExpression(node)) {
			const text = isText ? node.text : node.getText().slice(1, -1);
			const member = place.at(-1) ?? '';
			const isName = NAMES.includes(member) && /^\p{Lu}/u.test(text);
			const isSentence = /\p{L}[,:.;]? \p{L}/u.test(text);
			if (isSentence || isName || (TEXTS.includes(member) && /^\p{Lu}/u.test(text))) {
				texts.push({ text, place: place.join('.'), isName });
				return;
			}
		}
		ts.forEachChild(node, (child) => visit(child, place));
	};
	visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true), []);
	return texts;
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/[\p{L}\d]+/gu));

/** How much two texts seem to be the same one: place, words they share. 0 for nothing in common. */
function likeness(one: Text, other: Text): number {
	if (one.text === other.text) return 3;
	const [words, others] = [wordsOf(one.text), wordsOf(other.text)];
	const shared = [...words].filter((word) => others.has(word)).length;
	const samePlace = one.place === other.place && one.isName === other.isName;
	return (samePlace ? 1 : 0) + shared / Math.max(words.size, others.size, 1);
}

/** Pairs the texts of two versions of a file so that, in their order, they are as alike as they can be. */
export function aligned(
	before: readonly Text[],
	after: readonly Text[],
): Array<{ before?: Text; after?: Text }> {
	const best = before.map(() => after.map(() => 0));
	const at = (i: number, j: number) => best[i]?.[j] ?? 0;
	for (let i = before.length - 1; i >= 0; i--) {
		for (let j = after.length - 1; j >= 0; j--) {
			const together = likeness(before[i], after[j]) + at(i + 1, j + 1);
			best[i][j] = Math.max(together, at(i + 1, j), at(i, j + 1));
		}
	}
	const pairs: Array<{ before?: Text; after?: Text }> = [];
	let [i, j] = [0, 0];
	while (i < before.length && j < after.length) {
		const like = likeness(before[i], after[j]);
		if (like > 0 && at(i, j) === like + at(i + 1, j + 1)) {
			pairs.push({ before: before[i++], after: after[j++] });
		} else if (at(i, j) === at(i + 1, j)) pairs.push({ before: before[i++] });
		else pairs.push({ after: after[j++] });
	}
	return [
		...pairs,
		...before.slice(i).map((text) => ({ before: text })),
		...after.slice(j).map((text) => ({ after: text })),
	];
}
