import { statusAt } from '../answers.mts';
import { filesOf } from '../files.mts';
import type { Recording } from '../recording.mts';
import type { Observer, State } from '../state.mts';
import { Report } from './report.mts';
import type { Audience } from './report.mts';

/** `recordingMode` of event 3 as the current pages have it; the Chinese ones have it the other way. */
const RECORDING_MODES: Record<string, number> = { individual: 0, mix: 1 };

/**
 * Follows recordings through virtual time and reports what happens when the clock gets there. It is
 * told of whatever is done to them (`Observer`), and works out what follows from it.
 */
export class Watch implements Observer {
	readonly #state: State;
	readonly #audience: Audience;
	readonly #reports = new Map<Recording, Report>();
	readonly #appointments = new Map<Recording, () => void>();
	#on = false;

	constructor(state: State, audience: Audience) {
		this.#state = state;
		this.#audience = audience;
	}

	/** Whether anybody wants to know. What happened before it was switched on is not told any more. */
	switch(on: boolean, mute: (silently: () => void) => void): void {
		if (on === this.#on) return;
		this.clear();
		this.#on = on;
		if (on) mute(() => this.changed());
	}

	/** One recording was changed, or something that may concern all. */
	changed(recording?: Recording): void {
		if (!this.#on) return;
		for (const one of recording === undefined ? this.#state.recordings.values() : [recording]) {
			this.#catchUp(one);
		}
	}

	misfit(recording: Recording): void {
		if (!this.#on) return;
		const now = this.#state.clock.now();
		this.#catchUp(recording);
		const index = filesOf(recording, now, 0, this.#state).at(-1)?.fileName;
		this.#reports.get(recording)?.misfit(
			{
				status: statusAt(recording, now, this.#state),
				recordingMode: RECORDING_MODES[recording.mode],
				fileList: index ?? '',
			},
			now,
		);
	}

	/** Forgets all recordings. */
	clear(): void {
		for (const cancel of this.#appointments.values()) cancel();
		this.#appointments.clear();
		this.#reports.clear();
	}

	#catchUp(recording: Recording): void {
		let report = this.#reports.get(recording);
		if (report === undefined) {
			report = new Report(recording, this.#state, this.#audience);
			this.#reports.set(recording, report);
		}
		const now = this.#state.clock.now();
		for (;;) {
			const next = report.next();
			if (next === undefined || next > now) break;
			report.tell(next);
		}
		report.tell(now);
		this.#arrange(report);
	}

	/** Makes an appointment for what is next. */
	#arrange(report: Report): void {
		const { recording } = report;
		this.#appointments.get(recording)?.();
		this.#appointments.delete(recording);
		const next = report.next();
		if (next === undefined) return;
		let kept = false;
		const cancel = this.#state.clock.at(next, (at) => {
			kept = true;
			report.tell(at);
			this.#arrange(report);
		});
		// Kept at once if time went on in between; then there is a newer one already.
		if (!kept) this.#appointments.set(recording, cancel);
	}
}
