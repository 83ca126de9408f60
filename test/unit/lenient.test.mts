import {
	CUT,
	flag,
	number,
	safeCopy,
	text,
} from '../../nodes/AgoraCloudRecording/agora/lenient.ts';
import {
	parseEnvelope,
	readNotification,
} from '../../nodes/AgoraCloudRecording/agora/notifications/notice.ts';
import {
	notificationServerIps,
	parseAnswerBody,
	problemBody,
} from '../../nodes/AgoraCloudRecording/agora/answers/responses.ts';

describe('Members of an unexpected type', () => {
	it.each([
		['5', 5],
		['-1.5', -1.5],
		['1623000000000', 1_623_000_000_000],
		['0x10', undefined],
		['', undefined],
		[true, undefined],
	])('%j is the number %j', (told, read) => {
		expect(number.parse(told)).toBe(read);
	});

	it.each([
		['true', true],
		['False', false],
		[true, true],
		['yes', undefined],
		[1, undefined],
	])('%j is the flag %j', (told, read) => {
		expect(flag.parse(told)).toBe(read);
	});

	it.each([
		[5, '5'],
		['5', '5'],
		[true, undefined],
	])('%j is the text %j', (told, read) => {
		expect(text.parse(told)).toBe(read);
	});

	it('are no IDs', () => {
		expect(parseAnswerBody({ sid: 5, resourceId: 6 })).toEqual({});
	});
});

describe('Words of a server', () => {
	it('are cut to what fits into a message', () => {
		const { reason = '' } = problemBody({ reason: 'x'.repeat(1_000_000) });
		expect(reason).toBe(`${'x'.repeat(399)}…`);
		expect(problemBody({ reason: 'x'.repeat(400) }).reason).toBe('x'.repeat(400));
	});
});

describe('A copy of what came from outside', () => {
	const nested = (depth: number): unknown => (depth === 0 ? 'end' : [nested(depth - 1)]);

	it('is cut where it is too deep, with a mark', () => {
		const cuts: string[] = [];
		const copy = safeCopy({ a: nested(100) }, { onCut: () => cuts.push('cut') });
		expect(JSON.stringify(copy.a)).toBe(`${'['.repeat(9)}"${CUT}"${']'.repeat(9)}`);
		expect(cuts).toHaveLength(1);
		expect(JSON.stringify(safeCopy({ a: nested(8) }))).toContain('end');
	});

	it('is cut where objects are too deep as well', () => {
		const deep = (depth: number): unknown => (depth === 0 ? 'end' : { a: deep(depth - 1) });
		expect(JSON.stringify(safeCopy({ a: deep(10) }))).toContain(CUT);
		expect(JSON.stringify(safeCopy({ a: deep(8) }))).toContain('end');
	});

	it('counts what is no text as one', () => {
		const copy = (size: number) => safeCopy({ a: [1, true, null] }, { maxSize: size });
		expect(copy(5)).toEqual({ a: [1, true, null] });
		expect(copy(4)).toEqual({ a: [1, true, CUT] });
	});

	it('is cut where it is too large, with a mark', () => {
		const list = Array.from({ length: 1000 }, (_, i) => ({ fileName: `file ${i}` }));
		const copy = safeCopy({ list, more: 1 }, { maxSize: 1000 });
		expect(JSON.stringify(copy).length).toBeLessThan(2500);
		const taken = Array.isArray(copy.list) ? copy.list : [];
		expect(taken.slice(0, 2)).toEqual(list.slice(0, 2));
		expect(taken.at(-1)).toBe(CUT);
		expect(Object.keys(copy)).toEqual(['list', CUT]);
	});

	it('has no keys of streams, and no names that would change objects', () => {
		const told = JSON.parse(
			'{"__proto__":{"a":1},"rtmpUrl":"rtmp://example.com/live/key","constructor":1}',
		) as Record<string, unknown>;
		expect(safeCopy(told)).toEqual({ rtmpUrl: 'rtmp://example.com/live/***' });
	});
});

describe('A notice of a push to a CDN', () => {
	it('does not tell the key of the stream', () => {
		const details = { rtmpUrl: 'rtmp://example.com/live/key', status: 'publishing' };
		const body = JSON.stringify({ eventType: 100, productId: 3, payload: { sid: 's', details } });
		const envelope = parseEnvelope(Buffer.from(body));
		expect(envelope && readNotification(envelope, 'cloudRecording')).toMatchObject({
			event: 'rtmp_publish_status',
			details: { rtmpUrl: 'rtmp://example.com/live/***', status: 'publishing' },
		});
	});
});

describe('Addresses of the notification servers', () => {
	it('are those of its hosts', () => {
		const hosts = [{ primaryIP: '52.9.0.1' }, { primaryIP: '52.9.0.2', region: 'US' }];
		expect(notificationServerIps({ data: { service: { hosts } } })).toEqual([
			'52.9.0.1',
			'52.9.0.2',
		]);
	});

	it('are none in an answer of another shape', () => {
		expect(notificationServerIps({ data: { service: { hosts: [{ primaryIP: 5 }] } } })).toBe(
			undefined,
		);
	});
});
