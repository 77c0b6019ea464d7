// What the page holds: columns as src/export/html writes them, unfolded so that each question is one look-up.

/** One value for each row in every column. */
export interface Network {
  title: string;
  lines: string[];
  method: Record<string, unknown> & { unit?: string; kept?: object[]; evidence?: number | null };
  colours: string[];
  rule: string;
  calendar: Days & { first: string | null; articles: number[] };
  actors: {
    name: string[];
    id: Record<string, string>;
    kind: string[];
    aliases: string[][];
    mentions: number[];
    attributive: number[];
    sentences: number[];
    articles: number[];
    pronouns: number[];
    community: number[];
    x: number[];
    y: number[];
    size: number[];
    measures: Record<string, (number | null)[]>;
    days: Days & { mentions: number[]; sentences: number[]; articles: number[] };
  };
  edges: {
    source: number[];
    target: number[];
    weight: number[];
    sentences: number[];
    articles: number[];
    stories: number[];
    pronouns: number[];
    backbone: number[];
    measures: Record<string, (number | null)[]>;
    days: Days & { weight: number[]; sentences: number[]; articles: number[]; stories: number[] };
  };
}

/** How many days each row has, and how far each is from the one before. */
export interface Days {
  days: number[];
  day: number[];
}

/** A column in which few values stand often; 0 is none. */
interface Said {
  values: string[];
  of: number[];
}

interface Columns {
  articles: {
    id: string[];
    path: string[];
    line: (number | null)[];
    published: (string | null)[];
    published_by: Said;
    title: (string | null)[];
    outlet: Said;
    byline: Said;
    language: Said;
    url: (string | null)[];
  };
  sentences: {
    article: number[];
    start: number[];
    end: Record<string, number>;
    text: string[];
    copies: Record<string, [number, string[]]>;
    marks: number[];
    actor: number[];
    gap: number[];
    length: number[];
    edges: Record<string, number[]>;
  };
}

/** A place in a sentence that names an actor; in units of its text. */
export interface Mark {
  actor: number;
  start: number;
  end: number;
}

export interface Article {
  id: string;
  path: string;
  line: number | null;
  published: string | null;
  publishedBy?: string;
  title: string | null;
  outlet?: string;
  byline?: string;
  language?: string;
  url: string | null;
}

export interface Sentence {
  article: Article;
  text: string;
  start: number;
  end: number;
  copies: number;
  outlets: string[];
  marks: Mark[];
}

/** The network with what is asked often. */
export interface Model extends Network {
  ends: { source: Int32Array; target: Int32Array };
  /** Edges of each actor. */
  edgesOf: number[][];
  /** Where the days of each row begin, and each as days from the first. */
  edgeDays: Unfolded;
  actorDays: Unfolded;
  allDays: Unfolded;
  edgeBetween: (a: number, b: number) => number | undefined;
  id: (actor: number) => string;
  actorOf: Map<string, number>;
}

export interface Unfolded {
  from: Int32Array;
  day: Int32Array;
}

/** The data in the element `id`; compressed where it is large. */
export async function read<T>(id: string): Promise<T> {
  const data = JSON.parse(document.getElementById(id)?.textContent ?? "null");
  if (typeof data?.gzip !== "string") return data as T;
  const bytes = Uint8Array.from(atob(data.gzip), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as T;
}

function summed(steps: number[]): Int32Array {
  const sums = new Int32Array(steps.length);
  let sum = 0;
  for (let i = 0; i < steps.length; i++) sums[i] = sum += steps[i];
  return sums;
}

function unfolded({ days, day }: Days): Unfolded {
  const from = new Int32Array(days.length + 1);
  const all = new Int32Array(day.length);
  let next = 0;
  for (let row = 0; row < days.length; row++) {
    let at = 0;
    for (let i = 0; i < days[row]; i++, next++) all[next] = at += day[next];
    from[row + 1] = next;
  }
  return { from, day: all };
}

export function modelOf(network: Network): Model {
  const source = summed(network.edges.source);
  const target = Int32Array.from(network.edges.target);
  const count = network.actors.name.length;
  const edgesOf: number[][] = network.actors.name.map(() => []);
  const between = new Map<number, number>();
  for (let edge = 0; edge < source.length; edge++) {
    const [a, b] = [source[edge], target[edge]];
    edgesOf[a].push(edge);
    edgesOf[b].push(edge);
    between.set(Math.min(a, b) * count + Math.max(a, b), edge);
  }
  const id = (actor: number) => network.actors.id[actor] ?? network.actors.name[actor];
  return {
    ...network,
    ends: { source, target },
    edgesOf,
    edgeDays: unfolded(network.edges.days),
    actorDays: unfolded(network.actors.days),
    allDays: unfolded(network.calendar),
    edgeBetween: (a, b) => between.get(Math.min(a, b) * count + Math.max(a, b)),
    id,
    actorOf: new Map(network.actors.name.map((_, actor) => [id(actor), actor])),
  };
}

/** The other end. */
export function other(model: Model, edge: number, actor: number): number {
  const { source, target } = model.ends;
  return source[edge] === actor ? target[edge] : source[edge];
}

/** The sentences of each edge, the oldest first. */
export interface Evidence {
  of: (edge: number) => Sentence[];
}

export function evidenceOf(model: Model, { articles, sentences }: Columns): Evidence {
  const article = summed(sentences.article);
  const first = new Int32Array(sentences.text.length + 1);
  const byEdge = new Map<number, number[]>();
  const enter = (edge: number | undefined, sentence: number) => {
    if (edge === undefined) return;
    const list = byEdge.get(edge);
    if (list) list.push(sentence);
    else byEdge.set(edge, [sentence]);
  };
  for (let i = 0; i < sentences.text.length; i++) {
    const [from, to] = [first[i], (first[i + 1] = first[i] + sentences.marks[i])];
    const listed = sentences.edges[i];
    if (listed) {
      listed.forEach((edge) => enter(edge, i));
      continue;
    }
    const named = [...new Set(sentences.actor.slice(from, to))];
    named.forEach((a, at) => named.slice(at + 1).forEach((b) => enter(model.edgeBetween(a, b), i)));
  }
  const said = ({ values, of }: Said, row: number) => (of[row] ? values[of[row] - 1] : undefined);
  const articleAt = (row: number): Article => ({
    id: articles.id[row],
    path: articles.path[row],
    line: articles.line[row],
    published: articles.published[row],
    publishedBy: said(articles.published_by, row),
    title: articles.title[row],
    outlet: said(articles.outlet, row),
    byline: said(articles.byline, row),
    language: said(articles.language, row),
    url: articles.url[row],
  });
  const marksOf = (sentence: number): Mark[] => {
    let at = 0;
    const marks: Mark[] = [];
    for (let i = first[sentence]; i < first[sentence + 1]; i++) {
      const start = at + sentences.gap[i];
      at = start + sentences.length[i];
      marks.push({ actor: sentences.actor[i], start, end: at });
    }
    return marks;
  };
  const sentenceAt = (i: number): Sentence => {
    const [copies, outlets] = sentences.copies[i] ?? [0, []];
    const text = sentences.text[i];
    const end = sentences.end[i] ?? sentences.start[i] + new TextEncoder().encode(text).length;
    return { article: articleAt(article[i]), text, start: sentences.start[i], end, copies, outlets, marks: marksOf(i) };
  };
  return { of: (edge) => (byEdge.get(edge) ?? []).map(sentenceAt) };
}

export const readEvidence = async (model: Model): Promise<Evidence> => evidenceOf(model, await read<Columns>("evidence"));
