import { deflateSync } from 'node:zlib';

/** Side of the smallest photo that the profile service gives, in pixels. */
const SIDE = 48;

// prettier-ignore
const COLORS: readonly (readonly [number, number, number])[] = [
  [92, 107, 192], [38, 166, 154], [239, 108, 0], [141, 110, 99], [84, 110, 122], [171, 71, 188], [67, 160, 71],
  [216, 27, 96], [3, 155, 229], [121, 85, 72], [0, 121, 107], [94, 53, 177],
];

/** How many different photos there are. */
export const PHOTO_COUNT = COLORS.length;

const drawn = new Map<number, string>();

const crc32 = (bytes: Buffer): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
};

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

/** Head and shoulders, as an unknown person is drawn. */
const isFigure = (x: number, y: number): boolean =>
  (x - 23.5) ** 2 + (y - 18) ** 2 < 81 || ((x - 23.5) / 18) ** 2 + ((y - 48) / 17) ** 2 < 1;

/** A 48x48 PNG in base64: a light figure on the color of the given number (0 to PHOTO_COUNT - 1). */
export function drawPhoto(number: number): string {
  const known = drawn.get(number);
  if (known !== undefined) return known;
  const color = COLORS[number];
  if (!color) throw new RangeError(`number: there is no photo ${number}`);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(SIDE, 0);
  header.writeUInt32BE(SIDE, 4);
  // One bit a pixel into a palette of two colors.
  header.set([1, 3, 0, 0, 0], 8);
  const stride = 1 + SIDE / 8;
  const pixels = Buffer.alloc(SIDE * stride);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      if (isFigure(x, y)) pixels[y * stride + 1 + (x >> 3)]! |= 0x80 >> (x & 7);
    }
  }
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from([...color, 245, 240, 235])),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64');
  drawn.set(number, png);
  return png;
}
