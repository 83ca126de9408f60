import type { AcquireRequest, StartRequest } from './start';

/** Puts a token into a start. One that the additional fields brought along stays. */
export function withToken(start: StartRequest, token: string | undefined): StartRequest {
	if (token === undefined) return start;
	return { ...start, clientRequest: { token, ...start.clientRequest } };
}

/** Puts a token into the copy of a start that acquire announces, where it announces one. */
export function withAnnouncedToken(
	acquire: AcquireRequest,
	token: string | undefined,
): AcquireRequest {
	const { clientRequest } = acquire;
	if (token === undefined || !clientRequest.startParameter) return acquire;
	const startParameter = { token, ...clientRequest.startParameter };
	return { ...acquire, clientRequest: { ...clientRequest, startParameter } };
}
