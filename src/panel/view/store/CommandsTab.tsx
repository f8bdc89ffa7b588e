import { useMemo } from "preact/hooks";
import type { CommandLine } from "../../../bridge/stores-view";
import type { Panel } from "../../model/panel";
import { safeString } from "../../model/safe-text";
import { createUnfolding } from "../../model/unfolding";
import { say } from "../../text/say";
import { Fields } from "../Fields";
import { formatDuration, formatTime } from "../format";
import { JsonPane } from "../JsonPane";
import { SafeText } from "../SafeText";
import { Guess } from "./CauseLink";
import { type LogColumn, LogTab } from "./LogTab";
import { SeqLink } from "./SeqLink";

/** The commands that were sent to the store. */
export function CommandsTab({ panel }: { readonly panel: Panel }) {
  const columns: readonly LogColumn<CommandLine>[] = [
    { name: "time", render: ({ t }) => formatTime(t) },
    { name: "name", render: ({ name }) => <SafeText text={name} /> },
    { name: "status", render: (line) => <Status {...line} /> },
    {
      name: "took",
      render: ({ rtt_ms }) => (rtt_ms === null ? "" : formatDuration(rtt_ms)),
    },
    {
      name: "payload",
      render: ({ preview, by }) => (
        <span title={safeString(preview)}>
          {by === "devtools" && <span class="chip">{say("store_by_devtools")}</span>}
          <SafeText text={preview} />
        </span>
      ),
    },
  ];
  return (
    <LogTab
      what="commands"
      list={panel.storeTabs.logs.commands}
      label={say("store_commands_label")}
      empty={say("store_commands_none")}
      columns={columns}
      detail={(command) => <CommandDetail panel={panel} command={command} />}
    />
  );
}

/** The statuses that look like those of an async value; any other is the server's own word for a refusal. */
const MOOD: ReadonlyMap<string, string> = new Map([
  ["ok", "ok"],
  ["pending", "loading"],
]);

function Status({ status }: Pick<CommandLine, "status">) {
  return (
    <span class="chip" data-status={MOOD.get(status) ?? "failed"} data-command-status={safeString(status)}>
      <SafeText text={status} />
    </span>
  );
}

function CommandDetail({ panel, command }: { readonly panel: Panel; readonly command: CommandLine }) {
  const { seq, t, ended_seq, rtt_ms, status, meaning, body } = command;
  const unfolding = useMemo(createUnfolding, [seq]);
  return (
    <>
      <header class="log-head">
        <h3>
          <SafeText text={command.name} /> <Status status={status} />
        </h3>
        <Fields
          fields={[
            [say("store_field_sent"), <SentAt key="sent" panel={panel} seq={seq} t={t} />],
            [
              status === "lost" ? say("store_field_ended") : say("store_field_answered"),
              ended_seq === null ? null : <SeqLink panel={panel} seq={ended_seq} />,
            ],
            [say("store_column_took"), rtt_ms === null ? null : formatDuration(rtt_ms)],
            [say("store_field_led_to"), <Envelopes key="led" panel={panel} command={command} />],
          ]}
        />
        <Meaning status={status} meaning={meaning} />
      </header>
      {body !== null && (
        <JsonPane
          name="command"
          label={say("store_exchange")}
          value={status === "pending" || status === "lost" ? { payload: body.payload } : body}
          unfolding={unfolding}
        />
      )}
    </>
  );
}

function SentAt({ panel, seq, t }: { readonly panel: Panel; readonly seq: number; readonly t: number }) {
  return (
    <>
      <SeqLink panel={panel} seq={seq} />, {say("store_seconds", formatTime(t))}
    </>
  );
}

function Envelopes({ panel, command }: { readonly panel: Panel; readonly command: CommandLine }) {
  const { patch_seqs, confidence } = command;
  if (patch_seqs.length === 0) return <span class="dim">{say("store_led_to_none")}</span>;
  return (
    <span class="caused-by">
      {patch_seqs.map((seq) => (
        <SeqLink key={seq} panel={panel} seq={seq} />
      ))}
      <Guess confidence={confidence} />
    </span>
  );
}

function Meaning({ status, meaning }: Pick<CommandLine, "status" | "meaning">) {
  if (status === "pending") return <p class="meaning">{say("store_pending")}</p>;
  if (status === "lost") return <p class="meaning">{say("store_lost")}</p>;
  if (meaning === null) return null;
  return (
    <p class="problem" data-meaning="refusal">
      <SafeText text={meaning} />
    </p>
  );
}
