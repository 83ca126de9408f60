/** Reads the fields of a token one after the other, little-endian; throws a RangeError past the end. */
export class ByteReader {
	private at = 0;
	private readonly content: Buffer;

	constructor(content: Buffer) {
		this.content = content;
	}

	u16(): number {
		this.at += 2;
		return this.content.readUInt16LE(this.at - 2);
	}

	u32(): number {
		this.at += 4;
		return this.content.readUInt32LE(this.at - 4);
	}

	/** Bytes with their length before them. */
	bytes(): Buffer {
		const length = this.u16();
		this.at += length;
		if (this.at > this.content.length) throw new RangeError();
		return this.content.subarray(this.at - length, this.at);
	}

	text(): string {
		return this.bytes().toString('utf8');
	}
}
