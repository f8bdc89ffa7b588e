import type { LiveRoot } from "../live";
import { createStoreActivity, type StoreActivity } from "./store-activity";

/** Gives the activity of a root. */
export type Activities = (root: LiveRoot) => StoreActivity;

/** No activities: each comes when it is asked for first. @param table where they are kept, and others extend them too */
export function createActivities(table: Activities = createActivityTable()): Activities {
  return (root) => {
    const activity = table(root);
    activity.extend();
    return activity;
  };
}

/** The activity of each root, made once: it has looked at what it was extended by, and no more. */
export function createActivityTable(): Activities {
  const known = new WeakMap<LiveRoot, StoreActivity>();
  return (root) => {
    const activity = known.get(root) ?? createStoreActivity(root.history);
    known.set(root, activity);
    return activity;
  };
}

/** Whether the envelope that is event `seq` changed a store, by its key. What has been let go changed none. */
export function hasTouched(activities: Activities, root: LiveRoot, seq: number, store: string): boolean {
  const { history } = root;
  const place = history.countAt(seq);
  return history.headTo(place)?.seq === seq && activities(root).storesOf(place).includes(store);
}
