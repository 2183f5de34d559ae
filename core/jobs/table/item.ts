/** Key of an item. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** An item, flat: documents are JSON text. */
export type Item = ItemKey & Readonly<Record<string, string | number>>;
