/** Words that a parameter of an address is named by where it lets somebody in. */
const TELLING = new Set([
  'accesstoken',
  'apikey',
  'apitoken',
  'auth',
  'authorization',
  'authtoken',
  'bearer',
  'code',
  'credential',
  'credentials',
  'jwt',
  'key',
  'passphrase',
  'passwd',
  'password',
  'pwd',
  'secret',
  'sig',
  'signature',
  'token',
]);

/**
 * The name of a parameter in the query of an address that is named as secrets are, such as `token`, `api_key` or `accessToken`.
 *
 * @returns undefined when there is none.
 */
export function secretParameter(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  return [...new URL(url).searchParams.keys()].find((name) =>
    wordsOf(name).some((word) => TELLING.has(word)),
  );
}

function wordsOf(name: string): string[] {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.split(/[^a-z]+/);
}
