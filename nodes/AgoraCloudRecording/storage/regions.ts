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

/** The vendor's own code of a region. */
export function regionOfCode(vendor: string, code: string): NamedRegion {
	// Alibaba prints its codes with the name of the service before them.
	const plain = code.trim().replace(/^oss-/, '');
	return regionsOf(vendor).find((region) => region.code === plain) ?? { code: plain };
}

/** The region whose storage has that host, with or without a bucket before it; undefined for others. */
export function regionOfHost(vendor: string, host: string): NamedRegion | undefined {
	const wanted = host.trim().toLowerCase();
	return regionsOf(vendor).find(
		(region) => wanted === region.host || wanted.endsWith(`.${region.host}`),
	);
}
