/** The user's browser, where there is one. */
import { release } from 'node:os';

/** Whether somebody sits at a screen. Without one, Linux would open a browser in the terminal. */
function hasScreen() {
	if (!process.stdout.isTTY || process.env.CI) return false;
	if (process.platform !== 'linux') return true;
	const { DISPLAY, WAYLAND_DISPLAY } = process.env;
	return Boolean(DISPLAY ?? WAYLAND_DISPLAY) || /microsoft/i.test(release());
}

/**
 * Opens a page in the user's browser, if it can. Never fails.
 *
 * @param {string} url
 * @returns {Promise<boolean>} Whether a browser was asked
 */
export async function openInBrowser(url) {
	if (!hasScreen()) return false;
	try {
		// Not above: when the demo begins, dependencies may not be installed.
		const { default: open } = await import('open');
		const browser = await open(url);
		browser.on('error', () => {});
		return true;
	} catch {
		return false;
	}
}
