/** What stands in a row of scores for a pair that must not be matched. */
export const NOT_ALLOWED = -1;

/**
 * The scores of all pairs, one row (mentee) at a time: 10,000 x 10,000 of them never have to be in memory at once. Scores
 * are whole numbers from 0 to 1,000,000, or NOT_ALLOWED.
 */
export interface ScoreRows {
  rows: number;
  columns: number;
  /** Writes the scores of row `i` into `out[0..columns)`. The same row must always give the same scores. */
  fillRow(i: number, out: Int32Array): void;
  /** The allowed pairs of all rows as a list, where they are known as such: entries `starts[i]..starts[i + 1]` of row `i`. */
  entries?: { starts: Int32Array; columns: Int32Array; scores: Int32Array };
}

/** Rows of a matrix in memory, row by row. */
export function denseRows(rows: number, columns: number, scores: Int32Array): ScoreRows {
  if (scores.length !== rows * columns) throw new RangeError('scores: not as many as rows times columns');
  return {
    rows,
    columns,
    fillRow: (i, out) => out.set(scores.subarray(i * columns, (i + 1) * columns)),
  };
}

/** Rows of which only the allowed pairs are listed, each as `[column, score]`. */
export function sparseRows(columns: number, lists: readonly (readonly (readonly [number, number])[])[]): ScoreRows {
  const starts = new Int32Array(lists.length + 1);
  lists.forEach((list, i) => (starts[i + 1] = starts[i]! + list.length));
  const entries = {
    starts,
    columns: new Int32Array(starts[lists.length]!),
    scores: new Int32Array(starts[lists.length]!),
  };
  lists.forEach((list, i) =>
    list.forEach(([column, score], k) => {
      entries.columns[starts[i]! + k] = column;
      entries.scores[starts[i]! + k] = score;
    }),
  );
  return {
    rows: lists.length,
    columns,
    entries,
    fillRow(i, out) {
      out.fill(NOT_ALLOWED, 0, columns);
      for (let at = starts[i]!; at < starts[i + 1]!; at++) out[entries.columns[at]!] = entries.scores[at]!;
    },
  };
}

/** So that 10,000 x 10,000 stay below 600 MB together with everything else. */
const KEPT_BYTES = 358_000_000;

/** Places a wanted seat from which on they abound: then hardly any row is asked for twice. */
const MANY_PLACES = 1.2;

/** When keepRows should keep a row: at once where places are scarce, as an assignment then asks for all of them again. */
export function whenToKeep(wants: readonly number[], capacities: readonly number[]): 1 | 2 {
  const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0);
  return sum(capacities) < MANY_PLACES * sum(wants) ? 1 : 2;
}

/**
 * Rows that are kept once they were asked for as far as they fit into `bytes` of memory; the others are computed each time.
 * `keepAt`: the time of asking at which a row is kept; memory that is touched for nothing costs more than a row.
 */
export function keepRows(
  rows: ScoreRows,
  { keepAt = 1, bytes = KEPT_BYTES }: { keepAt?: 1 | 2; bytes?: number } = {},
): ScoreRows {
  if (rows.entries) return rows;
  const width = rows.columns;
  const most = Math.min(rows.rows, Math.floor(bytes / (width * Int32Array.BYTES_PER_ELEMENT)));
  const kept = new Int32Array(most * width);
  /** How often each was asked for, until it is kept. */
  const asked = new Uint8Array(most);
  return {
    ...rows,
    fillRow(i, out) {
      if (i < most && asked[i] === keepAt) {
        out.set(kept.subarray(i * width, (i + 1) * width));
        return;
      }
      rows.fillRow(i, out);
      if (i >= most || ++asked[i]! < keepAt) return;
      // Copied when it is done: new memory is slow to work in.
      kept.set(out.length === width ? out : out.subarray(0, width), i * width);
    },
  };
}
