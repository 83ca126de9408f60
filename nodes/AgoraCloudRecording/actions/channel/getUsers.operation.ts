import type { INodeProperties } from 'n8n-workflow';
import { channelFacts, withoutUids } from '../../agora/answers/channels';
import { channelNameSchema, uidSchema } from '../../agora/identity';
import { canBeAskedAbout } from '../../agora/requests/channels';
import { channelLocator } from '../../form/names';
import { optionsField, readRequestTimeout, requestTimeoutOption } from '../../form/options';
import { apiError } from '../../errors';
import { askForUsers } from '../../transport/channels';
import type { ItemRun, Operation } from '../operation';

const LEAVE_OUT = 'options.excludeUids';

const fields: INodeProperties[] = [
	{
		displayName: 'Channel Name',
		...channelLocator,
		required: true,
		description:
			'Name of the Agora channel (the call or live stream), exactly as your app joins it',
	},
	optionsField([
		{
			displayName: 'Exclude UIDs',
			name: 'excludeUids',
			type: 'string',
			default: '',
			placeholder: 'e.g. 527841, 527842',
			description:
				'Comma-separated user IDs to exclude, such as recorders, which Agora may list as users. The recorder of the incoming item is always excluded.',
		},
		requestTimeoutOption(),
	]),
];

/** The recorder of this channel that the item comes from, and whoever the user does not count. */
function readLeftOut({ parameters, input }: ItemRun, cname: string): string[] {
	const given = parameters.list(LEAVE_OUT);
	for (const uid of given) parameters.check(uidSchema, uid, () => parameters.nameOf(LEAVE_OUT));
	const { cname: recorded, uid, sid } = input;
	return sid !== undefined && recorded === cname ? [...given, String(uid)] : given;
}

/** Who is in a channel, and which profile it has (channel-management.md section 3). */
export const getUsers: Operation = {
	fields,
	async prepare(run) {
		const { parameters, client, context, itemIndex } = run;
		const nameOf = () => parameters.nameOf('channelName');
		const cname = parameters.check(channelNameSchema, parameters.exactText('channelName'), nameOf);
		if (!canBeAskedAbout(cname)) {
			throw parameters.refusal(
				'channelName',
				cname,
				'must not be . or .., which Agora cannot be queried about',
			);
		}
		const leftOut = readLeftOut(run, cname);
		const timeout = readRequestTimeout(parameters);
		const execute = async () => {
			const reply = await askForUsers(client, cname, { timeout });
			const facts = reply.meaning.kind === 'success' ? channelFacts(reply.answer.body) : undefined;
			if (!facts) throw apiError(context.getNode(), itemIndex, reply, { cname });
			return { cname, ...withoutUids(facts, leftOut) };
		};
		return { execute };
	},
};
