import { EXAMPLE_ACCOUNT, startSimulator, type Simulator } from '../../../simulator/index.mts';
import { SERVED_STORAGE, storageOf } from '../../support/servedStorage.mts';
import { openBrowser, type Browser } from '../../support/browser.mts';
import { endAll } from '../../support/endAll.mts';
import { startRealN8n, type RealN8n } from '../../support/realN8n.mts';
import { Panel } from './panel.mts';

export const MANUAL_TRIGGER_TYPE = 'n8n-nodes-base.manualTrigger';
export const NODE_TYPE = 'n8n-nodes-agora-cloud-recording.agoraCloudRecording';
export const TRIGGER_TYPE = `${NODE_TYPE}Trigger`;
/** With which the notices of the simulator are signed. */
export const NOTIFICATION_SECRET = 'cloud-recording-secret';

/** A node of a workflow; where it stands follows from its place in the list. */
export interface StageNode {
	name: string;
	type: string;
	parameters?: object;
	/** Whether it has the credential that leads to the simulator. */
	credential?: boolean;
	/** Other credentials, as n8n stores them. */
	credentials?: object;
	typeVersion?: number;
	webhookId?: string;
}

const PER_ROW = 5;

const startsWorkflow = ({ type }: StageNode) => /trigger$/i.test(type);

/**
 * The nodes in rows, each connected to the next. What starts a workflow begins a row: its buttons lie at
 * its left.
 */
function inRows(nodes: StageNode[], agoraApi?: object) {
	let row = -1;
	let column = PER_ROW;
	return {
		nodes: nodes.map((given, i) => {
			const { credential, ...node } = given;
			column++;
			if (column >= PER_ROW || startsWorkflow(given)) {
				row++;
				column = 0;
			}
			return {
				id: `node-${i}`,
				typeVersion: 1,
				position: [column * 224, row * 192],
				parameters: {},
				...node,
				...(credential && { credentials: { agoraApi } }),
			};
		}),
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map((node, i) => [
					nodes[i].name,
					{ main: [startsWorkflow(node) ? [] : [{ node: node.name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

function toSimulator(simulator: Simulator) {
	const { customerId, customerSecret, apps } = EXAMPLE_ACCOUNT;
	return {
		name: 'Agora',
		type: 'agoraApi',
		data: {
			...{ customerId, customerSecret, appId: apps[0].appId },
			...{ advanced: true, apiDomain: 'custom', baseUrl: simulator.url, requestsPerSecond: 10 },
			...storageOf(simulator),
			receiveNotifications: true,
			notificationSecret: NOTIFICATION_SECRET,
		},
	};
}

/** Signs the owner of an n8n in. */
export async function signIn({ page, complaints }: Browser, n8n: RealN8n): Promise<void> {
	await page.goto(`${n8n.url}/signin`);
	await page.locator('input[type="email"]').fill(n8n.login.email);
	await page.locator('input[type="password"]').fill(n8n.login.password);
	await page.keyboard.press('Enter');
	await page.waitForURL((url) => !url.pathname.startsWith('/signin'));
	// Before somebody has signed in, n8n complains that nobody has.
	complaints.length = 0;
}

/**
 * One n8n with the packed package, one simulator and one browser in which the owner has signed in: what
 * all tests of the editor share. The package must be built.
 *
 * @throws Error when there is no Chromium
 */
export async function openStage({ scale = 1 } = {}) {
	const browser = await openBrowser({ scale });
	const { page } = browser;
	const simulator = await startSimulator({ clock: { speed: 10 }, ...SERVED_STORAGE });
	const n8n = await startRealN8n();
	n8n.sweep.mark(EXAMPLE_ACCOUNT);
	await signIn(browser, n8n);

	let agora: { id: string; name: string } | undefined;
	return {
		...browser,
		n8n,
		simulator,
		panel: new Panel(page),
		/** Stores a workflow of these nodes and opens it on the canvas. */
		openWorkflow: async (name: string, nodes: StageNode[]): Promise<void> => {
			if (nodes.some(({ credential }) => credential)) {
				agora ??= {
					id: await n8n.rest.createCredential(toSimulator(simulator)),
					name: 'Agora',
				};
			}
			const id = await n8n.rest.createWorkflow({ name, ...inRows(nodes, agora) });
			await page.goto(`${n8n.url}/workflow/${id}`);
			if (nodes.length > 0) await page.getByTestId('canvas-node').first().waitFor();
		},
		close: async (): Promise<void> => {
			for (const text of browser.texts) n8n.sweep.look('texts of pages', text);
			for (const complaint of browser.complaints) n8n.sweep.look('complaints', complaint);
			await endAll(
				async () => await browser.close(),
				async () => await n8n.stop(),
				async () => await simulator.close(),
			);
		},
	};
}

export type Stage = Awaited<ReturnType<typeof openStage>>;
