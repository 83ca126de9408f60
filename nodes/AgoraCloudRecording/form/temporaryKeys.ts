import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import { filled } from '../agora/requests/common';
import type { StorageSettings } from '../agora/requests/storage';
import { readMembers, togetherAs } from './fields';
import type { ItemParameters } from './parameters';

/** A temporary credential (STS) in place of the key in the credential (storage.md, "STS"). */
const fields: INodeProperties[] = [
	{
		displayName: 'STS Access Key',
		name: 'stsAccessKey',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		description: 'Access key of the temporary credential, usually set by an expression',
	},
	{
		displayName: 'STS Secret Key',
		name: 'stsSecretKey',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		description: 'Secret key of the temporary credential, usually set by an expression',
	},
	{
		displayName: 'STS Token',
		name: 'stsToken',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		description:
			'Session token of the temporary credential. Send Agora a new credential every hour with the Update operation.',
	},
	{
		displayName: 'STS Expiration',
		name: 'stsExpiration',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 2026-12-31T12:00:00Z',
		description:
			"When the temporary credential expires, at least four hours from now. Enter a date and time (in the workflow's time zone unless specified) or a Unix timestamp in seconds.",
	},
];

export const temporaryKeysField = togetherAs(
	{
		displayName: 'Temporary Keys (STS)',
		name: 'temporaryKeys',
		description:
			'Temporary credential for the bucket from a security token service (STS), instead of the keys in the Agora API credential. Amazon S3, Alibaba Cloud, and Tencent Cloud only.',
	},
	'keys',
	fields,
);

/** The four parts of a temporary credential go together. */
const allFilled = z.object({
	stsAccessKey: filled,
	stsSecretKey: filled,
	stsToken: filled,
	stsExpiration: filled,
});

/**
 * Unix seconds of a date or of a number of seconds; NaN for anything else.
 *
 * @param zone in which a date is meant that does not say so, e.g. `Europe/Berlin`
 */
function unixSeconds(value: string, zone: string): number {
	if (/^\d+$/.test(value)) return Number(value);
	return Math.floor(DateTime.fromISO(value, { zone }).toSeconds());
}

/** Where each setting is filled in. */
export const TEMPORARY_KEYS = {
	accessKey: 'temporaryKeys.keys.stsAccessKey',
	secretKey: 'temporaryKeys.keys.stsSecretKey',
	stsToken: 'temporaryKeys.keys.stsToken',
	stsExpiration: 'temporaryKeys.keys.stsExpiration',
} as const;

/**
 * The temporary credential, all of it or none.
 *
 * @param form where {@link temporaryKeysField} stands
 * @param zone in which a date is meant that does not say so, e.g. `Europe/Berlin`
 * @throws NodeOperationError naming what is missing
 */
export function readTemporaryKeys(
	form: ItemParameters,
	zone: string,
): Pick<StorageSettings, keyof typeof TEMPORARY_KEYS> | undefined {
	if (form.raw('temporaryKeys.keys') === undefined) return undefined;
	const keys = form.within('temporaryKeys.keys');
	const { stsAccessKey, stsSecretKey, stsToken, stsExpiration } = keys.check(
		allFilled,
		readMembers(keys, fields),
		(name) => keys.nameOf(name),
	);
	const seconds = unixSeconds(stsExpiration, zone);
	if (!Number.isFinite(seconds)) {
		throw keys.refusal(
			'stsExpiration',
			stsExpiration,
			'must be a date such as 2026-12-31T12:00:00Z, or a Unix timestamp in seconds',
		);
	}
	return { accessKey: stsAccessKey, secretKey: stsSecretKey, stsToken, stsExpiration: seconds };
}
