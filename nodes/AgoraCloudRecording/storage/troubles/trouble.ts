import { bucketPlace, type StorageNames } from '../places';
import type { Permission } from '../policies';
import type { StorageProblemKind } from '../problems';
import { regionOfCode, regionOfHost, type NamedRegion } from '../regions';
import { readError, type StorageAnswer, type ToldError } from './answer';
import { CLOCK_TOLERANCE, kindOfAnswer } from './table';
import { wordsFor } from './words';

/** What was asked of a storage, and with which key. */
export interface StorageQuestion {
	storage: StorageNames & { signingRegion?: string };
	/** Reading is by a request or by a link. */
	permission: Permission;
	/** Of the recordings; '' for the whole bucket. */
	folder: string;
	/** Names of the fields of the credential that the keys came from. */
	fields: { accessKey: string; secretKey: string };
	/** Whether the keys are temporary. */
	temporary?: boolean;
	/** Unix milliseconds. */
	now: number;
}

/** An error answer in words. Of the answer itself it holds the code, and for `other` a short reason. */
export interface StorageTrouble {
	kind: StorageProblemKind;
	message: string;
	/** '' where nobody knows. */
	whatToDo: string;
	/** The vendor's code; '' without one. */
	code: string;
	/** `wrongRegion`: where the bucket is, if the answer says so, to sign for it once more. */
	region?: NamedRegion;
	/** `wrongClock`: seconds by which n8n's clock is ahead of the storage's, if known. */
	clockAheadSeconds?: number;
}

/** Another region than ours that an answer names, by its code or by a host. */
function otherRegion(
	{ storage }: StorageQuestion,
	{ region, endpoint }: ToldError,
): NamedRegion | undefined {
	const { vendor, signingRegion } = storage;
	const told =
		(region ? regionOfCode(vendor, region) : undefined) ??
		(endpoint ? regionOfHost(vendor, endpoint) : undefined);
	const ours = bucketPlace(storage).regionCode ?? signingRegion;
	return told?.code === ours ? undefined : told;
}

/** What it is, once the clock and the told region are taken into account. */
function refined(
	kind: StorageProblemKind | undefined,
	question: StorageQuestion,
	facts: { status: number; told: ToldError; ahead?: number; region?: NamedRegion },
): StorageProblemKind {
	const { ahead, region, status, told } = facts;
	const tolerance = kind && CLOCK_TOLERANCE[kind];
	if (ahead !== undefined && tolerance !== undefined && Math.abs(ahead) > tolerance) {
		return 'wrongClock';
	}
	// A bucket elsewhere is "denied" at vendors who keep to themselves whose it is.
	if (kind === 'denied' && region && bucketPlace(question.storage).regionCode) return 'wrongRegion';
	if (kind) return kind;
	if (status !== 404 || !/^(ResourceNotFound)?$/.test(told.code)) return 'other';
	return question.permission === 'read' ? 'noObject' : 'noBucket';
}

const MAX_REASON_LENGTH = 300;
/** A server's words on one line, not too many, and without what makes a link of an address. */
const reason = (told: string) =>
	told
		.replace(/\?\S+/g, '?***')
		.replace(/[\p{Cc}\s]+/gu, ' ')
		.trim()
		.slice(0, MAX_REASON_LENGTH);

/**
 * Says in words what an error answer of a storage means: which permission, which region, which field of
 * the credential, or whose clock.
 *
 * @param answer any but 200 and 206; a redirect is none to follow
 */
export function troubleOf(answer: StorageAnswer, question: StorageQuestion): StorageTrouble {
	const { status } = answer;
	const told = readError(answer);
	const { serverTime } = told;
	const ahead =
		serverTime === undefined ? undefined : Math.round((question.now - serverTime) / 1000);
	const region = otherRegion(question, told);
	const kind = refined(kindOfAnswer(status, told), question, { status, told, ahead, region });
	const code = reason(told.code);
	const words = wordsFor(kind, { ...question, code, region, ahead }) ?? {
		message: `The storage returned status ${status}${code && `, ${code}`}${
			told.message && `: ${reason(told.message)}`
		}`,
		whatToDo: '',
	};
	return {
		kind,
		...words,
		code,
		...(kind === 'wrongRegion' && region && { region }),
		...(kind === 'wrongClock' && ahead !== undefined && { clockAheadSeconds: ahead }),
	};
}
