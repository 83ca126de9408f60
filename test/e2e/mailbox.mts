import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail as its reader sees it. */
export interface Mail {
	from: string;
	to: string;
	subject: string;
	text: string;
	/** Undefined of a mail in plain text. */
	html?: string;
}

/** The part of n8n's mail parser that we use. */
export type ParseMail = (raw: Buffer) => Promise<{
	from?: { text: string };
	to?: { text: string };
	subject?: string;
	text?: string;
	html?: string | false;
}>;

/** A mail server of a test, which takes every mail and keeps it. */
export interface Mailbox {
	port: number;
	/** In the order in which they came. */
	mails: Mail[];
	close(): Promise<void>;
}

/**
 * Starts a mail server on 127.0.0.1, without login and without encryption.
 * @param parse reads a mail as it was sent
 */
export async function startMailbox(parse: ParseMail): Promise<Mailbox> {
	const mails: Mail[] = [];
	const keep = async (raw: Buffer) => {
		const { from, to, subject = '', text = '', html } = await parse(raw);
		const mail = { from: from?.text ?? '', to: to?.text ?? '', subject, text };
		mails.push({ ...mail, ...(html && { html }) });
	};
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS', 'AUTH'],
		onData(stream, _session, done) {
			const parts: Buffer[] = [];
			stream.on('data', (part: Buffer) => parts.push(part));
			stream.on('end', () => {
				keep(Buffer.concat(parts)).then(() => done(), done);
			});
		},
	});
	await new Promise<void>((ready, failed) => {
		server.once('error', failed);
		server.listen(0, '127.0.0.1', ready);
	});
	return {
		port: (server.server.address() as AddressInfo).port,
		mails,
		close: async () => await new Promise<void>((closed) => server.close(closed)),
	};
}
