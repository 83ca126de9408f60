/** Operations of the node, run in n8n-core's own contexts before a real storage. */
import assert from 'node:assert/strict';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { z } from 'zod';
import { placed } from '../support/form.mts';
import { createHost, loadPackage, withDefaults, type RunOptions } from '../support/host.mts';

export interface File extends IDataObject {
	fileName: string;
	link: string;
	linkState: string;
	linkExpiresAt: string;
	whatToDo: string;
}

/** As Setup → Check puts it out. */
const findingSchema = z
	.object({
		check: z.string(),
		ok: z.boolean().nullable(),
		found: z.string(),
		whatToDo: z.string(),
	})
	.strict();

/** What an operation is given, parameters apart. */
type Given = Pick<RunOptions, 'credentials'> & Partial<RunOptions>;

const resourceOf = (operation: string) =>
	operation === 'check' ? 'setup' : operation.startsWith('get') ? 'file' : 'recording';

/** @param usual credentials, items and the like, where a run names no other ones */
export async function operations(usual: () => Given) {
	const host = createHost(await loadPackage());

	async function run(
		operation: string,
		parameters: IDataObject = {},
		more: Partial<RunOptions> = {},
	): Promise<INodeExecutionData[]> {
		const resource = resourceOf(operation);
		return await host.runNode({
			...usual(),
			...more,
			parameters: withDefaults(
				host.nodeType,
				placed(operation, { resource, operation, ...parameters }),
			),
		});
	}

	return {
		run,
		/** The files that an operation gives. */
		files: async (...args: Parameters<typeof run>) =>
			(await run(...args)).map(({ json }) => json as File),
		/** What an operation that has to fail says. */
		failed: async (...args: Parameters<typeof run>): Promise<string> => {
			const error = await run(...args).then(
				() => assert.fail('It did not fail'),
				(thrown: unknown) => thrown as Error & { description: string },
			);
			return `${error.message}\n${error.description.replaceAll('<br>', '\n')}`;
		},
		/** What Setup → Check finds, by check. */
		findings: async (parameters: IDataObject = {}, more: Partial<RunOptions> = {}) =>
			Object.fromEntries(
				(await run('check', parameters, more)).map(({ json }) => {
					const { check, ...finding } = findingSchema.parse(json);
					return [check, finding];
				}),
			),
	};
}

export type Operations = Awaited<ReturnType<typeof operations>>;
