/** Writes the wire format of Protocol Buffers into one growing buffer. */
export class ProtoWriter {
  #buffer: Buffer = Buffer.allocUnsafe(4096);
  #at = 0;

  /** What was written, as a buffer of its own; the writer begins anew. */
  finish(): Buffer {
    const written = Buffer.from(this.#buffer.subarray(0, this.#at));
    this.#at = 0;
    return written;
  }

  uint(field: number, value: number): void {
    this.#varint(field * 8);
    this.#varint(value);
  }

  /** A signed 64-bit integer; a negative one takes ten bytes. */
  int64(field: number, value: number): void {
    this.#varint(field * 8);
    if (value >= 0) {
      this.#varint(value);
      return;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    this.#ensure(10);
    for (; rest > 127n; rest >>= 7n) {
      this.#buffer[this.#at++] = Number(rest & 127n) | 128;
    }
    this.#buffer[this.#at++] = Number(rest);
  }

  double(field: number, value: number): void {
    this.#varint(field * 8 + 1);
    this.#ensure(8);
    this.#at = this.#buffer.writeDoubleLE(value, this.#at);
  }

  fixed32(field: number, value: number): void {
    this.#varint(field * 8 + 5);
    this.#ensure(4);
    this.#at = this.#buffer.writeUInt32LE(value, this.#at);
  }

  fixed64(field: number, value: bigint): void {
    this.#varint(field * 8 + 1);
    this.#ensure(8);
    this.#at = this.#buffer.writeBigUInt64LE(value, this.#at);
  }

  string(field: number, text: string): void {
    this.#varint(field * 8 + 2);
    const bytes = Buffer.byteLength(text);
    this.#varint(bytes);
    this.#ensure(bytes);
    this.#buffer.write(text, this.#at);
    this.#at += bytes;
  }

  bytes(field: number, bytes: Uint8Array): void {
    this.#varint(field * 8 + 2);
    this.#varint(bytes.length);
    this.#ensure(bytes.length);
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  hex(field: number, text: string): void {
    this.bytes(field, Buffer.from(text, 'hex'));
  }

  /** A message within: `write` writes its fields, and its length is put in front of them. */
  message(field: number, write: () => void): void {
    this.#varint(field * 8 + 2);
    this.#ensure(1);
    const lengthAt = this.#at;
    this.#at += 1;
    write();
    const length = this.#at - lengthAt - 1;
    const more = varintBytes(length) - 1;
    if (more > 0) {
      // Most messages are short: room for one byte of length was left, and a longer one moves what follows.
      this.#ensure(more);
      this.#buffer.copyWithin(lengthAt + 1 + more, lengthAt + 1, this.#at);
    }
    const end = this.#at + more;
    this.#at = lengthAt;
    this.#varint(length);
    this.#at = end;
  }

  /** Up to 2^53. */
  #varint(value: number): void {
    this.#ensure(10);
    let rest = value;
    while (rest > 127) {
      this.#buffer[this.#at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.#at++] = rest;
  }

  #ensure(bytes: number): void {
    if (this.#at + bytes > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(2 * this.#buffer.length, this.#at + bytes));
      this.#buffer.copy(larger, 0, 0, this.#at);
      this.#buffer = larger;
    }
  }
}

/** How many bytes the length of a message takes. */
export function varintBytes(value: number): number {
  let bytes = 1;
  for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) {
    bytes += 1;
  }
  return bytes;
}
