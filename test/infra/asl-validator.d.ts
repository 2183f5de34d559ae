declare module 'asl-validator' {
  /** The part of the validator that the tests use; the package's own types cannot be found from ES modules. */
  const validate: (definition: unknown) => {
    readonly isValid: boolean;
    errorsText(separator: string): string;
  };
  export default validate;
}
