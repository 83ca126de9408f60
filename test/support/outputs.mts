import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import type { IDataObject } from 'n8n-workflow';
import { isObject } from './json.mts';

/** An item that an operation of the node has put out, by resource and operation. */
export interface Output {
	resource: string;
	operation: string;
	json: IDataObject;
}

/** Where n8n looks, beside the node's file: by version, padded to three numbers. */
export const SCHEMAS = 'nodes/AgoraCloudRecording/__schema__';
export const VERSION = 'v1.0.0';

export const schemaFile = ({ resource, operation }: Omit<Output, 'json'>) =>
	join(SCHEMAS, VERSION, resource, `${operation}.json`);

const ajv = new Ajv();
const known = new Map<string, ValidateFunction>();

/**
 * Holds a value to a schema, and to its members alone: JSON Schema lets others pass, but they are what the
 * editor would not show.
 */
function validator(file: string): ValidateFunction {
	const closed: unknown = JSON.parse(readFileSync(file, 'utf8'), (_name, value: unknown) =>
		isObject(value) && value.type === 'object' && isObject(value.properties)
			? { ...value, additionalProperties: false }
			: value,
	);
	return ajv.compile(closed as object);
}

/** How an output differs from what the editor says of it; undefined where it does not. */
export function misfit({ json, ...of }: Output): string | undefined {
	// An item that failed, which n8n shows in its own way.
	if ('error' in json) return undefined;
	const file = schemaFile(of);
	if (!existsSync(file)) return `${file} is missing`;
	const validate = known.get(file) ?? validator(file);
	known.set(file, validate);
	if (validate(json)) return undefined;
	const what = ajv.errorsText(validate.errors, { dataVar: 'The output' });
	const params = JSON.stringify(validate.errors?.[0].params);
	return `${what} ${params}: ${file}. Add a row to test/docs/outputRuns.mts that shows it, then \`npm run docs\`.`;
}
