/**
 * Takes secrets out of a text that came from outside.
 *
 * @param more secrets that this text may hold besides the usual ones.
 */
export type Redact = (text: string, more?: readonly string[]) => string;

const HIDDEN = '[hidden]';
const LONGEST = 500;

/**
 * A way to make foreign text fit for messages: known secrets and anything that looks like an Authorization header are
 * hidden, control characters become spaces, and it ends after 500 characters. A server, or a proxy before it, may
 * repeat in its answer what it was sent.
 *
 * @param secrets asked each time, because tokens come and go.
 */
export function redactor(secrets: () => readonly string[]): Redact {
  return (text, more = []) => {
    const known = [...secrets(), ...more]
      .filter((secret) => secret !== '')
      .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
      // The longest first, so that no secret is left in part because another is contained in it.
      .sort((one, other) => other.length - one.length);
    const hidden = known.reduce((rest, secret) => rest.replaceAll(secret, HIDDEN), text);
    return hidden
      .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`)
      .replace(/\bDigest\s+\w+=.*/gis, `Digest ${HIDDEN}`)
      .replace(/\p{Cc}+/gu, ' ')
      .slice(0, LONGEST);
  };
}
