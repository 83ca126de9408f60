import type { Replacement } from './process.mts';

/** A bug that was found once, to be put back so that the lives show that they find it. */
export interface Bug {
	name: string;
	/** What was wrong, as it was told. */
	was: string;
	/** Each of them is to be found exactly once in the built package. */
	putBack: Replacement[];
	/** The rules of which one is to find it. */
	rules: string[];
}

/** Bugs of the trigger (abnormal notices, copies that wait) are put back by the notices' lives. */
export const BUGS: readonly Bug[] = [
	{
		name: 'any-200',
		was: "Stop and Update take any 200 with a JSON object for success; Query and the verification of Start accept another recording's answer.",
		putBack: [
			{
				file: 'agora/answers/classify.js',
				find: '    const { status } = answer;\n    const row =',
				put: "    const { status } = answer;\n    if (status === 200 && answer.body !== undefined && !['acquire', 'start'].includes(operation))\n        return SUCCESS;\n    const row =",
			},
		],
		rules: ['outcomes', 'over'],
	},
	{
		name: 'lost-stop-then-404',
		was: 'A stop whose first answer was lost and that then meets only 404 says `stopped`, with the recording alive or never there.',
		putBack: [
			{
				file: 'actions/recording/stop.operation.js',
				find: "            return 'notFound';",
				put: "            return (0, classify_1.mayHaveHappened)(reply) ? 'stopped' : 'notFound';",
			},
		],
		rules: ['outcomes', 'over'],
	},
	{
		name: 'empty-channel-records',
		was: 'An empty channel ends in `recording`, with status 4.',
		putBack: [
			{
				file: 'agora/answers/serviceStates.js',
				find: "    return screenshotsOnly ? 'recording' : outcome;",
				put: "    return 'recording';",
			},
		],
		rules: ['outcomes'],
	},
	{
		name: 'refused-without-may-run',
		was: 'Stop that is refused, and a start answered 408, 409, 499, 308 or HTML 404 after it was accepted, do not say `mayRun`.',
		putBack: [
			{
				file: 'actions/recording/stop.operation.js',
				find: '                mayRun: true,',
				put: "                mayRun: kind !== 'refused',",
			},
			{
				file: 'agora/answers/classify.js',
				find: "accepted || operation === 'start' || contradicts",
				put: 'accepted || contradicts',
			},
		],
		rules: ['over'],
	},
	{
		name: 'host-refusal-may-run',
		was: 'What n8n\'s own HTTP helper refuses before anything leaves is told as "may be running", and n8n\'s advice is lost.',
		putBack: [
			{
				file: 'transport/network.js',
				find: 'layers.filter(isRefusal).at(-1)',
				put: 'undefined',
			},
		],
		rules: ['unsent'],
	},
	{
		name: 'numbers-as-text',
		was: "Numbers and booleans that come as text, as Agora's older samples print them, are not read.",
		putBack: [
			{
				file: 'agora/lenient.js',
				find: '        .regex(/^-?\\d{1,15}(\\.\\d+)?$/)',
				put: '        .regex(/^(?!)/)',
			},
			{
				file: 'agora/lenient.js',
				find: '        .regex(/^(true|false)$/i)',
				put: '        .regex(/^(?!)/)',
			},
		],
		rules: ['smooth', 'outcomes'],
	},
	{
		name: 'credential-error-vanishes',
		was: 'With On Error: Continue a credential that cannot be read or used lets every item leave by the success branch, unchanged and without `error`.',
		putBack: [
			{
				file: 'actions/router.js',
				find: '        results = items.map(() => ({ failure }));',
				put: '        throw failure;',
			},
		],
		rules: ['once'],
	},
	{
		name: 'retry-forgets-sid',
		was: 'Retry On Fail forgets a sid that the first try knew: the error of the second try has no sid.',
		putBack: [
			{
				file: 'actions/recording/start/acquireAndStart.js',
				find: '        attempt.started = started;\n',
				put: '',
			},
		],
		rules: ['named', 'over'],
	},
	{
		name: 'tool-retry-pays-twice',
		was: "As an agent's tool, Retry On Fail pays twice, because n8n raises the run index with each retry.",
		putBack: [
			{
				file: 'form/recorder.js',
				find: 'const { context, itemIndex } = item;\n    const place = [',
				put: 'const { context, itemIndex, runIndex } = item;\n    const place = [runIndex, ',
			},
		],
		rules: ['one'],
	},
	{
		name: 'cancel-leaves-failed',
		was: 'Cancelling stops only what has an output: a recording whose item failed goes on; the thrown error lists stopped ones as running.',
		putBack: [
			{
				file: 'actions/router.js',
				find: '            const over = await task.abandon?.();\n            const result = results[run.itemIndex];',
				put: "            const result = results[run.itemIndex];\n            if (!result || !('output' in result))\n                return;\n            const over = await task.abandon?.();",
			},
		],
		rules: ['abandoned', 'named', 'listed'],
	},
	{
		name: 'log-without-names',
		was: "The log's text bears no channel, UID and sid.",
		putBack: [
			{
				file: 'actions/recording/log.js',
				find: "${what}: ${which.filter(Boolean).join(', ')} (${where})`",
				put: '${what}`, { which, where }',
			},
		],
		rules: ['logged', 'named'],
	},
	{
		name: 'conflict-names-refused',
		was: '"Already running" prints the refused attempt\'s resource ID.',
		putBack: [
			{
				file: 'actions/recording/start/acquireAndStart.js',
				find: 'earlier ? (0, exports.identityOfSent)(earlier) : { mode, cname, uid };',
				put: 'identity;',
			},
		],
		rules: ['identity'],
	},
	{
		name: 'json-field-echoed',
		was: 'A malformed or colliding Additional Request Fields (JSON) is echoed whole, with tokens and keys.',
		putBack: [
			{
				file: 'form/parameters.js',
				find: '`invalid JSON from ${(0, jsonPlace_1.placeOfBreak)(json)} on`',
				put: 'json',
			},
			{
				file: 'form/additionalFields.js',
				find: "throw refusal(fixed, 'must be set in its own field of the form');",
				put: "throw refusal(fixed, 'must be set in its own field of the form', JSON.stringify(patch));",
			},
		],
		rules: ['secrets'],
	},
	{
		name: 'server-text-whole',
		was: 'Text from a server goes unredacted and unbounded into message, item and database; a description is not escaped where n8n draws HTML.',
		putBack: [
			{
				file: 'transport/reading.js',
				find: '    const safe = redaction',
				put: '    return text;\n    const safe = redaction',
			},
			{
				file: 'agora/answers/responses.js',
				find: 'words.length > MAX_WORDS ?',
				put: 'false ?',
			},
			{
				file: 'errors.js',
				find: ".replace(/</g, '&lt;')",
				put: '',
			},
		],
		rules: ['secrets', 'bounded', 'drawn'],
	},
	{
		name: 'stream-key-shown',
		was: 'The stream key in `outputs[].rtmpUrl` of Start and Query is shown.',
		putBack: [
			{
				file: 'agora/secrets.js',
				find: '    if (scheme === undefined)\n',
				put: '    if (scheme !== undefined)\n        return url;\n    if (scheme === undefined)\n',
			},
			{
				file: 'agora/secrets.js',
				find: '            secrets.push(streamKeyOf(text));',
				put: '            open.push(text);',
			},
		],
		rules: ['secrets'],
	},
	{
		name: 'given-resource-asked-twice',
		was: 'A cancelled retry under a resource ID that was given asks twice for one SID.',
		putBack: [
			{
				file: 'actions/recording/start/acquireAndStart.js',
				find: '            forget(attempt, resourceId);\n            attempt.open.push',
				put: '            attempt.open.push',
			},
		],
		rules: ['cancelling'],
	},
	{
		name: 'storage-trouble-thrown',
		was: 'A stop that Agora has carried out ends in an error, because the storage would not be read.',
		putBack: [
			{
				file: 'actions/file/addLinks.js',
				find: '            const state = stateOf(link);',
				put: '            throw link;',
			},
			{
				file: 'actions/file/inBucket.js',
				find: 'problem instanceof clock_1.Cancelled ? await Promise.reject(problem) : wordsOf(problem)',
				put: 'await Promise.reject(problem)',
			},
		],
		rules: ['kept'],
	},
	{
		name: 'bucket-replaces-list',
		was: "Where files are waited for, the list of the bucket stands in the place of Agora's: what is still on its way is lost.",
		putBack: [
			{
				file: 'actions/file/inBucket.js',
				find: 'result.files = together(told, found.files);',
				put: 'result.files = found.files;',
			},
		],
		rules: ['kept'],
	},
	{
		name: 'foreign-files-signed',
		was: "Whatever name stands in an answer gets a link: another recording's file, or one out of the folder.",
		putBack: [
			{
				file: 'actions/file/addLinks.js',
				find: 'const refusal = (0, signable_1.keyRefusal)(path, recording);',
				put: 'const refusal = undefined;',
			},
		],
		rules: ['links'],
	},
	{
		name: 'foreign-slices-signed',
		was: 'Whatever a playlist in the bucket names gets a link.',
		putBack: [
			{
				file: 'agora/files/playlists/write.js',
				find: 'const refusal = (0, signable_1.keyRefusal)(key, recording);',
				put: 'const refusal = undefined;',
			},
		],
		rules: ['links'],
	},
	{
		name: 'ready-unopened',
		was: 'A link is ready because it was signed; nobody has opened it.',
		putBack: [
			{
				file: 'actions/file/addLinks.js',
				find: 'check ? bucket.openedLink(path, lasts, about) : bucket.link(path, lasts, about)',
				put: 'bucket.link(path, lasts, about)',
			},
		],
		rules: ['links'],
	},
	{
		name: 'ready-by-another-key',
		was: 'A link is signed for another object than the one that was opened.',
		putBack: [
			{
				file: 'actions/file/addLinks.js',
				find: '            link: link.url,',
				put: "            link: bucket.links(lasts)(path.replace('_0.mp4', '_00.mp4')).url,",
			},
		],
		rules: ['open'],
	},
	{
		name: 'storage-outlives-cancel',
		was: 'The storage is asked again, and waited for, after the execution was cancelled.',
		putBack: [
			{
				file: 'transport/storageRequest.js',
				find: 'cancel ? AbortSignal.any([cancel, end]) : end',
				put: 'end',
			},
			{
				file: 'transport/bucket.js',
				find: '            if (signal?.aborted)\n                throw new clock_1.Cancelled();\n',
				put: '',
			},
		],
		rules: ['patient', 'cancelling'],
	},
	{
		name: 'body-without-end',
		was: 'A storage that sends headers and then nothing is waited for without end.',
		putBack: [
			{
				file: 'transport/storageRequest.js',
				find: 'cancel ? AbortSignal.any([cancel, end]) : end',
				put: 'cancel',
			},
		],
		rules: ['ends', 'patient'],
	},
	{
		name: 'storage-words-shown',
		was: "A storage's words are told as they come, with the address that was signed and the keys in them.",
		putBack: [
			{
				file: 'transport/storageRequest.js',
				find: 'hidden.text(text)',
				put: 'text',
			},
		],
		rules: ['secrets'],
	},
	{
		name: 'stranger-opens',
		was: 'A link is ready where a login page, or an application, has answered 200 in place of the storage.',
		putBack: [
			{
				file: 'transport/bucket.js',
				find: '|| !isSigned(url) || (0, answer_1.isOfObject)(reply)',
				put: '|| true',
			},
			{
				file: 'transport/bucket.js',
				find: 'if ((0, answer_1.isPageOrData)(reply))',
				put: 'if (false)',
			},
		],
		rules: ['links'],
	},
];
