import { inflateSync } from 'node:zlib';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const CHANNELS = 4;

/** A picture with its 8-bit red, green, blue and opacity, line by line. */
export interface Picture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/**
 * Reads a PNG file of 8-bit RGBA pixels without interlacing, the only kind that the package uses. Throws an Error that
 * says why it is not one.
 */
export function readPng(file: Uint8Array): Picture {
  if (SIGNATURE.some((byte, at) => file[at] !== byte)) throw new Error('is not a PNG file');
  const bytes = Buffer.from(file);
  const data: Buffer[] = [];
  for (let at = SIGNATURE.length; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const [depth, kind, , , interlace] = bytes.subarray(24, 29);
  if (depth !== 8 || kind !== 6 || interlace !== 0) throw new Error('is not a plain PNG file of 8-bit RGBA pixels');
  return { width, height, pixels: undoFilters(inflateSync(Buffer.concat(data)), width, height) };
}

/** Each line begins with the number of its filter (https://www.w3.org/TR/png-3/#9Filters). */
function undoFilters(lines: Uint8Array, width: number, height: number): Uint8Array {
  const stride = width * CHANNELS;
  const pixels = new Uint8Array(stride * height);
  for (let row = 0; row < height; row++) {
    const filter = lines[row * (stride + 1)]!;
    for (let column = 0; column < stride; column++) {
      const at = row * stride + column;
      const left = column < CHANNELS ? 0 : pixels[at - CHANNELS]!;
      const above = row === 0 ? 0 : pixels[at - stride]!;
      const corner = row === 0 || column < CHANNELS ? 0 : pixels[at - stride - CHANNELS]!;
      pixels[at] = lines[row * (stride + 1) + 1 + column]! + predict(filter, left, above, corner);
    }
  }
  return pixels;
}

function predict(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
