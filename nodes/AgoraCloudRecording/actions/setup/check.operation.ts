import type { INodeProperties } from 'n8n-workflow';
import { directories, directoriesOf, storageConfig } from '../../agora/requests/storage';
import { optionsField, readRequestTimeout, requestTimeoutOption } from '../../form/options';
import {
	fileNamePrefixField,
	readStorage,
	storageOverridesField,
	type StorageInput,
} from '../../form/storage';
import { temporaryKeysField } from '../../form/temporaryKeys';
import { CREDENTIAL_TYPE } from '../../transport/credentials';
import { notificationSecretsOf } from '../../transport/notificationSecrets';
import type { ItemRun, Operation } from '../operation';
import { checkAgora, checkCertificate, checkSecrets, type AgoraFindings } from './agoraChecks';
import { survived, type Finding } from './finding';
import { checkStorage, type StorageFindings } from './storageChecks';

const fields: INodeProperties[] = [
	{
		...fileNamePrefixField,
		description:
			'Folder for the recordings, as in Start. It matters if a key is limited to a folder. Leave empty for the top level.',
	},
	{
		displayName: 'Write Test File',
		name: 'writeTestFile',
		type: 'boolean',
		// For the builder to say, never for a model.
		noDataExpression: true,
		default: false,
		description:
			'Whether to write agora-setup-check.txt to the folder twice, with the key that Agora uses. The node does not delete the file.',
	},
	optionsField([requestTimeoutOption(), storageOverridesField, temporaryKeysField]),
	{
		displayName:
			"This records nothing and costs nothing at Agora. It writes a file to your bucket only if you turn on 'Write Test File'.",
		name: 'checkNotice',
		type: 'notice',
		default: '',
	},
];

type Findings = AgoraFindings &
	StorageFindings &
	Record<'appCertificate' | 'notificationSecrets', Finding>;

/** All checks, in the order of the output. */
export const CHECKS: ReadonlyArray<keyof Findings> = [
	...(['apiDomain', 'accountKeys', 'appId', 'appCertificate', 'channelProfile'] as const),
	...(['storage', 'https', 'bucket', 'bucketRegion', 'area'] as const),
	...(['readKey', 'readFiles', 'publicUrl', 'writeFiles'] as const),
	'notificationSecrets',
];

/**
 * The storage as Start would have it. What the credential lacks, or has wrong, is a finding.
 *
 * @throws NodeOperationError where the form has a part in what is wrong
 */
async function readCheckedStorage(run: ItemRun): Promise<StorageInput | Error> {
	const { parameters } = run;
	const options = parameters.within('options');
	const isEntered = ['storageOverrides', 'temporaryKeys'].some(
		(name) => options.raw(name) !== undefined,
	);
	const read = async () => {
		const storage = readStorage(run, options);
		parameters.check(storageConfig, storage.config, storage.fieldOf);
		return storage;
	};
	return isEntered ? await read() : await read().catch((problem: Error) => problem);
}

/**
 * Looks at everything that a recording takes, one item a check. Whatever is wrong is found, not thrown.
 */
export const check: Operation = {
	fields,
	async prepare(run: ItemRun) {
		const { parameters, context } = run;
		const folders = directoriesOf(parameters.text('fileNamePrefix'));
		parameters.check(directories, folders, () => parameters.nameOf('fileNamePrefix'));
		const storage = await readCheckedStorage(run);
		const writes = parameters.boolean('writeTestFile', false);
		const timeout = readRequestTimeout(parameters);
		const secrets = notificationSecretsOf(await context.getCredentials(CREDENTIAL_TYPE));
		const execute = async () => {
			const [agora, ofStorage, appCertificate] = await Promise.all([
				checkAgora(run, timeout),
				checkStorage(run, storage, { writes, timeout }),
				survived(async () => await checkCertificate(run)),
			]);
			const notificationSecrets = checkSecrets(secrets);
			const findings: Findings = { ...agora, ...ofStorage, appCertificate, notificationSecrets };
			return CHECKS.map((name) => ({ check: name, ...findings[name] }));
		};
		return { execute };
	},
};
