// Colours of the page as the scripts need them: those of style follow the theme, those of communities come with the data.
import type { Model } from "./data";
import { groupOf } from "./view";

export interface Colours {
  ink: string;
  paper: string;
  grey: string;
  dim: string;
  strong: string;
}

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return { ink: value("ink"), paper: value("paper"), grey: value("line"), dim: value("dim"), strong: value("strong") };
}

/** The colour of an actor's community; grey where it has none. */
export function colourOf(model: Model, actor: number, grey: string): string {
  const group = groupOf(model, actor);
  return group === 0 ? grey : model.colours[group - 1];
}

/** The colour of the community that both ends share, else grey. */
export function lineColourOf(model: Model, edge: number, grey: string): string {
  const [a, b] = [model.ends.source[edge], model.ends.target[edge]];
  const { community } = model.actors;
  return community[a] === community[b] && community[a] > 0 ? colourOf(model, a, grey) : grey;
}

/** A colour thinned on paper: lines that let what is below them through would grow brighter where they cross. */
export function thinned(colour: string, paper: string, opacity: number): string {
  const part = (of: string, shift: number) => (parseInt(of.slice(1), 16) >> shift) & 255;
  const mixed = [16, 8, 0].map((shift) => Math.round(part(colour, shift) * opacity + part(paper, shift) * (1 - opacity)));
  return `#${mixed.map((it) => it.toString(16).padStart(2, "0")).join("")}`;
}
