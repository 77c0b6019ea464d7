// The page: reads the data, and shows what the view says; whatever a reader does is a change of the view.
import { coloursOf } from "./colours";
import { modelOf, read, type Columns, type Network } from "./data";
import { byId, count, element, many, named } from "./element";
import { filters, legend } from "./filters";
import { panel, words } from "./panel";
import { pictureOf, type Picture } from "./picture";
import { buttons, rule } from "./save";
import { search } from "./search";
import { numberOf, shownOf, strengthOf, type Shown } from "./shown";
import { table } from "./table";
import { binsOf, time } from "./time";
import { linkOf, START, viewOf, type View } from "./view";

const THEMES = ["", "light", "dark"] as const;

async function start(): Promise<void> {
  const [network, columns] = await Promise.all([read<Network>("network"), read<Columns>("evidence")]);
  const model = modelOf(network, columns);
  byId("page").hidden = false;
  byId("title").textContent = model.title;
  let view = viewOf(model, location.hash);
  let shown: Shown = shownOf(model, view);
  let picture: Picture | undefined;
  const bins = binsOf(model);
  const stage = byId("stage");

  const change = (part: Partial<View>, isNew = false) => {
    view = { ...view, ...part };
    shown = shownOf(model, view);
    show(isNew);
    keep(isNew);
  };
  const choose = {
    actor: (actor: number) => {
      change({ actor, edge: null }, true);
      picture?.goTo(actor);
    },
    edge: (edge: number) => change({ edge, actor: null }, true),
    nothing: () => (view.actor !== null || view.edge !== null) && change({ actor: null, edge: null, near: false }, true),
  };

  const follow = filters(model, (part) => {
    change(part);
    // Who has no edge stands outside of the others.
    if (part.alone) picture?.fit();
  });
  const explain = legend(model);
  const rows = table(model, (edge) => {
    choose.edge(edge);
    details.focus();
  }, (sort, up) => change({ sort, up }));
  const details = panel(model, bins, {
    actor: (actor) => {
      choose.actor(actor);
      details.focus();
    },
    edge: (edge) => {
      choose.edge(edge);
      details.focus();
    },
    near: (near) => change({ near }),
    close: () => leave(),
  });
  /** Nothing is chosen any more: on from where it was. */
  const leave = () => {
    const { actor, edge } = view;
    if (actor === null && edge === null) return;
    choose.nothing();
    const row = edge === null ? null : byId("table-box").querySelector<HTMLElement>(`[data-edge="${edge}"] button`);
    (view.tab === "table" ? (row ?? byId("as-table")) : stage).focus();
  };
  search(model, (actor) => {
    choose.actor(actor);
    details.focus();
  });
  const dated = model.calendar.articles.reduce((sum, it) => sum + it, 0);
  const undated = Math.max(0, (model.method.volume?.articles ?? 0) - dated);
  const slider = time(model, bins, undated, (from, to) => change({ from, to }));

  const told = () => {
    const all = model.edges.weight.length;
    const kept = rule(model, view);
    const parts = [
      shown.edges.length === all && !kept
        ? `${many(model.actors.name.length, "actor")}, ${many(all, "edge")}.`
        : `${many(shown.actors.size, "actor")}, ${many(shown.edges.length, "edge")} of ${count(all)}${kept ? ` (${kept})` : ""}.`,
    ];
    if (shown.drawnEdges.length < shown.edges.length) {
      const which = view.draw === "backbone" ? `the backbone (${model.rule || "the strongest"})` : `the strongest by ${words(view.width, model).toLowerCase()}`;
      const own = view.actor === null && view.edge === null ? "" : " and the strongest of whom you chose";
      parts.push(`Drawn: ${many(shown.drawnEdges.length, "edge")} among ${many(shown.drawnActors.length, "actor")}, ${which}${own}; the table has all edges.`);
    }
    const drawn = shown.drawnActors.filter((actor) => !shown.actors.has(actor)).length;
    const alone = model.actors.name.length - shown.actors.size - drawn;
    if (shown.edges.length === all && alone > 0) parts.push(`Not drawn: ${many(alone, "actor")} without an edge.`);
    if (shown.isPart && (view.measure || view.width in model.edges.measures)) parts.push("Measures are of all time.");
    if (picture?.isStill) parts.push("This browser has no WebGL: a pointer does not move the picture, buttons and keys do; everything else works.");
    return parts.join(" ");
  };

  let waiting = 0;
  /** Writes the view into the address; what is newly looked at is a step to go back from. */
  const keep = (isNew = false) => {
    clearTimeout(waiting);
    const write = () => {
      const link = linkOf(model, view);
      const address = link ? `#${link}` : location.pathname + location.search;
      try {
        if (isNew) history.pushState(null, "", address);
        else history.replaceState(null, "", address);
      } catch {
        // Where a browser lets no script write the address of a file, Copy link still has it.
      }
    };
    if (isNew) write();
    else waiting = window.setTimeout(write, 200);
  };

  const show = (isNew: boolean) => {
    document.documentElement.dataset.theme = view.theme;
    const isTable = view.tab === "table";
    byId("stage-box").hidden = isTable;
    byId("table-box").hidden = !isTable;
    byId("as-picture").setAttribute("aria-pressed", String(!isTable));
    byId("as-table").setAttribute("aria-pressed", String(isTable));
    byId("theme").textContent = `Theme: ${view.theme || "auto"}`;
    follow(view);
    details.show(shown, view, isNew);
    slider.show(view);
    const strength = strengthOf(model, shown, view.width);
    const strongest = shown.edges.reduce((best, edge) => (best < 0 || strength(edge) > strength(best) ? edge : best), -1);
    explain(strongest < 0 ? NaN : (numberOf(model, shown, view.width)(strongest) ?? NaN), view);
    byId("told").textContent = told();
    // Last, when all around it has its size.
    if (isTable) {
      rows(shown, view);
      document.documentElement.dataset.drawn ??= String(Math.round(performance.now()));
    } else {
      const before = picture;
      picture ??= pictureOf(model, shownOf(model, START).drawnActors, stage, drawnChoice, view.camera);
      picture.draw(shown, view);
      if (!before && picture.isStill) byId("told").textContent = told();
    }
    stage.setAttribute("aria-label", `Picture of ${many(shown.drawnActors.length, "actor")} and ${many(shown.drawnEdges.length, "edge")}`);
  };

  const tip = byId("tip");
  const drawnChoice = {
    ...choose,
    over: (what: { actor?: number; edge?: number } | null, x: number, y: number) => {
      tip.hidden = what === null;
      if (!what) return;
      if (what.actor !== undefined) {
        tip.replaceChildren(named(model.actors.name[what.actor]), element("span", { class: "aside" }, ` ${many(shown.mentions[what.actor], "mention")}`));
      } else if (what.edge !== undefined) {
        const { source, target } = model.ends;
        tip.replaceChildren(named(model.actors.name[source[what.edge]]), " – ", named(model.actors.name[target[what.edge]]),
          element("span", { class: "aside" }, ` ${words("weight", model).toLowerCase()}: ${shown.weight[what.edge]}`));
      }
      tip.style.left = `${Math.min(x + 14, stage.clientWidth - 180)}px`;
      tip.style.top = `${y + 14}px`;
    },
    moved: (camera: View["camera"]) => {
      view.camera = camera;
      keep();
    },
  };

  byId("as-picture").addEventListener("click", () => change({ tab: "picture" }));
  byId("as-table").addEventListener("click", () => change({ tab: "table" }));
  byId("theme").addEventListener("click", () => change({ theme: THEMES[(THEMES.indexOf(view.theme) + 1) % THEMES.length] }));
  byId("nearer").addEventListener("click", () => picture?.zoom(1.5));
  byId("farther").addEventListener("click", () => picture?.zoom(1 / 1.5));
  byId("fit").addEventListener("click", () => picture?.fit());
  byId("filters-button").addEventListener("click", () => {
    const isOpen = document.body.classList.toggle("with-filters");
    byId("filters-button").setAttribute("aria-expanded", String(isOpen));
  });
  stage.addEventListener("keydown", (event) => {
    const moves: Record<string, () => void> = {
      ArrowLeft: () => picture?.move(-0.12, 0), ArrowRight: () => picture?.move(0.12, 0),
      ArrowUp: () => picture?.move(0, -0.12), ArrowDown: () => picture?.move(0, 0.12),
      "+": () => picture?.zoom(1.5), "=": () => picture?.zoom(1.5), "-": () => picture?.zoom(1 / 1.5), "0": () => picture?.fit(),
    };
    const move = event.ctrlKey || event.metaKey || event.altKey ? undefined : moves[event.key];
    if (move) {
      event.preventDefault();
      move();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.target === byId("search")) return;
    if (menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    } else leave();
  });
  const menu = byId("save") as HTMLDetailsElement;
  document.addEventListener("click", ({ target }) => {
    const isButton = target instanceof HTMLButtonElement && byId("save-menu").contains(target);
    if (isButton || !menu.contains(target as Node)) menu.open = false;
  });
  byId("link").addEventListener("click", () => {
    const address = `${location.href.split("#")[0]}#${linkOf(model, view)}`;
    const said = (words: string) => {
      byId("link").textContent = words;
      setTimeout(() => (byId("link").textContent = "Copy link"), 2000);
    };
    const copy = navigator.clipboard?.writeText(address) ?? Promise.reject(new Error("no clipboard"));
    copy.then(() => said("Copied"), () => prompt("The link to this view:", address));
  });
  const follows = () => {
    clearTimeout(waiting);
    view = { ...viewOf(model, location.hash) };
    shown = shownOf(model, view);
    show(true);
    picture?.look(view.camera);
  };
  // A link that is pasted into the open page, and the way back.
  window.addEventListener("popstate", follows);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(false));
  byId("save-menu").replaceChildren(...buttons({
    model, told,
    shown: () => shown,
    view: () => view,
    scene: () => {
      // Behind the table the picture has no size, and is of what was shown before.
      const { tab } = view;
      if (tab === "table") change({ tab: "picture" });
      const scene = (picture as Picture).scene();
      if (tab === "table") change({ tab });
      return scene;
    },
    colours: () => {
      const { ink, paper } = coloursOf(stage);
      return [ink, paper];
    },
  }));
  if (matchMedia("(min-width: 900px)").matches) byId("filters-button").click();
  show(true);
}

start().catch((error: unknown) => {
  byId("page").hidden = false;
  byId("told").textContent = `This page cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
});
