/** The part of a `storage` area that is used here. */
export type StorageArea = {
  get(key: string): Promise<{ readonly [key: string]: unknown }>;
  set(items: { [key: string]: unknown }): Promise<void>;
  remove(key: string): Promise<void>;
};
