// Draws every icon of the app: `node appPackage/draw-icons.mjs`. The mark is one person and the same person turned upside
// down, as on a playing card: who usually learns now teaches.
import { Buffer } from 'node:buffer';
import { mkdirSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';

const INDIGO_TOP = [0x63, 0x66, 0xcf];
const INDIGO_BOTTOM = [0x3d, 0x3f, 0x99];
/** Both stand out by more than 3:1 on the light and on the dark ribbon of Outlook. */
const INDIGO_ON_ANY = [0x6b, 0x6e, 0xd6];
const AMBER_ON_ANY = [0xc9, 0x78, 0x0a];
const WHITE = [0xff, 0xff, 0xff];
const AMBER = [0xff, 0xc8, 0x57];
/** Samples per pixel and axis; the edges are as smooth as 64 shades. */
const SAMPLES = 8;

/**
 * A person in a box of 1 x 2: the head above, the shoulders below. A gap of `inset` on each side keeps the two apart.
 * The coordinates run from the upper left corner.
 */
function isInPerson(x, y, inset) {
  const head = 0.44 - inset;
  if (Math.hypot(x - 0.5, y - inset - head) <= head) return true;
  const half = 0.5 - inset;
  const top = 1.125;
  const bottom = 2 - inset;
  const aside = Math.abs(x - 0.5);
  if (y < top || y > bottom || aside > half) return false;
  if (y < top + half) return Math.hypot(aside, top + half - y) <= half;
  const corner = half * 0.3;
  return Math.hypot(Math.max(0, aside - half + corner), Math.max(0, y - bottom + corner)) <= corner;
}

/** Which of the two persons holds the point of the unit square, or null. */
function personAt(x, y, inset) {
  const [column, row] = [x * 2, y * 2];
  if (column < 0 || column > 2 || row < 0 || row > 2) return null;
  if (column < 1) return isInPerson(column, row, inset) ? 'upright' : null;
  return isInPerson(2 - column, 2 - row, inset) ? 'reversed' : null;
}

/** The mark in two colors on nothing, filling the square but for `margin` (a share of the side). */
const mark = (upright, reversed, margin, inset) => (x, y) => {
  const scale = 1 - 2 * margin;
  const person = personAt((x - margin) / scale, (y - margin) / scale, inset);
  return person === null ? null : person === 'upright' ? upright : reversed;
};

/** The mark on the full square, as Teams wants the large icon. */
function tile(x, y) {
  const inner = mark(WHITE, AMBER, 0.23, 0.045)(x, y);
  if (inner) return inner;
  return INDIGO_TOP.map((top, at) => top + (INDIGO_BOTTOM[at] - top) * y);
}

/** RGBA of `size` x `size`: each pixel is the average of its samples, with the share that was hit as its opacity. */
function rasterize(size, colorAt) {
  const pixels = Buffer.alloc(size * size * 4);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0];
      let hits = 0;
      for (let sample = 0; sample < SAMPLES * SAMPLES; sample++) {
        const x = (column + ((sample % SAMPLES) + 0.5) / SAMPLES) / size;
        const y = (row + (Math.floor(sample / SAMPLES) + 0.5) / SAMPLES) / size;
        const color = colorAt(x, y);
        if (!color) continue;
        hits++;
        color.forEach((value, at) => (sum[at] += value));
      }
      const at = (row * size + column) * 4;
      if (hits > 0) sum.forEach((value, channel) => (pixels[at + channel] = Math.round(value / hits)));
      pixels[at + 3] = Math.round((255 * hits) / (SAMPLES * SAMPLES));
    }
  }
  return pixels;
}

/** A PNG file of 8-bit RGBA pixels. */
function encodePng(size, pixels) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const stride = size * 4;
  const lines = Buffer.alloc((stride + 1) * size);
  for (let row = 0; row < size; row++) pixels.copy(lines, row * (stride + 1) + 1, row * stride, (row + 1) * stride);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function draw(path, size, colorAt) {
  writeFileSync(fileURLToPath(new URL(path, import.meta.url)), encodePng(size, rasterize(size, colorAt)));
}

/** The gaps fall on whole pixels, so that the small icons are crisp. */
const onAny = (size) => mark(INDIGO_ON_ANY, AMBER_ON_ANY, 0, size < 32 ? 1 / 8 : 1 / 16);
mkdirSync(fileURLToPath(new URL('../src/public/icons/', import.meta.url)), { recursive: true });
draw('color.png', 192, tile);
draw('color32.png', 32, onAny(32));
draw('outline.png', 32, mark(WHITE, WHITE, 1 / 16, 1 / 14));
for (const size of [16, 32, 64, 80, 128]) draw(`../src/public/icons/icon-${size}.png`, size, onAny(size));
