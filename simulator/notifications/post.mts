import http from 'node:http';
import https from 'node:https';

/** Why a receiver gave no answer. */
export type Problem = 'timeout' | 'unreachable' | 'certificate' | 'closed';

/** What became of one request. */
export interface PostResult {
	/** null = no whole answer came. */
	status: number | null;
	problem?: Problem;
	/** The beginning of the answer's body, or the error's code. */
	answer: string;
	contentType?: string;
	/** Real milliseconds. */
	ms: number;
}

/** How much of an answer is kept. */
const ANSWER_BYTES = 2000;

const CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|EPROTO|.*SELF_SIGNED)/;
/** Errors after which somebody was there; after all others nobody was. */
const CLOSED: readonly string[] = ['ECONNRESET', 'EPIPE'];

function problemOf(code: string): Problem {
	if (CERTIFICATE.test(code)) return 'certificate';
	return CLOSED.includes(code) || code.startsWith('HPE_') ? 'closed' : 'unreachable';
}

/** Posts over connections that are kept open (notifications.md 1). Redirects are not followed. */
export class Poster {
	readonly #http = new http.Agent({ keepAlive: true });
	readonly #https = new https.Agent({ keepAlive: true });

	/** Never rejects: that nobody answers is a result too. */
	post(
		url: string,
		body: Buffer,
		headers: Record<string, string>,
		timeoutMs: number,
	): Promise<PostResult> {
		const began = performance.now();
		return new Promise((resolve) => {
			const end = (result: Omit<PostResult, 'ms'>): void => {
				clearTimeout(timer);
				resolve({ ...result, ms: Math.round(performance.now() - began) });
			};
			const failed = (error: NodeJS.ErrnoException): void => {
				const answer = error.code ?? error.message;
				end({ status: null, problem: problemOf(answer), answer });
			};
			const secure = url.startsWith('https:');
			const request = (secure ? https : http).request(url, {
				method: 'POST',
				agent: secure ? this.#https : this.#http,
				headers: { ...headers, 'Content-Length': String(body.length) },
			});
			const timer = setTimeout(() => {
				end({ status: null, problem: 'timeout', answer: '' });
				request.destroy();
			}, timeoutMs);
			timer.unref();
			request.on('error', failed);
			request.on('response', (response) => {
				const chunks: Buffer[] = [];
				let kept = 0;
				response.on('data', (chunk: Buffer) => {
					if (kept < ANSWER_BYTES) chunks.push(chunk);
					kept += chunk.length;
				});
				response.on('error', failed);
				response.on('end', () =>
					end({
						status: response.statusCode ?? null,
						answer: Buffer.concat(chunks).subarray(0, ANSWER_BYTES).toString('utf8'),
						contentType: response.headers['content-type'],
					}),
				);
			});
			request.end(body);
		});
	}

	/** Cuts all connections. */
	close(): void {
		this.#http.destroy();
		this.#https.destroy();
	}
}
