import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { checkSetup } from './trigger/activation';
import { triggerFields } from './trigger/fields';
import { receive } from './trigger/receive';

export class AgoraCloudRecordingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Agora Cloud Recording Trigger',
		name: 'agoraCloudRecordingTrigger',
		icon: { light: 'file:../../icons/agora.svg', dark: 'file:../../icons/agora.dark.svg' },
		group: ['trigger'],
		// For a trigger of version 1, n8n evaluates an expression for each request, which costs more than all
		// that is done here. Nothing else differs between the two.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: '={{ $parameter["events"].join(", ").replaceAll("_", " ") }}',
		description: 'Record Agora calls, live streams, and web pages, and respond to their events',
		eventTriggerDescription: 'Waiting for a notification from Agora',
		activationMessage:
			"Agora's notifications will start this workflow once you have added the trigger's production URL to Agora Console.",
		defaults: { name: 'Agora Cloud Recording Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'agoraApi', required: true }],
		triggerPanel: {
			header: 'Start this workflow with notifications from Agora',
			executionsHelp: {
				inactive:
					'<b>To set it up</b>, in this order:<br />1. In Agora Console → your project → All Features → Notifications, copy the <b>secret</b> into the credential. Cloud Recording and RTC Channel Events have one each.<br />2. <b>Publish</b> this workflow (in n8n 1: activate it).<br />3. On the same page of Agora Console, paste the <b>production URL</b> of this node and select the events.<br />4. Press <b>Check</b>, then <b>Save</b>. Agora begins to send some minutes later.<br /><br />Check sends a test notification for each event. This node answers them all, and they start no execution.<br /><br /><b>To try it without Agora</b>, click the button and send a signed notification to the test URL. It takes one, then you click again.',
				active:
					"<b>To try it</b>, record something: each notification that fits starts an execution, shown in the <a data-key='executions'>executions list</a>, not in the editor.<br /><br />If none comes: does Agora Console have the <b>production URL</b>, were Check and Save pressed there, and are the events selected there too? The first one may take some minutes.",
			},
			activationHint:
				'Agora Console needs the production URL, which works only while the workflow is published (in n8n 1: active). Publish it first, then press Check in Agora Console.',
		},
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				path: 'agora-notifications',
				responseMode: 'onReceived',
				// Empty: n8n answers with what `webhook` returns, and not before the execution is stored.
				responseData: '',
			},
		],
		properties: triggerFields,
	};

	/** The webhook is registered in Agora Console by hand: there is nothing to create or delete. */
	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await checkSetup(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive.call(this);
	}
}
