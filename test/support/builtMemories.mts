import { builtModule } from './host.mts';

interface Memory {
	readonly size: number;
}

/**
 * The memories of the built package by their names in `process/memories.ts`, as its modules make them. To
 * be called before the package is loaded.
 */
export function collectMemories(): Record<string, Memory> {
	const memories: Record<string, Memory> = {};
	const made = builtModule<{ memoryOf: (name: string) => Memory }>('process/memories.js');
	const { memoryOf } = made;
	made.memoryOf = (name) => (memories[name] = memoryOf(name));
	return memories;
}
