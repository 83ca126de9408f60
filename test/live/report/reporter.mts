import { setTimeout as sleep } from 'node:timers/promises';
import type { Settings } from '../settings.mjs';
import { Asker } from './asking.mts';
import { listen } from './listening.mts';
import { report } from './markdown.mts';
import { Observed } from './observed.mts';
import { QUESTIONS, type When } from './questions.mts';

/** How long after a stop notifications are waited for, and which is the last one (recorder has left). */
const NOTICES_WITHIN_MS = 15_000;
const LAST_EVENT = 11;
const LOOK_EVERY_MS = 100;

/** Asks the open questions during a run, and tells what came of them. */
export class Reporter {
	readonly observed = new Observed();
	private readonly settings: Settings;
	private readonly asker: Asker;
	private readonly interrupted: AbortSignal;
	private closeNotices: () => void = () => undefined;

	constructor(settings: Settings, interrupted: AbortSignal) {
		this.settings = settings;
		this.interrupted = interrupted;
		this.asker = new Asker(this.observed, settings, interrupted);
	}

	/** Listens for notifications, where the user has set a port. @throws when it is taken */
	async open(): Promise<void> {
		const { noticesPort, notificationSecret } = this.settings;
		if (noticesPort === undefined) return;
		const listening = await listen(noticesPort, notificationSecret);
		this.observed.notices = listening.notices;
		this.closeNotices = listening.close;
	}

	/** One question after the other. @throws only when the user interrupts */
	async ask(when: When): Promise<void> {
		for (const { asks, ofWebPages } of QUESTIONS) {
			if (ofWebPages || this.settings.mode !== 'web') await asks?.[when]?.(this.asker);
		}
		if (when === 'over') await this.lastNotices();
	}

	/** @returns Markdown without anything private */
	close(): string {
		this.closeNotices();
		return report(this.settings, this.observed);
	}

	private async lastNotices(): Promise<void> {
		const { notices, recording } = this.observed;
		const isLast = ({ eventType, sid }: { eventType: number; sid?: string }) =>
			eventType === LAST_EVENT && sid === recording?.sid;
		const end = Date.now() + NOTICES_WITHIN_MS;
		while (notices && !notices.some(isLast) && Date.now() < end) {
			await sleep(LOOK_EVERY_MS, undefined, { signal: this.interrupted });
		}
	}
}
