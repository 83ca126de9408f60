import { areaOfHost } from '../../agora/hosts';
import { missingToRead } from '../../form/bucket';
import type { StorageInput } from '../../form/storage';
import { AREA_NAMES, findStorageVendor, NO_STORAGE } from '../../storage/vendors';
import type { ItemRun } from '../operation';
import { allRead, checkReading, testFileOf, writeFinding, type ReadFindings } from './bucketChecks';
import { findingOf, lacking, notKnown, right, survived, wrong, type Finding } from './finding';
import { keyOf, placeOf, type Place } from './place';

/** What is checked with the storage. */
type OtherFindings = Record<'storage' | 'https' | 'area' | 'readKey' | 'writeFiles', Finding>;
export type StorageFindings = ReadFindings & OtherFindings;

function storageFinding({ names: { vendor: name, region, bucket } }: Place): Finding {
	const vendor = findStorageVendor(name);
	const where = [vendor?.displayName, region].filter(Boolean).join(', ');
	return right(`${where}: ${vendor?.words.bucket.toLowerCase()} "${bucket}".`);
}

function httpsFinding({ open }: Place): Finding {
	const { origin } = open('write');
	return origin.startsWith('https:')
		? right(`Requests are sent to ${origin}.`)
		: wrong(
				`Requests are sent to ${origin} without encryption. Anyone who can see the network traffic can see the files and links.`,
				"Install a certificate on the storage, and delete http:// in 'Endpoint'.",
			);
}

/** Agora asks for a bucket near the recorder, which runs near who asks for it (storage.md section 3). */
function areaFinding({ run }: Place, { area }: StorageInput): Finding {
	const asked = areaOfHost(new URL(run.credentials.origin).host);
	if (!area) {
		return notKnown(
			'The location of the bucket is unknown.',
			'Use a bucket in the region where n8n runs, because Agora records near it.',
		);
	}
	const bucketIs = `The bucket is in ${AREA_NAMES[area]}`;
	if (!asked) {
		return notKnown(
			`${bucketIs}. Recorders run near this n8n, whose location is unknown.`,
			"If n8n runs elsewhere, add the option 'Recorder Region' to Start and select 'Same as Storage'.",
		);
	}
	return asked === area
		? right(`${bucketIs}, and so is 'API Domain'.`)
		: wrong(
				`${bucketIs}, but 'API Domain' is in ${AREA_NAMES[asked]}. Files may be lost.`,
				"Use a bucket in the same area as 'API Domain', or select a domain in the area of the bucket.",
			);
}

function readKeyFinding(place: Place): Finding {
	const { run, names } = place;
	const lacks = missingToRead(run, names);
	if (lacks !== undefined) return lacking(lacks);
	const key = keyOf(place, 'read');
	return key === keyOf(place, 'write')
		? right(`Files are read with ${key}, which Agora also uses.`)
		: right(`Files are read with ${key}, which is never sent to Agora.`);
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
			notKnown("The credential has no storage: 'Storage Vendor' is set to 'None (Trigger Only)'."),
		);
	}
	if (storage instanceof Error) {
		return {
			...none(notKnown('Not checked: fix the storage settings in the credential first.')),
			storage: findingOf(storage),
		};
	}
	const place = placeOf(run, storage, timeout);
	const writeFiles = writes
		? await survived(async () => await writeFinding(place, storage))
		: notKnown(
				"Not checked: 'Write Test File' is off.",
				"Turn on 'Write Test File' to check this.",
			);
	return {
		storage: storageFinding(place),
		https: await survived(async () => httpsFinding(place)),
		area: areaFinding(place, storage),
		readKey: readKeyFinding(place),
		writeFiles,
		...(await checkReading(place, writeFiles.ok ? testFileOf(place) : undefined)),
	};
}
