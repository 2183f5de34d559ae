/**
 * `Promise.withResolvers` for Node 20, which lacks it. The workflow engine calls it; this module is imported before the
 * engine is loaded.
 */
interface PromiseMaker {
  withResolvers?: unknown;
}

const maker = Promise as unknown as PromiseMaker;

maker.withResolvers ??= function withResolvers<T>() {
  let resolve!: (value: T | PromiseLike<T>) => void;
  let reject!: (reason?: unknown) => void;
  const promise = new Promise<T>((onResolve, onReject) => {
    resolve = onResolve;
    reject = onReject;
  });
  return { promise, resolve, reject };
};
