/** The part of a `storage` area that is used here. */
export type StorageArea = {
  /** Null gives everything. */
  get(key: string | null): Promise<{ readonly [key: string]: unknown }>;
  set(items: { [key: string]: unknown }): Promise<void>;
  remove(key: string): Promise<void>;
};
