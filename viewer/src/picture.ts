// The network on the screen: by WebGL, or where there is none as SVG that stands still.
import Graph from "graphology";
import Sigma from "sigma";
import { NodeCircleProgram, EdgeRectangleProgram } from "sigma/rendering";
import { colourOf, coloursOf, lineColourOf, thinned } from "./colours";
import type { Model } from "./data";
import { greatest, smallest } from "./element";
import { labelsOf, paintLabels, svgOf, type Circle, type Line, type Scene } from "./scene";
import { centreOf, widthOf, type Shown } from "./shown";
import type { View } from "./view";

type Camera = { x: number; y: number; ratio: number };

export interface Picture {
  /** Draws what is shown. */
  draw: (shown: Shown, view: View) => void;
  /** What is on the screen, as circles, lines and names. */
  scene: () => Scene;
  zoom: (by: number) => void;
  move: (right: number, down: number) => void;
  /** All that is drawn comes into view. */
  fit: () => void;
  /** Brings an actor into view. */
  goTo: (actor: number) => void;
  /** Looks from there; from the start where it is nothing. */
  look: (camera: Camera | null) => void;
  isStill: boolean;
}

export interface Chosen {
  actor: (actor: number) => void;
  edge: (edge: number) => void;
  nothing: () => void;
  over: (what: { actor?: number; edge?: number } | null, x: number, y: number) => void;
  moved: (camera: Camera | null) => void;
}

/** A picture of `model`; `home` are the actors that fill it where nothing is filtered. */
export function pictureOf(model: Model, home: number[], stage: HTMLElement, chosen: Chosen, camera: Camera | null): Picture {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("webgl2") ?? canvas.getContext("webgl");
  const lose = context?.getExtension("WEBGL_lose_context");
  lose?.loseContext();
  return context ? moving(model, home, stage, chosen, camera) : still(model, home, stage, chosen);
}

/** How actors and edges look, whatever draws them. */
interface Look {
  circle: (actor: number) => Pick<Circle, "colour" | "isStrong" | "isDim"> & { radius: number };
  line: (edge: number) => { width: number; colour: string; opacity: number };
}

function lookOf(model: Model, shown: Shown, view: View, stage: HTMLElement, scale: number): Look {
  const { grey, dim } = coloursOf(stage);
  const centre = new Set(centreOf(model, view) ?? []);
  const near = new Set(centre);
  const { source, target } = model.ends;
  const touches = (edge: number) =>
    view.edge !== null ? edge === view.edge : centre.has(source[edge]) || centre.has(target[edge]);
  if (view.actor !== null) {
    for (const edge of shown.drawnEdges) if (touches(edge)) near.add(source[edge]).add(target[edge]);
  }
  const width = widthOf(model, shown, view);
  return {
    circle: (actor) => {
      const isDim = centre.size > 0 && !near.has(actor);
      const radius = Math.max(2, (model.actors.size[actor] / 10) * scale);
      return { radius, colour: isDim ? dim : colourOf(model, actor, grey), isStrong: centre.has(actor), isDim };
    },
    line: (edge) => {
      const isOff = centre.size > 0 && !touches(edge);
      const opacity = isOff ? 0.15 : centre.size > 0 ? 0.85 : 0.6;
      return { width: width(edge), colour: isOff ? grey : lineColourOf(model, edge, grey), opacity };
    },
  };
}

/** Left, top, right and foot of `actors`. */
function boxOf(model: Model, actors: number[]): [number, number, number, number] {
  let box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const actor of actors) {
    const [x, y] = [model.actors.x[actor], model.actors.y[actor]];
    box = [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)];
  }
  return box[0] <= box[2] ? box : [0, 0, 1, 1];
}

/** Pixels of a screen for a unit of the picture where `box` fills it; a picture of few actors is not blown up without end. */
function fitted(box: [number, number, number, number], width: number, height: number, pad: number): number {
  const across = Math.max(60, width - 2 * pad) / Math.max(1, box[2] - box[0]);
  const down = Math.max(60, height - 2 * pad) / Math.max(1, box[3] - box[1]);
  return Math.min(across, down, 3);
}

const PAD = 48;
/** Circles shrink with the picture, but less than it does. */
const scaleOf = (pixels: number) => Math.min(1.15, Math.max(0.25, Math.sqrt(pixels)));

function moving(model: Model, home: number[], stage: HTMLElement, chosen: Chosen, camera: Camera | null): Picture {
  let last: { shown: Shown; view: View } | undefined;
  let isFirst = true;
  const sigma = new Sigma(new Graph({ type: "undirected" }), stage, {
    renderLabels: false,
    allowInvalidContainer: true,
    defaultNodeType: "circle",
    defaultEdgeType: "line",
    nodeProgramClasses: { circle: NodeCircleProgram },
    edgeProgramClasses: { line: EdgeRectangleProgram },
    stagePadding: PAD,
    minCameraRatio: 0.02,
    maxCameraRatio: 8,
    zIndex: true,
    // The names are ours, and so is what a pointer over a circle shows.
    defaultDrawNodeHover: () => undefined,
    doubleClickZoomingRatio: 1,
  });
  const labels = sigma.createCanvas("names", { beforeLayer: "mouse", style: { pointerEvents: "none" } });
  const size = () => {
    const { width, height } = sigma.getDimensions();
    const ratio = window.devicePixelRatio || 1;
    if (labels.width !== Math.round(width * ratio) || labels.height !== Math.round(height * ratio)) {
      labels.width = Math.round(width * ratio);
      labels.height = Math.round(height * ratio);
      labels.style.width = `${width}px`;
      labels.style.height = `${height}px`;
    }
    return { width, height, ratio };
  };

  const circlesNow = (): Circle[] => {
    if (!last) return [];
    const { width, height } = sigma.getDimensions();
    const { shown } = last;
    const look = lookOf(model, shown, last.view, stage, 1);
    const circles: Circle[] = [];
    for (const actor of shown.drawnActors) {
      const data = sigma.getNodeDisplayData(actor);
      if (!data) continue;
      const { x, y } = sigma.framedGraphToViewport(data);
      if (x < -80 || y < -80 || x > width + 80 || y > height + 80) continue;
      const { colour, isStrong, isDim } = look.circle(actor);
      circles.push({ actor, x, y, radius: sigma.scaleSize(data.size), colour, isStrong, isDim, rank: shown.mentions[actor], name: model.actors.name[actor] });
    }
    return circles;
  };
  const linesNow = (): Line[] => {
    if (!last) return [];
    const look = lookOf(model, last.shown, last.view, stage, 1);
    const at = (actor: number) => {
      const data = sigma.getNodeDisplayData(actor);
      return data ? sigma.framedGraphToViewport(data) : { x: 0, y: 0 };
    };
    return last.shown.drawnEdges.map((edge) => {
      const [a, b] = [at(model.ends.source[edge]), at(model.ends.target[edge])];
      const line = look.line(edge);
      return { edge, x1: a.x, y1: a.y, x2: b.x, y2: b.y, ...line, width: sigma.scaleSize(line.width) };
    });
  };

  sigma.on("afterRender", () => {
    const { width, height, ratio } = size();
    const context = labels.getContext("2d");
    if (!context || !last) return;
    const { ink, paper } = coloursOf(stage);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    paintLabels(context, labelsOf(circlesNow(), width, height), ink, paper);
    if (isFirst) {
      isFirst = false;
      performance.mark("drawn");
      document.documentElement.dataset.drawn = String(Math.round(performance.now()));
    }
  });

  /** The edge whose line is nearest to a place, within some pixels. */
  const edgeAt = (x: number, y: number, within: number): number | undefined => {
    let [found, least]: [number | undefined, number] = [undefined, within];
    for (const { edge, x1, y1, x2, y2, width } of linesNow()) {
      const [dx, dy] = [x2 - x1, y2 - y1];
      const along = Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
      const far = Math.hypot(x - x1 - along * dx, y - y1 - along * dy) - width / 2;
      if (far < least) [found, least] = [edge, far];
    }
    return found;
  };
  /** The actor whose circle, or else name, is there. */
  const actorAt = (x: number, y: number, within: number): number | undefined => {
    const circles = circlesNow();
    let [found, least]: [number | undefined, number] = [undefined, within];
    for (const circle of circles) {
      const far = Math.hypot(x - circle.x, y - circle.y) - circle.radius;
      if (far < least) [found, least] = [circle.actor, far];
    }
    if (found !== undefined) return found;
    const { width, height } = sigma.getDimensions();
    return labelsOf(circles, width, height).find((label) => {
      const half = Math.max(...label.lines.map((line) => line.length)) * label.size * 0.28;
      const top = label.y - label.size;
      return Math.abs(x - label.x) < half && y > top && y < top + label.lines.length * label.size * 1.2;
    })?.actor;
  };

  const choose = (x: number, y: number, isTouch: boolean) => {
    const actor = actorAt(x, y, isTouch ? 12 : 3);
    if (actor !== undefined) return chosen.actor(actor);
    const edge = edgeAt(x, y, isTouch ? 14 : 5);
    if (edge !== undefined) return chosen.edge(edge);
    chosen.nothing();
  };
  // Finding what is under the pointer is ours: thin lines are as easy to hit as thick ones, and a finger is wider than a pointer.
  // A second click soon after the first is a click, too, which sigma keeps to itself; fingers it has to follow alone.
  let down: [number, number] = [NaN, NaN];
  stage.addEventListener("mousedown", ({ clientX, clientY }) => (down = [clientX, clientY]), true);
  stage.addEventListener("click", ({ clientX, clientY }) => {
    const { left, top } = stage.getBoundingClientRect();
    if (Math.hypot(clientX - down[0], clientY - down[1]) < 4) choose(clientX - left, clientY - top, false);
  }, true);
  sigma.getTouchCaptor().on("tap", ({ touches, previousTouches }) => {
    const place = touches[0] ?? previousTouches[0];
    if (place) choose(place.x, place.y, true);
  });
  let waiting = 0;
  sigma.getMouseCaptor().on("mousemovebody", ({ x, y, original }) => {
    cancelAnimationFrame(waiting);
    const isIn = original.target instanceof Node && stage.contains(original.target);
    if (!isIn) return chosen.over(null, 0, 0);
    waiting = requestAnimationFrame(() => {
      const actor = actorAt(x, y, 3);
      const edge = actor === undefined ? edgeAt(x, y, 4) : undefined;
      stage.classList.toggle("over", actor !== undefined || edge !== undefined);
      chosen.over(actor === undefined && edge === undefined ? null : { actor, edge }, x, y);
    });
  });
  stage.addEventListener("pointerleave", () => {
    cancelAnimationFrame(waiting);
    chosen.over(null, 0, 0);
  });
  sigma.getCamera().on("updated", ({ x, y, ratio }) => {
    const isStart = Math.abs(x - 0.5) < 0.001 && Math.abs(y - 0.5) < 0.001 && Math.abs(ratio - 1) < 0.001;
    chosen.moved(isStart ? null : { x, y, ratio });
  });

  const start = () => {
    const [left, top, right, foot] = boxOf(model, home);
    // Small networks keep their size: a box that is wider than they are.
    const { width, height } = sigma.getDimensions();
    const pixels = fitted([left, top, right, foot], width, height, PAD);
    const wide = Math.max(right - left, Math.min(width, height) / pixels / 2, 1);
    const high = Math.max(foot - top, 1);
    const [x, y] = [(left + right) / 2, (top + foot) / 2];
    sigma.setCustomBBox({ x: [x - wide / 2, x + wide / 2], y: [-y - high / 2, -y + high / 2] });
    if (camera) sigma.getCamera().setState({ ...camera, angle: 0 });
  };
  /** As large as its place; behind the table it has none. */
  const fill = () => {
    const { width, height } = sigma.getDimensions();
    if (stage.clientWidth === 0 || (width === stage.clientWidth && height === stage.clientHeight)) return;
    sigma.resize();
    sigma.refresh();
  };
  new ResizeObserver(fill).observe(stage);
  let scale = 1;
  const draw = (shown: Shown, view: View) => {
    if (!last) {
      start();
      const { width, height } = sigma.getDimensions();
      scale = scaleOf(fitted(boxOf(model, home), width, height, PAD));
    }
    fill();
    last = { shown, view };
    const look = lookOf(model, shown, view, stage, scale);
    const graph = new Graph({ type: "undirected", multi: false, allowSelfLoops: false });
    for (const actor of shown.drawnActors) {
      const { radius, colour, isStrong, isDim } = look.circle(actor);
      graph.addNode(actor, {
        x: model.actors.x[actor], y: -model.actors.y[actor], size: radius, color: colour, zIndex: isStrong ? 2 : isDim ? 0 : 1,
      });
    }
    const { paper } = coloursOf(stage);
    const thin = shown.drawnEdges.length > 5000 ? 0.5 : 1;
    for (const edge of shown.drawnEdges) {
      const { width, colour, opacity } = look.line(edge);
      graph.addEdgeWithKey(edge, model.ends.source[edge], model.ends.target[edge], {
        size: width * thin, color: thinned(colour, paper, opacity * thin), zIndex: width,
      });
    }
    sigma.setGraph(graph);
  };
  const to = (state: Partial<Camera>) => {
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isStill) sigma.getCamera().setState(state);
    else void sigma.getCamera().animate(state, { duration: 250 });
  };
  return {
    draw,
    scene: () => {
      const { width, height } = sigma.getDimensions();
      const circles = circlesNow();
      return { width, height, circles, lines: linesNow(), labels: labelsOf(circles, width, height) };
    },
    zoom: (by) => to({ ratio: Math.min(8, Math.max(0.02, sigma.getCamera().ratio / by)) }),
    move: (right, down) => {
      const { x, y, ratio } = sigma.getCamera();
      to({ x: x + right * ratio, y: y - down * ratio });
    },
    fit: () => {
      if (!last) return;
      // In the frame of the camera, where the whole box is from 0 to 1.
      const at = last.shown.drawnActors.flatMap((actor) => sigma.getNodeDisplayData(actor) ?? []);
      if (at.length === 0) return to({ x: 0.5, y: 0.5, ratio: 1 });
      const [xs, ys] = [at.map((it) => it.x), at.map((it) => it.y)];
      const [left, right] = [smallest(xs), greatest(xs)];
      const [foot, top] = [smallest(ys), greatest(ys)];
      const { width, height } = sigma.getDimensions();
      const corner = (x: number, y: number) => sigma.framedGraphToViewport({ x, y }, { cameraState: { x: 0.5, y: 0.5, ratio: 1, angle: 0 } });
      const [one, two] = [corner(left, top), corner(right, foot)];
      const ratio = Math.max(Math.abs(two.x - one.x) / Math.max(60, width - 2 * PAD), Math.abs(two.y - one.y) / Math.max(60, height - 2 * PAD), 0.1);
      to({ x: (left + right) / 2, y: (foot + top) / 2, ratio });
    },
    goTo: (actor) => {
      const data = sigma.getNodeDisplayData(actor);
      if (!data) return;
      const { x, y } = sigma.framedGraphToViewport(data);
      const { width, height } = sigma.getDimensions();
      if (x < 30 || y < 30 || x > width - 30 || y > height - 30) to({ x: data.x, y: data.y });
    },
    look: (camera) => sigma.getCamera().setState({ ...(camera ?? { x: 0.5, y: 0.5, ratio: 1 }), angle: 0 }),
    isStill: false,
  };
}

/** SVG where there is no WebGL: no pointer moves it, but buttons and keys do, actors and edges can be chosen, and filters and time change it. */
function still(model: Model, home: number[], stage: HTMLElement, chosen: Chosen): Picture {
  let last: { shown: Shown; view: View } | undefined;
  // How much larger than the whole, and by how many pixels it is moved.
  let near = { by: 1, right: 0, down: 0 };
  const scene = (): Scene => {
    const width = Math.max(300, stage.clientWidth);
    const height = Math.max(300, stage.clientHeight);
    if (!last) return { width, height, circles: [], lines: [], labels: [] };
    const { shown, view } = last;
    const box = boxOf(model, [...home, ...shown.drawnActors]);
    const pixels = fitted(box, width, height, PAD);
    const look = lookOf(model, shown, view, stage, scaleOf(pixels));
    const at = (actor: number) => ({
      x: width / 2 + (model.actors.x[actor] - (box[0] + box[2]) / 2) * pixels * near.by + near.right,
      y: height / 2 + (model.actors.y[actor] - (box[1] + box[3]) / 2) * pixels * near.by + near.down,
    });
    const circles = shown.drawnActors.map((actor) =>
      ({ actor, ...at(actor), ...look.circle(actor), rank: shown.mentions[actor], name: model.actors.name[actor] }));
    const lines = shown.drawnEdges.map((edge) => {
      const [a, b] = [at(model.ends.source[edge]), at(model.ends.target[edge])];
      return { edge, x1: a.x, y1: a.y, x2: b.x, y2: b.y, ...look.line(edge) };
    });
    return { width, height, circles, lines, labels: labelsOf(circles, width, height) };
  };
  const draw = () => {
    const { ink, paper } = coloursOf(stage);
    const drawing = svgOf(scene(), ink, paper);
    drawing.setAttribute("aria-hidden", "true");
    stage.replaceChildren(drawing);
    document.documentElement.dataset.drawn ??= String(Math.round(performance.now()));
  };
  stage.addEventListener("click", ({ target }) => {
    const { actor, edge } = (target as SVGElement).dataset ?? {};
    if (actor !== undefined) chosen.actor(Number(actor));
    else if (edge !== undefined) chosen.edge(Number(edge));
    else chosen.nothing();
  });
  stage.addEventListener("mousemove", ({ target, clientX, clientY }) => {
    const { actor, edge } = (target as SVGElement).dataset ?? {};
    const { left, top } = stage.getBoundingClientRect();
    const what = actor !== undefined ? { actor: Number(actor) } : edge !== undefined ? { edge: Number(edge) } : null;
    chosen.over(what, clientX - left, clientY - top);
  });
  stage.addEventListener("mouseleave", () => chosen.over(null, 0, 0));
  new ResizeObserver(() => last && stage.clientWidth > 0 && draw()).observe(stage);
  const go = (next: Partial<typeof near>) => {
    near = { ...near, ...next };
    if (last) draw();
  };
  return {
    draw: (shown, view) => {
      last = { shown, view };
      draw();
    },
    scene,
    zoom: (by) => {
      const all = Math.min(50, Math.max(1 / 8, near.by * by));
      go({ by: all, right: (near.right * all) / near.by, down: (near.down * all) / near.by });
    },
    move: (right, down) => go({ right: near.right - right * stage.clientWidth, down: near.down - down * stage.clientHeight }),
    fit: () => go({ by: 1, right: 0, down: 0 }),
    goTo: (actor) => {
      const circle = scene().circles.find((it) => it.actor === actor);
      if (!circle) return;
      const { x, y } = circle;
      const { clientWidth: width, clientHeight: height } = stage;
      if (x < 30 || y < 30 || x > width - 30 || y > height - 30) go({ right: near.right + width / 2 - x, down: near.down + height / 2 - y });
    },
    look: () => undefined,
    isStill: true,
  };
}
