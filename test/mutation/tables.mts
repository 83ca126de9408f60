import type { Ignorer } from '@stryker-mutator/api/ignore';
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** What we use of the path of a node, as the parser behind Stryker has it. */
export interface SyntaxPath {
	node: {
		type: string;
		id?: { type: string; name?: string };
		loc?: {
			start: { line: number; column: number };
			end: { line: number; column: number };
		};
	};
	hub: { file: { opts: { filename: string } } };
	findParent(test: (parent: SyntaxPath) => boolean): SyntaxPath | null;
}

const ROW = /^(ArrayExpression|UnaryExpression|\w+Literal)$/;
const BOUNDARY = /^(\w*Function\w*|CallExpression|VariableDeclarator)$/;
const CAPITALS = /^[A-Z][A-Z0-9_]*$/;

/**
 * Leaves tables alone: what a constant in capitals holds (`const REGIONS = [ … ]`), save the functions in
 * it. Tables are compared with Agora's pages and with the simulator's own, row by row; a mutant of one
 * would only say that a test repeats the row.
 */
export const tables: Ignorer = {
	shouldIgnore(nodePath) {
		const path = nodePath as SyntaxPath;
		if (!ROW.test(path.node.type)) return;
		const holder = path.findParent(({ node }) => BOUNDARY.test(node.type));
		if (holder?.node.type !== 'VariableDeclarator') return;
		return CAPITALS.test(holder.node.id?.name ?? '') ? 'rows of tables' : undefined;
	},
};

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'tables', tables)];
