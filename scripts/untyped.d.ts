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
