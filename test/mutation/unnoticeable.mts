/** A mutant that no test can notice, because the program does the same with it. */
export interface Unnoticeable {
	/** The end of the file's path. */
	file: string;
	/** What is replaced, and by what, as the report of a survivor prints it. */
	code: string;
	by: string;
	why: string;
}

export const UNNOTICEABLE: readonly Unnoticeable[] = [];
