// Files of what is shown: the picture as PNG and SVG, the edges as CSV, the data as JSON that sociogram reads.
import type { Article, Days, Model, Sentence, Unfolded } from "./data";
import { element } from "./element";
import { labelsOf, paint, svg, svgOf, type Scene } from "./scene";
import { columnsOf, sorted } from "./table";
import { dateOf, dayOf, GROUPS, groupsOf, isChance, type View } from "./view";
import type { Shown } from "./shown";

export interface Source {
  model: Model;
  shown: () => Shown;
  view: () => View;
  scene: () => Scene;
  /** Ink and paper. */
  colours: () => [string, string];
  /** What is shown of how much, in a sentence. */
  told: () => string;
}

function hand(name: string, data: Blob): void {
  const address = URL.createObjectURL(data);
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** The name of the page's own file, without its ending. */
const nameOf = (): string => {
  const last = (location.pathname.split("/").at(-1) ?? "").replace(/\.html?$/i, "") || "network";
  try {
    return decodeURIComponent(last);
  } catch {
    // A name with a byte that is no UTF-8.
    return last.replaceAll("%", "_");
  }
};

/** Words in lines of at most `most` letters; a longer word is cut. */
function wrapped(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const letters = [...word];
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else for (let at = 0; at === 0 || at < letters.length; at += most) lines.push(letters.slice(at, at + most).join(""));
  }
  return lines;
}

/** About how wide a letter of a text is, as a share of its size: twice as wide in scripts of East Asia. */
const wideOf = (text: string): number => (/[\u2e80-\uffdc]/.test(text) ? 1.05 : 0.53);

/** A picture on a sheet: its title above, what is shown and the method below. */
interface Sheet {
  scene: Scene;
  title: string[];
  notes: string[];
  /** Where the picture begins, the notes begin, and the sheet ends. */
  top: number;
  below: number;
  height: number;
}

function sheetOf(source: Source): Sheet {
  const scene = source.scene();
  const fit = (text: string, size: number) => wrapped(text, Math.max(10, Math.floor((scene.width - 40) / (size * wideOf(text)))));
  const title = fit(source.model.title, 19);
  const notes = [source.told(), ...source.model.lines].flatMap((line) => fit(line, 12));
  const top = 24 + title.length * 24;
  const below = top + scene.height + 22;
  return { scene, title, notes, top, below, height: below + notes.length * 17 + 2 };
}

/** The picture with title, what is shown, and the method. */
export function drawing(source: Source): SVGElement {
  const { scene, title, notes, top, below, height } = sheetOf(source);
  const [ink, paper] = source.colours();
  const { width } = scene;
  const root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` });
  root.append(svg("rect", { width, height, fill: paper }));
  const font = { "font-family": "system-ui, Arial, sans-serif", fill: ink };
  title.forEach((line, at) => root.append(svg("text", { x: 20, y: 34 + at * 24, "font-size": 19, "font-weight": 600, ...font }, line)));
  const inner = svgOf(scene, ink, paper);
  inner.setAttribute("y", String(top));
  root.append(inner);
  notes.forEach((line, at) => root.append(svg("text", { x: 20, y: below + at * 17, "font-size": 12, "fill-opacity": 0.8, ...font }, line)));
  return root;
}

const svgText = (source: Source): string => new XMLSerializer().serializeToString(drawing(source));

function png(source: Source): void {
  const { scene, title, notes, top, below, height } = sheetOf(source);
  const [ink, paper] = source.colours();
  const scale = Math.min(3, 8000 / Math.max(scene.width, height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(scene.width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(scale, scale);
  context.fillStyle = paper;
  context.fillRect(0, 0, scene.width, height);
  context.fillStyle = ink;
  context.font = "600 19px system-ui, Arial, sans-serif";
  title.forEach((line, at) => context.fillText(line, 20, 34 + at * 24));
  context.save();
  context.translate(0, top);
  context.beginPath();
  context.rect(0, 0, scene.width, scene.height);
  context.clip();
  paint(context, { ...scene, labels: labelsOf(scene.circles, scene.width, scene.height) }, ink, paper);
  context.restore();
  context.fillStyle = ink;
  context.globalAlpha = 0.8;
  context.textAlign = "left";
  context.font = "12px system-ui, Arial, sans-serif";
  notes.forEach((line, at) => context.fillText(line, 20, below + at * 17));
  canvas.toBlob((blob) => blob && hand(`${nameOf()}.png`, blob), "image/png");
}

/** A cell that no spreadsheet runs as a formula. */
export function cell(value: string): string {
  const isRisky = /^[=+\-@\t\r\n＝＋－＠]/.test(value) && !Number.isFinite(Number(value));
  const guarded = isRisky ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

export function csv({ model, shown, view }: Source): string {
  const columns = columnsOf(model, shown());
  const edges = sorted(columns, shown().edges, view());
  const rows = [columns.map((it) => it.title), ...edges.map((edge) => columns.map((it) => String(it.value(edge) ?? "")))];
  return rows.map((row) => row.map(cell).join(",") + "\r\n").join("");
}

const bytes = new TextEncoder();
const filled = (object: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined && value !== null));

function sentenceOf(model: Model, sentence: Sentence, ends: number[]): Record<string, unknown> {
  const { article, text, start, end, copies, outlets } = sentence;
  const place = (units: number) => start + bytes.encode(text.slice(0, units)).length;
  const { id, path, line, published, counted, publishedBy, title, outlet, byline, language, url }: Article = article;
  return {
    article: id, path, ...filled({ line, published, counted, published_by: publishedBy, title, outlet, byline, language, url }), start, end, text,
    ...(copies > 1 ? { copies } : {}), ...(outlets.length > 0 ? { outlets } : {}),
    marks: sentence.marks.filter((mark) => ends.includes(mark.actor)).map((mark) => ({ start: place(mark.start), end: place(mark.end), actor: model.id(mark.actor) })),
  };
}

function spanOf(model: Model, { from, to }: View): string {
  if (from === null) return `published until ${dateOf(model, to as number)}`;
  return to === null ? `published from ${dateOf(model, from)}` : `published from ${dateOf(model, from)} to ${dateOf(model, to)}`;
}

/** What is kept, in words. */
export function rule(model: Model, view: View): string {
  const parts = [];
  if (view.from !== null || view.to !== null) parts.push(spanOf(model, view));
  if (view.weight > 1) parts.push(`weight at least ${view.weight}`);
  if (view.measure && view.bound !== null) parts.push(`${view.measure} at ${isChance(view.measure) ? "most" : "least"} ${view.bound}`);
  if (view.kindsOut.length > 0) parts.push(`without the kinds ${view.kindsOut.join(", ")}`);
  if (view.groupsOut.length > 0) {
    const groups = groupsOf(model);
    const names = [...view.groupsOut].sort((a, b) => a - b).map((group) => {
      if (group === 0 || group > GROUPS) return group === 0 ? "those of no community" : "the smaller communities";
      return `the community of ${model.label(groups.get(group)?.[0] ?? 0)}`;
    });
    parts.push(`without ${names.join(", ")}`);
  }
  if (view.near) parts.push("those near the chosen");
  return parts.join("; ");
}

/** The counts of a row on each of its days that is looked at, by date; nothing where there is none. */
function daysOf<T extends Days>(model: Model, { from: rows, day, counts }: Unfolded<T>, row: number, names: (keyof T)[], { from, to }: View): { days?: Record<string, Record<string, number>> } {
  const days: Record<string, Record<string, number>> = {};
  for (let i = rows[row]; i < rows[row + 1]; i++) {
    if (day[i] < (from ?? -Infinity) || day[i] > (to ?? Infinity)) continue;
    days[dateOf(model, day[i])] = Object.fromEntries(names.map((name) => [name, (counts[name] as number[])[i]]));
  }
  return Object.keys(days).length > 0 ? { days } : {};
}

/** The actors and edges that are kept as node-link data, which `sociogram export` and `why` read. */
export function json({ model, shown: now, view }: Source): string {
  const shown = now();
  const { actors, edges } = model;
  const wanted = new Set(shown.actors);
  if (view().alone || shown.edges.length === 0) shown.drawnActors.forEach((actor) => wanted.add(actor));
  const measures = (columns: Record<string, (number | null)[]>, row: number) =>
    filled(Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]])));
  const isIn = (date: string | null) => {
    const day = date === null ? NaN : dayOf(model, date);
    return !shown.isPart || (day >= (view().from ?? -Infinity) && day <= (view().to ?? Infinity));
  };
  // Days have counts; measures, pronouns and what was left out are of all time, and would be wrong beside them.
  const ofAll = <T extends object>(facts: T): T | object => (shown.isPart ? {} : facts);
  const counts = (actor: number) => {
    const days = daysOf(model, model.actorDays, actor, ["mentions", "sentences", "articles", "stories"], view());
    const sum = (name: string, all: number) =>
      shown.isPart ? Object.values(days.days ?? {}).reduce((sum, it) => sum + it[name], 0) : all;
    const { mentions, sentences, articles, stories } = actors;
    return {
      mentions: sum("mentions", mentions[actor]), ...ofAll({ attributive: actors.attributive[actor] }), sentences: sum("sentences", sentences[actor]),
      articles: sum("articles", articles[actor]), stories: sum("stories", stories[actor]), ...days,
    };
  };
  const nodes = [...wanted].sort((a, b) => a - b).map((actor) => ({
    id: model.id(actor), name: actors.name[actor], kind: actors.kind[actor], aliases: actors.aliases[actor], ...counts(actor),
    ...ofAll(actors.pronouns[actor] > 0 ? { pronouns: actors.pronouns[actor] } : {}),
    ...ofAll(actors.units[actor] ? { units: actors.units[actor] } : {}),
    ...ofAll(actors.left_out[actor] ? { left_out: actors.left_out[actor] } : {}),
    ...(actors.community[actor] > 0 ? { community: actors.community[actor] } : {}), ...ofAll(measures(actors.measures, actor)),
  }));
  const links = shown.edges.map((edge) => {
    const ends = [model.ends.source[edge], model.ends.target[edge]];
    const day = (of: (edge: number) => number) => (of(edge) < 0 ? null : dateOf(model, of(edge)));
    return {
      source: model.id(ends[0]), target: model.id(ends[1]), weight: shown.weight[edge], sentences: shown.sentences[edge], articles: shown.articles[edge],
      ...(shown.stories[edge] === shown.articles[edge] ? {} : { stories: shown.stories[edge] }),
      ...ofAll(edges.pronouns[edge] > 0 ? { pronouns: edges.pronouns[edge] } : {}),
      first: day(shown.first), last: day(shown.last), ...daysOf(model, model.edgeDays, edge, ["weight", "sentences", "articles", "stories"], view()), ...ofAll(measures(edges.measures, edge)),
      evidence: model.sentencesOf(edge).filter((it) => isIn(it.article.counted ?? it.article.published)).map((it) => sentenceOf(model, it, ends)),
    };
  });
  const said = rule(model, view()) || (nodes.length < actors.name.length ? "actors with an edge" : "");
  const kept = { rule: said, edges: links.length, of_edges: edges.weight.length, actors: nodes.length, of_actors: actors.name.length };
  const { days } = daysOf(model, model.allDays, 0, ["articles", "stories", "sentences", "naming"], { ...view(), from: null, to: null });
  const method = { ...model.method, ...(days ? { days } : {}), ...(said ? { kept: [...(model.method.kept ?? []), kept] } : {}) };
  return `${JSON.stringify({ schema: 1, directed: false, multigraph: false, graph: {}, method, nodes, edges: links }, null, 1)}\n`;
}

/** The buttons, each with the file that it makes. */
export function buttons(source: Source): HTMLElement[] {
  const button = (id: string, words: string, make: () => void) => element("button", { type: "button", id, onclick: make }, words);
  const text = (ending: string, kind: string, content: string) => hand(`${nameOf()}.${ending}`, new Blob([content], { type: `${kind};charset=utf-8` }));
  return [
    button("save-png", "Picture (PNG)", () => png(source)),
    button("save-svg", "Picture (SVG)", () => text("svg", "image/svg+xml", svgText(source))),
    button("save-csv", "Table of edges (CSV)", () => text("csv", "text/csv", csv(source))),
    button("save-json", "Data with sentences (JSON)", () => text("json", "application/json", json(source))),
  ];
}
