/** A stand-in for DynamoDB, for tests; the package has no types of its own. */
declare module 'dynalite' {
  import type { Server } from 'node:http';

  /** A server with its tables in memory. */
  export default function dynalite(options: { readonly createTableMs: number }): Server;
}
