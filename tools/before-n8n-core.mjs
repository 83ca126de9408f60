/** Given to Node with `--import` where a program of ours uses n8n-core, as tests under jest do. */
import { registerHooks } from 'node:module';

// The ESM build of n8n-workflow is for bundlers: Node cannot load it. n8n-core and the built node use
// the CommonJS one, and there must be no two.
registerHooks({
	resolve: (specifier, context, nextResolve) =>
		nextResolve(
			specifier,
			specifier === 'n8n-workflow' ? { ...context, conditions: ['node', 'require'] } : context,
		),
});

// Nothing is stored that would have to be encrypted; without a key n8n-core says that it makes one.
process.env.N8N_ENCRYPTION_KEY ??= 'nothing-is-encrypted';
