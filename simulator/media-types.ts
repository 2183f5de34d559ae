import { ApiError } from './api-error.ts';

const MEDIA_TYPE = /^application\/vnd\.atlas\.(\d{4}-\d{2}-\d{2})\+json$/;

/**
 * The version of a resource that an `Accept` header asks for.
 *
 * @param versions those that the operation has, `YYYY-MM-DD`.
 * @throws ApiError `INVALID_VERSION_DATE` (406) when it asks for none of them; plain JSON asks for none.
 */
export function negotiatedVersion(accept: string | undefined, versions: readonly string[]): string {
  for (const range of (accept ?? '').split(',')) {
    const version = MEDIA_TYPE.exec(range.split(';')[0]?.trim() ?? '')?.[1];
    if (version !== undefined && versions.includes(version)) return version;
  }
  throw new ApiError('INVALID_VERSION_DATE');
}

/** The `Content-Type` of a reply in that version. */
export function mediaType(version: string): string {
  return `application/vnd.atlas.${version}+json;charset=utf-8`;
}
