/** Bodies sent straight to the simulator, without the node: its own reading of the reference. */

import type { Simulator } from '../../simulator/index.mts';
import { Api } from '../simulator/harness.mts';
import type { Mode, Operation } from './fields.mts';
import {
	base,
	CNAME,
	patch,
	postponed,
	push,
	recorder,
	services,
	UID,
	type Body,
} from './rules.mts';

export interface Verdict {
	/** HTTP status of the call that the body is for, or of start where only start can tell */
	status: number;
	code: number | null;
	reason: string;
	/** What the simulator noted although it accepted the body */
	warnings: string[];
	/** Accepted, and over soon afterwards */
	ended: boolean;
}

/** Virtual time in which a recording with bad values has ended, but not one that nobody has left */
const LOOK_AFTER_MS = 20_000;

const clientRequestOf = (body: Body): Body => {
	const { clientRequest } = body;
	return typeof clientRequest === 'object' &&
		clientRequest !== null &&
		!Array.isArray(clientRequest)
		? clientRequest
		: {};
};

/** A simulator to which bodies are sent; each on its own, nothing of the one before is left. */
export class Direct {
	private readonly simulator: Simulator;
	private readonly api: Api;
	private readonly root: string;

	constructor(simulator: Simulator, appId = '00112233445566778899aabbccddeeff') {
		this.simulator = simulator;
		this.api = new Api(simulator);
		this.root = `/v1/apps/${appId}/cloud_recording`;
	}

	/** Sends the body, after whatever has to come before it, and says how it was taken. */
	async send(operation: Operation, mode: Mode, body: Body): Promise<Verdict> {
		this.simulator.control.reset();
		const acquireBody = operation === 'acquire' ? body : this.acquireFor(mode, operation, body);
		const acquired = await this.post('acquire', acquireBody);
		if (acquired.status !== 200) return this.verdict(acquired, false);
		const begin = `resourceid/${String(acquired.data.resourceId)}`;
		const startBody = operation === 'start' ? body : this.startFor(mode, acquireBody, body);
		const started = await this.post(`${begin}/mode/${mode}/start`, startBody);
		if (operation === 'acquire' || operation === 'start' || started.status !== 200) {
			return await this.after(started, `${begin}/sid/${String(started.data.sid)}/mode/${mode}`);
		}
		const session = `${begin}/sid/${String(started.data.sid)}/mode/${mode}`;
		const answered = await this.post(`${session}/${operation}`, body);
		return operation === 'stop'
			? this.verdict(answered, false)
			: await this.after(answered, session);
	}

	private acquireFor(mode: Mode, operation: Operation, body: Body): Body {
		const envelope = { cname: body.cname ?? CNAME, uid: body.uid ?? UID };
		const request = clientRequestOf(base('acquire', mode));
		const postponed = operation === 'start' && 'appsCollection' in clientRequestOf(body);
		return { ...envelope, clientRequest: postponed ? { ...request, scene: 2 } : request };
	}

	/** A start that goes with an acquire for postponed transcoding, or an update of the CDN address */
	private startFor(mode: Mode, acquired: Body, body: Body): Body {
		const { cname, uid } = acquired;
		const change =
			clientRequestOf(acquired).scene === 2
				? postponed({})
				: 'rtmpPublishConfig' in clientRequestOf(body)
					? services(recorder(), push('rtmp://example.com/live/key'))
					: {};
		return patch({ ...base('start', mode), cname, uid }, change);
	}

	private async after(answer: Answer, session: string): Promise<Verdict> {
		if (answer.status !== 200) return this.verdict(answer, false);
		this.simulator.control.advance(LOOK_AFTER_MS);
		const { status } = await this.api.request('GET', `${this.root}/${session}/query`);
		return this.verdict(answer, status === 404);
	}

	private async post(path: string, body: Body): Promise<Answer> {
		const { status, data } = await this.api.request('POST', `${this.root}/${path}`, body);
		return {
			status,
			data: typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {},
		};
	}

	private verdict({ status, data }: Answer, ended: boolean): Verdict {
		return {
			status,
			code: typeof data.code === 'number' ? data.code : null,
			reason: typeof data.reason === 'string' ? data.reason : '',
			warnings: this.simulator.control.requests().flatMap(({ warnings }) => warnings),
			ended,
		};
	}
}

interface Answer {
	status: number;
	data: Record<string, unknown>;
}
