/** The little of the DOM that is read here. */
interface Element {
	innerText: string;
	value: string;
	checked: boolean;
	matches(selector: string): boolean;
	querySelector(selector: string): Element | null;
	querySelectorAll(selector: string): Iterable<Element>;
}

/**
 * What fields of n8n's form show, as test/golden/forms.md writes it. Runs in the browser, so it can
 * use nothing from outside.
 */
export function describeFields(elements: Element[]): string[] {
	const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
	const shownValue = (field: Element): string => {
		const toggle = field.querySelector('.el-switch input');
		if (toggle) return toggle.checked ? 'on' : 'off';
		const expression = field.querySelector('.cm-content');
		if (expression) return plain(expression.innerText);
		const chosen = [...field.querySelectorAll('.el-tag')].map(({ innerText }) => plain(innerText));
		if (chosen.length > 0) return chosen.join(', ');
		return field.querySelector('input, textarea')?.value ?? '';
	};
	return elements.flatMap((element) => {
		if (element.matches('.notice'))
			return [`(${plain(element.innerText).split('. ')[0].replace(/\.$/, '')}.)`];
		const label = element.querySelector('label.n8n-input-label .n8n-text');
		if (label === null) return [];
		const name = plain(label.innerText);
		if (element.matches('.multi-parameter')) return [name];
		const value = shownValue(element);
		const required = element.querySelector('[data-test-id="parameter-issues"]') !== null;
		return [`${name}${required ? ' *' : ''}${value === '' ? '' : `: ${value}`}`];
	});
}
