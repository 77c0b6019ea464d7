// The edges that the filters keep, as a table to sort.
import type { Model } from "./data";
import { byId, count, element, keepFocus, named, short } from "./element";
import { words } from "./panel";
import { numberOf, type Shown } from "./shown";
import { dateOf, numbersOf, type View } from "./view";

export interface Column {
  name: string;
  /** What it is called in a file. */
  title: string;
  words: string;
  isText: boolean;
  /** What is written in a cell. */
  cell: (edge: number) => string;
  /** What is compared. */
  value: (edge: number) => string | number | null;
}

/** The columns, each with what stands in it for an edge. */
export function columnsOf(model: Model, shown: Shown): Column[] {
  const { source, target } = model.ends;
  const day = (of: (edge: number) => number) => (edge: number) => (of(edge) < 0 ? "" : dateOf(model, of(edge)));
  const text = (key: string, says: string, value: (edge: number) => string): Column => ({ name: key, title: key, words: says, isText: true, cell: value, value });
  const numbers = numbersOf(model).map((key): Column => {
    const value = numberOf(model, shown, key);
    // Days have counts; measures and pronouns are of all time.
    const ofAll = shown.isPart && (key === "pronouns" || key in model.edges.measures);
    return { name: key, title: ofAll ? `${key}_of_all_time` : key, words: words(key, model) + (ofAll ? " (all time)" : ""), isText: false, cell: (edge) => short(value(edge)), value };
  });
  const counts = numbers.filter((it) => !(it.name in model.edges.measures));
  return [
    text("actor", "Actor", (edge) => model.label(source[edge])),
    text("with", "With", (edge) => model.label(target[edge])),
    ...counts,
    text("first", "First", day(shown.first)),
    text("last", "Last", day(shown.last)),
    ...numbers.slice(counts.length),
  ];
}

/** The edges in the order that is asked for; what is not there comes last. */
export function sorted(columns: Column[], edges: number[], view: View): number[] {
  const column = columns.find((it) => it.name === view.sort) ?? columns[2];
  const values = new Map(edges.map((edge) => [edge, column.value(edge)]));
  const sign = view.up ? 1 : -1;
  const compare = new Intl.Collator("en").compare;
  const isNone = (value: unknown) => value === null || value === "";
  return [...edges].sort((a, b) => {
    const [one, two] = [values.get(a) ?? null, values.get(b) ?? null];
    if (isNone(one) || isNone(two)) return Number(isNone(one)) - Number(isNone(two)) || a - b;
    const by = typeof one === "string" ? compare(one, two as string) : (one as number) - (two as number);
    return sign * by || a - b;
  });
}

const PAGE = 200;

export function table(model: Model, open: (edge: number) => void, sort: (name: string, up: boolean) => void): (shown: Shown, view: View) => void {
  const box = byId("table-box");
  /** How far a reader went down in which list. */
  let [list, rows] = ["", PAGE];
  return (shown, view) => keepFocus(box, () => {
    const columns = columnsOf(model, shown);
    const edges = sorted(columns, shown.edges, view);
    const head = columns.map((column) => {
      const isBy = column.name === view.sort;
      const up = isBy ? !view.up : column.isText;
      return element("th", { scope: "col", class: column.isText ? "" : "number", "aria-sort": isBy ? (view.up ? "ascending" : "descending") : "none" },
        element("button", { type: "button", "data-sort": column.name, onclick: () => sort(column.name, up) }, column.words, element("span", { "aria-hidden": "true" }, isBy ? (view.up ? " ▲" : " ▼") : "")));
    });
    const body = element("tbody");
    const more = element("button", { type: "button", class: "more" });
    const now = `${view.sort} ${view.up} ${edges.length} ${edges[0]}`;
    if (now !== list) [list, rows] = [now, PAGE];
    let at = 0;
    const next = () => {
      body.append(...edges.slice(at, rows).map((edge) => row(columns, edge)));
      at = Math.min(edges.length, rows);
      more.hidden = at >= edges.length;
      more.textContent = `Show ${count(Math.min(PAGE, edges.length - at))} more of ${count(edges.length)} edges`;
    };
    const row = (columns: Column[], edge: number) =>
      element("tr", { "data-edge": edge, class: edge === view.edge ? "chosen" : "", onclick: () => open(edge) }, ...columns.map((column, index) => {
        const cell = column.cell(edge);
        if (index === 0) return element("th", { scope: "row" }, element("button", { type: "button", "aria-label": `${cell} and ${columns[1].cell(edge)}: sentences` }, named(cell)));
        return element("td", { class: column.isText ? "" : "number" }, index === 1 ? named(cell) : cell);
      }));
    more.addEventListener("click", () => {
      const first = at;
      rows += PAGE;
      next();
      body.children[first]?.querySelector("button")?.focus();
    });
    next();
    const { scrollTop, scrollLeft } = box;
    box.replaceChildren(element("table", { class: "edges" },
      element("caption", { class: "hidden" }, `${count(edges.length)} edges`),
      element("thead", {}, element("tr", {}, ...head)), body), more);
    box.scrollTo(scrollLeft, scrollTop);
  });
}
