import { assertNever } from "../../wire/assert-never";
import type { ActiveFault } from "./active-fault";
import { corruptData, padEnvelope, truncateData } from "./damage";
import { type FrameFault, REORDER_MS, REORDER_SIZE } from "./fault";
import type { Parcel, Wait } from "./lane";
import type { Random } from "./random";

/** What becomes of a frame (by now perhaps several parcels) on which a fault acts. */
export function alterParcels(
  parcels: readonly Parcel[],
  fault: FrameFault,
  active: ActiveFault,
  random: Random,
): readonly Parcel[] {
  switch (fault.kind) {
    case "delay":
      return parcels.map((parcel) => {
        const ms = fault.ms + Math.round(random() * (fault.jitter ?? 0));
        return addWait(parcel, active, { ms, isLoose: fault.reorder ?? false });
      });
    case "reorder": {
      const { ms = REORDER_MS, size = REORDER_SIZE } = fault;
      return parcels.map((parcel) => addWait(parcel, active, { ms, isLoose: true, groupSize: size }));
    }
    case "duplicate": {
      const { copies = 1 } = fault;
      return parcels.flatMap((parcel) => Array.from({ length: 1 + copies }, () => parcel));
    }
    case "corrupt":
      return parcels.map((parcel) => ({
        ...parcel,
        data: corruptData(parcel.data, fault.length ?? 1, random),
      }));
    case "truncate":
      return parcels.map((parcel) => ({ ...parcel, data: truncateData(parcel.data, fault.length, random) }));
    case "oversize":
      return parcels.map((parcel) => ({ ...parcel, data: padEnvelope(parcel.data, fault.length) }));
    case "skip_version":
    case "refuse_join":
      return [];
    case "never_answer":
      return parcels;
    default:
      return assertNever(fault);
  }
}

function addWait(parcel: Parcel, active: ActiveFault, wait: Wait): Parcel {
  return { ...parcel, waits: new Map(parcel.waits).set(active, wait) };
}
