import { missingToRead } from '../../form/bucket';
import type { StorageInput } from '../../form/storage';
import { clock } from '../../process/clock';
import type { StoredObject } from '../../storage/listings';
import { orProblem, StorageProblem } from '../../storage/problems';
import { findStorageVendor } from '../../storage/vendors';
import type { Bucket } from '../../transport/bucket';
import { findingOf, notKnown, right, survived, wrong, type Finding } from './finding';
import { inFolder, keyOf, type Place } from './place';

/** What takes a bucket that can be read. */
export type ReadFindings = Record<'bucket' | 'bucketRegion' | 'readFiles' | 'publicUrl', Finding>;

/** Beside Agora's files, in the folder that is checked. Nothing deletes it. */
const TEST_FILE = 'agora-setup-check.txt';
export const testFileOf = ({ folder }: Place) => `${folder}${TEST_FILE}`;

type Listed = StoredObject | StorageProblem | undefined;

function bucketFinding(place: Place, object: Listed): Finding {
	const { names, folder } = place;
	if (object instanceof StorageProblem) {
		const finding = findingOf(object);
		if (object.kind !== 'denied') return finding;
		const needed =
			"Only File → Get Many, Get Playlist, and 'Wait for Files (Seconds)' need to list the bucket. Links do not.";
		return { ...finding, whatToDo: `${finding.whatToDo} ${needed}` };
	}
	const files = object ? 'contains files' : 'contains no files yet';
	return right(
		`The bucket "${names.bucket}" was listed with ${keyOf(place, 'read')}. ${inFolder(folder)} ${files}.`,
	);
}

function regionFinding({ run, names }: Place, bucket: Bucket, object: Listed): Finding {
	const { region, signingRegion } = bucket.place;
	if (findStorageVendor(names.vendor)?.regions.length === 0) {
		return signingRegion === run.credentials.storageSigningRegion.trim()
			? notKnown('Agora needs no region for this vendor.')
			: notKnown(
					`The storage expects requests to be signed for ${signingRegion}. Agora needs no region.`,
					"In the credential, turn on 'Advanced' and enter it as 'Signing Region'.",
				);
	}
	if (region && region !== names.region) {
		return wrong(
			`The bucket "${names.bucket}" is in the region ${region}, not in ${names.region}. With the wrong region, Agora uploads nothing.`,
			`Choose ${region} in 'Region'.`,
		);
	}
	if (!(object instanceof StorageProblem)) return right(`The bucket is in ${names.region}.`);
	return object.kind === 'wrongRegion'
		? findingOf(object)
		: notKnown('Unknown, because the bucket could not be listed.');
}

async function readFinding(
	place: Place,
	bucket: Bucket,
	key: string | undefined,
): Promise<Finding> {
	if (key === undefined) {
		return notKnown(
			`${inFolder(place.folder)} contains no file to read.`,
			"Turn on 'Write Test File', or check again after a recording.",
		);
	}
	await bucket.touch(key);
	return right(`A file was read with ${keyOf(place, 'read')}.`);
}

/** Seconds of a link that is tried and thrown away. */
const TRIED_FOR_S = 60;

async function publicUrlFinding(place: Place, key?: string): Promise<Finding> {
	const { run, open } = place;
	const publicUrl = run.credentials.storagePublicUrl;
	if (publicUrl === '') return notKnown('None is set, so links are signed.');
	const tried = key ?? testFileOf(place);
	const about = { use: 'open' as const, fileName: TEST_FILE };
	const link = await orProblem(open('read', publicUrl).openedLink(tried, TRIED_FOR_S, about));
	if (!(link instanceof StorageProblem)) {
		return right(`A file below ${publicUrl} opened without a signature.`);
	}
	return key !== undefined || link.kind === 'noAnswer'
		? findingOf(link)
		: notKnown(`${publicUrl} responds. There is no file to test whether files open there.`);
}

async function readFindings(place: Place, testFile?: string): Promise<ReadFindings> {
	const bucket = place.open('read');
	const object = await orProblem(bucket.first(place.folder));
	const known = object instanceof StorageProblem ? undefined : object;
	const [readFiles, publicUrl] = await Promise.all([
		survived(async () => await readFinding(place, bucket, testFile ?? known?.key)),
		// Folders of some consoles are empty objects, which open nowhere.
		survived(
			async () =>
				await publicUrlFinding(place, testFile ?? (known?.sizeBytes ? known.key : undefined)),
		),
	]);
	return {
		bucket: bucketFinding(place, object),
		bucketRegion: regionFinding(place, bucket, object),
		...{ readFiles, publicUrl },
	};
}

/** The same finding for all of them. */
export const allRead = (finding: Finding): ReadFindings => ({
	...{ bucket: finding, bucketRegion: finding },
	...{ readFiles: finding, publicUrl: finding },
});

/**
 * Lists and reads, with the key that reads.
 *
 * @param testFile key of a file that is known to be there
 * @throws Cancelled
 */
export async function checkReading(place: Place, testFile?: string): Promise<ReadFindings> {
	const { run, names } = place;
	if (missingToRead(run, names) !== undefined) {
		return allRead(notKnown('Not checked: there is no key for reading.'));
	}
	let findings: ReadFindings | undefined;
	const finding = await survived(async () => {
		findings = await readFindings(place, testFile);
		return findings.bucket;
	});
	return findings ?? allRead(finding);
}

/** Writes the test file, and writes over it, as Agora does with playlists, with the key that Agora gets. */
export async function writeFinding(
	place: Place,
	{ shown: { sse, tag } }: StorageInput,
): Promise<Finding> {
	const key = testFileOf(place);
	const bucket = place.open('write');
	const object = {
		key,
		text: `Written by n8n's Agora Cloud Recording node (Setup → Check) at ${new Date(clock.now()).toISOString()}. You may delete it.\n`,
		contentType: 'text/plain',
		...(sse && { encryption: sse }),
		...(tag && { tag }),
	};
	const first = await orProblem(bucket.write(object));
	if (first instanceof StorageProblem) {
		const finding = findingOf(first);
		const earlier = `If "${key}" exists from an earlier check, the key may be unable to overwrite it. Check whether the bucket is write-once.`;
		return { ...finding, whatToDo: [finding.whatToDo, earlier].filter(Boolean).join(' ') };
	}
	const second = await orProblem(bucket.write(object));
	if (!(second instanceof StorageProblem)) {
		return right(
			`"${key}" was written and overwritten with ${keyOf(place, 'write')}, which Agora also uses.`,
			"The file stays in the bucket. You can delete it in the storage's console.",
		);
	}
	if (['busy', 'noAnswer'].includes(second.kind)) {
		return notKnown(
			`"${key}" was written, but overwriting it failed: ${second.message}`,
			second.whatToDo,
		);
	}
	return wrong(
		`The bucket is write-once: "${key}" was written but could not be overwritten. ${second.message} Playlists will be lost.`,
		'Agora rewrites playlists while it records. Allow the key to overwrite files, and remove retention policies and locks from the bucket.',
	);
}
