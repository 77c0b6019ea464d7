// Actors by name: a combobox, https://www.w3.org/WAI/ARIA/apg/patterns/combobox/.
import type { Model } from "./data";
import { byId, count, element, named } from "./element";

/** Letters that no mark can be taken off. */
const PLAIN: Record<string, string> = { ł: "l", ø: "o", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", "’": "'", "‘": "'", ʼ: "'", "‐": "-", "‑": "-" };
/** As it is compared: small letters without marks. */
export const folded = (text: string): string =>
  text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[łøđðþßæœı’‘ʼ‐‑]/gu, (letter) => PLAIN[letter]).trim();
/** The same in one piece: a reader may leave out the spaces of a name, as in Japanese. */
const inOne = (text: string): string => text.replace(/[\s·・'-]+/gu, "");

/** The actors that `words` may mean: names that begin so first, then words of names, then any part; the most named first. */
export function found(model: Model, names: string[][], words: string, most: number): number[] {
  const wanted = folded(words);
  const joined = inOne(wanted);
  const rank = (name: string): number =>
    name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) || name.includes(`-${wanted}`) ? 1 : name.includes(wanted) || (joined !== "" && inOne(name).includes(joined)) ? 2 : 9;
  const hits: [number, number][] = [];
  names.forEach((all, actor) => {
    const best = Math.min(...all.map(rank));
    if (best < 9) hits.push([best, actor]);
  });
  hits.sort(([one, a], [two, b]) => one - two || model.actors.mentions[b] - model.actors.mentions[a] || a - b);
  return hits.slice(0, most).map(([, actor]) => actor);
}

export function search(model: Model, choose: (actor: number) => void): void {
  const field = byId("search") as HTMLInputElement;
  const list = byId("found");
  const names = model.actors.name.map((name, actor) => [name, ...model.actors.aliases[actor]].map(folded));
  let hits: number[] = [];
  let at = -1;
  const mark = (next: number) => {
    at = next;
    [...list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    if (at >= 0) {
      field.setAttribute("aria-activedescendant", `found-${at}`);
      list.children[at]?.scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    mark(-1);
  };
  const open = () => {
    hits = found(model, names, field.value, 12);
    list.replaceChildren(...hits.map((actor, index) =>
      element("li", { id: `found-${index}`, role: "option", "aria-selected": "false", onclick: () => take(index) },
        named(model.label(actor)), element("span", { class: "aside" }, `${count(model.actors.mentions[actor])} mentions`))));
    if (hits.length === 0) list.replaceChildren(element("li", { class: "none", role: "option", "aria-disabled": "true" }, "Nobody has that name"));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(field.value && hits.length > 0 ? 0 : -1);
  };
  const take = (index: number) => {
    const actor = hits[index];
    if (actor === undefined) return;
    field.value = "";
    close();
    choose(actor);
  };
  field.addEventListener("input", open);
  field.addEventListener("focus", open);
  field.addEventListener("click", open);
  field.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      field.value = "";
      close();
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      take(Math.max(0, at));
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (hits.length > 0) mark((at + step + hits.length) % hits.length);
    }
  });
}
