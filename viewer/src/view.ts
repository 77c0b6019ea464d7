// What a reader looks at: everything that a link to the page keeps.
import type { Model } from "./data";

export interface View {
  actor: number | null;
  edge: number | null;
  /** Only the chosen actor and those it is named with. */
  near: boolean;
  /** The least weight. */
  weight: number;
  /** A further number of edges, and its bound: the most where it is a probability, else the least. */
  measure: string;
  bound: number | null;
  kindsOut: string[];
  groupsOut: number[];
  /** Days from the first, both inclusive; null where it is open. */
  from: number | null;
  to: number | null;
  /** Whether actors without an edge are drawn. */
  alone: boolean;
  /** The number that sets the width of lines. */
  width: string;
  /** Which edges are drawn where there are many: "backbone", "all", or how many of the strongest. */
  draw: string;
  tab: "picture" | "table";
  sort: string;
  up: boolean;
  camera: { x: number; y: number; ratio: number } | null;
  theme: "" | "light" | "dark";
}

export const START: View = {
  actor: null, edge: null, near: false, weight: 1, measure: "", bound: null, kindsOut: [], groupsOut: [], from: null, to: null,
  alone: false, width: "weight", draw: "backbone", tab: "picture", sort: "weight", up: false, camera: null, theme: "",
};

/** Communities with a colour of their own; the others are one group more. */
export const GROUPS = 8;
export const groupOf = (model: Model, actor: number): number => {
  const community = model.actors.community[actor];
  return community > GROUPS ? GROUPS + 1 : community;
};

/** The actors of each group that are named most. */
export function groupsOf(model: Model): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  model.actors.name.forEach((_, actor) => {
    const group = groupOf(model, actor);
    const members = groups.get(group);
    if (members) members.push(actor);
    else groups.set(group, [actor]);
  });
  for (const members of groups.values()) members.sort((a, b) => model.actors.mentions[b] - model.actors.mentions[a] || a - b);
  return new Map([...groups].sort(([a], [b]) => (a || Infinity) - (b || Infinity)));
}

const DAY = 86_400_000;
/** Milliseconds of a date; years beyond 9999 have six digits in JavaScript. */
export const timeOf = (date: string | null): number =>
  Date.parse((date ?? "1970-01-01").replace(/^([+-])(\d{4,5})-/, (_, sign: string, year: string) => `${sign}${year.padStart(6, "0")}-`));
export const dateOf = (model: Model, day: number): string => {
  const date = new Date(timeOf(model.calendar.first) + day * DAY);
  return Number.isFinite(date.getTime()) ? date.toISOString().split("T")[0] : "";
};
export const dayOf = (model: Model, date: string): number => Math.round((timeOf(date) - timeOf(model.calendar.first)) / DAY);

/** The view as the part of an address after `#`; nothing where it is as at the start. */
export function linkOf(model: Model, view: View): string {
  const parts = new URLSearchParams();
  const set = (name: string, value: string | number | null, usual?: unknown) => {
    if (value !== null && value !== "" && value !== usual) parts.set(name, String(value));
  };
  if (view.edge !== null) {
    parts.set("edge", model.id(model.ends.source[view.edge]));
    parts.set("with", model.id(model.ends.target[view.edge]));
  } else if (view.actor !== null) parts.set("actor", model.id(view.actor));
  set("near", view.near ? "1" : "");
  set("weight", view.weight, START.weight);
  set("measure", view.measure);
  set("bound", view.bound);
  view.kindsOut.forEach((kind) => parts.append("without", kind));
  view.groupsOut.forEach((group) => parts.append("group", String(group)));
  set("from", view.from === null ? null : dateOf(model, view.from));
  set("to", view.to === null ? null : dateOf(model, view.to));
  set("alone", view.alone ? "1" : "");
  set("width", view.width, START.width);
  set("draw", view.draw, START.draw);
  set("tab", view.tab, START.tab);
  set("sort", view.sort, START.sort);
  set("up", view.up ? "1" : "");
  set("theme", view.theme);
  if (view.camera) {
    const { x, y, ratio } = view.camera;
    parts.set("at", [x, y, ratio].map((it) => it.toFixed(3)).join(","));
  }
  return parts.toString();
}

/** The view that a link keeps; what it says wrongly is as at the start. */
export function viewOf(model: Model, link: string): View {
  const parts = new URLSearchParams(link.replace(/^#/, ""));
  const actorOf = (name: string) => model.actorOf.get(parts.get(name) ?? "\u0000") ?? null;
  const number = (name: string): number | null => {
    const value = parts.get(name);
    return value !== null && value !== "" && Number.isFinite(Number(value)) ? Number(value) : null;
  };
  const day = (name: string): number | null => {
    const date = parts.get(name) ?? "";
    const value = /^(\d{4}|[+-]\d{6})-\d{2}-\d{2}$/.test(date) ? dayOf(model, date) : NaN;
    return Number.isFinite(value) ? value : null;
  };
  const one = <T extends string>(name: string, known: readonly T[], usual: T): T =>
    known.find((it) => it === parts.get(name)) ?? usual;
  const [a, b] = [actorOf("edge"), actorOf("with")];
  const edge = a !== null && b !== null ? (model.edgeBetween(a, b) ?? null) : null;
  const at = (parts.get("at") ?? "").split(",").map(Number);
  const numbers = numbersOf(model);
  const actor = edge === null ? actorOf("actor") : null;
  const [from, to] = [day("from"), day("to")];
  const isTime = from === null || to === null || from <= to;
  return {
    actor,
    edge,
    near: parts.has("near") && (actor !== null || edge !== null),
    weight: Math.max(0, number("weight") ?? START.weight),
    measure: one("measure", Object.keys(model.edges.measures), ""),
    bound: number("bound"),
    kindsOut: parts.getAll("without").filter((it) => model.actors.kind.includes(it)),
    groupsOut: parts.getAll("group").map(Number).filter((it) => Number.isInteger(it) && it >= 0 && it <= GROUPS + 1),
    from: isTime ? from : null,
    to: isTime ? to : null,
    alone: parts.has("alone"),
    width: one("width", numbers, START.width),
    draw: /^(all|\d+)$/.test(parts.get("draw") ?? "") ? (parts.get("draw") as string) : START.draw,
    tab: one("tab", ["picture", "table"] as const, "picture"),
    sort: one("sort", ["actor", "with", "first", "last", ...numbers], START.sort),
    up: parts.has("up"),
    camera: at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? { x: at[0], y: at[1], ratio: at[2] } : null,
    theme: one("theme", ["", "light", "dark"] as const, ""),
  };
}

/** The numbers of edges, by name: counts first. */
export function numbersOf(model: Model): string[] {
  const { edges } = model;
  const counts = ["weight"];
  if (edges.sentences.some((it, edge) => it !== edges.weight[edge])) counts.push("sentences");
  counts.push("articles");
  if (edges.stories.some((it, edge) => it !== edges.articles[edge])) counts.push("stories");
  if (edges.pronouns.some((it) => it > 0)) counts.push("pronouns");
  return [...counts, ...Object.keys(edges.measures)];
}

/** Whether less of it is more: the probability of a test. */
export const isChance = (name: string): boolean => /_[pq]$/.test(name);
