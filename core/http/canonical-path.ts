/** Letters, digits, `-` and `_`, and dots between them: all that an address of the API has in it. */
const SEGMENT = String.raw`[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*`;

const CANONICAL = new RegExp(String.raw`^(?=/)(?:/${SEGMENT})*/?$`);

/**
 * Whether a path can be read in one way only: nothing in it is percent-encoded, no segment is empty, `.` or `..`, and nothing in
 * it could end a path, such as `?`. Whoever decides on a request before the API does, such as IAM, then has decided on the
 * same path that leads to the route.
 *
 * @param path as it was sent, before anything normalised it, without the query.
 */
export function isCanonicalPath(path: string): boolean {
  return CANONICAL.test(path);
}
