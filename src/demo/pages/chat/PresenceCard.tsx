import type { Demo } from "../shell/demo";
import { usePresence } from "./use-presence";

/** Who is in the room, from a channel that has nothing to do with Musubi. */
export function PresenceCard({ demo, name }: { readonly demo: Demo; readonly name: string }) {
  const present = usePresence(demo.socket, "presence:room", name);
  return (
    <section class="card" aria-labelledby="presence-title">
      <h2 id="presence-title">Who is here</h2>
      <ul class="people" data-show="present">
        {present.value.map((person) => (
          <li key={person.name} data-name={person.name}>
            <span class="dot" aria-hidden="true" />
            {person.name}
            {person.name === name && <span class="quiet">(you)</span>}
            {person.windows > 1 && <span class="quiet">{person.windows} windows</span>}
          </li>
        ))}
      </ul>
      {present.value.length === 0 && <p class="quiet">Nobody yet.</p>}
    </section>
  );
}
