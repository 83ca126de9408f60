import type { IWebhookFunctions, LogMetadata } from 'n8n-workflow';

/** Longest part of a line that comes from somewhere else, in characters. */
const MAX_LENGTH = 300;
/** What ends a line, or makes a terminal do something; also characters that turn the text around. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu;

/** Text from somewhere else as part of one line: what cannot be printed is a space, the rest is cut. */
export function printable(text: string): string {
	// Cut roughly before, so that a huge text costs nothing; by characters, so that none is halved.
	const characters = [
		...text
			.slice(0, 4 * MAX_LENGTH)
			.replace(UNPRINTABLE, ' ')
			.trim(),
	];
	const isCut = characters.length > MAX_LENGTH || text.length > 4 * MAX_LENGTH;
	return isCut ? `${characters.slice(0, MAX_LENGTH).join('')}…` : characters.join('');
}

/**
 * Writes a line to n8n's log. Its text says which trigger it is about, because n8n prints nothing else
 * by default.
 *
 * @param text what happened, already {@link printable}
 * @param more for logs that keep fields
 */
export function log(
	context: IWebhookFunctions,
	level: 'warn' | 'error',
	text: string,
	more: LogMetadata = {},
): void {
	const { id, name } = context.getWorkflow();
	const node = context.getNode().name;
	const where = `"${printable(node)}" in workflow "${printable(name ?? '')}" (${printable(String(id))})`;
	context.logger[level](`Agora Cloud Recording Trigger ${where}: ${text}`, {
		...{ workflowId: id, node },
		...more,
	});
}
