/**
 * Debian's Chromium, driven by playwright-core, for tests of what a person sees. Pictures go to
 * .artifacts/screenshots.
 */
import { existsSync, globSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chromium, selectors, type ConsoleMessage, type Locator } from 'playwright-core';

const HOST = '127.0.0.1';
const SCREENSHOTS = resolve('.artifacts/screenshots');
/** Far more than it takes, for machines that are busy with something else too. */
const PATIENCE_MS = 30_000;
const FIRST_PAGE_PATIENCE_MS = 90_000;

// The attribute by which n8n's own tests find things.
selectors.setTestIdAttribute('data-test-id');

/** @throws Error that says what to install */
function chromiumPath(): string {
	const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
	if (existsSync(path)) return path;
	throw new Error(
		`There is no Chromium at ${path}. Install it (apt-get install chromium fonts-liberation) or say in CHROMIUM_PATH where it is.`,
	);
}

/** Whether it is another machine's, from which nothing is loaded. */
const isBlocked = (url: URL | string) =>
	URL.canParse(String(url)) &&
	/^https?:$/.test(new URL(url).protocol) &&
	new URL(url).hostname !== HOST;

/**
 * Opens a browser with one empty page, which reaches nothing but this machine.
 *
 * @param scale device pixels for each pixel of the page
 * @param login what is entered where a server asks for name and password
 * @throws Error when there is no Chromium
 */
export async function openBrowser({
	scale = 1,
	login,
}: { scale?: number; login?: { username: string; password: string } } = {}) {
	const browser = await chromium.launch({
		executablePath: chromiumPath(),
		args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'],
	});
	const context = await browser.newContext({
		viewport: { width: 1440, height: 1000 },
		deviceScaleFactor: scale,
		reducedMotion: 'reduce',
		locale: 'en-US',
		httpCredentials: login,
		// n8n follows it: the same pictures on dark ground, to be looked at.
		colorScheme: process.env.COLOR_SCHEME === 'dark' ? 'dark' : 'light',
	});
	context.setDefaultTimeout(PATIENCE_MS);
	context.setDefaultNavigationTimeout(FIRST_PAGE_PATIENCE_MS);
	await context.route(isBlocked, (route) => route.abort());
	const page = await context.newPage();
	// n8n asks before a changed workflow is left.
	page.on('dialog', (dialog) => void dialog.accept());

	const complaints: string[] = [];
	page.on('pageerror', (error) => complaints.push(String(error)));
	page.on('console', (message: ConsoleMessage) => {
		const { url } = message.location();
		if (message.type() !== 'error' || isBlocked(url)) return;
		complaints.push(`${message.text()} ${url}`);
	});

	const photographs: string[] = [];
	const texts: string[] = [];

	return {
		page,
		/** Errors of the page's scripts, and in its console, so far. */
		complaints,
		/** Names of the pictures taken so far. */
		photographs,
		/** What stood on the page at each of them. */
		texts,
		/** Takes a PNG of the page, or of a part of it. */
		photograph: async (name: string, part?: Locator): Promise<void> => {
			if (photographs.length === 0) {
				for (const old of globSync(join(SCREENSHOTS, '[0-9]*.png'))) rmSync(old);
				mkdirSync(SCREENSHOTS, { recursive: true });
			}
			const file = `${String(photographs.length + 1).padStart(2, '0')}-${name}.png`;
			await (part ?? page).screenshot({ path: join(SCREENSHOTS, file), animations: 'disabled' });
			photographs.push(file);
			texts.push(await page.locator('body').innerText());
		},
		/** Takes a PNG of the page by a name of its own, with `style` laid over it. */
		picture: async (name: string, style = ''): Promise<void> => {
			mkdirSync(SCREENSHOTS, { recursive: true });
			const path = join(SCREENSHOTS, `${name}.png`);
			await page.screenshot({ path, style, animations: 'disabled' });
		},
		close: async (): Promise<void> => {
			await browser.close();
		},
	};
}

export type Browser = Awaited<ReturnType<typeof openBrowser>>;
