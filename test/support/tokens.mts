import { EXAMPLE_ACCOUNT } from '../../simulator/index.mts';
import type { RtcTokenRequest } from '../../nodes/AgoraCloudRecording/agora/rtcToken.ts';
import { builtModule } from './host.mts';

/** A token as a user would paste it, for the example project without certificate. */
export async function tokenFor(changes: Partial<RtcTokenRequest>): Promise<string> {
	const { buildRtcToken } = builtModule<{
		buildRtcToken: (request: RtcTokenRequest) => Promise<string>;
	}>('agora/rtcToken.js');
	return await buildRtcToken({
		appId: EXAMPLE_ACCOUNT.apps[0].appId,
		appCertificate: '0123456789abcdef0123456789abcdef',
		channel: 'class-7',
		uid: '527841',
		privileges: [[1, 86_400]],
		expire: 86_400,
		issuedAt: Date.UTC(2026, 0, 1) / 1000,
		salt: 1,
		...changes,
	});
}
