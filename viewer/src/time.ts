// Articles over time: bins of days, a slider over them that can play, and small charts.
import type { Days, Model, Unfolded } from "./data";
import { byId, count, element, greatest, many } from "./element";
import { svg } from "./scene";
import { dateOf, dayOf, type View } from "./view";

export interface Bins {
  /** The first day of each, and one behind the last. */
  from: number[];
  /** What a bin is called: day, week, month or year. */
  unit: string;
  /** The bin of a day. */
  of: (day: number) => number;
  name: (bin: number) => string;
}

/** Bins over all days: as small as a slider and a chart can show. */
export function binsOf(model: Model): Bins | null {
  const days = model.allDays.day;
  const last = days[days.length - 1];
  if (days.length === 0 || dateOf(model, last) === "") return null;
  const unit = last <= 70 ? "day" : last <= 7 * 110 ? "week" : last <= 365 * 12 ? "month" : "year";
  const from: number[] = [startOf(model, 0, unit)];
  while (from[from.length - 1] <= last) from.push(nextOf(model, from[from.length - 1], unit));
  const of = (day: number) => {
    let [low, high] = [0, from.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (from[middle] <= day) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const name = (bin: number) => {
    const date = dateOf(model, from[bin]);
    return unit === "month" ? date.slice(0, -3) : unit === "year" ? date.slice(0, -6) : unit === "week" ? `week of ${date}` : date;
  };
  return { from, unit, of, name };
}

function startOf(model: Model, day: number, unit: string): number {
  const date = dateOf(model, day);
  if (unit === "week") return day - ((new Date(date).getUTCDay() + 6) % 7);
  if (unit === "month") return dayOf(model, `${date.slice(0, -3)}-01`);
  return unit === "year" ? dayOf(model, `${date.slice(0, -6)}-01-01`) : day;
}

function nextOf(model: Model, day: number, unit: string): number {
  if (unit === "day") return day + 1;
  if (unit === "week") return day + 7;
  return startOf(model, day + (unit === "month" ? 31 : 366), unit);
}

/** The sum in each bin of the counts of one row. */
export function inBins(bins: Bins, { from, day }: Unfolded<Days>, counts: number[], row: number): number[] {
  const sums = new Array<number>(bins.from.length - 1).fill(0);
  for (let i = from[row]; i < from[row + 1]; i++) sums[bins.of(day[i])] += counts[i];
  return sums;
}

/** Bars of counts, with what they say in words. */
export function chart(bins: Bins, counts: number[], what: string, height: number, isOut: (bin: number) => boolean = () => false): SVGElement {
  const most = greatest(counts, 1);
  const wide = 1000 / counts.length;
  const root = svg("svg", { viewBox: `0 0 1000 ${height}`, preserveAspectRatio: "none", class: "chart", role: "img" });
  const filled = counts.map((_, bin) => bin).filter((bin) => counts[bin] > 0);
  const peak = counts.indexOf(greatest(counts));
  const words = filled.length === 0
    ? `No dated ${what}s`
    : `${many(counts.reduce((sum, it) => sum + it, 0), what)} by ${bins.unit}, from ${bins.name(filled[0])} to ${bins.name(filled.at(-1) as number)}; most in ${bins.name(peak)}: ${count(counts[peak])}`;
  root.setAttribute("aria-label", words);
  counts.forEach((number, bin) => {
    const high = number === 0 ? 0 : Math.max(2, (number / most) * (height - 2));
    const bar = svg("rect", { x: bin * wide, y: height - high, width: Math.max(1, wide * 0.86), height: high, class: isOut(bin) ? "out" : "" });
    bar.append(svg("title", {}, `${bins.name(bin)}: ${many(number, what)}`));
    root.append(bar);
  });
  return root;
}

export interface Time {
  /** Shows the time that is looked at. */
  show: (view: View) => void;
}

/** The slider; `look` is told the days that are chosen. */
export function time(model: Model, bins: Bins | null, undated: number, look: (from: number | null, to: number | null) => void): Time {
  const box = byId("time");
  const without = undated > 0 ? `${many(undated, "undated article")} ${undated === 1 ? "counts" : "count"}` : "";
  if (!bins || bins.from.length < 3) {
    const dated = bins ? `All dated articles are of one ${bins.unit}: ${bins.name(0)}` : "No article has a date";
    box.replaceChildren(element("p", { class: "aside" }, `${dated}${bins && without ? `; ${without}, too` : ""}.`));
    return { show: () => undefined };
  }
  const lastBin = bins.from.length - 2;
  const counts = inBins(bins, model.allDays, model.calendar.articles, 0);
  const slider = (id: string, label: string) =>
    element("input", { type: "range", id, min: 0, max: lastBin, step: 1, "aria-label": label });
  const [first, last] = [slider("from", `First ${bins.unit}`), slider("to", `Last ${bins.unit}`)];
  const play = element("button", { type: "button", id: "play" }, "▶ Play");
  const all = element("button", { type: "button", id: "all-time" }, "All");
  const words = element("output", { id: "span", for: "from to" });
  const bars = element("div", { class: "bars" });
  box.replaceChildren(
    element("div", { class: "row" }, play, all, words),
    element("div", { class: "slide" }, bars, first, last),
  );
  let [from, to] = [0, lastBin];
  /** The days that were asked for last. */
  let asked: [number | null, number | null] = [null, null];
  const tell = () => {
    const isAll = from === 0 && to === lastBin;
    asked = isAll ? [null, null] : [bins.from[from], bins.from[to + 1] - 1];
    look(...asked);
  };
  const show = () => {
    first.value = String(from);
    last.value = String(to);
    first.setAttribute("aria-valuetext", bins.name(from));
    last.setAttribute("aria-valuetext", bins.name(to));
    // Where both handles stand at the end the left one must be reached.
    first.classList.toggle("above", from > lastBin / 2);
    const isAll = from === 0 && to === lastBin;
    const out = without ? `; ${without} in all of it only` : "";
    words.textContent = isAll
      ? `All time: ${bins.name(0)} to ${bins.name(lastBin)}, by ${bins.unit}${without ? `; ${without}, too` : ""}`
      : (from === to ? bins.name(from) : `${bins.name(from)} to ${bins.name(to)}`) + out;
    all.disabled = isAll;
    bars.replaceChildren(chart(bins, counts, "article", 44, (bin) => bin < from || bin > to));
  };
  let timer = 0;
  // What plays grows from the beginning, or is a part that slides on.
  let slides = false;
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "▶ Play";
    play.setAttribute("aria-label", "Play through time");
  };
  const move = (which: "from" | "to", value: number) => {
    stop();
    slides = true;
    if (which === "from") from = Math.min(value, to);
    else to = Math.max(value, from);
    show();
    tell();
  };
  first.addEventListener("input", () => move("from", Number(first.value)));
  last.addEventListener("input", () => move("to", Number(last.value)));
  all.addEventListener("click", () => {
    stop();
    [from, to] = [0, lastBin];
    show();
    tell();
  });
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (from === 0 && to === lastBin) [slides, to] = [false, 0];
    else if (to === lastBin) [from, to] = [0, to - from];
    play.textContent = "❚❚ Pause";
    play.setAttribute("aria-label", "Pause");
    show();
    tell();
    timer = window.setInterval(() => {
      if (slides) from++;
      to++;
      show();
      tell();
      if (to >= lastBin) stop();
    }, 650);
  });
  stop();
  return {
    show: (view) => {
      if (timer && view.from === asked[0] && view.to === asked[1]) return;
      // Somebody looks at another time: what plays ends.
      if (timer) stop();
      from = view.from === null ? 0 : bins.of(view.from);
      to = view.to === null ? lastBin : Math.max(from, bins.of(view.to));
      show();
    },
  };
}
