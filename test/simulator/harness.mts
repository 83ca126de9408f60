import axios from 'axios';
import { startSimulator } from '../../simulator/index.mts';
import type { Simulator, SimulatorOptions } from '../../simulator/index.mts';

export const APP_ID = '00112233445566778899aabbccddeeff';
/** The example App ID that has a certificate. */
export const SECURED_APP_ID = 'ffeeddccbbaa99887766554433221100';
export const CERTIFICATE = '0123456789abcdef0123456789abcdef';
export const SECRET = 'example-customer-secret';

export interface Who {
	cname: string;
	uid: string;
}
export const WHO: Who = { cname: 'httpClient463224', uid: '527841' };

export interface Reply {
	status: number;
	headers: Record<string, unknown>;
	data: unknown;
}

/** What identifies a recording in later calls. */
export interface Session extends Who {
	appId: string;
	mode: string;
	resourceId: string;
	sid: string;
}

export const STORAGE = { vendor: 1, region: 0, bucket: 'b', accessKey: 'ak', secretKey: 'sk' };
export const HLS = { avFileType: ['hls'] };
export const MIX = {
	recordingConfig: { channelType: 0 },
	recordingFileConfig: HLS,
	storageConfig: STORAGE,
};
export const INDIVIDUAL = {
	recordingConfig: { channelType: 0, subscribeUidGroup: 0 },
	recordingFileConfig: HLS,
	storageConfig: STORAGE,
};
export const PAGE = {
	url: 'https://example.com/room',
	audioProfile: 0,
	videoWidth: 1280,
	videoHeight: 720,
	maxRecordingHour: 3,
};
export const webRequest = (page: object = {}, services: object[] = []) => ({
	extensionServiceConfig: {
		extensionServices: [
			{ serviceName: 'web_recorder_service', serviceParam: { ...PAGE, ...page } },
			...services,
		],
	},
	recordingFileConfig: HLS,
	storageConfig: STORAGE,
});
export const RTMP = {
	serviceName: 'rtmp_publish_service',
	serviceParam: { outputs: [{ rtmpUrl: 'rtmp://example.com/live/key' }] },
};

const member = (data: unknown, name: string): string => {
	const value = (data as Record<string, unknown>)[name];
	return typeof value === 'string' ? value : '';
};

/** A client without any cleverness: one method a call, and the answer as it came. */
export class Api {
	readonly sim: Simulator;

	constructor(sim: Simulator) {
		this.sim = sim;
	}

	async request(
		method: string,
		path: string,
		data?: unknown,
		headers: Record<string, string> = {},
	): Promise<Reply> {
		const {
			status,
			headers: received,
			data: answer,
		} = await axios.request<unknown>({
			baseURL: this.sim.url,
			method,
			url: path,
			data,
			headers: {
				Authorization: `Basic ${Buffer.from(`example-customer-id:${SECRET}`).toString('base64')}`,
				...(data === undefined ? {} : { 'Content-Type': 'application/json' }),
				...headers,
			},
			validateStatus: () => true,
			maxRedirects: 0,
		});
		return { status, headers: { ...received }, data: answer };
	}

	acquire(clientRequest: object = {}, who: Who = WHO, appId = APP_ID): Promise<Reply> {
		return this.request('POST', `/v1/apps/${appId}/cloud_recording/acquire`, {
			...who,
			clientRequest,
		});
	}

	start(
		resourceId: string,
		mode: string,
		clientRequest: object,
		who: Who = WHO,
		appId = APP_ID,
	): Promise<Reply> {
		const path = `/v1/apps/${appId}/cloud_recording/resourceid/${resourceId}/mode/${mode}/start`;
		return this.request('POST', path, { ...who, clientRequest });
	}

	/** Acquire (with the mode's scene), and the answer of start. */
	async tryStart(
		mode: string,
		clientRequest: object,
		{
			who = WHO,
			appId = APP_ID,
			acquire = {},
		}: { who?: Who; appId?: string; acquire?: object } = {},
	): Promise<Reply & { resourceId: string }> {
		const scene = mode === 'web' ? { scene: 1 } : {};
		const acquired = await this.acquire({ ...scene, ...acquire }, who, appId);
		const resourceId = member(acquired.data, 'resourceId');
		return { ...(await this.start(resourceId, mode, clientRequest, who, appId)), resourceId };
	}

	/** Acquire and start, which have to succeed. */
	async begin(
		mode: string,
		clientRequest: object,
		options: { who?: Who; appId?: string; acquire?: object } = {},
	): Promise<Session> {
		const { who = WHO, appId = APP_ID } = options;
		const { status, data, resourceId } = await this.tryStart(mode, clientRequest, options);
		if (status !== 200) throw new Error(`start: ${status} ${JSON.stringify(data)}`);
		return { ...who, appId, mode, resourceId, sid: member(data, 'sid') };
	}

	path({ appId, resourceId, sid, mode }: Session, operation: string): string {
		return `/v1/apps/${appId}/cloud_recording/resourceid/${resourceId}/sid/${sid}/mode/${mode}/${operation}`;
	}

	query(session: Session): Promise<Reply> {
		return this.request('GET', this.path(session, 'query'));
	}

	/** stop, update or updateLayout. */
	post(session: Session, operation: string, clientRequest: object = {}): Promise<Reply> {
		const { cname, uid } = session;
		return this.request('POST', this.path(session, operation), { cname, uid, clientRequest });
	}

	stop(session: Session, clientRequest: object = {}): Promise<Reply> {
		return this.post(session, 'stop', clientRequest);
	}
}

/** A simulator whose clock stands still and whose rate is not limited, unless `options` say so. */
export async function startApi(options: SimulatorOptions = {}): Promise<Api> {
	return new Api(
		await startSimulator({ requestsPerSecond: null, clock: { speed: 0 }, ...options }),
	);
}

/** `serverResponse` of an answer. */
export function serverResponse({ data }: Reply): Record<string, unknown> {
	return (data as { serverResponse: Record<string, unknown> }).serverResponse;
}

/** Resolves when `condition` holds; gives other requests time to arrive. */
export async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

/** A copy of `base` with `value` at a dotted path; undefined removes what is there. */
export function having(base: object, path: string, value: unknown): object {
	const copy = structuredClone(base) as Record<string, unknown>;
	const keys = path.split('.');
	const last = keys.pop() ?? '';
	let inner = copy;
	for (const key of keys) inner = (inner[key] ??= {}) as Record<string, unknown>;
	if (value === undefined) delete inner[last];
	else inner[last] = value;
	return copy;
}

/** Any text that contains `part`; jest's own matcher is of type any. */
export const containing = (part: string): unknown => expect.stringContaining(part) as unknown;

/** Any text that the pattern fits. */
export const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern) as unknown;
