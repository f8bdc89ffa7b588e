import { isJsonObject, isStrings, type Json, ownField } from "../../../wire/json";
import type { EndpointHandle } from "../../phoenix/endpoint-handle";
import { isObjectPayload, type Payload } from "../../phoenix/payload";
import { signToken, verifyToken } from "../../phoenix/signed-token";
import type { StoreId } from "../socket";

/** What a token lets its bearer do: bring the bytes of one entry. Everybody can read it. */
export type UploadClaims = {
  /** Which page of the server; `findUploadPage` knows it by that. */
  readonly page: string;
  readonly storeId: StoreId;
  readonly upload: string;
  readonly entryRef: string;
  /** As the client declared it, in bytes: the channel of an entry that is gone must still know when to end. */
  readonly clientSize: number;
};

/** How long after the preflight the upload's channel may be joined (wire.md 9.4). */
export const TOKEN_MAX_AGE_MS = 600_000;

const PURPOSE = "musubi upload";

type Signer = Pick<EndpointHandle, "secret" | "now">;

export function signClaims({ secret, now }: Signer, claims: UploadClaims): string {
  return signToken(secret, PURPOSE, { ...claims }, now());
}

/** The claims of the token with which the channel of an entry is joined; null for any other, or one that is too old. */
export function verifyClaims(
  { secret, now }: Signer,
  entryRef: string,
  payload: Payload,
): UploadClaims | null {
  const token = isObjectPayload(payload) ? ownField(payload, "token") : null;
  if (typeof token !== "string") return null;
  const verified = verifyToken(secret, PURPOSE, token, { maxAgeMs: TOKEN_MAX_AGE_MS, now: now() });
  const claims = verified.ok ? readClaims(verified.value) : null;
  return claims?.entryRef === entryRef ? claims : null;
}

function readClaims(value: Json): UploadClaims | null {
  if (!isJsonObject(value)) return null;
  const { page, storeId, upload, entryRef, clientSize } = value;
  if (typeof page !== "string" || typeof upload !== "string" || typeof entryRef !== "string") return null;
  if (!isStrings(storeId) || typeof clientSize !== "number") return null;
  return { page, storeId, upload, entryRef, clientSize };
}
