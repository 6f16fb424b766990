// What a view shows: pure functions over the data that the build wrote.
import { toDay } from "./days.js";

/** Return the events of a view with their known claims and status on the day of "as known on". */
export function select(data, view) {
  const known = view.known ? toDay(view.known) : Infinity;
  const from = view.from ? toDay(view.from) : -Infinity;
  const to = view.to ? toDay(view.to) : Infinity;
  const places = view.place ? within(data, view.place) : null;
  const words = view.q.toLowerCase().split(/\s+/).filter(Boolean);
  const found = [];
  data.events.forEach((event, at) => {
    const claims = event.claims.filter((claim) => claim.known <= known);
    if (event.known > known) return;
    const status = statusOn(event, known);
    const fits =
      (!view.type || event.type === view.type) &&
      (!view.status || (status ?? "unclaimed") === view.status) &&
      (!places || places.has(event.place)) &&
      (!view.side || claims.some((claim) => data.claimants[claim.by].side === view.side)) &&
      (!view.claimant || claims.some((claim) => data.claimants[claim.by].id === view.claimant)) &&
      words.every((word) => mentions(data, event, claims, word));
    if (fits) found.push({ at, event, claims, status, brushed: event.start >= from && event.start <= to });
  });
  return found;
}

function mentions(data, event, claims, word) {
  return event.text.includes(word) || claims.some((claim) => claim.text.includes(word) || data.claimants[claim.by].name.toLowerCase().includes(word));
}

/** Return an event's status as it followed from the claims known on a day, or null. */
export function statusOn(event, known) {
  let status = null;
  for (const [day, term] of event.history) if (day <= known) status = term;
  return status;
}

/** Return the ids of a place and all places in it. */
function within(data, id) {
  const found = new Set([id]);
  let size = 0;
  while (size !== found.size) {
    size = found.size;
    for (const place of data.places) if (found.has(place.parent)) found.add(place.id);
  }
  return found;
}

/** Return what one claimant says of each place on the day of "as known on", as it was known then. */
export function control(data, claimant, view) {
  const known = view.known ? toDay(view.known) : data.last;
  const found = new Map();
  for (const { place, by, changes } of data.control) {
    if (by !== claimant) continue;
    let spans = [];
    for (const [day, then] of changes) if (day <= known) spans = then;
    const standing = spans.find((span) => span.from <= known && known <= span.to);
    if (standing) found.set(place, standing.says);
  }
  return found;
}
