import type { IDataObject } from 'n8n-workflow';
import { isObject } from '../../support/json.mts';
import type { Links, Step } from '../life.mts';
import type { Lived, NodeRun, StorageSent } from '../told.mts';

/** What rules about the bucket share: what a step was to do there, and whose request it was. */

/** The step that a node of a life stands for; undefined of Start and Acquire. */
export const stepOf = ({ life }: Lived, { node }: NodeRun): Step | undefined =>
	life.steps[Number(/^(\d+) /.exec(node)?.[1]) - 1];

export const linksOf = (step: Step | undefined): Links | undefined =>
	step && 'links' in step ? step.links : undefined;
export const waitOf = (step: Step | undefined): number | undefined =>
	step && 'wait' in step ? step.wait : undefined;

export const objects = (value: unknown): IDataObject[] =>
	Array.isArray(value) ? value.filter(isObject) : [];

/** Folder of a life's recordings, as the names of its objects begin. */
export const directoryOf = ({ life: { storage } }: Lived) =>
	storage.folder === '' ? '' : `${storage.folder}/`;

export const nameOf = ({ execution, node }: NodeRun) => `${execution}: ${node}`;

export const sameRun = (
	run: NodeRun,
	other: Pick<StorageSent, 'execution' | 'node' | 'runIndex'>,
) =>
	run.execution === other.execution && run.node === other.node && run.runIndex === other.runIndex;
