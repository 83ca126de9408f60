import { bucketPlace } from './places';
import { findStorageVendor } from './vendors';

/** A region as its vendor writes it, and as the form calls it. */
export interface NamedRegion {
	code: string;
	/** Undefined where Agora does not offer it. */
	name?: string;
}

/** Codes, hosts and names of a vendor's regions. */
function regionsOf(vendor: string) {
	return (findStorageVendor(vendor)?.regions ?? []).flatMap(([name]) => {
		const { regionCode, endpoint } = bucketPlace({ vendor, region: name, bucket: '' });
		return regionCode && endpoint
			? [{ name, code: regionCode, host: endpoint.replace('https://', '') }]
			: [];
	});
}

const named = (region: { name: string; code: string } | undefined): NamedRegion | undefined =>
	region && { code: region.code, name: region.name };

/** A region by the vendor's own code; undefined for what is no code. */
export function regionOfCode(vendor: string, code: string): NamedRegion | undefined {
	// Alibaba prints its codes with the name of the service before them.
	const plain = code.trim().replace(/^oss-/, '');
	if (!/^[\w-]{1,40}$/.test(plain)) return undefined;
	return named(regionsOf(vendor).find((region) => region.code === plain)) ?? { code: plain };
}

/** The region whose storage has that host, with or without a bucket before it; undefined for others. */
export function regionOfHost(vendor: string, host: string): NamedRegion | undefined {
	const wanted = host.trim().toLowerCase();
	return named(
		regionsOf(vendor).find(
			(region) => wanted === region.host || wanted.endsWith(`.${region.host}`),
		),
	);
}
