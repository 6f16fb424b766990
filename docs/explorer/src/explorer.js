// The explorer: reads the table and the data that the build wrote, and filters, sorts, maps and recolours them.
import "./explorer.css";
import { inWords, toDay, toText } from "./days.js";
import { inShort, PlaceMap } from "./map.js";
import { control, select } from "./select.js";
import * as state from "./state.js";
import { Timeline } from "./timeline.js";

const STATUS = { disputed: "Disputed", acknowledged: "Acknowledged", corroborated: "Corroborated", one_sided: "One-sided" };
const root = document.querySelector(".explorer");
const find = (selector) => root.querySelector(selector);

/** Give the rows of the compact file their names. */
function unpack(raw) {
  const claimants = raw.claimants.map(([id, name, side]) => ({ id, name, side }));
  const places = raw.places.map(([id, name, parent, point, shownAt, wide]) => ({ id, name, parent, point, shownAt, wide }));
  const events = raw.events.map(([id, type, place, start, text, history, known]) => ({ id, type, place: places[place].id, start: raw.epoch + start, text: text.toLowerCase(), known: known === null ? Infinity : raw.epoch + known, history: history.map(([day, term]) => [raw.epoch + day, term]), claims: [] }));
  const claims = raw.claims.map(([event, by, known]) => ({ event, by, known: raw.epoch + known, text: "" }));
  for (const claim of claims) events[claim.event].claims.push(claim);
  const span = ([from, to, says]) => ({ from: raw.epoch + from, to: to === null ? Infinity : raw.epoch + to, says });
  const held = raw.control.map(([place, by, changes]) => ({ place: places[place].id, by: claimants[by].id, changes: changes.map(([day, spans]) => [raw.epoch + day, spans.map(span)]) }));
  return { claimants, places, events, claims, control: held, first: raw.epoch + raw.first, last: raw.epoch + raw.last };
}

class Explorer {
  constructor(data, borders) {
    this.data = data;
    this.view = state.read(location.search);
    this.rows = [...find("tbody").rows];
    this.order = this.rows.slice();
    this.map = new PlaceMap(find(".map"), data, borders, (place) => this.set({ place: this.view.place === place ? "" : place }));
    this.timeline = new Timeline(find(".timeline"), data, (from, to) => this.set({ from: from === null ? "" : toText(from), to: to === null ? "" : toText(to) }));
    this.slider = find("[name=known]");
    this.slider.min = data.first;
    this.slider.max = data.last;
    this.listen();
    this.draw();
    if (this.view.q) this.read();
  }

  /** Fetch the statements when a reader turns to the text filter, and not before. */
  async read() {
    this.reading ??= load("statements.json").then((statements) => {
      statements.forEach((text, at) => { this.data.claims[at].text = text.toLowerCase(); });
      this.draw();
    });
    return this.reading;
  }

  listen() {
    for (const name of ["type", "side", "claimant", "status", "place", "by", "from", "to"])
      find(`[name=${name}]`).addEventListener("change", (event) => this.set({ [name]: event.target.value }));
    find("form").addEventListener("submit", (event) => event.preventDefault());
    find("[name=q]").addEventListener("focus", () => this.read());
    find("[name=q]").addEventListener("input", (event) => this.set({ q: event.target.value }));
    this.slider.addEventListener("input", () => this.set({ known: Number(this.slider.value) >= this.data.last ? "" : toText(Number(this.slider.value)) }));
    find("[name=tiles]").addEventListener("change", (event) => this.map.street(event.target.checked));
    find(".reset").addEventListener("click", () => { this.view = state.read(""); this.set({}); });
    find(".share").addEventListener("click", () => this.share());
    for (const button of root.querySelectorAll("th button"))
      button.addEventListener("click", () => {
        const key = button.dataset.sort;
        const [was, way] = (this.view.sort || "date-up").split("-");
        this.set({ sort: `${key}-${was === key && way === "up" ? "down" : "up"}` });
      });
    addEventListener("popstate", () => { this.view = state.read(location.search); this.draw(); });
  }

  set(change) {
    Object.assign(this.view, change);
    const query = state.write(this.view);
    history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}`);
    this.draw();
  }

  async share() {
    const said = find(".said");
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "The address of this view is copied.";
    } catch {
      said.textContent = "Copy the address from the address bar: it holds this view.";
    }
  }

  draw() {
    for (const name of ["q", "type", "side", "claimant", "status", "place", "by", "from", "to"]) find(`[name=${name}]`).value = this.view[name];
    const known = this.view.known ? toDay(this.view.known) : this.data.last;
    this.slider.value = known;
    const words = this.view.known ? inWords(known) : `today’s records (to ${inWords(this.data.last)})`;
    find(".known-on").textContent = this.view.known ? inWords(known) : "everything recorded";
    this.slider.setAttribute("aria-valuetext", words);
    const fitting = select(this.data, this.view);
    const shown = fitting.filter((found) => found.brushed);
    this.timeline.draw(fitting, this.view.from ? toDay(this.view.from) : null, this.view.to ? toDay(this.view.to) : null);
    this.table(shown);
    this.places(shown);
    const claims = shown.reduce((sum, found) => sum + found.claims.length, 0);
    find(".count p").textContent = `${shown.length} of ${this.data.events.length} events, ${claims.toLocaleString("en")} claims`;
    find(".empty").hidden = shown.length > 0;
  }

  table(shown) {
    const by = new Map(shown.map((found) => [found.at, found]));
    this.rows.forEach((row, at) => {
      const found = by.get(at);
      row.hidden = !found;
      if (!found) return;
      const chip = row.querySelector(".status");
      const term = found.status ?? "unclaimed";
      if (!chip.classList.contains(term)) {
        chip.className = `chip status ${term}`;
        chip.textContent = STATUS[term] ?? "No claim of occurrence";
      }
      row.cells[5].textContent = found.claims.length;
    });
    const [key, way] = (this.view.sort || "date-up").split("-");
    const column = { date: 0, title: 1, type: 2, place: 3, status: 4, claims: 5 }[key] ?? 0;
    const read = (row) => (column === 5 ? Number(row.cells[5].textContent) : row.cells[column].textContent.trim());
    const sign = way === "down" ? -1 : 1;
    const order = this.rows.map((row, at) => [row, read(row), at]).sort((a, b) => sign * (column === 5 ? a[1] - b[1] : a[1].localeCompare(b[1], "en")) || a[2] - b[2]);
    if (order.some(([row], at) => row !== this.order[at])) {
      this.order = order.map(([row]) => row);
      find("tbody").append(...this.order);
    }
    root.querySelectorAll("thead th").forEach((head, at) => head.setAttribute("aria-sort", at === column ? (sign > 0 ? "ascending" : "descending") : "none"));
  }

  places(shown) {
    const counts = new Map();
    for (const { event } of shown) counts.set(event.place, (counts.get(event.place) ?? 0) + 1);
    const held = this.view.by ? control(this.data, this.view.by, this.view) : null;
    const marked = new Map();
    for (const place of this.data.places)
      if (place.shownAt && counts.has(place.id)) marked.set(place.shownAt, (marked.get(place.shownAt) ?? 0) + counts.get(place.id));
    this.map.draw(marked, held, this.view.place);
    const bare = this.data.places.filter((place) => !place.shownAt && (counts.get(place.id) || place.id === this.view.place || held?.has(place.id)));
    bare.sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
    const areas = find(".areas");
    areas.replaceChildren(document.createTextNode(bare.length ? "Without a point: " : ""));
    for (const place of bare.slice(0, 14)) {
      const button = document.createElement("button");
      button.type = "button";
      const says = held?.get(place.id);
      button.textContent = `${place.name} ${counts.get(place.id) ?? 0}${says ? ` · ${inShort(says).text}` : ""}`;
      button.setAttribute("aria-pressed", String(place.id === this.view.place));
      button.addEventListener("click", () => this.set({ place: this.view.place === place.id ? "" : place.id }));
      areas.append(button);
    }
    if (bare.length > 14) areas.append(document.createTextNode(`and ${bare.length - 14} more in the table`));
    find(".key.by-events").hidden = Boolean(held);
    find(".key.by-control").hidden = !held;
  }
}

const load = async (name) => (await fetch(`${root.dataset.base}${name}`)).json();

async function start() {
  const [raw, borders] = await Promise.all([load("data.json"), load("border.json")]);
  find(".tools").hidden = false;
  root.explorer = new Explorer(unpack(raw), borders);
  root.dataset.ready = "yes";
}

start();
