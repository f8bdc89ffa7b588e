import { RootCard } from "../roots/RootCard";
import { useRoot } from "../roots/use-root";
import type { Demo } from "../shell/demo";
import { Intro } from "../shell/Intro";
import { ReplyCard } from "../shell/ReplyCard";
import { showPage } from "../shell/show-page";
import { StoredFiles } from "./StoredFiles";
import { UploadBox } from "./UploadBox";

const LOOK = [
  "photos: each file has a channel of its own, and goes up in binary chunks.",
  "archive: the server says where to bring the file, and the page tells it how far it has got.",
  "A file that is too large, of the wrong kind or one too many is refused in the reply of the preflight.",
  "Progress, completion and cancelling are operations in the envelope, beside the patch.",
];

function UploadPage({ demo }: { readonly demo: Demo }) {
  const root = useRoot(demo, { module: "Demo.UploadStore", id: "main", params: {} });
  return (
    <>
      <Intro
        title="Upload"
        look={LOOK}
        lede="Files through channels or past them, with progress, limits and errors."
      />
      {demo.config.vsn === "1.0.0" && (
        <p class="notice" role="alert">
          Frames of V1 cannot carry bytes, so that photos fail here. Serve the demo with --vsn 2 to see them
          go up.
        </p>
      )}
      <div class="columns">
        <div class="column">
          <RootCard title="Files" root={root}>
            {(state) => (
              <>
                <UploadBox
                  name="photos"
                  title="Photos, through channels"
                  state={state}
                  root={root}
                  report={demo.log}
                />
                <UploadBox
                  name="archive"
                  title="Archive, past the server"
                  state={state}
                  root={root}
                  report={demo.log}
                />
              </>
            )}
          </RootCard>
        </div>
        <div class="column">
          <StoredFiles root={root} />
          <ReplyCard entries={demo.entries} />
        </div>
      </div>
    </>
  );
}

void showPage("upload", UploadPage);
