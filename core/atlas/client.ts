import type { ApisOf } from './api.ts';
import type { PageWanted } from './request.ts';
import type { RESOURCES } from './resources.ts';

/** The Atlas Admin API, grouped by resource; every method is named by MongoDB's operationId. */
export interface AtlasClient extends ApisOf<typeof RESOURCES> {
  /**
   * Calls one operation by its name and gives the reply as it came: nulls, unknown fields and all, undefined when it has
   * no body. The parameters are checked as the operation's method checks them.
   *
   * @param page which page of a list; without it the first.
   * @throws AtlasRequestError also when there is no operation of this name; else what the methods throw.
   */
  call(operationId: string, params: unknown, page?: PageWanted): Promise<unknown>;
  /** Lets requests under way finish, then closes every connection. Closing twice is closing once. */
  close(): Promise<void>;
}
