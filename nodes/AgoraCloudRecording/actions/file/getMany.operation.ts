import type { IDataObject, INodeProperties } from 'n8n-workflow';
import { FILE_KINDS, filesOfKind } from '../../agora/files/stored';
import { openBucket, otherBucketOption, storageError } from '../../form/bucket';
import { linksOption, readLinks } from '../../form/links';
import { limitFields, readLimit } from '../../form/limit';
import { optionsField, readRequestTimeout, requestTimeoutOption } from '../../form/options';
import {
	folderIfNoneOption,
	readStoredRecording,
	storedRecordingFields,
	type StoredRecording,
} from '../../form/storedRecording';
import { temporaryKeysField } from '../../form/temporaryKeys';
import { readWaitForFiles, waitForFilesOption } from '../../form/waitForFiles';
import type { ItemRun, Operation } from '../operation';
import { addLinks, warnOfLongLinks } from './addLinks';
import { lookInto, type Found } from './lookInto';
import { notThere } from './notThere';

const DEFAULT_WAIT_S = 60;

const fields: INodeProperties[] = [
	...storedRecordingFields,
	{
		displayName: 'Files',
		name: 'files',
		type: 'options',
		options: [
			{
				name: 'All',
				value: 'all',
				description: 'Includes slices, of which there may be thousands',
			},
			{
				name: 'Main Files',
				value: 'main',
				description: 'All parts of the MP4 or, if there is none, the playlist',
			},
			{ name: 'MP4', value: 'mp4', description: 'MP4 files only' },
			{ name: 'Playlists', value: 'playlists', description: 'M3U8 and MPD files' },
			{ name: 'Screenshots', value: 'screenshots', description: 'JPG files' },
			{ name: 'Slices', value: 'slices', description: 'TS and WebM files that playlists refer to' },
		],
		default: 'main',
		description: 'Which files in the bucket to return',
	},
	...limitFields,
	optionsField([
		linksOption,
		folderIfNoneOption,
		{
			displayName: 'If Files Are Missing',
			name: 'ifMissing',
			type: 'options',
			options: [
				{
					name: 'Return Available Files',
					value: 'return',
					description:
						'Each item shows whether the files are complete. If there are no files, one item says so.',
				},
				{ name: 'Throw Error', value: 'error', description: 'Stop with an error' },
			],
			default: 'error',
			description: 'What to do if files are still missing after the wait',
		},
		otherBucketOption,
		requestTimeoutOption(),
		temporaryKeysField,
		waitForFilesOption(DEFAULT_WAIT_S),
	]),
];

/** What every file tells, of the recording and of whether more is to come. */
function shared({ sid, cname }: StoredRecording, { waitingFor }: Found): IDataObject {
	return {
		sid,
		...(cname !== undefined && { cname }),
		complete: waitingFor.length === 0,
		...(waitingFor.length > 0 && { waitingFor }),
	};
}

export const getMany: Operation = {
	fields,
	async prepare(run: ItemRun) {
		const { parameters } = run;
		const recording = readStoredRecording(run);
		const kind = parameters.choice('files', FILE_KINDS, 'main');
		const limit = readLimit(parameters);
		const seconds = readWaitForFiles(parameters, DEFAULT_WAIT_S);
		const ifMissing = parameters.choice('options.ifMissing', ['error', 'return'], 'error');
		const links = readLinks(run, true);
		const timeout = readRequestTimeout(parameters);
		const bucket = openBucket(run, recording.storage, recording.folder, timeout);
		const execute = async () => {
			try {
				const { formats, videos } = recording;
				const expected = { kind, formats, videos };
				const found = await lookInto(bucket, recording, expected, run, seconds);
				const { waitingFor } = found;
				const files = filesOfKind(found.files, kind, recording).slice(0, limit);
				if (waitingFor.length > 0 && ifMissing === 'error') {
					throw notThere(run, recording, found, seconds);
				}
				const facts = shared(recording, found);
				if (files.length === 0) {
					const { folder } = recording;
					const whatToDo = `The folder "${folder}" does not contain any of its files yet. Try again later.`;
					return [{ fileName: null, linkState: 'missing', whatToDo, ...facts }];
				}
				if (!links) return files.map((file) => ({ ...file, ...facts }));
				const linked = await addLinks(bucket, recording, files, links);
				warnOfLongLinks(run, linked);
				return linked.map((file) => ({ ...file, ...facts }));
			} catch (problem) {
				throw storageError(run, problem);
			}
		};
		return { execute };
	},
};
