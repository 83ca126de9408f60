import { areaOfHost } from '../../agora/hosts';
import { keyFields, missingToRead, openBucket } from '../../form/bucket';
import type { StorageInput } from '../../form/storage';
import { clock } from '../../process/clock';
import type { StoredObject } from '../../storage/listings';
import type { StorageNames } from '../../storage/places';
import { orProblem, StorageProblem } from '../../storage/problems';
import { AREA_NAMES, findStorageVendor, NO_STORAGE } from '../../storage/vendors';
import type { Bucket } from '../../transport/bucket';
import type { ItemRun } from '../operation';
import { findingOf, lacking, notKnown, right, survived, wrong, type Finding } from './finding';

/** What is checked with the storage. */
type ReadFindings = Record<'bucket' | 'bucketRegion' | 'readFiles' | 'publicUrl', Finding>;
type OtherFindings = Record<'storage' | 'https' | 'area' | 'readKey' | 'writeFiles', Finding>;
export type StorageFindings = ReadFindings & OtherFindings;

/** Beside Agora's files, in the folder that is checked. Nothing deletes it. */
const TEST_FILE = 'agora-setup-check.txt';

/** The storage that is checked. */
interface Place {
	run: ItemRun;
	names: StorageNames;
	/** With a slash at its end; '' for the top of the bucket. */
	folder: string;
	/** @throws NodeOperationError where the bucket has no address */
	open: (use: 'read' | 'write', publicUrl?: string) => Bucket;
}

function placeOf(run: ItemRun, { shown }: StorageInput, timeout: number): Place {
	const { credentials, parameters } = run;
	// As it was typed: Agora gets the host alone, but http:// counts for what n8n asks.
	const endpoint =
		parameters.optionalText('options.storageOverrides.storage.endpoint') ??
		credentials.storageEndpoint.trim();
	const names = { ...shown, endpoint: shown.endpoint === undefined ? '' : endpoint };
	const folder = shown.prefix;
	return {
		...{ run, names, folder },
		open: (use, storagePublicUrl = '') => {
			const item = { ...run, credentials: { ...credentials, storagePublicUrl } };
			// What is warned of elsewhere is a finding here.
			return openBucket({ ...item, warn: () => undefined }, names, folder, timeout, use);
		},
	};
}

const inFolder = (folder: string) =>
	folder === '' ? 'At the top of the bucket' : `In the folder "${folder}"`;

const keyOf = ({ run }: Place, use: 'read' | 'write') =>
	`the key in '${keyFields(run, use).accessKey}'`;

function storageFinding({ names: { vendor: name, region, bucket } }: Place): Finding {
	const vendor = findStorageVendor(name);
	const where = [vendor?.displayName, region].filter(Boolean).join(', ');
	return right(`${where}: ${vendor?.words.bucket.toLowerCase()} "${bucket}".`);
}

function httpsFinding({ open }: Place): Finding {
	const { origin } = open('write');
	return origin.startsWith('https:')
		? right(`Requests go to ${origin}.`)
		: wrong(
				`Requests go to ${origin}, without encryption: whoever sees the network sees files and links.`,
				"Give the storage a certificate, and leave out http:// in 'Endpoint'.",
			);
}

/** Agora asks for a bucket near the recorder, which runs near who asks for it (storage.md section 3). */
function areaFinding({ run }: Place, { area }: StorageInput): Finding {
	const asked = areaOfHost(new URL(run.credentials.origin).host);
	if (!area) {
		return notKnown(
			'Where in the world the bucket is does not follow from what is entered.',
			'Choose a bucket in the region where this n8n runs: Agora records near it.',
		);
	}
	const bucketIs = `The bucket is in this area: ${AREA_NAMES[area]}`;
	if (!asked) {
		return notKnown(
			`${bucketIs}. Recorders run near this n8n; where that is, nothing here tells.`,
			"If this n8n runs elsewhere, add 'Recorder Region' to Start, and choose 'Same as Storage'.",
		);
	}
	return asked === area
		? right(`${bucketIs}, and so is 'API Domain'.`)
		: wrong(
				`${bucketIs}; 'API Domain' in this one: ${AREA_NAMES[asked]}. Files may get lost on the way.`,
				"Use a bucket in the area of 'API Domain', or choose a domain in the area of the bucket.",
			);
}

function readKeyFinding(place: Place): Finding {
	const { run, names } = place;
	const lacks = missingToRead(run, names);
	if (lacks !== undefined) return lacking(lacks);
	const key = keyOf(place, 'read');
	return key === keyOf(place, 'write')
		? right(`Files are read with ${key}, which Agora gets, too.`)
		: right(`Files are read with ${key}, which Agora never gets.`);
}

type Listed = StoredObject | StorageProblem | undefined;

function bucketFinding(place: Place, object: Listed): Finding {
	const { names, folder } = place;
	if (object instanceof StorageProblem) {
		const finding = findingOf(object);
		if (object.kind !== 'denied') return finding;
		const needed =
			'Listing is for File → Get Many, Get Playlist and Wait for Files; links do without.';
		return { ...finding, whatToDo: `${finding.whatToDo} ${needed}` };
	}
	const files = object ? 'there are files' : 'there is no file yet';
	return right(
		`The bucket "${names.bucket}" was listed with ${keyOf(place, 'read')}. ${inFolder(folder)} ${files}.`,
	);
}

function regionFinding({ run, names }: Place, bucket: Bucket, object: Listed): Finding {
	const { region, signingRegion } = bucket.place;
	if (findStorageVendor(names.vendor)?.regions.length === 0) {
		return signingRegion === run.credentials.storageSigningRegion.trim()
			? notKnown('With this vendor, Agora is told no region.')
			: notKnown(
					`The storage wants requests to be signed for ${signingRegion}. Agora is told no region.`,
					"Turn on 'Advanced' in the credential, and enter that as 'Signing Region'.",
				);
	}
	if (region && region !== names.region) {
		return wrong(
			`The bucket "${names.bucket}" is in the region ${region}, not in ${names.region}. With a wrong region, Agora uploads nothing.`,
			`Choose ${region} in 'Region'.`,
		);
	}
	if (!(object instanceof StorageProblem)) return right(`The bucket answers in ${names.region}.`);
	return object.kind === 'wrongRegion'
		? findingOf(object)
		: notKnown('Not known, because the bucket could not be listed.');
}

async function readFinding(
	place: Place,
	bucket: Bucket,
	key: string | undefined,
): Promise<Finding> {
	if (key === undefined) {
		return notKnown(
			`${inFolder(place.folder)} no file is known that could be read.`,
			"Turn on 'Write a Test File', or check again after a recording.",
		);
	}
	await bucket.touch(key);
	return right(`A file was read with ${keyOf(place, 'read')}.`);
}

/** Seconds of a link that is tried and thrown away. */
const TRIED_FOR_S = 60;

async function publicUrlFinding({ run, folder, open }: Place, key?: string): Promise<Finding> {
	const publicUrl = run.credentials.storagePublicUrl;
	if (publicUrl === '') return notKnown('There is none: links are signed.');
	const tried = key ?? `${folder}${TEST_FILE}`;
	const about = { use: 'open' as const, fileName: TEST_FILE };
	const link = await orProblem(open('read', publicUrl).openedLink(tried, TRIED_FOR_S, about));
	if (!(link instanceof StorageProblem)) {
		return right(`A file opened below ${publicUrl}, as for everybody.`);
	}
	return key !== undefined || link.kind === 'noAnswer'
		? findingOf(link)
		: notKnown(
				`${publicUrl} answers. Whether files open there is not known: there is none to try.`,
			);
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

/** The same for all that takes a bucket that can be read. */
const allRead = (finding: Finding): ReadFindings => ({
	...{ bucket: finding, bucketRegion: finding },
	...{ readFiles: finding, publicUrl: finding },
});

async function checkReading(place: Place, testFile?: string): Promise<ReadFindings> {
	const { run, names } = place;
	if (missingToRead(run, names) !== undefined) {
		return allRead(notKnown('Not checked: there is no key to read with.'));
	}
	let findings: ReadFindings | undefined;
	const finding = await survived(async () => {
		findings = await readFindings(place, testFile);
		return findings.bucket;
	});
	return findings ?? allRead(finding);
}

/** Writes the test file, and writes over it, as Agora does with playlists, with the key that Agora gets. */
async function writeFinding(place: Place, { shown: { sse, tag } }: StorageInput): Promise<Finding> {
	const key = `${place.folder}${TEST_FILE}`;
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
		const earlier = `If "${key}" is there from an earlier check, the key may not overwrite it: see whether the bucket is write-once.`;
		return { ...finding, whatToDo: [finding.whatToDo, earlier].filter(Boolean).join(' ') };
	}
	const second = await orProblem(bucket.write(object));
	if (!(second instanceof StorageProblem)) {
		return right(
			`"${key}" was written, and written over, with ${keyOf(place, 'write')}, which Agora gets.`,
			'The file stays there: delete it in the console of the storage, or leave it.',
		);
	}
	if (['busy', 'noAnswer'].includes(second.kind)) {
		return notKnown(
			`"${key}" was written. Writing over it failed: ${second.message}`,
			second.whatToDo,
		);
	}
	return wrong(
		`The bucket is write-once: "${key}" was written, and could not be written over: ${second.message} Playlists will be lost.`,
		'Agora writes a playlist again and again while it records. Let the key overwrite, and end retention and locks of the bucket.',
	);
}

/**
 * Looks whether recordings can be put into the storage, and be read there.
 *
 * @param storage as Start would have it, or what is wrong with it
 * @param writes whether to write the test file
 * @param timeout milliseconds until an unanswered request is given up
 * @throws Cancelled
 */
export async function checkStorage(
	run: ItemRun,
	storage: StorageInput | Error,
	{ writes, timeout }: { writes: boolean; timeout: number },
): Promise<StorageFindings> {
	const none = (finding: Finding): StorageFindings => ({
		...allRead(finding),
		...{ storage: finding, https: finding, area: finding, readKey: finding, writeFiles: finding },
	});
	if (run.credentials.storageVendor === NO_STORAGE) {
		return none(
			notKnown("The credential has no storage: 'Storage Vendor' is 'None (Trigger Only)'."),
		);
	}
	if (storage instanceof Error) {
		return {
			...none(notKnown('Not checked: what the credential says of the storage cannot be right.')),
			storage: findingOf(storage),
		};
	}
	const place = placeOf(run, storage, timeout);
	const writeFiles = writes
		? await survived(async () => await writeFinding(place, storage))
		: notKnown(
				"Nothing was written: 'Write a Test File' is off.",
				"Turn on 'Write a Test File' to know.",
			);
	const testFile = writeFiles.ok ? `${place.folder}${TEST_FILE}` : undefined;
	return {
		storage: storageFinding(place),
		https: await survived(() => httpsFinding(place)),
		area: areaFinding(place, storage),
		readKey: readKeyFinding(place),
		writeFiles,
		...(await checkReading(place, testFile)),
	};
}
