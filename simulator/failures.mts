import { profileProblem } from './profiles.mts';
import { pageOf } from './recording.mts';
import type { Blame, Recording } from './recording.mts';
import { everybodyIn } from './life.mts';
import type { World } from './life.mts';
import { regionRow } from './schemas/storageRegions.mts';
import type { StorageConfig } from './schemas/storage.mts';
import type { App, Settings } from './settings.mts';
import { judgeToken } from './token.mts';

type Failure = NonNullable<Recording['failure']>;

/** Why nothing can be stored there, or undefined (storage.md 3, "All vendors"). */
export function storageProblem(
	storage: StorageConfig,
	{ settings: { buckets }, storage: served }: World,
): string | undefined {
	if (
		regionRow(storage.vendor, storage.region) === undefined &&
		![5, 6, 11].includes(storage.vendor)
	) {
		return 'the vendor has no such storage region';
	}
	if (buckets === null) return served?.problem(storage);
	const found = buckets.some(
		({ vendor, region, bucket, accessKey, secretKey }) =>
			vendor === storage.vendor &&
			region === storage.region &&
			bucket === storage.bucket &&
			accessKey === storage.accessKey &&
			secretKey === storage.secretKey,
	);
	return found ? undefined : 'no such bucket, or the keys do not fit';
}

/** What happens to a page that cannot be recorded (best-practices.md 11). */
function pageFailure(recording: Recording, { pages, asyncCheckMs }: Settings): Failure | undefined {
	const page = pageOf(recording);
	if (page === undefined) return undefined;
	if (pages[page.url] === 'unreachable') {
		return {
			at: recording.startedAt + asyncCheckMs,
			because: 'page cannot be opened',
			blame: 'pageUnreachable',
		};
	}
	const readyTimeout = page.readyTimeout ?? 0;
	if (pages[page.url] !== 'neverReady' || readyTimeout === 0) return undefined;
	// The first time-out reloads the page, the second one ends the recording.
	return {
		at: recording.startedAt + 2 * readyTimeout * 1000,
		because: 'page was never ready',
		blame: 'pageNotReady',
	};
}

/**
 * What the checks that start does not wait for will find, and when (errors.md 6, first row). A token
 * that is good fails too, when it expires: it cannot be renewed (token.md).
 */
export function findFailure(recording: Recording, app: App, world: World): Failure | undefined {
	const { startedAt, request, resource, mode, storage } = recording;
	const soon = startedAt + world.settings.asyncCheckMs;
	const failures: Failure[] = [];
	const found = (blame: Blame, because: string | undefined): void => {
		if (because !== undefined) failures.push({ at: soon, because, blame });
	};
	found('storage', storageProblem(storage, world));
	if (mode === 'web') {
		const failure = pageFailure(recording, world.settings);
		if (failure !== undefined) failures.push(failure);
	} else {
		if (app.certificate !== undefined) {
			const verdict = judgeToken(request.token, {
				appId: app.appId,
				certificate: app.certificate,
				cname: resource.cname,
				uid: resource.uid,
				now: startedAt / 1000,
			});
			if (!verdict.good) found('token', verdict.because);
			else {
				const at = verdict.until * 1000;
				failures.push({ at, because: 'token expired', blame: 'tokenExpired' });
			}
		}
		const present = everybodyIn(recording, world).findLast(({ from }) => from <= startedAt);
		if (present?.uids.includes(resource.uid)) found('uid', 'uid is already in the channel');
		if (world.settings.strictProfiles) found('profile', profileProblem(request.recordingConfig));
	}
	return failures.sort((a, b) => a.at - b.at)[0];
}
