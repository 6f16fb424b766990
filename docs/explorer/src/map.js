// The map: state borders and one mark a place. No tile is fetched unless the reader asks for a street map.
import L from "leaflet";
import "leaflet/dist/leaflet.css";

const STATUS = {
  ua_held: ["U", "held by Ukraine"],
  ru_held: ["R", "held by Russia"],
  contested: ["C", "contested"],
  unclear: ["?", "unclear"],
};

/** Put a word such as "ru_held", "not ru_held" or "contested / ua_held" into a letter, a class and plain words. */
export function inShort(says) {
  const parts = says.split(" / ").map((part) => {
    const [, lead, status] = part.match(/^(not |declines )?(.*)$/);
    const words = { "not ": "not ", "declines ": "declines to say whether " }[lead] ?? "";
    return { lead, status, letter: (lead === "not " ? "¬" : "") + (lead === "declines " ? "–" : STATUS[status][0]), text: words + STATUS[status][1] };
  });
  const plain = parts.length === 1;
  return {
    letter: parts.map((part) => part.letter).join("/"),
    kind: plain ? `${parts[0].status}${parts[0].lead ? " denied" : ""}` : "several",
    text: parts.map((part) => part.text).join(", and "),
  };
}

const diameter = (count) => Math.round(15 + 3.6 * Math.sqrt(count));
/** A district is a ring around the marks of its places, and lies below them. */
const RING = 30;

export class PlaceMap {
  constructor(element, data, borders, pick) {
    this.data = data;
    this.pick = pick;
    this.map = L.map(element, { zoomControl: true, attributionControl: true, minZoom: 7, maxZoom: 13, zoomSnap: 0.25, scrollWheelZoom: false, keyboard: true });
    this.map.attributionControl.setPrefix(false).addAttribution("Borders: Natural Earth");
    for (const line of borders) L.polyline(line.map(([x, y]) => [y, x]), { className: "border", interactive: false }).addTo(this.map);
    for (const [text, at] of [["RUSSIA", [51.45, 36.0]], ["UKRAINE", [50.85, 34.3]]])
      L.marker(at, { icon: L.divIcon({ className: "country", html: text, iconSize: [90, 18] }), interactive: false, keyboard: false }).addTo(this.map);
    this.home = [[50.74, 34.15], [51.8, 36.25]];
    this.map.fitBounds(this.home);
    this.marks = L.layerGroup().addTo(this.map);
    this.tiles = null;
    this.map.on("focus", () => this.map.scrollWheelZoom.enable());
    this.map.on("blur", () => this.map.scrollWheelZoom.disable());
  }

  /** Draw the places of a view; with claims of control the marks take their colours from them. */
  draw(counts, held, chosen) {
    const focused = this.map.getContainer().contains(document.activeElement) ? document.activeElement.dataset.place : null;
    this.marks.clearLayers();
    const places = this.data.places.filter((place) => place.point && (counts.get(place.id) || held?.has(place.id)));
    places.sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
    for (const place of places) this.mark(place, counts.get(place.id) ?? 0, held, chosen, focused);
    for (const place of places.filter((place) => !place.wide && (counts.get(place.id) ?? 0) > 3).slice(0, 7)) this.name(place, counts.get(place.id) ?? 0);
  }

  name(place, count) {
    const icon = L.divIcon({ className: "town", html: "", iconSize: [110, 14], iconAnchor: [55, -(diameter(count) / 2) - 1] });
    L.marker(place.point, { icon, interactive: false, keyboard: false }).addTo(this.marks).getElement().textContent = place.name;
  }

  mark(place, count, held, chosen, focused) {
    const word = held?.has(place.id) ? inShort(held.get(place.id)) : null;
    const size = diameter(count) + (place.wide ? RING : 0);
    const said = word ? word.text : held ? "nothing said of control" : "";
    const label = `${place.name}: ${count} event${count === 1 ? "" : "s"}${said ? `, ${said}` : ""}`;
    const kind = held ? (word ? word.kind : "silent") : "events";
    const icon = L.divIcon({ className: `mark ${kind} ${place.wide ? "wide" : ""} ${place.id === chosen ? "chosen" : ""}`, html: "", iconSize: [size, size] });
    const mark = L.marker([place.point[0], place.point[1]], { icon, title: label, keyboard: true, riseOnHover: true, zIndexOffset: place.wide ? -1000 : 0 }).addTo(this.marks);
    const element = mark.getElement();
    element.textContent = word ? word.letter : count || "";
    element.setAttribute("aria-label", label);
    element.setAttribute("role", "button");
    element.setAttribute("aria-pressed", String(place.id === chosen));
    element.dataset.place = place.id;
    mark.on("click", () => this.pick(place.id));
    element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); event.stopPropagation(); this.pick(place.id); }
    });
    if (focused === place.id) element.focus({ preventScroll: true });
  }

  /** Show or hide the street map of a third party. */
  street(on) {
    if (on && !this.tiles) {
      this.tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", { attribution: "© OpenStreetMap contributors" }).addTo(this.map);
    } else if (!on && this.tiles) {
      this.tiles.remove();
      this.tiles = null;
    }
  }
}
