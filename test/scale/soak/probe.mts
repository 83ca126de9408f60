/**
 * Loaded into n8n before anything else (`--import`, with `--expose-gc`): tells over HTTP what its process
 * holds, and lets the node's memories forget, so that what they hold can be weighed.
 */
import { createServer } from 'node:http';
import { registerHooks } from 'node:module';

/** What the probe tells. Bytes are those after two garbage collections. */
export interface Weighed {
	heap: number;
	external: number;
	rss: number;
	/** Timers, sockets and the like that keep the process going, by kind. */
	resources: string[];
	/** Entries of the node's memories, by their name in `process/memories.ts`. */
	entries: Record<string, number>;
}

interface Memory {
	size: number;
	entries: Map<string, unknown>;
}

declare global {
	var agoraMemories: Record<string, Memory> | undefined;
}

/** Added to the module that makes the memories. */
const COLLECT = `
const plainMemoryOf = exports.memoryOf;
exports.memoryOf = (name) => {
	const memory = plainMemoryOf(name);
	(globalThis.agoraMemories ??= {})[name] = memory;
	return memory;
};`;

registerHooks({
	load(url, context, next) {
		const loaded = next(url, context);
		if (!url.endsWith('/AgoraCloudRecording/process/memories.js')) return loaded;
		const { source } = loaded;
		const code = typeof source === 'string' ? source : new TextDecoder().decode(source);
		return { ...loaded, source: code + COLLECT };
	},
});

function weigh(): Weighed {
	for (let i = 0; i < 2; i++) globalThis.gc?.();
	const { heapUsed, external, rss } = process.memoryUsage();
	const memories = Object.entries(globalThis.agoraMemories ?? {});
	return {
		...{ heap: heapUsed, external, rss },
		resources: process.getActiveResourcesInfo(),
		entries: Object.fromEntries(memories.map(([name, { size }]) => [name, size])),
	};
}

const port = Number(process.env.SOAK_PROBE_PORT);
const server = createServer((request, response) => {
	if (request.url === '/forget') {
		for (const { entries } of Object.values(globalThis.agoraMemories ?? {})) entries.clear();
	}
	response.setHeader('connection', 'close').end(JSON.stringify(weigh()));
});
// Another process of n8n that was given the same settings has no probe.
server.on('error', () => undefined);
if (port > 0) server.listen(port, '127.0.0.1').unref();
