import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import type { Reporter } from '@stryker-mutator/api/report';

type Listener = NonNullable<Reporter['onMutantTested']>;

let listener: Listener | undefined;

/** Has each mutant told as soon as it was tested: a run takes long, and may be ended before its time. */
export function onEachMutant(tell: Listener): void {
	listener = tell;
}

const atOnce = (): Reporter => ({ onMutantTested: (mutant) => listener?.(mutant) });

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Reporter, 'atOnce', atOnce)];
