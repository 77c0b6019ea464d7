// Circles, lines and names at places on a screen or sheet: one list, drawn by canvas or written as SVG.

export interface Circle {
  actor: number;
  x: number;
  y: number;
  radius: number;
  colour: string;
  /** Names of larger rank have their place first. */
  rank: number;
  name: string;
  isStrong?: boolean;
  isDim?: boolean;
}

export interface Line {
  edge: number;
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  width: number;
  colour: string;
  opacity: number;
}

/** A name in lines, its middle at `x`, the base of its first line at `y`. */
export interface Label {
  actor: number;
  lines: string[];
  x: number;
  y: number;
  size: number;
  isStrong: boolean;
}

export interface Scene {
  width: number;
  height: number;
  circles: Circle[];
  lines: Line[];
  labels: Label[];
}

export const FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";
const LEADING = 1.2;
const ROUND = 16;
const LONGEST = 48;

const clean = (name: string) => name.replace(/[\p{Cc}\s]+/gu, " ").trim();

/** A name in lines of about 16 letters, cut where it is very long. */
export function linesOf(name: string): string[] {
  let text = clean(name);
  const letters = [...text];
  if (letters.length > LONGEST) text = letters.slice(0, LONGEST - 1).join("") + "…";
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < ROUND) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const widths = new Map<string, number>();
let measuring: CanvasRenderingContext2D | null | undefined;

/** How wide `text` is in letters of one pixel. */
function wide(text: string): number {
  let width = widths.get(text);
  if (width === undefined) {
    measuring ??= document.createElement("canvas").getContext("2d");
    if (measuring) measuring.font = `600 100px ${FONT}`;
    width = measuring ? measuring.measureText(text).width / 100 : text.length * 0.6;
    widths.set(text, width);
  }
  return width;
}

/** Room that is taken, in squares, so that only what is near is compared. */
class Taken {
  private squares = new Map<number, [number, number, number, number][]>();
  private *near(left: number, top: number, right: number, foot: number) {
    for (let x = Math.floor(left / 64); x <= right / 64; x++) {
      for (let y = Math.floor(top / 64); y <= foot / 64; y++) yield x * 65536 + y;
    }
  }
  isFree(left: number, top: number, right: number, foot: number): boolean {
    for (const square of this.near(left, top, right, foot)) {
      for (const [l, t, r, f] of this.squares.get(square) ?? []) if (l < right && left < r && t < foot && top < f) return false;
    }
    return true;
  }
  take(left: number, top: number, right: number, foot: number): void {
    for (const square of this.near(left, top, right, foot)) {
      const list = this.squares.get(square);
      if (list) list.push([left, top, right, foot]);
      else this.squares.set(square, [[left, top, right, foot]]);
    }
  }
}

/** Names of these many actors, the first by rank, may stand over the circles of others: better than none. */
const FIRST = 30;

/** The names that have room, the first by rank: none covers another, nor, but for the first, a circle. */
export function labelsOf(circles: Circle[], width: number, height: number, most = 220): Label[] {
  const seen = circles.filter((it) => it.x > -40 && it.y > -40 && it.x < width + 40 && it.y < height + 40);
  seen.sort((a, b) => Number(b.isStrong ?? 0) - Number(a.isStrong ?? 0) || b.rank - a.rank || a.actor - b.actor);
  const [names, bodies] = [new Taken(), new Taken()];
  for (const { x, y, radius } of seen.slice(0, 1500)) {
    const half = radius * 0.75;
    if (radius > 4) bodies.take(x - half, y - half, x + half, y + half);
  }
  const labels: Label[] = [];
  let tried = 0;
  for (const circle of seen) {
    if (labels.length >= most || ++tried > 1500) break;
    if (circle.isDim) continue;
    const size = Math.min(15, 11 + circle.radius / 7);
    const lines = linesOf(circle.name);
    const half = (Math.max(...lines.map(wide)) * size) / 2;
    const high = lines.length * size * LEADING;
    const { x, y, radius } = circle;
    const places = [[x, y + radius + 2], [x, y - radius - 3 - high], [x + radius + 5 + half, y - high / 2], [x - radius - 5 - half, y - high / 2]];
    const isFree = ([middle, top]: number[], taken: Taken, around: number) =>
      taken.isFree(middle - half - around, top, middle + half + around, top + high) &&
      top > -4 && top + high < height + 4 && middle - half > -4 && middle + half < width + 4;
    const place = places.find((it) => isFree(it, names, 5) && isFree(it, bodies, 0)) ??
      (circle.isStrong || tried <= FIRST ? places.find((it) => isFree(it, names, 3)) : undefined);
    if (!place) continue;
    const [middle, top] = place;
    names.take(middle - half, top, middle + half, top + high);
    labels.push({ actor: circle.actor, lines, x: middle, y: top + size * 0.95, size, isStrong: circle.isStrong ?? false });
  }
  return labels;
}

/** The names on a canvas. */
export function paintLabels(context: CanvasRenderingContext2D, labels: Label[], ink: string, paper: string): void {
  context.textAlign = "center";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  for (const { lines, x, y, size, isStrong } of labels) {
    context.font = `${isStrong ? 700 : 500} ${size}px ${FONT}`;
    lines.forEach((line, at) => {
      context.strokeText(line, x, y + at * size * LEADING);
      context.fillText(line, x, y + at * size * LEADING);
    });
  }
}

export function paint(context: CanvasRenderingContext2D, scene: Scene, ink: string, paper: string): void {
  context.lineCap = "round";
  for (const { x1, y1, x2, y2, width, colour, opacity } of scene.lines) {
    context.globalAlpha = opacity;
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x2, y2);
    context.stroke();
  }
  context.globalAlpha = 1;
  for (const { x, y, radius, colour } of scene.circles) {
    context.fillStyle = colour;
    context.strokeStyle = paper;
    context.lineWidth = 1;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
  paintLabels(context, scene.labels, ink, paper);
}

const SVG = "http://www.w3.org/2000/svg";

/** Text without what XML has no place for: control characters and halves of pairs. */
const forXml = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");

/** An element of SVG with attributes and, where it is given, text. */
export function svg(name: string, attributes: Record<string, string | number>, text?: string): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, typeof value === "number" ? String(Math.round(value * 100) / 100) : value);
  }
  if (text !== undefined) element.textContent = forXml(text);
  return element;
}

/** The scene as SVG; circles and lines know their actor and edge. */
export function svgOf(scene: Scene, ink: string, paper: string): SVGElement {
  const { width, height } = scene;
  const root = svg("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": FONT });
  root.append(svg("rect", { width, height, fill: paper }));
  const lines = svg("g", { "stroke-linecap": "round" });
  for (const { edge, x1, y1, x2, y2, width, colour, opacity } of scene.lines) {
    lines.append(svg("line", { x1, y1, x2, y2, stroke: colour, "stroke-width": width, "stroke-opacity": opacity, "data-edge": edge }));
  }
  const circles = svg("g", { stroke: paper });
  for (const { actor, x, y, radius, colour, name } of scene.circles) {
    const circle = svg("circle", { cx: x, cy: y, r: radius, fill: colour, "data-actor": actor });
    circle.append(svg("title", {}, name));
    circles.append(circle);
  }
  const names = svg("g", {
    "text-anchor": "middle", fill: ink, stroke: paper, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke",
    "pointer-events": "none",
  });
  for (const { lines: words, x, y, size, isStrong } of scene.labels) {
    words.forEach((line, at) => {
      names.append(svg("text", { x, y: y + at * size * LEADING, "font-size": size, "font-weight": isStrong ? 700 : 500 }, line));
    });
  }
  root.append(lines, circles, names);
  return root;
}
