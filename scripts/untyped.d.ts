/** What we use of packages that come without types. */

declare module 'gulp' {
	export function src(files: string): NodeJS.ReadableStream;
	export function dest(folder: string): NodeJS.WritableStream;
}

declare module '@n8n/scan-community-package/scanner/scanner.mjs' {
	export const SOURCE_FILE_PATTERNS: string[];
	export function analyzePackage(
		folder: string,
		patterns: string[],
	): Promise<{ passed: boolean; message?: string; details?: string }>;
}

declare module 'eslint-plugin-n8n-nodes-base' {
	import type { ESLint, Linter } from 'eslint';
	const plugin: ESLint.Plugin & {
		configs: Record<'credentials' | 'nodes', { rules: Linter.RulesRecord }>;
	};
	export default plugin;
}

/** The older token of `agora-token`, version 006. */
declare module 'agora-token/src/AccessToken.js' {
	export class AccessToken {
		constructor(appId: string, certificate: string, channel: string, uid: number | string);
		salt: number;
		ts: number;
		addPriviledge(privilege: number, endsAt: number): void;
		build(): string;
	}
}

/** The class behind the builders of `agora-token`, which the package's own types leave out. */
declare module 'agora-token/src/AccessToken2.js' {
	export class ServiceRtc {
		constructor(channel: string, uid: number | string);
		add_privilege(privilege: number, seconds: number): void;
	}
	export class AccessToken2 {
		constructor(appId: string, certificate: string, issueTs: number, expire: number);
		salt: number;
		add_service(service: ServiceRtc): void;
		build(): string;
	}
}
