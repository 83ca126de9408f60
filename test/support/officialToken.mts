import { AccessToken } from 'agora-token/src/AccessToken.js';
import { AccessToken2, ServiceRtc } from 'agora-token/src/AccessToken2.js';
import { inflateSync } from 'node:zlib';
import type { RtcTokenRequest } from '../../nodes/AgoraCloudRecording/agora/rtcToken.ts';

/** The same token from Agora's own package. */
export function officialToken(request: RtcTokenRequest): string {
	const { appId, appCertificate, channel, uid, privileges, expire, issuedAt, salt } = request;
	const token = new AccessToken2(appId, appCertificate, issuedAt, expire);
	token.salt = salt;
	const service = new ServiceRtc(channel, uid);
	for (const [privilege, seconds] of privileges) service.add_privilege(privilege, seconds);
	token.add_service(service);
	return token.build();
}

/** What a token says, in bytes: its compressed form depends on the build of zlib (token.md section 7). */
export const contentOf = (token: string): string =>
	inflateSync(Buffer.from(token.slice(3), 'base64')).toString('hex');

/** What a token of version 006 is made from. */
export interface OldTokenRequest {
	appId: string;
	appCertificate: string;
	channel: string;
	/** '' for any. */
	uid: string;
	/** With the Unix seconds at which each ends. */
	privileges: ReadonlyArray<readonly [privilege: number, endsAt: number]>;
	salt: number;
	/** Unix seconds, a day after it was made. */
	ts: number;
}

/** A token of version 006 from Agora's own package. */
export function officialOldToken(request: OldTokenRequest): string {
	const { appId, appCertificate, channel, uid, privileges, salt, ts } = request;
	const token = new AccessToken(appId, appCertificate, channel, uid === '' ? 0 : uid);
	token.salt = salt;
	token.ts = ts;
	for (const [privilege, endsAt] of privileges) token.addPriviledge(privilege, endsAt);
	return token.build();
}
