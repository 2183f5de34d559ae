import * as z from 'zod';
import type { ListOperation } from './operation.ts';
import type { PageWanted } from './request.ts';
import { maybe } from './schemas.ts';

/** The most that Atlas puts on a page. */
export const ITEMS_PER_PAGE = 500;

/** What a page of a list looks like, whatever it lists. */
export function pageSchema(operation: ListOperation) {
  return z.looseObject({
    results: z.array(operation.item),
    totalCount: maybe(z.number()),
    links: maybe(z.array(z.looseObject({ rel: maybe(z.string()) }))),
  });
}

/** One page of a list. */
export type Page = z.output<ReturnType<typeof pageSchema>>;

/**
 * Every item of a list, once each, asking for a page only when its first item is wanted.
 *
 * New items at the front of a list move the others to the next page, so an item that was there before is left out. A page
 * that brings nothing new ends the list: some servers answer every page number with the same page.
 */
export async function* allPages(
  operation: ListOperation,
  fetchPage: (page?: PageWanted) => Promise<Page>,
): AsyncGenerator<object> {
  const seen = new Set<string>();
  for (let pageNum = 1; ; pageNum += 1) {
    const page = await fetchPage(operation.paged ? { pageNum, itemsPerPage: ITEMS_PER_PAGE } : undefined);
    const before = seen.size;
    for (const item of page.results) {
      const identity = identityOf(item);
      if (seen.has(identity)) continue;
      seen.add(identity);
      yield item;
    }
    if (!operation.paged || seen.size === before || !goesOn(page, seen.size)) return;
  }
}

function identityOf(item: object): string {
  return 'id' in item && typeof item.id === 'string' ? item.id : JSON.stringify(item);
}

/** Links say it best; `totalCount` is an estimate, so it and the size of the page decide only where there are none. */
function goesOn({ links, results, totalCount }: Page, seen: number): boolean {
  if (links !== undefined && links.length > 0) return links.some(({ rel }) => rel === 'next');
  return totalCount === undefined ? results.length >= ITEMS_PER_PAGE : seen < totalCount;
}
