import { ANY_EVENT, EVENT_GROUPS, findEvent, productOfEvent, type EventGroup } from './events';
import { number } from '../lenient';
import { CLOUD_RECORDER_CLIENT, REGULAR_WEB_STOPS, WEB_TIME_LIMIT } from './codes';
import type { Notification } from './notice';
import { describeStatus } from '../answers/statuses';

/** Which notices a workflow wants. What is empty lets everything pass. */
export interface NotificationFilters {
	/** Names of events or groups, or event numbers as text. */
	events: readonly string[];
	/** Name of a channel, in which `*` stands for anything. */
	cname?: string;
	/** Of recordings: UID of the recorder. */
	recorderUid?: string;
	/** Of recordings. */
	sid?: string;
	/** Of recordings: the `errorLevel` from which on an error counts as a failed recording. */
	minimumErrorLevel: number;
	/** Of channels. */
	userUid?: string;
	/** Of channels: whether cloud recorders that join and leave count as users. */
	includeRecorders: boolean;
}

/** Whether a text fits a pattern in which `*` stands for any characters, and all else for itself. */
export function fitsPattern(pattern: string, value: string): boolean {
	const [head, ...others] = pattern.split('*');
	const tail = others.pop();
	if (tail === undefined) return value === head;
	if (!value.startsWith(head)) return false;
	let position = head.length;
	for (const part of others) {
		const found = value.indexOf(part, position);
		if (found < 0) return false;
		position = found + part.length;
	}
	return value.length - position >= tail.length && value.endsWith(tail);
}

const isAbnormal = ({ details }: Notification) => details.statusName === 'abnormal';

/**
 * Whether a notice tells that a recording failed. An error, an end and a stop whose details are missing
 * count as the worst: a workflow that looks after failures would rather hear of one too many.
 */
function tellsFailure(notification: Notification, minimumErrorLevel: number): boolean {
	const { eventType, details } = notification;
	const member = (name: string) => number.parse(details[name]);
	switch (eventType) {
		case 1:
			return (member('errorLevel') ?? Infinity) >= minimumErrorLevel;
		case 3:
			return describeStatus(member('status') ?? -1).outcome === 'failed';
		case 11:
			return member('exitStatus') !== 0;
		case 30:
		case 31:
		case 32:
		case 40:
			return isAbnormal(notification);
		case 41:
			return member('leaveCode') === 0;
		case 71:
			return !REGULAR_WEB_STOPS.includes(member('code') ?? -1);
		default:
			return false;
	}
}

/** Whether a notice of one of the group's numbers tells what the group is about. */
function fitsGroup(
	{ only }: EventGroup,
	notification: Notification,
	minimumErrorLevel: number,
): boolean {
	switch (only) {
		case 'failures':
			return tellsFailure(notification, minimumErrorLevel);
		case 'timeLimit':
			return number.parse(notification.details.code) === WEB_TIME_LIMIT;
		default:
			return !isAbnormal(notification);
	}
}

function fitsEvents(notification: Notification, filters: NotificationFilters): boolean {
	const { event, eventType, product } = notification;
	const wanted = (name: string) =>
		filters.events.includes(name) && productOfEvent(name) === product;
	if (wanted(ANY_EVENT[product].name) || wanted(event) || wanted(String(eventType))) return true;
	// The number of another product's notice means something else than in the groups.
	if (findEvent(product, eventType)?.name !== event) return false;
	return EVENT_GROUPS[product].some(
		(group) =>
			wanted(group.name) &&
			group.eventTypes.some((type) => type === eventType) &&
			fitsGroup(group, notification, filters.minimumErrorLevel),
	);
}

/** Whether a workflow with these filters wants to hear of a notice. Those of the other product say nothing of it. */
export function passesFilters(notification: Notification, filters: NotificationFilters): boolean {
	const { product, cname, uid, sid, details } = notification;
	const { recorderUid, userUid, includeRecorders } = filters;
	const passesProduct =
		product === 'cloudRecording'
			? (!recorderUid || recorderUid === uid) && (!filters.sid || filters.sid === sid)
			: (!userUid || userUid === uid) &&
				(includeRecorders || details.clientType !== CLOUD_RECORDER_CLIENT);
	return (
		passesProduct &&
		fitsEvents(notification, filters) &&
		(!filters.cname || fitsPattern(filters.cname, cname ?? ''))
	);
}
