// The view as a plain object, kept in the address so that a view can be shared.
const FIELDS = ["q", "type", "side", "claimant", "status", "place", "from", "to", "known", "by", "sort", "tiles"];

/** Read the view from an address's query. */
export function read(query) {
  const given = new URLSearchParams(query);
  return Object.fromEntries(FIELDS.map((name) => [name, given.get(name) ?? ""]));
}

/** Return the query for a view, without what is empty. */
export function write(view) {
  const kept = FIELDS.filter((name) => view[name]).map((name) => [name, view[name]]);
  return new URLSearchParams(kept).toString();
}
