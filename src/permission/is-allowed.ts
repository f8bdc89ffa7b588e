import { isLocal, LOCAL_SITES } from "../bridge/site";

/** The part of the browser's `permissions` that is used here. */
export type PermissionsApi = {
  contains(permissions: { origins: string[] }): Promise<boolean>;
  getAll(): Promise<{ readonly origins?: readonly string[] }>;
};

/** Whether the extension may run on a site already. */
export async function isAllowed(site: string, permissions: PermissionsApi): Promise<boolean> {
  if (await permissions.contains({ origins: [site] })) return true;
  // Chrome does not count the manifest's own sites as asked for, though it lists them. In Firefox they can be taken
  // back one by one.
  const { origins = [] } = await permissions.getAll();
  return isLocal(site.slice(0, -1)) && LOCAL_SITES.every((local) => origins.includes(local));
}
