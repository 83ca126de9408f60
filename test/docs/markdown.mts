/** Pieces of the pages that are generated. */

/** Said at the top of a page, so that nobody edits it by hand. */
export const GENERATED = '<!-- Made by `npm run docs` from the code. Changes by hand are lost. -->';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ').trim() || '–';

/** A table. Cells are Markdown; bars and line breaks in them are taken care of. */
export function table(head: readonly string[], rows: readonly string[][]): string {
	const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
	return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}

/** The blocks of a page, with an empty line between each two. */
export const page = (...blocks: string[]) => `${blocks.join('\n\n')}\n`;

export const list = (entries: readonly string[]) => entries.map((entry) => `- ${entry}`).join('\n');

export const code = (text: string | number) => `\`${text}\``;
