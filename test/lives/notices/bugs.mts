import { builtModule } from '../../support/host.mts';

interface HttpModule {
	responseOf: (context: unknown) => object;
}
interface Claim {
	settle: (accepted: boolean, now: number) => void;
}
interface DeduplicationModule {
	Deduplicator: {
		prototype: {
			claim: (keys: readonly string[], now: number) => Claim | 'seen' | 'inFlight';
			settle: (claim: Claim, keys: readonly string[], accepted: boolean, now: number) => void;
		};
	};
}
interface SignatureModule {
	isSigned: () => boolean;
}

/** Puts something else in the place of a member; gives what puts it back. */
function replaced<T extends object, Name extends keyof T>(
	target: T,
	name: Name,
	make: (original: T[Name]) => T[Name],
): () => void {
	const original = target[name];
	target[name] = make(original);
	return () => {
		target[name] = original;
	};
}

const deduplicator = () =>
	builtModule<DeduplicationModule>('process/deduplication.js').Deduplicator.prototype;

/** The response as the trigger sees it, but for some members. */
const responseWith = (members: Readonly<Record<string, unknown>>) =>
	replaced(builtModule<HttpModule>('trigger/http.js'), 'responseOf', (original) => (context) => {
		const response = original(context);
		return new Proxy(response, {
			get(target, name) {
				if (typeof name === 'string' && name in members) return members[name];
				const value: unknown = Reflect.get(target, name, target);
				return typeof value === 'function' ? (value.bind(target) as unknown) : value;
			},
		});
	});

/** Bugs of the trigger, each with how it is put into the built package; that gives what mends it again. */
export const BUGS: Readonly<Record<string, () => () => void>> = {
	'a copy whose sender hangs up before its turn is never settled (item 16)': () =>
		responseWith({ destroyed: false }),
	"n8n's answer is not seen": () => responseWith({ writableEnded: false }),
	'what n8n could not store counts as handled': () =>
		replaced(
			deduplicator(),
			'settle',
			(original) =>
				function (this: unknown, claim, keys, _accepted, now) {
					original.call(this, claim, keys, true, now);
				},
		),
	'copies do not wait for each other': () =>
		replaced(
			deduplicator(),
			'claim',
			(original) =>
				function (this: unknown, keys, now) {
					const claim = original.call(this, keys, now);
					return claim === 'inFlight' ? { settle: () => {} } : claim;
				},
		),
	'the ID alone tells copies': () =>
		replaced(
			deduplicator(),
			'claim',
			(original) =>
				function (this: unknown, keys, now) {
					return original.call(this, keys.slice(-1), now);
				},
		),
	'signatures are not looked at': () =>
		replaced(
			builtModule<SignatureModule>('agora/notifications/signature.js'),
			'isSigned',
			() => () => true,
		),
};
