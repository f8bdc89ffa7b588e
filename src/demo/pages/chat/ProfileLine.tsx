import { textAt } from "../../../client/field";
import { readAsync } from "../roots/async-value";
import type { State, UsedRoot } from "../roots/use-root";

/** The visitor's profile, which the server takes a while to look up, or fails to. */
export function ProfileLine({ state, root }: { readonly state: State; readonly root: UsedRoot }) {
  const { status, data, error } = readAsync(state, "profile");
  const load = (fail: boolean) => void root.send([], "load_profile", { fail });
  return (
    <div class="profile" data-async="profile" data-status={status} aria-busy={status === "loading"}>
      <p class="grow">
        {textAt(data, "motto") === "" ? (
          <span class="quiet">Profile</span>
        ) : (
          <>
            <strong>{textAt(data, "name")}</strong> <span class="quiet">“{textAt(data, "motto")}”</span>
          </>
        )}{" "}
        <span class="chip" data-status={status}>
          {status === "failed" ? `failed: ${error}` : status}
        </span>
      </p>
      <button type="button" data-command="load_profile" onClick={() => load(false)}>
        Load again
      </button>
      <button type="button" data-command="fail_profile" onClick={() => load(true)}>
        Load and fail
      </button>
    </div>
  );
}
