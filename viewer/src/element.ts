// Elements of the page. Text reaches them as text and by no other way.
export type Content = Node | string | null | undefined | false;

/** An element with attributes, listeners (`onclick` and the like, as functions) and content. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string | number | boolean | null | undefined | ((event: Event) => void)> = {},
  ...content: Content[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, String(value));
  }
  made.append(...content.filter((it): it is Node | string => it !== null && it !== undefined && it !== false));
  return made;
}

/** Puts `content` into `box` instead of what is there. */
export function fill(box: Element, ...content: Content[]): void {
  box.replaceChildren(...content.filter((it): it is Node | string => it !== null && it !== undefined && it !== false));
}

export const byId = (id: string): HTMLElement => document.getElementById(id) as HTMLElement;

const NUMBERS = new Intl.NumberFormat("en");
export const count = (number: number): string => NUMBERS.format(number);
export const many = (number: number, what: string, plural = `${what}s`): string => `${count(number)} ${number === 1 ? what : plural}`;

/** The greatest and the least of any many numbers; a call with each as an argument fails beyond some ten thousand. */
export const greatest = (list: ArrayLike<number>, least = -Infinity): number => {
  for (let i = 0; i < list.length; i++) if (list[i] > least) least = list[i];
  return least;
};
export const smallest = (list: ArrayLike<number>, most = Infinity): number => {
  for (let i = 0; i < list.length; i++) if (list[i] < most) most = list[i];
  return most;
};

/** What of `box` has the focus, as a place among all that can have it: the same again once it was made anew. */
export function keepFocus(box: Element, make: () => void): void {
  const all = () => [...box.querySelectorAll<HTMLElement>("button, input, select, a[href], [tabindex]")];
  const at = document.activeElement instanceof HTMLElement ? all().indexOf(document.activeElement) : -1;
  make();
  if (at >= 0) (all()[at] ?? all().at(-1))?.focus({ preventScroll: true });
}

/** A measure in a few digits. */
export function short(number: number | null): string {
  if (number === null) return "";
  if (Number.isInteger(number)) return count(number);
  return Math.abs(number) < 0.001 ? number.toExponential(1) : String(Number(number.toPrecision(3)));
}
/** A name for a text that reads from right to left or left to right, whichever it is. */
export const named = (name: string, attributes: Record<string, string> = {}): HTMLElement => element("bdi", attributes, name);
