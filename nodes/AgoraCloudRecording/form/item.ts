import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { AgoraCredentials } from '../transport/credentials';
import type { ItemParameters } from './parameters';

/** An item for which the form is read. */
export interface FormItem {
	context: IExecuteFunctions;
	itemIndex: number;
	/** How often the node ran before in this execution, as in a loop. */
	runIndex: number;
	/** The incoming item. */
	input: IDataObject;
	parameters: ItemParameters;
	credentials: AgoraCredentials;
	/** Tells the user of harm to come, beside the output; the same words for many items come once. */
	warn(message: string): void;
}
