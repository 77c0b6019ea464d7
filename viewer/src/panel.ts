// What is known of the actor or the edge that is looked at.
import { colourOf, coloursOf } from "./colours";
import { other, type Mark, type Model, type Sentence } from "./data";
import { byId, count, element, fill, keepFocus, many, named, short, type Content } from "./element";
import { numberOf, type Shown } from "./shown";
import { chart, inBins, type Bins } from "./time";
import { dayOf, numbersOf, type View } from "./view";

export interface Act {
  actor: (actor: number) => void;
  edge: (edge: number) => void;
  near: (near: boolean) => void;
  close: () => void;
}

const PAGE = 50;

export interface Panel {
  /** `isNew` where something else is looked at than before. */
  show: (shown: Shown, view: View, isNew: boolean) => void;
  focus: () => void;
}

export function panel(model: Model, bins: Bins | null, act: Act): Panel {
  const box = byId("panel");
  /** How far a reader went down in each list. */
  const pages = new Map<string, number>();
  const show = (shown: Shown, view: View, isNew: boolean) => {
    box.hidden = view.actor === null && view.edge === null;
    document.body.classList.toggle("with-panel", !box.hidden);
    if (box.hidden) return box.replaceChildren();
    if (isNew) pages.clear();
    const place = isNew ? 0 : box.scrollTop;
    keepFocus(box, () => {
      if (view.edge !== null) edgePanel(view.edge, shown, view);
      else if (view.actor !== null) actorPanel(view.actor, shown, view);
    });
    box.scrollTop = place;
    // On a phone the details stand below the picture: their head comes into view.
    if (isNew && matchMedia("(max-width: 899px)").matches) box.querySelector(".head")?.scrollIntoView({ block: "start" });
  };

  const closing = () => element("button", { type: "button", class: "close", "aria-label": "Close details", onclick: act.close }, "×");
  const nearby = (view: View, words: string) =>
    element("label", { class: "check" }, element("input", { type: "checkbox", id: "near", checked: view.near, onchange: (event) => act.near((event.target as HTMLInputElement).checked) }), words);
  const dot = (actor: number) => {
    const mark = element("span", { class: "dot", "aria-hidden": "true" });
    mark.style.background = colourOf(model, actor, coloursOf(box).grey);
    return mark;
  };

  const isOut = (view: View) => (bin: number) =>
    bins !== null && (bins.from[bin + 1] <= (view.from ?? -Infinity) || bins.from[bin] > (view.to ?? Infinity));

  const actorPanel = (actor: number, shown: Shown, view: View) => {
    const { actors } = model;
    const days = model.actorDays.counts;
    const edges = model.edgesOf[actor].filter((edge) => isKept(shown, edge));
    edges.sort((a, b) => shown.weight[b] - shown.weight[a] || a - b);
    const inTime = (counts: number[]) => {
      let sum = 0;
      const { from, day } = model.actorDays;
      for (let i = from[actor]; i < from[actor + 1]; i++) if (day[i] >= (view.from ?? -Infinity) && day[i] <= (view.to ?? Infinity)) sum += counts[i];
      return sum;
    };
    const fact = (name: string, all: number, days?: number[]): [string, string] =>
      [name, shown.isPart && days ? `${count(inTime(days))} of ${count(all)}` : count(all)];
    const facts: [string, string][] = [
      fact("Mentions", actors.mentions[actor], days.mentions),
      fact("Sentences", actors.sentences[actor], days.sentences),
      fact("Articles", actors.articles[actor], days.articles),
    ];
    if (actors.attributive[actor] > 0) facts.push(fact("Before a thing (“the … administration”)", actors.attributive[actor]));
    if (actors.pronouns[actor] > 0) facts.push(fact("Pronouns", actors.pronouns[actor]));
    for (const [name, column] of Object.entries(actors.measures)) if (column[actor] !== null) facts.push([words(name), short(column[actor])]);
    const also = actors.aliases[actor].filter((alias) => alias !== actors.name[actor]);
    fill(box,
      element("div", { class: "head" }, element("h2", { tabindex: -1 }, dot(actor), named(actors.name[actor])), closing()),
      element("p", { class: "aside" }, actors.kind[actor], also.length > 0 ? "; also " : null, ...also.slice(0, 12).flatMap((alias, at): Content[] => [at > 0 ? ", " : null, named(alias)])),
      table(facts),
      bins ? figure("Articles that name this actor", chart(bins, inBins(bins, model.actorDays, days.articles, actor), "article", 60, isOut(view))) : null,
      nearby(view, "Show only this actor and those it is named with"),
      element("h3", {}, `Named with ${many(edges.length, "actor")}`, shown.isPart ? " in this time" : ""),
      paged("ul", "list", edges, (edge) => edgeRow(actor, edge, shown), pages),
    );
  };

  const edgeRow = (actor: number, edge: number, shown: Shown) => {
    const one = other(model, edge, actor);
    return element("li", {}, element("button", { type: "button", class: "row", onclick: () => act.edge(edge) },
      dot(one), named(model.label(one)), element("span", { class: "number" }, count(shown.weight[edge]))));
  };

  const edgePanel = (edge: number, shown: Shown, view: View) => {
    const [a, b] = [model.ends.source[edge], model.ends.target[edge]];
    const facts: [string, string][] = numbersOf(model).filter((name) => numberOf(model, shown, name)(edge) !== null)
      .map((name) => [words(name, model), short(numberOf(model, shown, name)(edge))]);
    const link = (actor: number, mark: string) =>
      element("button", { type: "button", class: `name ${mark}`, onclick: () => act.actor(actor) }, named(model.actors.name[actor]));
    fill(box,
      element("div", { class: "head" }, element("h2", { tabindex: -1 }, link(a, "one"), " and ", link(b, "two")), closing()),
      element("p", { class: "aside" }, shown.isPart ? "Counts are of the time that is looked at; measures are of all." : "Named together:"),
      table(facts),
      bins ? figure("Articles that name both", chart(bins, inBins(bins, model.edgeDays, model.edgeDays.counts.articles, edge), "article", 60, isOut(view))) : null,
      nearby(view, "Show only these two and those they are named with"),
      element("h3", {}, "Sentences"),
      ...sentencesOf(edge, model.sentencesOf(edge), [a, b], view),
    );
  };

  const sentencesOf = (edge: number, all: Sentence[], [a, b]: [number, number], view: View): Node[] => {
    const isIn = ({ article }: Sentence) => {
      if (view.from === null && view.to === null) return true;
      const date = article.counted ?? article.published;
      if (!date) return false;
      const day = dayOf(model, date);
      return day >= (view.from ?? -Infinity) && day <= (view.to ?? Infinity);
    };
    const kept = all.filter(isIn);
    const counted = model.edges.sentences[edge];
    const notes: string[] = [];
    if (kept.length < all.length) notes.push(`${count(kept.length)} of ${count(all.length)} are of the time that is looked at.`);
    if (all.length === 0) notes.push("This file holds no sentences: it was made without evidence.");
    else if (all.length < counted && model.method.evidence) notes.push(`This file holds ${count(all.length)} of ${count(counted)} sentences.`);
    return [
      ...notes.map((note) => element("p", { class: "aside" }, note)),
      paged("ol", "evidence", kept, (sentence) => sentenceOf(sentence, [a, b]), pages),
    ];
  };
  return { show, focus: () => box.querySelector<HTMLElement>("h2")?.focus() };
}

const isKeptCache = new WeakMap<Shown, Set<number>>();
function isKept(shown: Shown, edge: number): boolean {
  let kept = isKeptCache.get(shown);
  if (!kept) isKeptCache.set(shown, (kept = new Set(shown.edges)));
  return kept.has(edge);
}

/** What a column is called. */
export function words(name: string, model?: Model): string {
  const unit = model?.method.unit ?? "";
  if (name === "weight") return unit && !unit.includes(":") ? `Weight (${unit}s)` : unit ? `Weight (${unit.replace(":", " of ")})` : "Weight";
  if (/^[a-z]/.test(name)) return (name[0].toUpperCase() + name.slice(1)).replaceAll("_", " ");
  return name;
}

function table(facts: [string, string][]): HTMLElement {
  return element("table", { class: "facts" }, element("tbody", {}, ...facts.map(([name, value]) =>
    element("tr", {}, element("th", { scope: "row" }, name), element("td", {}, value)))));
}

function figure(caption: string, drawing: SVGElement): HTMLElement {
  return element("figure", {}, drawing as unknown as HTMLElement, element("figcaption", {}, caption));
}

/** A list that shows its rest when asked; how far is kept in `pages`. */
function paged<T>(name: "ul" | "ol", kind: string, all: T[], row: (it: T) => HTMLElement, pages: Map<string, number>): HTMLElement {
  const list = element(name, { class: kind });
  const more = element("button", { type: "button", class: "more" });
  let shown = 0;
  const next = () => {
    const most = pages.get(kind) ?? PAGE;
    list.append(...all.slice(shown, most).map(row));
    shown = Math.min(all.length, most);
    more.hidden = shown >= all.length;
    more.textContent = `Show ${count(Math.min(PAGE, all.length - shown))} more of ${count(all.length)}`;
  };
  more.addEventListener("click", () => {
    const first = shown;
    pages.set(kind, shown + PAGE);
    next();
    const item = list.children[first] as HTMLElement | undefined;
    const button = item?.querySelector("button");
    if (item && !button) item.tabIndex = -1;
    (button ?? item)?.focus();
  });
  next();
  return element("div", {}, list, more);
}

/** Text with the names that stand in it. */
function marked(text: string, marks: Mark[], ends: [number, number]): Node[] {
  const parts: Node[] = [];
  let at = 0;
  for (const { actor, start, end } of marks) {
    if (!ends.includes(actor) || start < at || end > text.length || end <= start) continue;
    parts.push(document.createTextNode(text.slice(at, start)), element("mark", { class: actor === ends[0] ? "one" : "two" }, text.slice(start, end)));
    at = end;
  }
  parts.push(document.createTextNode(text.slice(at)));
  return parts;
}

/** Addresses of the web only: whatever else stands in a file is no link. */
export function addressOf(url: string | null): string | null {
  if (!url) return null;
  try {
    const address = new URL(url);
    return address.protocol === "http:" || address.protocol === "https:" ? address.href : null;
  } catch {
    return null;
  }
}

function sentenceOf(sentence: Sentence, ends: [number, number]): HTMLElement {
  const { article, text, copies, outlets } = sentence;
  const address = addressOf(article.url);
  const title = article.title ?? article.id;
  const where = [article.path + (article.line ? `, line ${article.line}` : "") + `, bytes ${sentence.start}–${sentence.end}`];
  if (article.byline) where.unshift(article.byline);
  return element("li", {},
    element("p", { class: "meta" },
      article.published ? element("time", { datetime: article.published, title: article.publishedBy ?? "" }, article.published) : "undated",
      article.outlet ? " · " : null, article.outlet ? named(article.outlet) : null),
    element("blockquote", { dir: "auto", lang: article.language }, ...marked(text, sentence.marks, ends)),
    element("p", { class: "source" },
      address ? element("a", { href: address, target: "_blank", rel: "noopener noreferrer", dir: "auto" }, title) : named(title),
      copies > 1 ? element("span", { class: "copies" }, ` · told by ${many(copies, "article")}`, outlets.length > 0 ? `: ${outlets.join(", ")}` : "") : null),
    element("p", { class: "place" }, where.join(" · ")));
}
