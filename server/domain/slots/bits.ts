/* Long rows of bits in words of 32. Reading over the end of a word needs one word more than the bits fill. */

/** Words for so many bits, with the spare one. */
export const wordsFor = (bits: number): number => (bits >>> 5) + 2;

/** Whether bit `at` is set. */
export const hasBit = (words: Uint32Array, at: number): boolean => ((words[at >>> 5]! >>> (at & 31)) & 1) === 1;

/** Clears the bits in [from, to), as far as there are any. */
export function clearBits(words: Uint32Array, from: number, to: number): void {
  const end = Math.min(to, words.length << 5);
  for (let at = Math.max(0, from); at < end; at++) words[at >>> 5]! &= ~(1 << (at & 31));
}
