import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { code } from './markdown.mts';

const ROOT = 'nodes/AgoraCloudRecording';

/** The part of the house that a file belongs to: its folder below the nodes, or what it is itself. */
function partOf(file: string): string {
	if (!file.startsWith(ROOT)) return path.dirname(file);
	const [first, ...rest] = path.relative(ROOT, file).split('/');
	return rest.length > 0 ? first : first.replace(/\.ts$/, '');
}

/** What each part of the shipped code imports: other parts, and modules from outside. */
export function importsBetweenParts(): Map<string, { parts: Set<string>; modules: Set<string> }> {
	const found = new Map<string, { parts: Set<string>; modules: Set<string> }>();
	for (const file of globSync(['nodes/**/*.ts', 'credentials/**/*.ts']).sort()) {
		const part = partOf(file);
		const imports = found.get(part) ?? { parts: new Set(), modules: new Set() };
		found.set(part, imports);
		const source = readFileSync(file, 'utf8');
		for (const [, target] of source.matchAll(/\bfrom '([^']+)'/g)) {
			if (!target.startsWith('.')) imports.modules.add(target);
			else {
				const other = partOf(`${path.join(path.dirname(file), target)}.ts`);
				if (other !== part) imports.parts.add(other);
			}
		}
	}
	return found;
}

const TITLES: Record<string, string> = {
	'AgoraCloudRecording.node': 'AgoraCloudRecording.node.ts<br/>what n8n shows',
	'AgoraCloudRecordingTrigger.node': 'AgoraCloudRecordingTrigger.node.ts<br/>what n8n shows',
	credentials: 'credentials/<br/>the credential and its test',
	actions: 'actions/<br/>one file an operation, the loop over items',
	trigger: 'trigger/<br/>verify, filter, once, hand on',
	form: 'form/<br/>fields, how they are read, their names',
	errors: 'errors.ts<br/>what goes wrong, as errors of n8n',
	transport: 'transport/<br/>the only HTTP: repeats, hosts, answers',
	process: 'process/<br/>what one n8n process remembers, and its clock',
	storage: 'storage/<br/>object storage in plain TypeScript',
	agora: 'agora/<br/>Agora in plain TypeScript: tables and rules',
};

/** The import directions as a Mermaid diagram. @throws Error for a part that has no title here */
export function importsDiagram(): string {
	const parts = [...importsBetweenParts()];
	const idOf = (part: string) => part.replaceAll(/\W/g, '_');
	const boxes = parts.map(([part]) => {
		const title = TITLES[part];
		if (title === undefined) throw new Error(`${part} has no title in the diagram`);
		return `\t${idOf(part)}["${title}"]`;
	});
	const arrows = parts.flatMap(([part, { parts: others }]) =>
		[...others].sort().map((other) => `\t${idOf(part)} --> ${idOf(other)}`),
	);
	return ['```mermaid', 'flowchart TD', ...boxes, ...arrows, '```'].join('\n');
}

/** Which modules from outside a part imports, as a sentence a part. */
export function outsideModules(): string {
	return [...importsBetweenParts()]
		.map(([part, { modules }]) => {
			const names = [...modules].sort().map(code).join(', ');
			return `- ${code(part)}: ${names || 'none'}`;
		})
		.join('\n');
}
