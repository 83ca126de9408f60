/** A piece of a file: lines from 1, columns from 0. */
export interface Place {
	file: string;
	start: { line: number; column: number };
	end: { line: number; column: number };
}

/** A piece of a source in one line, however it is laid out. */
export function textAt(source: string, { start, end }: Pick<Place, 'start' | 'end'>): string {
	const lines = source.split('\n').slice(start.line - 1, end.line);
	lines[lines.length - 1] = lines[lines.length - 1].slice(0, end.column);
	lines[0] = lines[0].slice(start.column);
	return inOneLine(lines.join('\n'));
}

export const inOneLine = (code: string) => code.replace(/\s+/g, ' ').trim();
