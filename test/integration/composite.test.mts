import { useAgora } from '../support/setup.mts';

const agora = useAgora();

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
