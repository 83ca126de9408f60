import {
	smallestPolicy,
	type Permission,
} from '../../nodes/AgoraCloudRecording/storage/policies.ts';
import { STORAGE_VENDORS } from '../../nodes/AgoraCloudRecording/storage/vendors.ts';
import { table } from './markdown.mts';

const PLACE = { bucket: 'my-recordings', folder: 'lessons' };

/** What keys are for, and what each has to be allowed. */
const USES: ReadonlyArray<[string, Permission[]]> = [
	['Agora writes', ['write']],
	['Links', ['read']],
	['Links and lists', ['read', 'list']],
];

/** The smallest policies of all vendors, as the node's messages name them. */
export function policiesOf(): string {
	const told = STORAGE_VENDORS.map(({ name, displayName }) => ({
		displayName,
		policies: USES.map(([, permissions]) =>
			smallestPolicy({ vendor: name, ...PLACE }, permissions).replace(/^Minimum policy: /, ''),
		),
	}));
	const isJson = ({ policies }: (typeof told)[number]) => policies[0].startsWith('{');
	const names = told
		.filter((vendor) => !isJson(vendor))
		.map(({ displayName, policies }) => [
			displayName,
			...policies.map((policy) =>
				policy.replace(/ on "lessons" in the bucket "my-recordings"\.$/, ''),
			),
		]);
	const amazon = told.filter(isJson);
	const blocks = USES.map(
		([use], i) =>
			`${use}:\n\n\`\`\`json\n${JSON.stringify(JSON.parse(amazon[0].policies[i]), undefined, '\t')}\n\`\`\``,
	);
	if (amazon.some(({ policies }) => policies.join() !== amazon[0].policies.join())) {
		throw new Error('Vendors with policies in JSON no longer have the same');
	}
	return [
		table(['Vendor', ...USES.map(([use]) => use)], names),
		`**${amazon.map(({ displayName }) => displayName).join('**, and **')}** (most take Amazon's policies):`,
		...blocks,
	].join('\n\n');
}
