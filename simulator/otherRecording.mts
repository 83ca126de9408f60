import { identity } from './answers.mts';
import { newResourceId, newSid } from './identifiers.mts';
import type { Answer } from './operations/call.mts';
import type { About } from './refusal.mts';
import type { State } from './state.mts';

/** What tells one recording from another in answers. */
export interface Ids {
	resourceId: string;
	sid: string;
}

/** The newest recording that a request is not about; an invented one if there is no other. */
export function otherRecording({ recordings }: State, about: About): Ids {
	const other = [...recordings.values()].findLast(
		({ sid, resource }) => sid !== about.sid && resource.resourceId !== about.resourceId,
	);
	if (other === undefined) return { resourceId: newResourceId(), sid: newSid() };
	const { resourceId, sid } = identity(other);
	return { resourceId, sid };
}

/** `serverResponse` of a recording that does well, or was stopped well (rest-api.md 6 and 7). */
function wellBeing({ operation, mode, cname }: About, sid: string): object {
	const page = { fileList: [], onhold: false };
	const fileName = `${sid}_${cname}`;
	const files =
		mode === 'individual'
			? { fileListMode: 'json', fileList: [] }
			: { fileListMode: 'string', fileList: `${fileName}.m3u8` };
	if (operation === 'query') {
		const payload = { ...page, state: 'inProgress' };
		return mode === 'web'
			? { status: 5, extensionServiceState: [{ serviceName: 'web_recorder_service', payload }] }
			: { status: 5, ...files };
	}
	return mode === 'web'
		? {
				extensionServiceState: [
					{ serviceName: 'web_recorder_service', payload: { ...page, state: 'exit' } },
					{ serviceName: 'upload_service', payload: { uploadingStatus: 'uploaded' } },
				],
			}
		: { ...files, uploadingStatus: 'uploaded' };
}

/** What would be answered to a request about another recording that does well. */
export function answerAbout(about: About, { resourceId, sid }: Ids): Answer {
	const { operation, cname, uid } = about;
	const who = { cname, uid, resourceId };
	if (operation === 'acquire') return { status: 200, body: who };
	const asks = operation === 'query' || operation === 'stop';
	const state = asks ? { serverResponse: wellBeing(about, sid) } : {};
	return { status: 200, body: { ...who, sid, ...state } };
}
