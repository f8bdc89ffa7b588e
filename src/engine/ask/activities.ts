import type { LiveRoot } from "../live";
import { createStoreActivity, type StoreActivity } from "./store-activity";

/** The activity of each root, made once and extended whenever it is asked for. */
export type Activities = (root: LiveRoot) => StoreActivity;

/** No activities: each comes when it is asked for first. */
export function createActivities(): Activities {
  const known = new WeakMap<LiveRoot, StoreActivity>();
  return (root) => {
    const activity = known.get(root) ?? createStoreActivity(root.history);
    known.set(root, activity);
    activity.extend();
    return activity;
  };
}

/** Whether the envelope that is event `seq` changed a store, by its key. What has been let go changed none. */
export function hasTouched(activities: Activities, root: LiveRoot, seq: number, store: string): boolean {
  const { history } = root;
  const place = history.countAt(seq);
  return history.headTo(place)?.seq === seq && activities(root).storesOf(place).includes(store);
}
