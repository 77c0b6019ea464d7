// What the page holds: columns as src/export/html writes them, unfolded so that each question is one look-up.
import { timeOf } from "./view";

/** One value for each row in every column. */
export interface Network {
  title: string;
  lines: string[];
  method: Record<string, unknown> & { unit?: string; kept?: object[]; evidence?: number | null; volume?: { articles?: number } };
  colours: string[];
  rule: string;
  calendar: Days & { first: string | null; articles: number[]; stories: number[]; sentences: number[]; naming: number[] };
  actors: {
    name: string[];
    id: Record<string, string>;
    kind: string[];
    aliases: string[][];
    mentions: number[];
    attributive: number[];
    sentences: number[];
    articles: number[];
    stories: number[];
    pronouns: number[];
    /** Where units are paragraphs or windows. */
    units: Record<string, number>;
    /** By zone, of those of whom mentions were left out. */
    left_out: Record<string, Record<string, number>>;
    community: number[];
    x: number[];
    y: number[];
    size: number[];
    measures: Record<string, (number | null)[]>;
    days: ActorDays | null;
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
    days: EdgeDays | null;
  };
}

/** How many days each row has, and how far each is from the one before. */
export interface Days {
  days: number[];
  day: number[];
}

export type ActorDays = Days & { mentions: number[]; sentences: number[]; articles: number[]; stories: number[] };
export type EdgeDays = Days & { weight: number[]; sentences: number[]; articles: number[]; stories: number[] };

/** A column in which few values stand often; 0 is none. */
interface Said {
  values: string[];
  of: number[];
}

export interface Columns {
  /** What the letters of titles, addresses and sentences stand for; empty where these are as they are. */
  words: string[];
  articles: {
    id: string[];
    path: string[];
    line: (number | null)[];
    published: (string | null)[];
    /** The day under which its story counts, where that is another. */
    counted: Record<string, string>;
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
  counted?: string;
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
  /** The counts of each row by day: where its days begin, and each as days from the first. */
  edgeDays: Unfolded<EdgeDays>;
  actorDays: Unfolded<ActorDays>;
  allDays: Unfolded<Network["calendar"]>;
  /** The sentences of an edge, the oldest first. */
  sentencesOf: (edge: number) => Sentence[];
  edgeBetween: (a: number, b: number) => number | undefined;
  id: (actor: number) => string;
  /** Its name, with the identifier where another has the same name. */
  label: (actor: number) => string;
  actorOf: Map<string, number>;
}

export interface Unfolded<T> {
  from: Int32Array;
  day: Int32Array;
  counts: T;
}

/** The data in the element `id`; compressed where it is large. */
export async function read<T>(id: string): Promise<T> {
  const data = JSON.parse(document.getElementById(id)?.textContent ?? "null");
  if (typeof data?.packed !== "string") return data as T;
  const stream = new Blob([unlettered(data.packed, data.bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as T;
}

/** The bytes in a text of which two letters are 13 bits: the reverse of src/export/html/packed.rs. */
function unlettered(text: string, length: number): Uint8Array<ArrayBuffer> {
  const values = new Uint8Array(128);
  let letters = 0;
  for (let code = 0x21; code < 0x7f; code++) if (!'"<\\'.includes(String.fromCharCode(code))) values[code] = letters++;
  const bytes = new Uint8Array(length);
  let [bits, count, next] = [0, 0, 0];
  for (let i = 0; i + 1 < text.length; i += 2) {
    bits |= (values[text.charCodeAt(i)] * letters + values[text.charCodeAt(i + 1)]) << count;
    for (count += 13; count >= 8; count -= 8) {
      if (next < length) bytes[next++] = bits & 255;
      bits >>>= 8;
    }
  }
  return bytes;
}

function summed(steps: number[]): Int32Array {
  const sums = new Int32Array(steps.length);
  let sum = 0;
  for (let i = 0; i < steps.length; i++) sums[i] = sum += steps[i];
  return sums;
}

function unfolded<T extends Days>(counts: T): Unfolded<T> {
  const { days, day } = counts;
  const from = new Int32Array(days.length + 1);
  const all = new Int32Array(day.length);
  let next = 0;
  for (let row = 0; row < days.length; row++) {
    let at = 0;
    for (let i = 0; i < days[row]; i++, next++) all[next] = at += day[next];
    from[row + 1] = next;
  }
  return { from, day: all, counts };
}

export function modelOf(network: Network, columns: Columns): Model {
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
  const edgeBetween = (a: number, b: number) => between.get(Math.min(a, b) * count + Math.max(a, b));
  const id = (actor: number) => network.actors.id[actor] ?? network.actors.name[actor];
  const once = new Map<string, boolean>();
  for (const name of network.actors.name) once.set(name, !once.has(name));
  const label = (actor: number) => {
    const name = network.actors.name[actor];
    return once.get(name) || id(actor) === name ? name : `${name} (${id(actor)})`;
  };
  const evidence = evidenceOf(network, edgeBetween, columns);
  return {
    ...network,
    ends: { source, target },
    edgesOf,
    edgeDays: unfolded(network.edges.days ?? evidence.edgeDays()),
    actorDays: unfolded(network.actors.days ?? evidence.actorDays()),
    allDays: unfolded(network.calendar),
    sentencesOf: evidence.sentencesOf,
    edgeBetween,
    id,
    label,
    actorOf: new Map(network.actors.name.map((_, actor) => [id(actor), actor])),
  };
}

/** The other end. */
export function other(model: Model, edge: number, actor: number): number {
  const { source, target } = model.ends;
  return source[edge] === actor ? target[edge] : source[edge];
}

interface Evidence {
  sentencesOf: (edge: number) => Sentence[];
  /** What it says of each day, where nothing else does. */
  edgeDays: () => EdgeDays;
  actorDays: () => ActorDays;
}

function evidenceOf(network: Network, edgeBetween: Model["edgeBetween"], { words, articles, sentences }: Columns): Evidence {
  const article = summed(sentences.article);
  const firstMark = new Int32Array(sentences.text.length + 1);
  const byEdge: (number[] | undefined)[] = [];
  const enter = (edge: number | undefined, sentence: number) => {
    if (edge !== undefined) (byEdge[edge] ??= []).push(sentence);
  };
  const namedIn = (i: number) => [...new Set(sentences.actor.slice(firstMark[i], firstMark[i + 1]))];
  for (let i = 0; i < sentences.text.length; i++) {
    firstMark[i + 1] = firstMark[i] + sentences.marks[i];
    const listed = sentences.edges[i];
    if (listed) listed.forEach((edge) => enter(edge, i));
    else namedIn(i).forEach((a, at, named) => named.slice(at + 1).forEach((b) => enter(edgeBetween(a, b), i)));
  }
  const wording = wordingOf(words);
  const said = ({ values, of }: Said, row: number) => (of[row] ? values[of[row] - 1] : undefined);
  const articleAt = (row: number): Article => ({
    id: articles.id[row],
    path: articles.path[row],
    line: articles.line[row],
    published: articles.published[row],
    counted: articles.counted[row],
    publishedBy: said(articles.published_by, row),
    title: wording(articles.title[row]),
    outlet: said(articles.outlet, row),
    byline: said(articles.byline, row),
    language: said(articles.language, row),
    url: wording(articles.url[row]),
  });
  const marksOf = (sentence: number, text: string): Mark[] => {
    let at = 0;
    const marks: Mark[] = [];
    for (let i = firstMark[sentence]; i < firstMark[sentence + 1]; i++) {
      const actor = sentences.actor[i];
      const [gap, length] = sentences.length[i] > 0 ? [sentences.gap[i], sentences.length[i]] : nextOf(text, at, [network.actors.name[actor], ...network.actors.aliases[actor]]);
      const start = at + gap;
      at = start + length;
      marks.push({ actor, start, end: at });
    }
    return marks;
  };
  const sentenceAt = (i: number): Sentence => {
    const [copies, outlets] = sentences.copies[i] ?? [0, []];
    const text = wording(sentences.text[i]) as string;
    const end = sentences.end[i] ?? sentences.start[i] + new TextEncoder().encode(text).length;
    return { article: articleAt(article[i]), text, start: sentences.start[i], end, copies, outlets, marks: marksOf(i, text) };
  };
  const first = timeOf(network.calendar.first);
  const dayOf = articles.published.map((it) => (it === null ? -1 : Math.round((timeOf(it) - first) / 86_400_000)));
  /** By row and day: how often, in how many sentences and articles. */
  const summedUp = (rows: number, sentencesOfRow: (row: number) => [number, number][]) => {
    const days: Days & Record<"often" | "sentences" | "articles", number[]> = { days: [], day: [], often: [], sentences: [], articles: [] };
    for (let row = 0; row < rows; row++) {
      let [number, before, day, last] = [0, 0, -1, -1];
      // Sentences are in the order of their days, and those of an article stand together.
      for (const [i, often] of sentencesOfRow(row)) {
        if (dayOf[article[i]] < 0) continue;
        if (dayOf[article[i]] !== day) {
          day = dayOf[article[i]];
          days.day.push(day - before);
          [before, last] = [day, -1];
          number++;
          days.often.push(0);
          days.sentences.push(0);
          days.articles.push(0);
        }
        const at = days.day.length - 1;
        days.often[at] += often;
        days.sentences[at]++;
        if (article[i] !== last) days.articles[at]++;
        last = article[i];
      }
      days.days.push(number);
    }
    return days;
  };
  return {
    sentencesOf: (edge) => (byEdge[edge] ?? []).map(sentenceAt),
    edgeDays: () => {
      const { often, ...days } = summedUp(network.edges.target.length, (edge) => (byEdge[edge] ?? []).map((i) => [i, 1]));
      return { ...days, weight: often, stories: days.articles };
    },
    actorDays: () => {
      const byActor: [number, number][][] = network.actors.name.map(() => []);
      for (let i = 0; i < sentences.text.length; i++) {
        for (let at = firstMark[i]; at < firstMark[i + 1]; at++) {
          const list = byActor[sentences.actor[at]];
          if (list.at(-1)?.[0] === i) (list.at(-1) as [number, number])[1]++;
          else list.push([i, 1]);
        }
      }
      const { often, ...days } = summedUp(byActor.length, (actor) => byActor[actor]);
      return { ...days, mentions: often, stories: days.articles };
    },
  };
}

/** Texts of which each letter stands for a word: the reverse of src/export/html/wording.rs. */
function wordingOf(words: string[]): (text: string | null) => string | null {
  if (words.length === 0) return (text) => text;
  return (text) => {
    if (text === null) return null;
    let whole = "";
    for (const letter of text) {
      const code = letter.codePointAt(0) as number;
      whole += words[code - 0x20 - (code >= 0xe000 ? 0x800 : 0)];
    }
    return whole;
  };
}

/** How far the next of `names` is in a text, and how long: the longest of those that begin there. */
function nextOf(text: string, from: number, names: string[]): [number, number] {
  let [start, length] = [Infinity, 0];
  for (const name of names) {
    const at = name ? text.indexOf(name, from) : -1;
    if (at >= 0 && (at < start || (at === start && name.length > length))) [start, length] = [at, name.length];
  }
  return length > 0 ? [start - from, length] : [0, 0];
}
