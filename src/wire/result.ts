/** Either a value or a typed failure: bad input is data, never an exception. */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

export function success<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function failure<Failure>(what: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: what };
}
