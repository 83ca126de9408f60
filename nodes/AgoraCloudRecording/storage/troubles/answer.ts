import { z } from 'zod';
import { childText, readXml } from '../xml';

/** An answer of a storage that is no success. */
export interface StorageAnswer {
	status: number;
	/** By name in lower case. */
	headers: Readonly<Record<string, string | string[] | undefined>>;
	/** '' where there is none. */
	body: string;
}

/** What an error answer says of itself. */
export interface ToldError {
	/** The vendor's code; '' without one. */
	code: string;
	message: string;
	/** As the vendor writes it. */
	region?: string;
	/** Host of the storage where the bucket is. */
	endpoint?: string;
	/** The storage's clock, Unix milliseconds. */
	serverTime?: number;
	/** The answer is a web page, so there is no storage. */
	isPage: boolean;
}

/** What is read of an error at most. */
const MAX_ERROR_LENGTH = 64_000;

const text = z.string().optional().catch(undefined);
/** Baidu's errors, and Google's where it answers in JSON. */
const JSON_ERROR = z
	.object({
		code: text,
		message: text,
		error: z.object({ message: text }).optional().catch(undefined),
	})
	.transform(({ code, message, error }) => ({
		code: code ?? '',
		message: message ?? error?.message ?? '',
	}));

function bodyOf(body: string): Partial<ToldError> {
	const start = body.trimStart().slice(0, 200).toLowerCase();
	if (start.startsWith('{')) {
		try {
			return JSON_ERROR.parse(JSON.parse(body));
		} catch {
			return {};
		}
	}
	if (/^(<!--[^>]*-->\s*)?(<!doctype html|<html)/.test(start)) return { isPage: true };
	try {
		const error = readXml(body.slice(0, MAX_ERROR_LENGTH));
		const detail = childText(error, 'AuthenticationErrorDetail') ?? childText(error, 'Details');
		const told = [childText(error, 'Message'), detail].filter((part) => part?.trim());
		return {
			code: childText(error, 'Code')?.trim() ?? '',
			message: told.join(' '),
			region: childText(error, 'Region')?.trim() || undefined,
			endpoint: childText(error, 'Endpoint')?.trim() || undefined,
			serverTime: timeOf(childText(error, 'ServerTime')),
		};
	} catch {
		return {};
	}
}

function timeOf(told: string | undefined): number | undefined {
	const time = told ? Date.parse(told) : NaN;
	return Number.isNaN(time) ? undefined : time;
}

/** Reads an error answer of any of the vendors; what it does not say is absent. */
export function readError({ headers, body }: StorageAnswer): ToldError {
	const header = (name: string) => {
		const value = headers[name];
		return Array.isArray(value) ? value[0] : value;
	};
	const told = bodyOf(body);
	return {
		code: header('x-ms-error-code') || told.code || '',
		message: told.message ?? '',
		region: told.region ?? header('x-amz-bucket-region'),
		endpoint: told.endpoint,
		serverTime: told.serverTime ?? timeOf(header('date')),
		isPage: told.isPage ?? false,
	};
}

/** Types of login pages, and of applications that answer whatever is asked: no recorded file has one. */
const STRANGE_TYPE = /^\s*(text\/html|application\/(json|xhtml\+xml))\b/i;

/** Whether an answer is of a type that no recorded file has. */
export const isPageOrData = ({ headers }: Pick<StorageAnswer, 'headers'>): boolean =>
	[headers['content-type']].flat().some((type) => STRANGE_TYPE.test(type ?? ''));

/** Whether an answer has the ETag that every vendor sends with an object, be it read or written. */
export const isOfObject = ({ headers }: Pick<StorageAnswer, 'headers'>): boolean =>
	Boolean(headers.etag);
