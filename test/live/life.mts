import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { step as shown } from '../../tools/progress.mjs';
import type { createHost } from '../support/host.mts';
import type { Recorded } from './report/observed.mts';
import type { Reporter } from './report/reporter.mts';
import type { Settings } from './settings.mjs';

/** The life of one recording, by the node itself; ends with it stopped, whatever happens between. */

type RunNode = ReturnType<typeof createHost>['runNode'];

/** Outcomes that a stop may have when all went well. */
const STOPPED = ['stopped', 'stopping', 'noRecordedData'];
/** Nothing can be stopped that is over. */
const OVER = [...STOPPED, 'notFound'];
/** How often a stop that failed is tried again; the node itself has asked several times in each. */
const STOP_TRIES = 3;
/** Channels that the list is asked for. */
const FEW = 5;

const isIdentity = (value: IDataObject): value is IDataObject & Recorded =>
	['mode', 'cname', 'uid', 'resourceId', 'sid'].every(
		(name) => typeof value[name] === 'string' && value[name] !== '',
	);

/** A recording's identity in what the node threw, as far as it has one. */
function detailsOf(thrown: unknown): IDataObject {
	const { context } = thrown as { context?: { details?: IDataObject } };
	return context?.details ?? {};
}

const wordOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** What was thrown, in words. */
export function textOf(thrown: unknown): string {
	const { message, description } = thrown as { message?: string; description?: string | null };
	return [message, description].filter(Boolean).join('\n  ');
}

export class Life {
	private readonly runNode: RunNode;
	private readonly settings: Settings;
	private readonly interrupted: AbortSignal;
	/** Asks more than the node does; none unless the user wants a report. */
	private readonly reporter: Reporter | undefined;
	/** The item that names the recording, once there is one; the operations after Start are given it. */
	private recording: (IDataObject & Recorded) | undefined;
	/** Something may run of which Agora did not give the SID. */
	private lost: IDataObject | undefined;
	private over = false;
	private readonly executionId = `smoke-${Date.now()}`;

	constructor(runNode: RunNode, settings: Settings, interrupted: AbortSignal, reporter?: Reporter) {
		this.reporter = reporter;
		this.runNode = runNode;
		this.settings = settings;
		this.interrupted = interrupted;
	}

	/** @throws what went wrong first, after the recording was stopped */
	async live(): Promise<void> {
		try {
			await this.begin();
			await this.change();
		} finally {
			await this.end();
		}
		await this.ask('over');
	}

	/** How to stop it by hand; undefined where there is nothing to stop. */
	byHand(): string | undefined {
		if (this.over) return undefined;
		const { settings, recording, lost } = this;
		if (!recording) {
			return (
				lost &&
				`A recording may run of which Agora did not give the SID: ${JSON.stringify(lost)}. It ends by itself.`
			);
		}
		const { mode, cname, uid, resourceId, sid } = recording;
		const appId = wordOf(settings.credentials.appId);
		const body = JSON.stringify({ cname, uid, clientRequest: {} });
		return `IT MAY STILL RUN, AND IS BILLED UNTIL IT ENDS. Stop it by hand:

  curl -X POST -u "$AGORA_CUSTOMER_ID:$AGORA_CUSTOMER_SECRET" -H 'Content-Type: application/json' \\
    -d '${body}' \\
    '${settings.origin}/v1/apps/${appId}/cloud_recording/resourceid/${resourceId}/sid/${sid}/mode/${mode}/stop'`;
	}

	private async begin(): Promise<void> {
		await this.expect('Get Many: Customer ID and Secret are right', 'getAll', {
			resource: 'notificationServer',
		});
		await this.expect('Get Many: channels with users in them', 'getMany', {
			...{ resource: 'channel', limit: FEW },
		});
		const { channel } = this.settings;
		if (channel !== undefined) {
			await this.expect('Get Users: who is in the channel', 'getUsers', {
				...{ resource: 'channel', channelName: channel },
			});
		}
		await this.ask('before');
		try {
			await this.expect('Start: acquired, started, and seen to run', 'start', this.settings.start, [
				'recording',
			]);
		} catch (error) {
			this.remember(detailsOf(error));
			throw error;
		}
	}

	private remember(item: IDataObject): void {
		if (this.recording) return;
		if (isIdentity(item)) {
			this.recording = item;
			const { mode, cname, uid, resourceId, sid } = item;
			if (this.reporter) this.reporter.observed.recording = item;
			console.log(`  Recording: ${JSON.stringify({ mode, cname, uid, resourceId, sid })}`);
		} else if (item.mayRun === true) {
			this.lost = item;
		}
	}

	private async change(): Promise<void> {
		const { recordMs, mode } = this.settings;
		await this.step(`Record for ${recordMs / 1000} s`, async () => {
			await Promise.all([
				sleep(recordMs, undefined, { signal: this.interrupted }),
				this.reporter?.ask('running'),
			]);
		});
		await this.expect('Query: it records', 'query', {}, ['recording']);
		if (mode === 'web') {
			await this.expect('Update: paused', 'update', { mode, change: 'pause' }, ['updated']);
			await this.expect('Update: resumed', 'update', { mode, change: 'resume' }, ['updated']);
		} else {
			await this.expect('Update: everyone is recorded', 'update', { mode }, ['updated']);
			await this.expect('Update Layout: best fit', 'updateLayout', { layout: 'bestFit' }, [
				'updated',
			]);
		}
	}

	/** Stops what was started, also after an interruption. */
	private async end(): Promise<void> {
		if (!this.recording) return;
		for (let tries = 1; !this.over; tries++) {
			try {
				const { outcome } = await this.step(
					'Stop',
					() => this.run('stop', {}, new AbortController().signal),
					(item) => this.told(item),
				);
				this.over = OVER.some((known) => known === outcome);
				if (!this.over) throw new Error(`Stop ended in ${wordOf(outcome)}.`);
				if (!this.interrupted.aborted && outcome === 'notFound') {
					throw new Error('Agora had lost the recording before it was stopped.');
				}
			} catch (error) {
				if (this.over || tries >= STOP_TRIES) throw error;
				console.log(`  ${textOf(error)}\n  Once more:`);
			}
		}
	}

	/** Runs an operation, and holds its outcome against what it has to be. */
	private async expect(
		title: string,
		operation: string,
		parameters: INodeParameters,
		outcomes?: readonly string[],
	): Promise<IDataObject> {
		const item = await this.step(
			title,
			() => this.run(operation, parameters, this.interrupted),
			(output) => this.told(output),
		);
		// Before anything is said against it: whatever it is, it is to be stopped.
		this.remember(item);
		this.interrupted.throwIfAborted();
		if (outcomes && !outcomes.some((known) => known === item.outcome)) {
			throw new Error(`${title}: the outcome is ${wordOf(item.outcome)}.`);
		}
		return item;
	}

	private async ask(when: 'before' | 'over'): Promise<void> {
		const { reporter } = this;
		if (reporter) await this.step(`Open questions, ${when}`, async () => reporter.ask(when));
	}

	/** Shows a step, and notes it for the report. */
	private async step<T>(
		title: string,
		work: () => Promise<T>,
		describe?: (result: T) => string,
	): Promise<T> {
		const began = Date.now();
		let failed = true;
		try {
			const result = await shown(title, work, describe);
			failed = false;
			return result;
		} finally {
			this.reporter?.observed.steps.push({ title, ms: Date.now() - began, failed });
		}
	}

	private told({ outcome, uploadStatus, files }: IDataObject): string {
		const names = (Array.isArray(files) ? files : []).map((file) =>
			wordOf((file as IDataObject).path),
		);
		const uploaded = wordOf(uploadStatus);
		return [wordOf(outcome), uploaded && `files ${uploaded}`, ...names].filter(Boolean).join(', ');
	}

	private async run(
		operation: string,
		parameters: INodeParameters,
		cancel: AbortSignal,
	): Promise<IDataObject> {
		const [item = { json: {} }] = await this.runNode({
			credentials: this.settings.credentials,
			parameters: { resource: 'recording', operation, ...parameters },
			items: [this.recording ?? {}],
			// The recorder's UID follows from it: another run must not meet this one's recorder.
			executionId: this.executionId,
			cancel,
			// The only one who may reach a storage of the world.
			storageRoute: (url) => url,
			heard: (exchange) => this.reporter?.observed.heard(exchange),
		});
		return item.json;
	}
}
