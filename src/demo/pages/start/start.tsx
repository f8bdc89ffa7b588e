import { useRoot } from "../roots/use-root";
import type { Demo } from "../shell/demo";
import { Intro } from "../shell/Intro";
import { PLACES } from "../shell/places";
import { ReplyCard } from "../shell/ReplyCard";
import { showPage } from "../shell/show-page";
import { CounterCard } from "./CounterCard";
import { FaultsCard } from "./FaultsCard";
import { TodoCard } from "./TodoCard";

const LOOK = [
  "Two roots, Demo.CounterStore and Demo.TodoStore: choose one in the tree and see its state.",
  "Press Increment: the count and the child store that doubles it change in one envelope, and the panel says which command did it.",
  "Break something below: bad frames, wrong paths and gaps appear under Problems, and what comes after them is still shown.",
];

function StartPage({ demo }: { readonly demo: Demo }) {
  const counter = useRoot(demo, { module: "Demo.CounterStore", id: "main", params: { count: 0 } });
  return (
    <>
      <Intro
        title="Musubi demo"
        look={LOOK}
        lede="Pages whose state a server owns. Open DevTools on the Musubi panel, then press buttons here, or choose a page."
      />
      <PlaceList />
      <div class="columns">
        <div class="column">
          <CounterCard root={counter} />
          <ReplyCard entries={demo.entries} />
          <FaultsCard demo={demo} counter={counter} />
        </div>
        <div class="column">
          <TodoCard demo={demo} />
        </div>
      </div>
    </>
  );
}

/** The other pages, and what each one shows. */
function PlaceList() {
  return (
    <ul class="places">
      {PLACES.filter(({ name }) => name !== "index").map(({ name, href, title, shows }) => (
        <li key={name}>
          <a class="place" href={href}>
            <strong>{title}</strong>
            <span>{shows}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}

void showPage("index", StartPage);
