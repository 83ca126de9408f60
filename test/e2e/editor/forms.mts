import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** A form as a person sees it (test/golden/forms.md says how it is written). */
export interface Form {
	/** The headings, outer one first. */
	title: string;
	/** Whether it is that of a node just added, not that of the form before. */
	fresh: boolean;
	/** What the person chooses before: label and option. */
	choices: Array<[label: string, value: string]>;
	fields: string[];
}

/** All forms of test/golden/forms.md, in order. */
export function goldenForms(): Form[] {
	const forms: Form[] = [];
	let node = '';
	for (const line of readFileSync(resolve('test/golden/forms.md'), 'utf8').split('\n')) {
		const [, mark, text] = /^(#+|>|-) (.*)$/.exec(line) ?? [];
		const form = forms.at(-1);
		if (mark === '#' || mark === '##') {
			if (mark === '#') node = text;
			const title = mark === '#' ? text : `${node}: ${text}`;
			forms.push({ title, fresh: mark === '#', choices: [], fields: [] });
		} else if (mark === '>' && form) {
			const [label, value] = text.split(': ');
			form.choices.push([label, value]);
		} else if (mark === '-' && form) {
			form.fields.push(text);
		}
	}
	return forms;
}
