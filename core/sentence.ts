/** The text with a full stop, unless it ends a sentence already, be it in quotes or brackets. */
export function sentence(text: string): string {
  const trimmed = text.trimEnd();
  return /[.!?…]['"’”»)\]]*$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
