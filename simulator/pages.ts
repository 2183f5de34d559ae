import { ApiError } from './api-error.ts';
import type { ApiRequest, HandlerReply } from './http-types.ts';

/** A link of Atlas's replies. */
export interface Link {
  readonly href: string;
  readonly rel: string;
}

/** Link to a path of this server. */
export function link(request: ApiRequest, rel: string, path: string): Link {
  return { href: request.baseUrl + path, rel };
}

/**
 * One page of a list, as `pageNum`, `itemsPerPage` and `includeCount` ask for it.
 *
 * @throws ApiError `INVALID_QUERY_PARAMETER` outside 1 to 500 items, or below page 1.
 */
export function page<T>(request: ApiRequest, items: readonly T[], show: (item: T) => unknown): HandlerReply {
  const pageNum = wholeNumber(request.query, 'pageNum', 1, Number.MAX_SAFE_INTEGER);
  const itemsPerPage = wholeNumber(request.query, 'itemsPerPage', 100, 500);
  const start = (pageNum - 1) * itemsPerPage;
  const links = [pageLink(request, 'self', pageNum, itemsPerPage)];
  if (pageNum > 1) links.push(pageLink(request, 'previous', pageNum - 1, itemsPerPage));
  if (start + itemsPerPage < items.length) links.push(pageLink(request, 'next', pageNum + 1, itemsPerPage));
  return listReply(request, links, items.slice(start, start + itemsPerPage).map(show), items.length);
}

/** A list that Atlas does not page. */
export function wholeList<T>(
  request: ApiRequest,
  items: readonly T[],
  show: (item: T) => unknown,
): HandlerReply {
  return listReply(request, [link(request, 'self', request.path)], items.map(show), items.length);
}

function listReply(
  request: ApiRequest,
  links: readonly Link[],
  results: readonly unknown[],
  totalCount: number,
): HandlerReply {
  const counted = request.query.get('includeCount') !== 'false';
  return { status: 200, body: { links, results, ...(counted && { totalCount }) } };
}

function pageLink(request: ApiRequest, rel: string, pageNum: number, itemsPerPage: number): Link {
  const query = new URLSearchParams(request.query);
  if (!query.has('includeCount')) query.set('includeCount', 'true');
  query.set('pageNum', String(pageNum));
  query.set('itemsPerPage', String(itemsPerPage));
  return link(request, rel, `${request.path}?${query.toString()}`);
}

function wholeNumber(query: URLSearchParams, name: string, fallback: number, most: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > most) throw new ApiError('INVALID_QUERY_PARAMETER', name);
  return value;
}
