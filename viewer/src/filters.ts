// What can be filtered and how lines are drawn: controls that only say what is wanted.
import { colourOf, coloursOf } from "./colours";
import type { Model } from "./data";
import { byId, count, element, greatest, many, named, short } from "./element";
import { words } from "./panel";
import { MANY } from "./shown";
import { GROUPS, groupsOf, isChance, numbersOf, START, type View } from "./view";

/** Controls that follow the view when it changes elsewhere. */
export function filters(model: Model, change: (part: Partial<View>) => void): (view: View) => void {
  const box = byId("filters");
  const follow: ((view: View) => void)[] = [];
  const group = (title: string, ...content: Node[]) => element("fieldset", {}, element("legend", {}, title), ...content);

  const most = greatest(model.edges.weight, 1);
  const slider = element("input", { type: "range", id: "weight", min: 0, max: 100, step: 1, "aria-label": "Weight at least, by slider" });
  const least = element("input", { type: "number", id: "least", min: 1, max: most, step: 1 });
  // A slider of weights that grow by their share: most edges are weak.
  const toWeight = (at: number) => Math.max(1, Math.round(Math.pow(most, at / 100)));
  slider.addEventListener("input", () => change({ weight: toWeight(Number(slider.value)) }));
  least.addEventListener("change", () => change({ weight: Math.max(1, Math.round(Number(least.value) || 1)) }));
  follow.push((view) => {
    least.value = String(view.weight);
    slider.value = String(most > 1 ? Math.round((Math.log(Math.max(1, view.weight)) / Math.log(most)) * 100) : 0);
    slider.setAttribute("aria-valuetext", `weight at least ${view.weight}`);
  });
  const parts = [group("Weight", element("label", { for: "least" }, "At least "), least, slider)];

  const measures = Object.keys(model.edges.measures);
  if (measures.length > 0) {
    const which = element("select", { id: "measure", "aria-label": "Measure to filter by" },
      element("option", { value: "" }, "none"), ...measures.map((name) => element("option", { value: name }, words(name))));
    const bound = element("input", { type: "number", id: "bound", step: "any" });
    const label = element("label", { for: "bound" }, "at least");
    which.addEventListener("change", () => change({ measure: which.value, bound: which.value ? (isChance(which.value) ? 0.05 : 0) : null }));
    bound.addEventListener("change", () => change({ bound: bound.value === "" ? null : Number(bound.value) }));
    follow.push((view) => {
      which.value = view.measure;
      bound.value = view.bound === null ? "" : String(view.bound);
      bound.hidden = label.hidden = view.measure === "";
      label.textContent = isChance(view.measure) ? "at most " : "at least ";
    });
    parts.push(group("Measure", which, element("div", {}, label, bound)));
  }

  const check = (id: string, content: Node[], isOn: (view: View) => boolean, set: (on: boolean) => void) => {
    const input = element("input", { type: "checkbox", id });
    input.addEventListener("change", () => set(input.checked));
    follow.push((view) => (input.checked = isOn(view)));
    return element("label", { class: "check" }, input, ...content);
  };
  let now: View = START;
  follow.push((view) => (now = view));
  const toggled = <T>(list: T[], item: T, isOut: boolean) => (isOut ? [...list.filter((it) => it !== item), item] : list.filter((it) => it !== item));

  const kinds = [...new Set(model.actors.kind)].sort();
  if (kinds.length > 1) {
    parts.push(group("Kinds", ...kinds.map((kind) => {
      const number = model.actors.kind.filter((it) => it === kind).length;
      return check(`kind-${kind}`, [document.createTextNode(kind), element("span", { class: "aside" }, count(number))],
        (view) => !view.kindsOut.includes(kind), (on) => change({ kindsOut: toggled(now.kindsOut, kind, !on) }));
    })));
  }

  const groups = groupsOf(model);
  if ([...groups.keys()].filter((it) => it > 0).length > 1) {
    const rows = [...groups].map(([number, members]) => {
      const dot = element("span", { class: "dot", "aria-hidden": "true" });
      dot.style.background = colourOf(model, members[0], coloursOf(box).grey);
      const says = number === 0 ? ["no community"] : number > GROUPS ? ["smaller ones"] : members.slice(0, 2).map((actor) => model.actors.name[actor]);
      const names = says.flatMap((name, at) => [document.createTextNode(at > 0 ? ", " : ""), named(name)]);
      return check(`group-${number}`, [dot, element("span", { class: "names" }, ...names), element("span", { class: "aside" }, count(members.length))],
        (view) => !view.groupsOut.includes(number), (on) => change({ groupsOut: toggled(now.groupsOut, number, !on) }));
    });
    const only = element("button", { type: "button", class: "small", onclick: () => change({ groupsOut: now.groupsOut.length > 0 ? [] : [...groups.keys()] }) });
    follow.push((view) => (only.textContent = view.groupsOut.length > 0 ? "Check all" : "Uncheck all"));
    parts.push(group("Communities", ...rows, only));
  }

  const width = element("select", { id: "width" }, ...numbersOf(model).map((name) => element("option", { value: name }, words(name, model))));
  width.addEventListener("change", () => change({ width: width.value }));
  follow.push((view) => (width.value = view.width));
  const lines: Node[] = [element("label", { for: "width" }, "Width by "), width];
  if (model.edges.weight.length > MANY) {
    const choices: [string, string][] = [["backbone", "the backbone"], ...[200, 500, 1000, 3000, 10000].filter((it) => it < model.edges.weight.length).map((it): [string, string] => [String(it), `the ${count(it)} strongest`]), ["all", "all"]];
    const draw = element("select", { id: "draw" }, ...choices.map(([value, says]) => element("option", { value }, says)));
    draw.addEventListener("change", () => change({ draw: draw.value }));
    follow.push((view) => (draw.value = view.draw));
    lines.push(element("div", {}, element("label", { for: "draw" }, `Over ${MANY}, draw `), draw));
  }
  parts.push(group("Lines", ...lines));

  parts.push(group("Actors", check("alone", [document.createTextNode("Show those without an edge")], (view) => view.alone, (on) => change({ alone: on }))));
  const reset = element("button", { type: "button", id: "reset", onclick: () => change({ ...START, tab: now.tab, theme: now.theme, camera: now.camera }) }, "Clear all filters");
  box.replaceChildren(...parts, reset);
  return (view) => follow.forEach((it) => it(view));
}

/** What sizes, widths and colours mean, and how it was counted. */
export function legend(model: Model): (widest: number, view: View) => void {
  const groups = groupsOf(model);
  const lines = [...model.lines.filter((line) => line), "The whole method, with the digest of what was read, is in what Save gives as data."];
  byId("method").replaceChildren(element("p", {}, lines.map((line) => line.replace(/\.?$/, ".")).join(" ")));
  return (widest, view) => {
    const colours = [...groups].filter(([number]) => number > 0).map(([number, members]) => {
      const dot = element("span", { class: "dot" });
      dot.style.background = colourOf(model, members[0], coloursOf(document.body).grey);
      const shown = number > GROUPS ? [] : members.slice(0, 3);
      const more = members.length - shown.length;
      const names = shown.flatMap((actor, at) => [at > 0 ? ", " : "", named(model.actors.name[actor])]);
      const rest = number > GROUPS ? `smaller communities: ${many(more, "actor")}` : more > 0 ? ` + ${count(more)}` : "";
      return element("li", {}, dot, element("span", {}, ...names, rest));
    });
    const line = element("span", { class: "line-thick" });
    byId("legend").replaceChildren(
      element("ul", {}, ...colours),
      element("p", {}, "Circles: by mentions (up to ", count(greatest(model.actors.mentions, 0)), "). ", line,
        ` Lines: by ${words(view.width, model).toLowerCase()}`, Number.isFinite(widest) ? `, the widest ${short(widest)}` : "",
        ". Colours of circles and lines: communities; grey lines join two of them."));
  };
}
