const UNITS = ["bytes", "KB", "MB", "GB"] as const;

/** A size as a person reads it: 1_234_567 bytes are "1.2 MB". */
export function formatBytes(bytes: number): string {
  const thousands = bytes < 1_000 ? 0 : Math.floor(Math.log10(bytes) / 3);
  const unit = Math.min(thousands, UNITS.length - 1);
  const amount = bytes / 1_000 ** unit;
  return `${Number(amount.toFixed(1))} ${UNITS[unit] ?? ""}`;
}
