// A bar a week; a drag over the bars, or the two handles with arrow keys, choose a span of weeks.
import { inWords, mondayOf, monthOf, startsMonth } from "./days.js";

const NS = "http://www.w3.org/2000/svg";
const HEIGHT = 96, BASE = 74, WEEK = 7;

function svg(name, attributes, parent) {
  const element = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent?.append(element);
  return element;
}

export class Timeline {
  constructor(element, data, choose) {
    this.choose = choose;
    const starts = data.events.map((event) => event.start);
    this.first = mondayOf(Math.min(...starts));
    this.weeks = Math.floor((Math.max(...starts) - this.first) / WEEK) + 1;
    this.all = this.count(starts);
    this.top = Math.max(...this.all);
    this.step = 1000 / this.weeks;
    this.root = svg("svg", { viewBox: `0 0 1000 ${HEIGHT}`, preserveAspectRatio: "none", role: "group", "aria-label": "Events by week. Two handles choose the first and the last week." }, element);
    this.base = svg("g", { class: "base" }, this.root);
    this.top_ = svg("g", { class: "found" }, this.root);
    this.veil = [svg("rect", { class: "veil", y: 0, height: BASE }, this.root), svg("rect", { class: "veil", y: 0, height: BASE }, this.root)];
    this.handles = ["first", "last"].map((name) => this.handle(name));
    this.labels = document.createElement("div");
    this.labels.className = "months";
    this.labels.setAttribute("aria-hidden", "true");
    element.append(this.labels);
    this.all.forEach((size, week) => this.bar(this.base, week, size));
    let last = -9;
    for (let week = 0; week < this.weeks; week += 1) {
      const day = this.first + week * WEEK;
      if (startsMonth(day + 6) && week - last > 7 && week < this.weeks - 3) {
        const label = document.createElement("span");
        label.style.left = `${(100 * week) / this.weeks}%`;
        label.textContent = monthOf(day + 6);
        this.labels.append(label);
        last = week;
      }
    }
    this.drag();
  }

  count(starts) {
    const found = Array(this.weeks).fill(0);
    for (const day of starts) found[Math.floor((day - this.first) / WEEK)] += 1;
    return found;
  }

  bar(parent, week, size) {
    if (!size) return;
    const height = Math.max((size / this.top) * (BASE - 6), 2);
    svg("rect", { x: week * this.step + 0.6, width: Math.max(this.step - 1.2, 1), y: BASE - height, height }, parent);
  }

  handle(name) {
    const group = svg("g", { class: "handle", tabindex: 0, role: "slider", "aria-label": `${name} week`, "aria-valuemin": 0, "aria-valuemax": this.weeks - 1 }, this.root);
    svg("rect", { class: "grip", y: 0, width: 14, height: BASE }, group);
    svg("rect", { class: "line", y: 0, x: 6, width: 2, height: BASE }, group);
    group.addEventListener("keydown", (event) => {
      const moves = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -4, PageUp: 4, Home: -this.weeks, End: this.weeks };
      const move = moves[event.key];
      if (move === undefined) return;
      event.preventDefault();
      const [a, b] = this.span;
      if (name === "first") this.tell(Math.min(Math.max(a + move, 0), b), b);
      else this.tell(a, Math.max(Math.min(b + move, this.weeks - 1), a));
    });
    return group;
  }

  tell(a, b) {
    if (a <= 0 && b >= this.weeks - 1) this.choose(null, null);
    else this.choose(this.first + a * WEEK, this.first + b * WEEK + 6);
  }

  weekAt(event) {
    const box = this.root.getBoundingClientRect();
    return Math.min(Math.max(Math.floor(((event.clientX - box.left) / box.width) * this.weeks), 0), this.weeks - 1);
  }

  drag() {
    let start = null;
    this.root.addEventListener("pointerdown", (event) => {
      const grip = event.target.closest(".handle");
      const at = this.weekAt(event);
      start = grip ? this.span[grip === this.handles[0] ? 1 : 0] : at;
      this.moved = Boolean(grip);
      this.root.setPointerCapture(event.pointerId);
    });
    this.root.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const at = this.weekAt(event);
      if (at !== start || this.moved) {
        this.moved = true;
        this.tell(Math.min(at, start), Math.max(at, start));
      }
    });
    this.root.addEventListener("pointerup", (event) => {
      if (start !== null && !this.moved) this.tell(start, this.weekAt(event));
      start = null;
    });
  }

  /** Draw the events of a view and the chosen span. */
  draw(events, from, to) {
    this.top_.replaceChildren();
    this.count(events.map((found) => found.event.start)).forEach((size, week) => this.bar(this.top_, week, size));
    const a = from === null ? 0 : Math.max(Math.floor((from - this.first) / WEEK), 0);
    const b = to === null ? this.weeks - 1 : Math.min(Math.floor((to - this.first) / WEEK), this.weeks - 1);
    this.span = [a, b];
    const left = a * this.step, right = (b + 1) * this.step;
    this.veil[0].setAttribute("x", 0);
    this.veil[0].setAttribute("width", Math.max(left, 0));
    this.veil[1].setAttribute("x", right);
    this.veil[1].setAttribute("width", Math.max(1000 - right, 0));
    [[left, a, 0], [right, b, 6]].forEach(([x, week, extra], at) => {
      const handle = this.handles[at];
      handle.setAttribute("transform", `translate(${Math.min(Math.max(x - 7, 0), 986)} 0)`);
      handle.setAttribute("aria-valuenow", week);
      handle.setAttribute("aria-valuetext", inWords(this.first + week * WEEK + extra));
    });
  }
}
