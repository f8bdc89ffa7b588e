import type { Demo } from "./demo";
import { describeConfig } from "./demo-config";
import { PLACES, type PlaceName } from "./places";

type HeaderProps = { readonly here: PlaceName; readonly demo: Demo | null };

/** The head of every page: where one is, where one can go, and whether the server is there. */
export function Header({ here, demo }: HeaderProps) {
  return (
    <>
      <a class="skip" href="#main">
        Skip to the demo
      </a>
      <a class="brand" href="./">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6" />
        </svg>
        Musubi demo
      </a>
      <nav aria-label="Demos">
        <ul>
          {PLACES.map(({ name, href, title }) => (
            <li key={name}>
              <a href={href} aria-current={name === here ? "page" : undefined}>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <p class="connection">
        {demo !== null && <span class="protocol">{describeConfig(demo.config)}</span>}
        <Status demo={demo} />
      </p>
    </>
  );
}

function Status({ demo }: { readonly demo: Demo | null }) {
  const status = demo?.status.value ?? "connecting";
  return (
    <span id="connection-status" class="chip" role="status" data-status={status}>
      {status}
    </span>
  );
}
