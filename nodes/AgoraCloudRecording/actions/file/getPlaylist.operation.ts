import type { INodeProperties } from 'n8n-workflow';
import { fileNameOf } from '../../agora/files/names';
import type { PlaylistGroup } from '../../agora/files/playlists/copies';
import { joinPlaylists, type Gap } from '../../agora/files/playlists/join';
import { nameOf, PlaylistError, type Playlist } from '../../agora/files/playlists/parse';
import {
	PLAYLIST_TYPE,
	playlistText,
	segmentKey,
	withoutMissing,
} from '../../agora/files/playlists/write';
import { openBucket, otherBucketOption, storageError } from '../../form/bucket';
import { linkHoursField, readLinkLength } from '../../form/links';
import { optionsField, readRequestTimeout, requestTimeoutOption } from '../../form/options';
import {
	folderIfNoneOption,
	readStoredRecording,
	storedRecordingFields,
	type StoredRecording,
} from '../../form/storedRecording';
import { temporaryKeysField } from '../../form/temporaryKeys';
import { readWaitForFiles, waitForFilesOption } from '../../form/waitForFiles';
import { operationError } from '../../errors';
import type { Bucket } from '../../transport/bucket';
import { FileOutput, type ItemRun, type Operation } from '../operation';
import { lookInto, type Found } from './lookInto';
import { notThere } from './notThere';

const DEFAULT_WAIT_S = 60;

const fields: INodeProperties[] = [
	...storedRecordingFields,
	{
		displayName: 'Put Output File in Field',
		name: 'binaryField',
		type: 'string',
		required: true,
		default: 'data',
		description: 'Name of the output binary field to put the playlist in',
	},
	optionsField([
		folderIfNoneOption,
		{
			displayName: 'If Slices Are Missing',
			name: 'ifSlicesMissing',
			type: 'options',
			options: [
				{
					name: 'Skip Them',
					value: 'skip',
					description: 'The output lists the missing slices and the resulting gaps',
				},
				{ name: 'Throw Error', value: 'error', description: 'Stop with an error' },
			],
			default: 'error',
			description: 'What to do if slices or the end of a playlist are still missing after the wait',
		},
		linkHoursField,
		otherBucketOption,
		requestTimeoutOption(),
		temporaryKeysField,
		waitForFilesOption(DEFAULT_WAIT_S),
	]),
];

const gapOf = ({ from, seconds }: Gap) => ({ from: new Date(from).toISOString(), seconds });

/** One playlist that plays, of one stream: the first server's and those of servers that took over. */
async function playlistOf(
	{ context }: Pick<ItemRun, 'context'>,
	bucket: Bucket,
	recording: StoredRecording,
	found: Found,
	{ cname, uid, track, playlists: copies }: PlaylistGroup,
	{ lasts, binaryField }: { lasts: number; binaryField: string },
): Promise<FileOutput> {
	const there = new Set(
		found.files.filter(({ sizeBytes }) => sizeBytes > 0).map(({ fileName }) => fileName),
	);
	const parts: Playlist[] = [];
	const missing: string[] = [];
	for (const { key } of copies) {
		const playlist = found.playlists.get(key);
		if (playlist instanceof Error) throw named(playlist, key);
		if (!playlist) continue;
		// Before anything is left out: a playlist that names strangers' files is to be told.
		for (const { uri } of playlist.segments) segmentKey(uri, recording);
		const kept = withoutMissing(playlist, (uri) => there.has(nameOf(uri)));
		parts.push(kept.playlist);
		missing.push(...kept.missing);
	}
	const { segments, gaps, overlapSeconds, seconds } = joinPlaylists(parts);
	const links = bucket.links(lasts);
	const text = playlistText(
		segments,
		(uri) => links(segmentKey(uri, recording)).url,
		Math.max(...parts.map(({ version }) => version)),
	);
	const fileName = fileNameOf({ sid: recording.sid, cname, uid, track, format: 'm3u8' });
	return new FileOutput(
		{
			fileName,
			sid: recording.sid,
			cname,
			uid: uid ?? '0',
			track: track === 'audio' || track === 'video' ? track : 'audio_and_video',
			seconds,
			segments: segments.length,
			startedAt: segments[0]?.time === undefined ? null : new Date(segments[0].time).toISOString(),
			parts: copies.length,
			complete: found.waitingFor.length === 0 && missing.length === 0,
			gaps: gaps.map(gapOf),
			overlapSeconds,
			missing,
			linkExpiresAt: links(copies[0].key).expiresAt,
			playlist: text,
		},
		{
			[binaryField]: await context.helpers.prepareBinaryData(
				Buffer.from(text),
				fileName,
				PLAYLIST_TYPE,
			),
		},
	);
}

/** The error with the name of the playlist that it is about. */
function named(error: Error, key: string): Error {
	if (!(error instanceof PlaylistError)) return error;
	return new PlaylistError(`${error.message} (${nameOf(key)})`);
}

export const getPlaylist: Operation = {
	fields,
	async prepare(run: ItemRun) {
		const { parameters, context, itemIndex } = run;
		const recording = readStoredRecording(run);
		const seconds = readWaitForFiles(parameters, DEFAULT_WAIT_S);
		const ifMissing = parameters.choice('options.ifSlicesMissing', ['error', 'skip'], 'error');
		const settings = {
			lasts: readLinkLength(parameters.within('options'), run),
			binaryField: parameters.text('binaryField') || 'data',
		};
		const timeout = readRequestTimeout(parameters);
		const bucket = openBucket(run, recording.storage, recording.folder, timeout);
		const execute = async () => {
			try {
				const found = await lookInto(bucket, recording, { kind: 'playlists' }, run, seconds);
				if (found.groups.length === 0 || (found.waitingFor.length > 0 && ifMissing === 'error')) {
					throw notThere(run, recording, found, seconds);
				}
				const outputs: FileOutput[] = [];
				for (const group of found.groups) {
					outputs.push(await playlistOf(run, bucket, recording, found, group, settings));
				}
				return outputs;
			} catch (problem) {
				if (problem instanceof PlaylistError) {
					const { message } = problem;
					const { sid } = recording;
					throw operationError(context.getNode(), itemIndex, { message, advice: '' }, { sid });
				}
				throw storageError(run, problem);
			}
		};
		return { execute };
	},
};
