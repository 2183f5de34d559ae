/** A rule that two keys break together. `path` leads to the key to change; the message continues "<the key> …". */
export interface CrossFieldFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
