// Invented networks of any size, as `sociogram build -o FILE.json` saves them: the same numbers give the same network.
// On the command line: node test/networks.mjs ACTORS EDGES SENTENCES > FILE.json
import { fileURLToPath } from "node:url";

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function chance(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let z = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z;
    return ((z ^ (z >>> 14)) >>> 0) / 4294967296;
  };
}

const ONSETS = "b br c ch d dr f fl g gr h j k l m n p pr qu r s sh sl st t tr v w".split(" ");
const VOWELS = "a a e e i o o u ai ea ou".split(" ");
const ENDS = "n r s l t m nd rt st ck".split(" ").concat(["", "", ""]);
const SMALL = "the of and to in a that was for on with as at by it from said be he is".split(" ");

function word(next, syllables) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  let word = "";
  for (let i = 0; i < syllables; i++) word += pick(ONSETS) + pick(VOWELS);
  return word + pick(ENDS);
}

const upper = (word) => word[0].toUpperCase() + word.slice(1);

/** Words as frequent as those of a language: the rank's power tells how often. */
function vocabulary(next, size) {
  const words = new Set(SMALL);
  while (words.size < size) words.add(word(next, 1 + Math.floor(next() * 3)));
  const list = [...words];
  const sums = [];
  let sum = 0;
  for (let rank = 1; rank <= list.length; rank++) sums.push((sum += 1 / Math.pow(rank + 1.5, 1.03)));
  return () => {
    const wanted = next() * sum;
    let [low, high] = [0, list.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return list[low];
  };
}

function people(next, count) {
  const [given, surnames] = [new Set(), new Set()];
  while (given.size < Math.max(8, Math.ceil(Math.sqrt(count) * 3))) given.add(upper(word(next, 1 + Math.floor(next() * 2))));
  while (surnames.size < Math.max(8, Math.ceil(count * 0.7))) surnames.add(upper(word(next, 2)));
  const [first, last] = [[...given], [...surnames]];
  const names = new Set();
  while (names.size < count) names.add(`${first[Math.floor(next() * first.length)]} ${last[Math.floor(next() * last.length)]}`);
  return [...names].sort();
}

const day = (index) => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10);

/** A saved network with exactly so many actors, edges and distinct sentences. */
export function network(actors, edges, sentences, seed = 7) {
  const next = chance(seed);
  const names = people(next, actors);
  const say = vocabulary(next, 9000);
  const groups = Math.max(2, Math.round(Math.sqrt(actors) * 1.2));
  const group = names.map(() => Math.floor(Math.pow(next(), 1.6) * groups));
  const members = Array.from({ length: groups }, () => []);
  group.forEach((of, index) => members[of].push(index));
  const articles = [];
  const outlets = Array.from({ length: 60 }, () => `The ${upper(word(next, 2))} ${["Post", "Courier", "Times", "Gazette"][Math.floor(next() * 4)]}`);
  const article = () => {
    const outlet = outlets[Math.floor(Math.pow(next(), 2) * outlets.length)];
    const words = Array.from({ length: 6 + Math.floor(next() * 5) }, say);
    const published = next() < 0.03 ? undefined : day(Math.floor(next() * 700));
    const host = outlet.toLowerCase().replaceAll(" ", "");
    const path = `news/${String(articles.length).padStart(5, "0")}.html`;
    const id = Array.from({ length: 16 }, () => "0123456789abcdef"[Math.floor(next() * 16)]).join("");
    const url = `https://${host}.example/${published ?? "undated"}/${words.slice(0, 5).join("-")}`;
    articles.push({ article: id, path, published, title: upper(words.join(" ")), outlet, language: "en", url });
    return articles.at(-1);
  };
  const links = new Map();
  const found = [];
  const key = (a, b) => (a < b ? a * actors + b : b * actors + a);
  const wanted = edges / sentences;
  const someone = (list) => list[Math.floor(Math.pow(next(), 2.6) * list.length)];
  let current = article();
  let offset = 200;
  while (found.length < sentences) {
    if (next() < 0.4) [current, offset] = [article(), 200];
    // As many new pairs a sentence as are still wanted, on average.
    const left = (edges - links.size) / (sentences - found.length);
    const size = left <= 0 ? 2 : Math.min(7, 2 + Math.floor(next() * 2 * left * (wanted > 1.5 ? 0.85 : 0.3)));
    const home = members[group[Math.floor(next() * actors)]];
    const who = new Set();
    for (let i = 0; i < 40 && who.size < size; i++) who.add(next() < 0.85 ? someone(home) : Math.floor(Math.pow(next(), 2) * actors));
    let list = [...who];
    if (links.size >= edges || list.length < 2) {
      const known = [...(links.size < 5000 ? links.keys() : [someone([...links.keys()].slice(0, 5000))])];
      if (known.length === 0) continue;
      const pair = known[Math.floor(next() * known.length)];
      list = [Math.floor(pair / actors), pair % actors];
    }
    const fresh = list.flatMap((a, i) => list.slice(i + 1).map((b) => key(a, b))).filter((it) => !links.has(it));
    if (links.size + fresh.length > edges) list = list.slice(0, 2);
    if (list.length === 2 && !links.has(key(...list)) && links.size >= edges) continue;
    found.push({ article: current, list, ...sentence(next, say, names, list, offset) });
    offset += 150 + Math.floor(next() * 900);
    for (const [i, a] of list.entries()) for (const b of list.slice(i + 1)) {
      const link = links.get(key(a, b)) ?? { a: Math.min(a, b), b: Math.max(a, b), shown: [] };
      link.shown.push(found.length - 1);
      links.set(key(a, b), link);
    }
  }
  return saved(names, group, found, [...links.values()], actors, edges);
}

/** About 24 words with the names of `list` in them. */
function sentence(next, say, names, list, start) {
  const words = Array.from({ length: 14 + Math.floor(next() * 16) }, say);
  const places = list.map(() => 0).map(() => Math.floor(next() * words.length));
  let text = "";
  const marks = [];
  words.forEach((it, index) => {
    list.forEach((actor, at) => {
      if (places[at] !== index) return;
      const name = next() < 0.5 ? names[actor] : names[actor].split(" ")[1];
      text += (text ? " " : "") + name;
      marks.push({ start: start + text.length - name.length, end: start + text.length, actor: names[actor] });
    });
    const comma = next() < 0.08 ? "," : "";
    text += text ? ` ${it}${comma}` : upper(it) + comma;
  });
  text = text.replace(/,$/, "") + ".";
  return { text, start, end: start + text.length, marks };
}

function saved(names, group, found, links, actors, edges) {
  const nodes = names.map((name, index) => ({
    id: name, name, kind: group[index] % 9 === 4 ? "organisation" : "person", aliases: [name.split(" ")[1]],
    mentions: 0, attributive: 0, sentences: 0, articles: new Set(),
  }));
  for (const { list, article } of found) for (const actor of list) {
    nodes[actor].mentions++;
    nodes[actor].sentences++;
    nodes[actor].articles.add(article);
  }
  for (const node of nodes) node.articles = node.articles.size;
  const used = new Set(found.map((it) => it.article));
  const naming = { sentences: found.length, articles: used.size };
  const byAge = (a, b) => ((found[a].article.published ?? "9") < (found[b].article.published ?? "9") ? -1 : 1);
  links.sort((one, other) => one.a - other.a || one.b - other.b);
  return {
    schema: 1, directed: false, multigraph: false, graph: {},
    method: { program: "sociogram", version: "0.1.0", unit: "sentence", zones: ["body"], listed: actors, copies_counted: true,
      books: { found: used.size, read: used.size, skipped: 0, duplicate: 0, refused: 0 }, naming },
    nodes,
    edges: links.map(({ a, b, shown }) => {
      shown.sort(byAge);
      const days = shown.map((it) => found[it].article.published).filter(Boolean);
      const evidence = shown.map((it) => {
        const { article, text, start, end, marks } = found[it];
        return { ...article, start, end, text, marks: marks.filter((mark) => mark.actor === names[a] || mark.actor === names[b]) };
      });
      return { source: names[a], target: names[b], weight: shown.length, sentences: shown.length,
        articles: new Set(shown.map((it) => found[it].article)).size, first: days[0] ?? null, last: days.at(-1) ?? null, evidence };
    }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [actors, edges, sentences] = process.argv.slice(2).map(Number);
  process.stdout.write(JSON.stringify(network(actors, edges, sentences)));
}
