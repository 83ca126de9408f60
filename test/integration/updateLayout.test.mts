import type { IDataObject } from 'n8n-workflow';
import { useAgora } from '../support/setup.mts';

const agora = useAgora();
let started: IDataObject;

const BACKGROUND = {
	backgroundColor: '#112233',
	backgroundImage: 'https://example.com/background.jpg',
	userImages: { user: [{ uid: '5', image_url: 'https://example.com/five.jpg', render_mode: 0 }] },
};

beforeEach(async () => {
	started = await agora.runOne('start', {
		channelName: 'class-7',
		layout: 'grid',
		layoutUsers: 2,
		background: BACKGROUND,
	});
});

const update = async (parameters: object) => {
	const { layout } = await agora.runOne('updateLayout', parameters, { items: [started] });
	const [{ body }] = agora.sent('updateLayout');
	expect((body as IDataObject).clientRequest).toEqual(layout);
	return layout as IDataObject;
};

describe('Update Layout', () => {
	const kept = {
		backgroundColor: '#112233',
		backgroundImage: 'https://example.com/background.jpg',
		backgroundConfig: [{ uid: '5', image_url: 'https://example.com/five.jpg', render_mode: 0 }],
	};
	const arrangement = () => {
		const { mixedVideoLayout, layoutConfig } = started.layout as IDataObject;
		return { mixedVideoLayout, layoutConfig };
	};
	const background = { backgroundColor: '#445566' };

	it.each([
		['the background that is known', {}, kept],
		['what is filled in, and the rest', { background }, { ...kept, ...background }],
		['no background', { keepBackground: false }, {}],
		['only what is filled in', { keepBackground: false, background }, background],
	])('in a new arrangement has %s', async (_what, parameters, expected) => {
		const layout = await update({ layout: 'bestFit', ...parameters });
		expect(layout).toEqual({ mixedVideoLayout: 1, ...expected });
	});

	it.each([
		['the background that is known', {}, kept],
		['what is filled in, and the rest', { background }, { ...kept, ...background }],
		['no background', { keepBackground: false }, {}],
		['only what is filled in', { keepBackground: false, background }, background],
	])('that keeps the arrangement has %s', async (_what, parameters, expected) => {
		const layout = await update({ layout: 'keep', ...parameters });
		expect(layout).toEqual({ ...arrangement(), ...expected });
	});
});
