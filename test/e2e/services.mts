/** Services of the internet that examples hand recordings to, on this machine. */
import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { selfSigned } from '../support/certificate.mts';
import { startProxy } from '../support/proxy.mts';

/** A message as Slack's `chat.postMessage` takes it. */
export interface SlackMessage {
	channel: string;
	text: string;
	unfurl_links?: boolean;
	unfurl_media?: boolean;
}

/** A file in Google Drive. */
export interface DriveFile {
	name: string;
	type: string;
	bytes: Buffer;
}

export const SLACK_TOKEN = 'xoxb-example-token';
export const DRIVE_TOKEN = 'example-drive-token';

/** As n8n's nodes know them: none lets another address be entered. */
const SLACK = 'slack.com';
const DRIVE = 'www.googleapis.com';

/** https://docs.slack.dev/reference/methods/chat.postMessage */
function serveSlack(server: FastifyInstance, messages: SlackMessage[]): void {
	server.post('/api/chat.postMessage', { constraints: { host: SLACK } }, (request, reply) => {
		if (request.headers.authorization !== `Bearer ${SLACK_TOKEN}`) {
			return reply.send({ ok: false, error: 'invalid_auth' });
		}
		const message = JSON.parse(String(request.body)) as SlackMessage;
		messages.push(message);
		return reply.send({ ok: true, channel: message.channel, ts: String(messages.length), message });
	});
}

/** A resumable upload: https://developers.google.com/workspace/drive/api/guides/manage-uploads */
function serveDrive(server: FastifyInstance, files: Map<string, DriveFile>): void {
	const constraints = { host: DRIVE };
	const isOwner = (authorization?: string) => authorization === `Bearer ${DRIVE_TOKEN}`;
	server.post('/upload/drive/v3/files', { constraints }, (request, reply) => {
		const { uploadType } = request.query as { uploadType?: string };
		if (!isOwner(request.headers.authorization) || uploadType !== 'resumable') {
			return reply.code(401).send();
		}
		const { name } = JSON.parse(String(request.body)) as { name: string };
		const id = `file-${files.size + 1}`;
		const type = String(request.headers['x-upload-content-type']);
		files.set(id, { name, type, bytes: Buffer.alloc(0) });
		const location = `https://${DRIVE}/upload/drive/v3/files?uploadType=resumable&upload_id=${id}`;
		return reply.header('location', location).send();
	});
	server.put('/upload/drive/v3/files', { constraints }, (request, reply) => {
		const id = (request.query as { upload_id: string }).upload_id;
		const file = files.get(id);
		if (!file || !Buffer.isBuffer(request.body)) return reply.code(404).send();
		file.bytes = Buffer.concat([file.bytes, request.body]);
		const total = Number(request.headers['content-range']?.split('/')[1]);
		return file.bytes.length < total ? reply.code(308).send() : reply.send({ id });
	});
	server.patch('/drive/v3/files/:id', { constraints }, (request, reply) => {
		const { id } = request.params as { id: string };
		const file = files.get(id);
		if (!isOwner(request.headers.authorization) || !file) return reply.code(404).send();
		return reply.send({ id, name: file.name });
	});
}

/**
 * Starts Slack and Google Drive, as far as the examples use them, and a proxy that leads to them: n8n's own
 * nodes ask them at their real addresses.
 *
 * @param certificate file to be written, which n8n has to trust
 */
export async function startServices(certificate: string) {
	const hosts = [SLACK, DRIVE];
	const { key, cert } = selfSigned(hosts);
	writeFileSync(certificate, cert);
	const messages: SlackMessage[] = [];
	const files = new Map<string, DriveFile>();
	const server = Fastify({ https: { key, cert } }) as unknown as FastifyInstance;
	server.removeAllContentTypeParsers();
	server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
		done(null, body),
	);
	serveSlack(server, messages);
	serveDrive(server, files);
	await server.listen({ port: 0, host: '127.0.0.1' });
	const { port } = server.server.address() as AddressInfo;
	const proxy = await startProxy((host) => hosts.includes(host), port);
	const { url, refused } = proxy;
	return {
		/** For n8n. */
		env: { HTTPS_PROXY: url, NO_PROXY: '127.0.0.1', NODE_EXTRA_CA_CERTS: certificate },
		/** What came to Slack, oldest first. */
		messages,
		/** What came to Google Drive, by ID. */
		files,
		/** Other hosts that somebody asked for. */
		refused,
		async close(): Promise<void> {
			proxy.close();
			await server.close();
		},
	};
}

export type Services = Awaited<ReturnType<typeof startServices>>;
