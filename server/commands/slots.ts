import { findSeries } from '../domain/slots/find-series.ts';
import { readArgs } from './read-args.ts';
import { readInput } from './read-input.ts';
import { describeSeries } from './slots/describe-series.ts';
import { readSearch } from './slots/read-search.ts';

const OPTIONS = { file: { kind: 'input' }, explain: { kind: 'flag' } } as const;

/**
 * `inverso slots FILE|-`: the best patterns of a series for the people in a file, or on stdin, each judged on all its dates,
 * as one line of JSON (contract/slots.ts). `--explain` gives reasons as sentences.
 */
export async function slots(args: string[]): Promise<number> {
  const { file, explain } = readArgs(args, OPTIONS);
  const search = await readSearch(await readInput(file));
  const start = performance.now();
  const found = findSeries(search);
  const milliseconds = Math.round(1_000 * (performance.now() - start)) / 1_000;
  process.stdout.write(`${JSON.stringify(describeSeries(found, { explain, milliseconds }))}\n`);
  return 0;
}
