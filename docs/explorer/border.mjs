// Cuts the state borders of the campaign's region out of world-atlas (Natural Earth, public domain).
import { mesh } from "topojson-client";

const WEST = 31.5, EAST = 40.5, SOUTH = 49, NORTH = 54.5;
const inside = ([x, y]) => x >= WEST && x <= EAST && y >= SOUTH && y <= NORTH;
const rounded = ([x, y]) => [Math.round(x * 1e4) / 1e4, Math.round(y * 1e4) / 1e4];

/** Return the parts of the land borders that lie in the region, as lists of [longitude, latitude]. */
export function borders(atlas) {
  const lines = mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates;
  const found = [];
  for (const line of lines) {
    let part = [];
    line.forEach((point, at) => {
      const near = inside(point) || inside(line[at - 1] ?? point) || inside(line[at + 1] ?? point);
      if (near) part.push(rounded(point));
      else if (part.length) { found.push(part); part = []; }
    });
    if (part.length > 1) found.push(part);
  }
  return found;
}
