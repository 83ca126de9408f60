/** Whether the recording that n8n reports is the recording that the simulator had. */

/** @typedef {import('../tools/n8n-rest.mjs').Execution} Execution */
/** @typedef {import('../tools/simulator.mjs').SimulatedRecording} SimulatedRecording */

const EXPECTED = /** @type {const} */ ([
	['Start', 'recording'],
	['Query', 'recording'],
	['Stop', 'stopped'],
]);

/**
 * @param {Execution} execution
 * @param {SimulatedRecording[]} recordings
 * @returns {{ lines: string[], differences: string[] }} What to show; what is not as it should be
 */
export function compare(execution, recordings) {
	const items = EXPECTED.map(([node]) => execution.runs[node]?.[0]?.items[0]);
	const lines = [
		...EXPECTED.flatMap(([node], i) => line(node, items[i]?.outcome)),
		...recordings.flatMap(({ sid, cname, ended }) => [
			...line('Simulator', ended ? `ended by ${ended.cause}` : 'still runs'),
			...line('Recording', `${sid} of the channel ${cname}`),
		]),
		...fileNames(items[2]?.files).flatMap((name) => line('File', name)),
	];
	if (execution.status !== 'success') {
		const failed = `The workflow ended with "${execution.status}". ${execution.error ?? ''}`;
		return { lines, differences: [failed] };
	}
	const differences = EXPECTED.flatMap(([node, outcome], i) => {
		const item = items[i];
		if (item === undefined) return [`${node} put out no item.`];
		if (item.outcome !== outcome) return [`${node} reports another outcome than ${outcome}.`];
		if (item.sid !== recordings[0]?.sid) return [`${node} has another sid than the simulator.`];
		return [];
	});
	if (fileNames(items[2]?.files).length === 0) differences.push('Stop names no file.');
	return { lines, differences: [...differences, ...simulatorDifferences(recordings)] };
}

/**
 * Opens the link that Stop gave to the recording's main file, as a browser would.
 *
 * @param {Execution} execution
 * @returns {Promise<{ url: string, lines: string[], differences: string[] }>}
 */
export async function opened(execution) {
	const item = /** @type {{ mainFile?: { link?: unknown, whatToDo?: unknown } } | undefined} */ (
		execution.runs.Stop?.[0]?.items[0]
	);
	const { link, whatToDo } = item?.mainFile ?? {};
	if (typeof link !== 'string') {
		return {
			url: '',
			lines: [],
			differences: [`Stop gives no link. ${typeof whatToDo === 'string' ? whatToDo : ''}`],
		};
	}
	const answer = await fetch(link);
	const bytes = await answer.arrayBuffer();
	const type = answer.headers.get('content-type');
	const told = `${Math.round(bytes.byteLength / 1000)} kB, ${type}`;
	const opens = answer.ok && type === 'video/mp4' && bytes.byteLength > 0;
	return {
		url: link,
		lines: line('Link', `${opens ? 'opens' : 'does not open'}: ${told}`),
		differences: opens ? [] : [`The link does not open: status ${answer.status}.`],
	};
}

/**
 * @param {string} who
 * @param {unknown} what
 */
const line = (who, what) => (typeof what === 'string' ? [`${who.padEnd(11)} ${what}`] : []);

/**
 * @param {unknown} files
 * @returns {string[]}
 */
function fileNames(files) {
	if (!Array.isArray(files)) return [];
	return /** @type {{ fileName?: unknown }[]} */ (files).flatMap(({ fileName }) =>
		typeof fileName === 'string' && fileName !== '' ? [fileName] : [],
	);
}

/** @param {SimulatedRecording[]} recordings */
function simulatorDifferences(recordings) {
	const [recording] = recordings;
	if (recording === undefined || recordings.length > 1) {
		return [`The simulator had ${recordings.length} recordings instead of one.`];
	}
	if (recording.ended === undefined) return ['The recording still runs in the simulator.'];
	const { cause, because } = recording.ended;
	return cause === 'stop' ? [] : [`In the simulator the recording ended by ${cause}: ${because}.`];
}
