/** The smallest files of each kind that readers of the kind accept: nothing is seen or heard in them. */

const u16 = (value: number): number[] => [value >> 8, value & 255];
const u32 = (value: number): number[] => [...u16(value >>> 16), ...u16(value & 0xffff)];

/** A box of an MP4 file (ISO 14496-12): length, type, content. */
function box(type: string, ...contents: (Buffer | number[])[]): Buffer {
	const content = Buffer.concat(contents.map((one) => Buffer.from(one)));
	return Buffer.concat([Buffer.from(u32(content.length + 8)), Buffer.from(type), content]);
}

/** An MP4 file without tracks. @param ms its length */
export function mp4(ms: number): Buffer {
	const zeros = (count: number) => Array.from({ length: count }, () => 0);
	const identity = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].flatMap(u32);
	const header = box(
		'mvhd',
		[...zeros(12), ...u32(1000), ...u32(ms), ...u32(0x10000), ...u16(0x100), ...zeros(10)],
		[...identity, ...zeros(24), ...u32(1)],
	);
	return Buffer.concat([
		box('ftyp', Buffer.from('isom'), u32(512), Buffer.from('isommp41')),
		box('moov', header),
		box('mdat'),
	]);
}

const PACKET = 188;

/** CRC-32 of MPEG-2 sections. */
function crc(bytes: number[]): number {
	let sum = 0xffffffff;
	for (const byte of bytes) {
		sum ^= byte << 24;
		for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
	}
	return sum >>> 0;
}

/** A packet of a transport stream (ISO 13818-1) that holds one table. */
function table(pid: number, id: number, content: number[]): Buffer {
	const section = [id, ...u16(0xb000 | (content.length + 4)), ...content];
	const packet = Buffer.alloc(PACKET, 0xff);
	packet.set([0x47, ...u16(0x4000 | pid), 0x10, 0, ...section, ...u32(crc(section))]);
	return packet;
}

/** A transport stream: its two tables, and packets that are to be skipped. */
export function transportStream(): Buffer {
	const version = [0, 1, 0xc1, 0, 0];
	const programs = table(0, 0, [...version, 0, 1, ...u16(0xe000 | 0x100)]);
	const streams = table(0x100, 2, [...version, ...u16(0xe000 | 0x1fff), ...u16(0xf000)]);
	const stuffing = Buffer.alloc(PACKET, 0xff);
	stuffing.set([0x47, ...u16(0x1fff), 0x10]);
	return Buffer.concat([programs, streams, stuffing, stuffing]);
}

/** A playlist as Agora writes it (best-practices.md 7, "M3U8 tags"). @param startedAt Unix ms */
export function playlist(slices: string[], startedAt: number): Buffer {
	const lines = [
		'#EXTM3U',
		'#EXT-X-VERSION:3',
		'#EXT-X-MEDIA-SEQUENCE:0',
		'#EXT-X-ALLOW-CACHE:YES',
		'#EXT-X-TARGETDURATION:16',
		`#EXT-X-AGORA-TRACK-EVENT:EVENT=START,TRACK_TYPE=VIDEO,TIME=${startedAt}`,
		...slices.flatMap((slice) => ['#EXTINF:15.000', slice]),
		'#EXT-X-ENDLIST',
	];
	return Buffer.from(`${lines.join('\n')}\n`);
}
