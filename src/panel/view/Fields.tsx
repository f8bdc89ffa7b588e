import type { ComponentChildren } from "preact";

/** Names and values, aligned; a null value leaves its name out. */
export function Fields({ fields }: { readonly fields: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="fields">
      {fields.map(([name, value]) =>
        value === null ? null : (
          <div key={name} class="field">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
