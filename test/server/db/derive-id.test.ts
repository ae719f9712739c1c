import { expect, test } from 'vitest';
import { deriveId } from '../../../server/db/derive-id.ts';
import { guid } from '../../../server/contract/vocabulary.ts';

/** Bits in which two ids differ. */
function distance(a: string, b: string): number {
  const bits = BigInt(`0x${a.replaceAll('-', '')}`) ^ BigInt(`0x${b.replaceAll('-', '')}`);
  return bits.toString(2).replaceAll('0', '').length;
}

test('an id tells nothing of its neighbors, nor of the same thing in another tenant (44)', () => {
  const ids = Array.from({ length: 500 }, (_, number) => deriveId('salt', 'session', 'series', number));
  for (const id of ids) expect(guid.safeParse(id).success).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  // 122 bits are free, of which about half differ: with 30 to 92 of them the next id is as good as any.
  for (const [index, id] of ids.slice(1).entries()) {
    expect(distance(ids[index]!, id)).toBeGreaterThan(30);
    expect(distance(deriveId('another salt', 'session', 'series', index + 1), id)).toBeGreaterThan(30);
  }
  // In the order of their numbers they are in no order.
  const rising = ids.filter((id, index) => index > 0 && id > ids[index - 1]!).length;
  expect(rising / ids.length).toBeGreaterThan(0.4);
  expect(rising / ids.length).toBeLessThan(0.6);
});

test('what stands together in one text is not what stands apart: no id is made of the parts of another (44)', () => {
  expect(deriveId('salt', 'a', 'bc')).not.toBe(deriveId('salt', 'ab', 'c'));
  expect(deriveId('salt', 'pair', 'x')).not.toBe(deriveId('salt', 'series', 'x'));
  expect(deriveId('salt', 'pair', 'x')).toBe(deriveId('salt', 'pair', 'x'));
});
