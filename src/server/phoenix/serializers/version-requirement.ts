import { VERSION } from "../../../wire/socket-url";

/** The one form that a requirement has here: at least this patch, and the same minor version. */
const REQUIREMENT = /^~> (\d+)\.(\d+)\.(\d+)$/;

/**
 * Whether a version meets a requirement of the form `~> 2.0.0` (wire.md 1.1). What is no version meets none.
 *
 * @throws where the requirement has another form: that is a mistake of whoever declares the serializer
 */
export function meetsRequirement(version: string, requirement: string): boolean {
  const required = REQUIREMENT.exec(requirement);
  if (required === null) {
    throw new Error(`The requirement "${requirement}" cannot be read. Write it as "~> 2.0.0".`);
  }
  const [, major, minor, patch, preRelease] = VERSION.exec(version) ?? [];
  if (major !== required[1] || minor !== required[2]) return false;
  const [given, least] = [Number(patch), Number(required[3])];
  // A pre-release comes before the version that it leads to.
  return given > least || (given === least && preRelease === undefined);
}
