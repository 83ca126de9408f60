import { setUp, type Setup } from '../support/setup.mts';

let agora: Setup;

beforeAll(async () => {
	agora = await setUp();
});
afterEach(() => agora.fresh());
afterAll(async () => await agora.tearDown());

describe('A composite recording', () => {
	it('goes from start to query to stop with nothing to fill in', async () => {
		const started = await agora.runOne('start', { channelName: 'class-7' });
		expect(started).toMatchObject({ outcome: 'recording', mode: 'mix', cname: 'class-7' });
		agora.time.pass(30_000);
		const queried = await agora.runOne('query', {}, { items: [started] });
		expect(queried).toMatchObject({ outcome: 'recording', sid: started.sid });
		const stopped = await agora.runOne('stop', {}, { items: [queried] });
		expect(stopped).toMatchObject({ outcome: 'stopped', uploadStatus: 'uploaded' });
		const sent = agora.sent().map(({ operation }) => operation);
		expect(sent).toEqual(['acquire', 'start', 'query', 'query', 'stop']);
		expect(agora.running()).toEqual([]);
	});
});
