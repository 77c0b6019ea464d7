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

/** `#rrggbb` with an opacity, as a colour that WebGL reads. */
export function seeThrough(colour: string, opacity: number): string {
  const value = parseInt(colour.slice(1), 16);
  return `rgba(${(value >> 16) & 255},${(value >> 8) & 255},${value & 255},${opacity})`;
}
