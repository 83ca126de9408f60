import type { INode, INodeProperties } from 'n8n-workflow';
import { builtModule } from '../support/host.mts';

interface FieldsModule {
	displayNames: (properties: INodeProperties[], node: INode) => Map<string, string>;
	shownFor: (show: Record<string, string[]>, properties: INodeProperties[]) => INodeProperties[];
}

const { displayNames, shownFor } = builtModule<FieldsModule>('form/fields.js');

const field = (name: string, displayName: string, more: Partial<INodeProperties> = {}) =>
	({ name, displayName, type: 'string', default: '', ...more }) as INodeProperties;

const NODE: INode = {
	id: '1',
	name: 'Agora',
	type: 'agoraCloudRecording',
	typeVersion: 1,
	position: [0, 0],
	parameters: { mode: 'web' },
};

describe('Names of fields', () => {
	it('are those of the field that is shown, where one parameter has several', () => {
		const only = (mode: string) => ({ displayOptions: { show: { mode: [mode] } } });
		const fields = [
			field('mode', 'Mode'),
			field('channelName', 'Recording Name', only('web')),
			field('channelName', 'Channel Name', only('mix')),
		];
		expect(displayNames(fields, NODE).get('channelName')).toBe('Recording Name');
		const other = { ...NODE, parameters: { mode: 'mix' } };
		expect(displayNames(fields, other).get('channelName')).toBe('Channel Name');
	});

	it('are those of the form, also of what lies in collections', () => {
		const names = displayNames(
			[
				field('channelName', 'Channel Name'),
				field('video', 'Picture', {
					type: 'collection',
					options: [field('width', 'Width (Pixels)'), field('fps', 'Frames per Second')],
				}),
				field('regions', 'Regions', {
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					options: [{ name: 'region', displayName: 'Region', values: [field('alpha', 'Opacity')] }],
				}),
				field('token', 'Token', {
					type: 'fixedCollection',
					options: [{ name: 'own', displayName: 'Token', values: [field('source', 'Source')] }],
				}),
				field('layout', 'Layout', { type: 'options', options: [{ name: 'Best Fit', value: 1 }] }),
			],
			NODE,
		);
		expect(Object.fromEntries(names)).toMatchObject({
			channelName: 'Channel Name',
			video: 'Picture',
			'video.width': 'Width (Pixels)',
			'video.fps': 'Frames per Second',
			'regions.region.alpha': 'Opacity',
			// What belongs together is named together.
			'token.own.source': 'Token → Source',
			layout: 'Layout',
		});
		expect([...names.values()]).not.toContain('Best Fit');
	});
});

describe('Fields of an operation', () => {
	it('are shown for it, and under the conditions that they have', () => {
		const [shown] = shownFor({ operation: ['stop'] }, [
			field('sid', 'SID', {
				displayOptions: { show: { recordingSource: ['manual'] }, hide: { mode: ['web'] } },
			}),
		]);
		expect(shown.displayOptions).toEqual({
			show: { operation: ['stop'], recordingSource: ['manual'] },
			hide: { mode: ['web'] },
		});
	});

	it('leave the fields that were given as they are', () => {
		const sid = field('sid', 'SID');
		shownFor({ operation: ['stop'] }, [sid]);
		expect(sid.displayOptions).toBeUndefined();
	});
});
