import { KnownSecrets } from '../../nodes/AgoraCloudRecording/transport/knownSecrets.ts';

const ANSWER = 'key-of-storage, token-of-start, token-of-update';
const start = { path: 'resourceid/r1/mode/mix/start', body: { token: 'token-of-start' } };

describe('Secrets of one execution', () => {
	it('are hidden in the answers about the recording that they were sent for', () => {
		const known = new KnownSecrets(['key-of-storage']);
		const shown = (request: { path: string; body?: object }) =>
			known.redactionOf(request).text(ANSWER);
		const query = (id: string) => ({ path: `resourceid/${id}/sid/s/mode/mix/query` });
		expect(shown({ path: 'acquire' })).toBe('***, token-of-start, token-of-update');
		expect(shown(start)).toBe('***, ***, token-of-update');
		expect(shown(query('r1'))).toBe('***, ***, token-of-update');
		expect(shown({ ...query('r1'), body: { token: 'token-of-update' } })).toBe('***, ***, ***');
		expect(shown(query('r1'))).toBe('***, ***, ***');
		expect(shown(query('r2'))).toBe('***, token-of-start, token-of-update');
	});

	it('of the credential are made ready once, also where they are sent', () => {
		const known = new KnownSecrets(['key-of-storage']);
		const body = { secretKey: 'key-of-storage' };
		expect(known.redactionOf({ ...start, body })).toBe(known.redactionOf({ path: 'acquire' }));
	});

	it('of an acquire, which names no recording, are hidden in its answer alone', () => {
		const known = new KnownSecrets([]);
		const acquire = { path: 'acquire', body: { startParameter: { token: 'token-of-start' } } };
		expect(known.redactionOf(acquire).text(ANSWER)).toContain('key-of-storage, ***,');
		expect(known.redactionOf({ path: 'acquire' }).text(ANSWER)).toBe(ANSWER);
	});
});
