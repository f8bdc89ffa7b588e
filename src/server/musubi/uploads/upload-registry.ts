import type { EndpointHandle } from "../../phoenix/endpoint-handle";
import type { UploadHub } from "../page/upload-hub";

/** What the channel of an entry needs of the page that the entry is of. */
type UploadPage = Pick<UploadHub, "join">;

// An upload's channel may come over another connection than its page's, even over another socket of the endpoint.
const pagesOf = new WeakMap<EndpointHandle, Map<string, UploadPage>>();

/** Makes a page known to the channels of `endpoint` under `key`, which its tokens name. Returns the undo. */
export function addUploadPage(endpoint: EndpointHandle, key: string, page: UploadPage): () => void {
  const pages = pagesOf.get(endpoint) ?? new Map<string, UploadPage>();
  pagesOf.set(endpoint, pages);
  pages.set(key, page);
  return () => {
    pages.delete(key);
  };
}

/** The page of this key, while it lives. */
export function findUploadPage(endpoint: EndpointHandle, key: string): UploadPage | null {
  return pagesOf.get(endpoint)?.get(key) ?? null;
}
