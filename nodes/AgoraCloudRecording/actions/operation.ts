import type { IBinaryKeyData, IDataObject, INodeProperties } from 'n8n-workflow';
import type { FormItem } from '../form/item';
import type { AgoraClient } from '../transport/client';

/** What an operation has at hand for one item. */
export interface ItemRun extends FormItem {
	client: AgoraClient;
}

/** An operation of the node: its fields, and what it does with one item. */
export interface Operation {
	fields: INodeProperties[];
	/**
	 * Reads and checks the item's parameters; sends nothing. Of all items this comes first, so that a
	 * wrong value in the last one stops the node before the first one has cost anything.
	 *
	 * @throws NodeOperationError naming the field
	 */
	prepare(run: ItemRun): Promise<Task>;
	/** Something to tell the user of a run that went well, given the number of items. */
	hint?(items: number): string | undefined;
}

/** An output with files beside its data. */
export class FileOutput {
	readonly json: IDataObject;
	readonly binary: IBinaryKeyData;

	constructor(json: IDataObject, binary: IBinaryKeyData) {
		this.json = json;
		this.binary = binary;
	}
}

/** What is to be done with an item. */
export interface Task {
	/**
	 * @returns the item's output, a list where it becomes several items
	 * @throws NodeApiError, NodeOperationError, or Cancelled when the user cancelled
	 */
	execute(): Promise<IDataObject | IDataObject[] | FileOutput[]>;
	/**
	 * Ends what the item has started, or may have started, when the user cancelled and n8n drops all
	 * output and every error: nobody else could.
	 *
	 * @returns whether nothing of it runs any more
	 */
	abandon?(): Promise<boolean>;
}
