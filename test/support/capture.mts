import { isObject } from './json.mts';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ICredentialDataDecryptedObject, IDataObject, INodeParameters } from 'n8n-workflow';
import type { Mode, Operation } from '../coverage/fields.mts';
import { describeFailure, type Failure } from './failures.mts';
import { rtcToken, type TokenRequest } from './rtcToken.mts';
import { setUp } from './setup.mts';

/** A request as it was sent, nothing in it hidden, and how it was answered. */
export interface Captured {
	operation: string;
	mode: string;
	body: IDataObject;
	status: number;
	answer: IDataObject;
}

/** What is entered, in the form and in the credential. */
export interface Form {
	parameters?: INodeParameters;
	credentials?: ICredentialDataDecryptedObject;
}

/** What came of a run. */
export interface Attempt {
	sent: Captured[];
	output?: IDataObject;
	failure?: Failure;
}

/** Objects are merged, everything else is replaced. */
export function merged<T extends object>(...layers: Array<T | undefined>): T {
	const result: Record<string, unknown> = {};
	for (const layer of layers) {
		for (const [key, value] of Object.entries(layer ?? {})) {
			const old = result[key];
			result[key] = isObject(value) && isObject(old) ? merged(old, value) : value;
		}
	}
	return result as T;
}

/**
 * Stands between the node and the simulator and keeps every body: the simulator's own log hides
 * secrets, and a coverage test has to see them.
 */
async function startProxy(target: string) {
	const captured: Captured[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const { method = 'GET', url = '/', headers } = request;
			const sent = await text(request);
			const answer = await fetch(`${target}${url}`, {
				method,
				headers: {
					authorization: headers.authorization ?? '',
					'content-type': headers['content-type'] ?? 'application/json',
				},
				...(sent !== '' && { body: sent }),
			});
			const received = await answer.text();
			const [, mode = ''] = /\/mode\/(\w+)\//.exec(url) ?? [];
			captured.push({
				operation: url.slice(url.lastIndexOf('/') + 1),
				mode,
				body: sent === '' ? {} : (JSON.parse(sent) as IDataObject),
				status: answer.status,
				answer: received === '' ? {} : (JSON.parse(received) as IDataObject),
			});
			response.writeHead(answer.status, { 'content-type': 'application/json' }).end(received);
		})();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		captured,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

export const CHANNEL = 'httpClient463224';
export const RECORDER = '527841';

/** The simulator's example App ID that has a certificate: there the token counts */
export const SECURED = {
	appId: 'ffeeddccbbaa99887766554433221100',
	appCertificate: '0123456789abcdef0123456789abcdef',
};

/** A token for the recorder, valid for the first day of the tests' time */
export const recorderToken = (change: Partial<TokenRequest> = {}): string =>
	rtcToken({
		appId: '00112233445566778899aabbccddeeff',
		certificate: SECURED.appCertificate,
		channel: CHANNEL,
		uid: RECORDER,
		issuedAt: Date.UTC(2026, 0, 1) / 1000,
		expire: 86_400,
		...change,
	});

/** The least that has to be entered to start, in each mode. */
export const START_FORMS: Record<Mode, INodeParameters> = {
	mix: { mode: 'mix', channelName: CHANNEL, recorderUid: RECORDER },
	individual: {
		mode: 'individual',
		channelName: CHANNEL,
		recorderUid: RECORDER,
		subscribeUidGroup: 5,
	},
	web: {
		mode: 'web',
		channelName: CHANNEL,
		recorderUid: RECORDER,
		url: 'https://example.com/room',
	},
};

/** The node and the simulator, with every body that goes from the one to the other. */
export async function setUpCapture() {
	const agora = await setUp();
	const proxy = await startProxy(agora.simulator.url);
	const credentials = { ...agora.credentials, baseUrl: proxy.url };

	/** Runs an operation; what was sent before is forgotten, what was recorded is not. */
	async function attempt(operation: string, form: Form, item: IDataObject = {}): Promise<Attempt> {
		proxy.captured.length = 0;
		try {
			const output = await agora.runOne(operation, form.parameters, {
				credentials: merged(credentials, form.credentials),
				items: [item],
			});
			return { sent: [...proxy.captured], output };
		} catch (thrown) {
			return { sent: [...proxy.captured], failure: describeFailure(thrown) };
		}
	}

	/** What Start gives of a recording, for the operations that need one. */
	async function begin(
		mode: Mode,
		parameters: INodeParameters = {},
		own: Form['credentials'] = {},
	): Promise<IDataObject> {
		const { output, failure } = await attempt('start', {
			credentials: own,
			parameters: merged(START_FORMS[mode], { options: { verify: false } }, parameters),
		});
		if (!output) throw new Error(`${mode} did not start: ${failure?.message ?? ''}`);
		return output;
	}

	/**
	 * Fills in the form of an operation in a mode and sends it: Acquire and Start begin anew, the others
	 * are about a recording of that mode.
	 *
	 * @param begun whose credential that recording was started with
	 */
	async function fill(
		operation: Operation,
		mode: Mode,
		form: Form,
		begun: Form = form,
	): Promise<Attempt> {
		agora.control.reset();
		if (operation === 'acquire' || operation === 'start') {
			const own =
				operation === 'start' ? { options: { verify: false } } : { sendStartSettings: true };
			return await attempt(operation, {
				...form,
				parameters: merged(START_FORMS[mode], own, form.parameters),
			});
		}
		const started = await begin(
			mode,
			mode === 'web' ? { rtmpUrl: 'rtmp://example.com/live/key' } : {},
			begun.credentials,
		);
		return await attempt(
			operation,
			operation === 'update' ? { ...form, parameters: merged({ mode }, form.parameters) } : form,
			started,
		);
	}

	return {
		...agora,
		credentials,
		attempt,
		begin,
		fill,
		async tearDown() {
			await agora.tearDown();
			await proxy.close();
		},
	};
}

export type CaptureSetup = Awaited<ReturnType<typeof setUpCapture>>;

/** The last body of an operation that was sent. @throws Error when none was */
export function bodyOf({ sent, failure }: Attempt, operation: string): IDataObject {
	const request = sent.filter((one) => one.operation === operation).at(-1);
	if (!request) throw new Error(`No ${operation} was sent: ${failure?.message ?? 'no failure'}`);
	return request.body;
}

/**
 * Every value at a path of fields.mts: `a[].b` is looked up in every element, `a[name].b` in the element
 * whose `serviceName` is that name.
 */
export function valuesAt(root: unknown, path: string): unknown[] {
	return path.split('.').reduce<unknown[]>(
		(values, step) => {
			const [, name = step, selector] = /^(\w+)\[(\w*)\]$/.exec(step) ?? [];
			const found = values.flatMap((value) =>
				isObject(value) && name in value ? [value[name]] : [],
			);
			if (selector === undefined) return found;
			const elements = found.flatMap((value): unknown[] => (Array.isArray(value) ? value : []));
			return selector === ''
				? elements
				: elements.filter((element) => isObject(element) && element.serviceName === selector);
		},
		[root],
	);
}

/** The paths, as fields.mts writes them, of everything in a body. */
export function pathsIn(value: unknown, path = ''): string[] {
	const own = path === '' ? [] : [path];
	if (isObject(value)) {
		return [
			...own,
			...Object.entries(value).flatMap(([key, inner]) =>
				pathsIn(inner, path === '' ? key : `${path}.${key}`),
			),
		];
	}
	if (!Array.isArray(value)) return own;
	return [
		...own,
		...value.flatMap((element: unknown) => {
			const service = isObject(element) ? element.serviceName : undefined;
			return pathsIn(element, `${path}[${typeof service === 'string' ? service : ''}]`).filter(
				(inner) => !inner.endsWith(']'),
			);
		}),
	];
}
