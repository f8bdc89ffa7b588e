import { useContext } from "preact/hooks";
import { say } from "../text/say";
import { Sentence } from "./Notice";
import { PanelContext } from "./panel-context";

/**
 * In the place of what has not come yet: where its lines will be, and a word for those who do not see them. Where
 * nothing will come any more it says that.
 */
export function Skeleton() {
  const { status } = useContext(PanelContext);
  if (status.value === "orphaned") return <Sentence text={say("stop_orphaned_what")} />;
  return (
    <div class="skeleton" role="status" data-skeleton>
      <span class="visually-hidden">{say("loading")}</span>
    </div>
  );
}
