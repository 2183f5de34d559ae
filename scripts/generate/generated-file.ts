/** A committed file that is made from code, so that the two can't drift apart unnoticed. */
export interface GeneratedFile {
  /** Path from the root of the repository. */
  readonly path: string;
  /** The whole content, which must be the same on every machine. */
  readonly content: () => string;
}
