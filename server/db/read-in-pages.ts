/** Rows of a page: reading and unpacking so many keeps the event loop for about ten milliseconds. */
const PAGE = 500;

/**
 * All rows of a query, page by page, so that many of them never hold up the event loop. `readPage` gives at most `limit`
 * rows in a fixed order, from after `last`.
 */
export async function readInPages<Row extends Last, Last>(
  readPage: (last: Last | undefined, limit: number) => Promise<Row[]>,
): Promise<Row[]> {
  const all: Row[] = [];
  for (;;) {
    const page = await readPage(all.at(-1), PAGE);
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
