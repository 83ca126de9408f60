import axios from 'axios';
import {
	Workflow,
	type IAuthenticateGeneric,
	type ICredentialTestRequest,
	type INodeTypes,
} from 'n8n-workflow';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();

/** What n8n makes of a value of the credential that may hold an expression. */
function evaluated(value: unknown, credentials: object): string {
	const nodeTypes = { getByNameAndVersion: () => agora.nodeType } as unknown as INodeTypes;
	const workflow = new Workflow({ nodes: [], connections: {}, active: false, nodeTypes });
	const node = {
		id: '1',
		name: 'Test',
		type: 'test',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
	};
	const result = workflow.expression.getSimpleParameterValue(
		node,
		value as string,
		'internal',
		{ $credentials: credentials },
		undefined,
		'',
	);
	return typeof result === 'string' ? result : '';
}

/** Sends the credential's own test as n8n's declarative engine does: any 2xx passes. */
async function test(changes: object = {}) {
	const credentials = { ...agora.credentials, ...changes };
	const { authenticate, test: credentialTest } = agora.credentialType;
	const { baseURL, url, method } = (credentialTest as ICredentialTestRequest).request;
	const { auth } = (authenticate as IAuthenticateGeneric).properties;
	return await axios.request({
		baseURL: evaluated(baseURL, credentials),
		url: evaluated(url, credentials),
		method: method ?? 'GET',
		auth: {
			username: evaluated(auth?.username, credentials),
			password: evaluated(auth?.password, credentials),
		},
		validateStatus: () => true,
	});
}

describe('The test of the credential', () => {
	it('passes with the right key', async () => {
		const { status } = await test();
		expect(status).toBe(200);
		expect(agora.sent()).toMatchObject([{ method: 'GET', path: '/v1/ncs/ip' }]);
	});

	it('passes with a slash behind the address', async () => {
		const { status } = await test({ baseUrl: `${agora.simulator.url}/` });
		expect(status).toBe(200);
	});

	it.each([{ customerSecret: 'wrong' }, { customerId: 'wrong' }, { customerSecret: '' }])(
		'is refused with %j',
		async (wrong) => {
			expect((await test(wrong)).status).toBe(401);
		},
	);

	it.each([
		['api.agora.io', 'https://api.agora.io'],
		['api-eu-central-1.agora.io', 'https://api-eu-central-1.agora.io'],
		['api.sd-rtn.com', 'https://api.sd-rtn.com'],
	])('goes to the chosen domain %s', (apiDomain, expected) => {
		const { request } = agora.credentialType.test as ICredentialTestRequest;
		expect(evaluated(request.baseURL, { ...agora.credentials, apiDomain })).toBe(expected);
	});

	it('goes to the global domain where the form shows no other, whatever was entered', () => {
		const { request } = agora.credentialType.test as ICredentialTestRequest;
		const hidden = { apiDomain: 'api-eu-central-1.agora.io', baseUrl: 'https://example.com' };
		for (const given of [{}, { advanced: false, ...hidden }]) {
			expect(evaluated(request.baseURL, given)).toBe('https://api.agora.io');
		}
	});

	it('is sent to hosts of Agora alone', () => {
		const field = agora.credentialType.properties.find(({ name }) => name === 'apiDomain');
		const domains = (field?.options ?? []).flatMap((option) =>
			'value' in option && option.value !== 'custom' ? [option.value] : [],
		);
		// best-practices.md section 4.
		const prefixes = 'us-west-1 us-east-1 ap-southeast-1 ap-northeast-1 eu-west-1 eu-central-1';
		const regional = prefixes.split(' ').map((prefix) => `api-${prefix}.agora.io`);
		const chinese = ['api-cn-east-1.sd-rtn.com', 'api-cn-north-1.sd-rtn.com'];
		const expected = ['api.agora.io', 'api.sd-rtn.com', ...regional, ...chinese];
		expect([...domains].sort()).toEqual(expected.sort());
	});
});
