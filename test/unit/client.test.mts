import type { IExecuteFunctions } from 'n8n-workflow';
import type { RateLimiter as Limiter } from '../../nodes/AgoraCloudRecording/process/rateLimiter.ts';
import { builtModule } from '../support/host.mts';

interface ClientModule {
	AgoraClient: new (
		context: IExecuteFunctions,
		credentials: typeof CREDENTIALS,
	) => { call: (request: object) => Promise<unknown> };
}

const { AgoraClient } = builtModule<ClientModule>('transport/client.js');
const { Cancelled } = builtModule<{ Cancelled: new () => Error }>('process/clock.js');
const { RateLimiter } = builtModule<{ RateLimiter: typeof Limiter }>('process/rateLimiter.js');

const CREDENTIALS = {
	appId: '00112233445566778899aabbccddeeff',
	appCertificate: '',
	advanced: true,
	apiDomain: 'custom',
	baseUrl: 'http://127.0.0.1:9',
	origin: 'http://127.0.0.1:9',
	requestsPerSecond: 10,
	storageVendor: '',
	storageRegion: '',
	storageBucket: '',
	storageAccessKey: '',
	storageSecretKey: '',
	storageEndpoint: '',
	secrets: [] as string[],
};

describe('A request that gets its turn in the instant in which the user cancels', () => {
	const request = { method: 'POST', path: 'acquire', timeout: 1000 } as const;

	async function callWhileCancelling(more: { finishWhenCancelled?: boolean }) {
		const controller = new AbortController();
		const httpRequestWithAuthentication = jest.fn().mockResolvedValue({
			statusCode: 200,
			headers: {},
			body: { resourceId: 'JyvK8nXHuV1BE64GDkAaBGEscvtHW7v8' },
		});
		const admit = jest.spyOn(RateLimiter.prototype, 'admit').mockImplementation(() => {
			controller.abort();
			return Promise.resolve(() => undefined);
		});
		const client = new AgoraClient(
			{
				getExecutionCancelSignal: () => controller.signal,
				helpers: { httpRequestWithAuthentication },
			} as unknown as IExecuteFunctions,
			CREDENTIALS,
		);
		const sending = jest.fn();
		const outcome = await client
			.call({ ...request, operation: 'acquire', sending, ...more })
			.catch((thrown: unknown) => thrown);
		admit.mockRestore();
		return { outcome, sending, sent: httpRequestWithAuthentication };
	}

	it('is not sent, nor told as being sent', async () => {
		const { outcome, sending, sent } = await callWhileCancelling({});
		expect(outcome).toBeInstanceOf(Cancelled);
		expect(sending).not.toHaveBeenCalled();
		expect(sent).not.toHaveBeenCalled();
	});

	it('is sent where it ends what costs money', async () => {
		const { outcome, sent } = await callWhileCancelling({ finishWhenCancelled: true });
		expect(outcome).toMatchObject({ meaning: { kind: 'success' } });
		expect(sent).toHaveBeenCalledTimes(1);
	});
});
