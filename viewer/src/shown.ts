// What the filters keep, and what of it is drawn: a function of the network and the view.
import { other, type Days, type Model, type Unfolded } from "./data";
import { groupOf, isChance, type View } from "./view";

/** More edges than so many hide one another. */
export const MANY = 400;

export interface Shown {
  /** Edges that the filters keep, in order. */
  edges: number[];
  /** Counts of every edge in the time that is looked at. */
  weight: ArrayLike<number>;
  sentences: ArrayLike<number>;
  articles: ArrayLike<number>;
  stories: ArrayLike<number>;
  /** Mentions of every actor then. */
  mentions: ArrayLike<number>;
  /** Actors with an edge of these. */
  actors: Set<number>;
  drawnEdges: number[];
  drawnActors: number[];
  /** Whether a part of the time is looked at. */
  isPart: boolean;
  /** First and last day of each edge then, as days from the first; -1 without. */
  first: (edge: number) => number;
  last: (edge: number) => number;
}

/** The sums of `counts` over the days of each row from `from` to `to`. */
function within({ from: rows, day }: Unfolded<Days>, counts: number[], from: number, to: number): Int32Array {
  const sums = new Int32Array(rows.length - 1);
  for (let row = 0; row < sums.length; row++) {
    for (let i = rows[row]; i < rows[row + 1]; i++) if (day[i] >= from && day[i] <= to) sums[row] += counts[i];
  }
  return sums;
}

export function shownOf(model: Model, view: View): Shown {
  const isPart = view.from !== null || view.to !== null;
  const [from, to] = [view.from ?? -Infinity, view.to ?? Infinity];
  const days = model.edgeDays.counts;
  const inTime = (all: number[], counts: number[]) => (isPart ? within(model.edgeDays, counts, from, to) : all);
  const weight = inTime(model.edges.weight, days.weight);
  const sentences = inTime(model.edges.sentences, days.sentences);
  const articles = inTime(model.edges.articles, days.articles);
  const stories = inTime(model.edges.stories, days.stories);
  const mentions = isPart ? within(model.actorDays, model.actorDays.counts.mentions, from, to) : model.actors.mentions;
  const kept = keeps(model, view, weight, isPart);
  const edges: number[] = [];
  for (let edge = 0; edge < weight.length; edge++) if (kept(edge)) edges.push(edge);
  const actors = endsOf(model, edges);
  const shown = { edges, weight, sentences, articles, stories, mentions, actors, isPart, drawnEdges: [], drawnActors: [], ...daysOf(model, from, to) };
  const drawnEdges = drawn(model, view, shown);
  const drawnActors = endsOf(model, drawnEdges);
  if (view.alone) aloneOf(model, view, shown).forEach((actor) => drawnActors.add(actor));
  if (view.actor !== null) drawnActors.add(view.actor);
  return { ...shown, drawnEdges, drawnActors: [...drawnActors].sort((a, b) => a - b) };
}

function endsOf(model: Model, edges: number[]): Set<number> {
  const actors = new Set<number>();
  for (const edge of edges) actors.add(model.ends.source[edge]).add(model.ends.target[edge]);
  return actors;
}

function isIn(model: Model, view: View): Uint8Array {
  const kinds = new Set(view.kindsOut);
  const groups = new Set(view.groupsOut);
  return Uint8Array.from(model.actors.kind, (kind, actor) => (kinds.has(kind) || groups.has(groupOf(model, actor)) ? 0 : 1));
}

function keeps(model: Model, view: View, weight: ArrayLike<number>, isPart: boolean): (edge: number) => boolean {
  const { source, target } = model.ends;
  const actorIn = isIn(model, view);
  const column = view.bound === null ? undefined : model.edges.measures[view.measure];
  const sign = isChance(view.measure) ? -1 : 1;
  const centre = view.near ? centreOf(model, view) : null;
  const near = centre && new Set([...centre, ...centre.flatMap((actor) => model.edgesOf[actor].map((edge) => other(model, edge, actor)))]);
  return (edge) => {
    const [a, b] = [source[edge], target[edge]];
    if (!actorIn[a] || !actorIn[b] || weight[edge] < view.weight) {
      // Where only pronouns tell of an edge its weight is 0: it is seen where no weight is asked for.
      if (!(actorIn[a] && actorIn[b] && view.weight <= 1 && weight[edge] === 0 && !isPart)) return false;
    }
    if (column) {
      const number = column[edge];
      if (number === null || sign * number < sign * (view.bound as number)) return false;
    }
    return !near || (near.has(a) && near.has(b));
  };
}

/** Who is looked at. */
export function centreOf(model: Model, view: View): number[] | null {
  if (view.edge !== null) return [model.ends.source[view.edge], model.ends.target[view.edge]];
  return view.actor === null ? null : [view.actor];
}

function daysOf(model: Model, from: number, to: number): Pick<Shown, "first" | "last"> {
  const { from: rows, day } = model.edgeDays;
  const first = (edge: number) => {
    for (let i = rows[edge]; i < rows[edge + 1]; i++) if (day[i] >= from && day[i] <= to) return day[i];
    return -1;
  };
  const last = (edge: number) => {
    for (let i = rows[edge + 1] - 1; i >= rows[edge]; i--) if (day[i] >= from && day[i] <= to) return day[i];
    return -1;
  };
  return { first, last };
}

/** The number of an edge by name; none where it has not been counted. */
export function numberOf(model: Model, shown: Shown, name: string): (edge: number) => number | null {
  if (name === "weight") return (edge) => shown.weight[edge];
  if (name === "sentences") return (edge) => shown.sentences[edge];
  if (name === "articles") return (edge) => shown.articles[edge];
  if (name === "stories") return (edge) => shown.stories[edge];
  if (name === "pronouns") return (edge) => model.edges.pronouns[edge];
  const column = model.edges.measures[name] ?? [];
  return (edge) => column[edge] ?? null;
}

/** How strong an edge is by a number: larger is stronger, probabilities turned round. */
export function strengthOf(model: Model, shown: Shown, name: string): (edge: number) => number {
  const number = numberOf(model, shown, name);
  if (!isChance(name)) return (edge) => number(edge) ?? -Infinity;
  return (edge) => -Math.log10(Math.max(number(edge) ?? 1, 1e-12));
}

function drawn(model: Model, view: View, shown: Shown): number[] {
  const { edges } = shown;
  if (view.draw === "all" || edges.length <= MANY) return edges;
  const centre = new Set(centreOf(model, view) ?? []);
  const strength = strengthOf(model, shown, view.width);
  const strongest = (list: number[], many: number) =>
    [...list].sort((a, b) => strength(b) - strength(a) || shown.weight[b] - shown.weight[a] || a - b).slice(0, many);
  const chosen = view.draw === "backbone"
    ? edges.filter((edge) => model.edges.backbone[edge] === 1)
    : strongest(edges, Number(view.draw));
  // Whoever is looked at is seen with those it is named with most.
  const own = edges.filter((edge) => centre.has(model.ends.source[edge]) || centre.has(model.ends.target[edge]));
  return [...new Set([...chosen, ...strongest(own, 100)])].sort((a, b) => a - b);
}

/** Actors that are named, and have no edge that is kept. */
function aloneOf(model: Model, view: View, shown: Shown): number[] {
  if (view.near) return [];
  const actorIn = isIn(model, view);
  return model.actors.name.map((_, actor) => actor).filter((actor) =>
    actorIn[actor] === 1 && !shown.actors.has(actor) && (shown.mentions[actor] > 0 || !shown.isPart));
}

/** The width of the line of an edge, from 1 to 8. */
export function widthOf(model: Model, shown: Shown, view: View): (edge: number) => number {
  const strength = strengthOf(model, shown, view.width);
  let [least, most] = [Infinity, -Infinity];
  for (const edge of shown.edges) {
    const value = strength(edge);
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  // Counts begin at nothing, measures at the least that is seen.
  if (!(view.width in model.edges.measures)) least = 0;
  return (edge) => {
    const share = (strength(edge) - least) / (most - least);
    return 1 + 7 * (Number.isFinite(share) ? Math.max(0, share) : 0);
  };
}
