import type { StorageProblemKind } from '../problems';
import type { ToldError } from './answer';

/** What an answer means. Without `code` it is the status alone. */
interface Row {
	code?: RegExp;
	message?: RegExp;
	status?: readonly number[];
	kind: StorageProblemKind;
}

const BUSY: readonly number[] = [429, 500, 502, 503, 504];

/**
 * Codes of all vendors, first fit wins (object-storage.md sections 3 and 4, and what the vendors' own
 * lists of errors add).
 */
export const ROWS: readonly Row[] = [
	{ code: /^RequestTimeTooSkewed$/, kind: 'wrongClock' },
	{ code: /^AccessDenied$/, message: /not yet valid/i, kind: 'wrongClock' },
	{
		code: /^(AccessDenied|AuthenticationFailed|ExpiredToken)$/,
		message: /request (signature )?(has )?expired|not valid in the specified time/i,
		kind: 'expiredLink',
	},
	{ code: /^(RequestExpired|URLExpired|ExpiredPresignedUrlRequest)$/, kind: 'expiredLink' },
	{
		code: /^(ExpiredToken|InvalidToken|SecurityTokenExpired|InvalidSecurityToken|TokenRefreshRequired)$/,
		kind: 'expiredKeys',
	},
	{
		code: /^(SecondLevelDomainForbidden|PathStyleDomainForbidden|VirtualHostDomainRequired)$/,
		kind: 'wrongAddress',
	},
	{
		code: /^(PermanentRedirect|TemporaryRedirect|Redirect|IncorrectEndpoint|IllegalLocationConstraintException)$/,
		kind: 'wrongRegion',
	},
	{
		code: /^(AuthorizationHeaderMalformed|AuthorizationQueryParametersError)$/,
		message: /region/i,
		kind: 'wrongRegion',
	},
	{ code: /^AccessDenied$/, message: /specified endpoint/i, kind: 'wrongRegion' },
	{ status: [301, 302, 303, 307, 308], kind: 'wrongRegion' },
	{ code: /^(InvalidAccessKeyId|InvalidAccessKey|InvalidSecretId)$/, kind: 'unknownKey' },
	{ code: /^(SignatureDoesNotMatch|AuthenticationFailed)$/, kind: 'wrongSecret' },
	{
		code: /^(NoSuchBucket|ContainerNotFound|InvalidBucketName|InvalidResourceName)$/,
		kind: 'noBucket',
	},
	{ code: /^(NoSuchKey|BlobNotFound)$/, kind: 'noObject' },
	{ code: /^(InvalidObjectState|BlobArchived)$/, kind: 'archived' },
	{
		code: /^(AccessDenied|AllAccessDisabled|AccountProblem|UserSuspended)$/,
		kind: 'denied',
	},
	{
		code: /^(AuthorizationFailure|AuthorizationPermissionMismatch|KeyBasedAuthenticationNotPermitted|InsufficientAccountPermissions)$/,
		kind: 'denied',
	},
	{
		code: /^(SlowDown|ServiceUnavailable|ServerBusy|InternalError|OperationTimedOut)$/,
		kind: 'busy',
	},
	{ status: BUSY, kind: 'busy' },
	// Without a body, as behind a proxy.
	{ code: /^$/, status: [401, 403], kind: 'denied' },
];

/** What an answer means, by its code, its words and its status. */
export function kindOfAnswer(
	status: number,
	{ code, message, isPage }: ToldError,
): StorageProblemKind | undefined {
	// A load balancer says so with a page while the storage behind it is away.
	if (isPage && !BUSY.includes(status)) return 'noStorage';
	return ROWS.find(
		(row) =>
			(!row.code || row.code.test(code)) &&
			(!row.message || row.message.test(message)) &&
			(!row.status || row.status.includes(status)),
	)?.kind;
}

/** By how many seconds a clock has to be off to be the cause. Vendors tolerate fifteen minutes. */
export const CLOCK_TOLERANCE: Readonly<Partial<Record<StorageProblemKind, number>>> = {
	wrongClock: 0,
	expiredLink: 300,
	denied: 900,
	wrongSecret: 900,
};
