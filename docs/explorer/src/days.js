// Days as numbers: whole days since 1970 in UTC, so that no time zone moves a date.
const DAY = 86400000;
export const toDay = (text) => Math.round(Date.parse(`${text}T00:00:00Z`) / DAY);
export const toText = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const words = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
export const inWords = (day) => words.format(new Date(day * DAY));
const monthWords = new Intl.DateTimeFormat("en-GB", { month: "short", year: "2-digit", timeZone: "UTC" });
export const monthOf = (day) => monthWords.format(new Date(day * DAY));
export const startsMonth = (day) => new Date(day * DAY).getUTCDate() <= 7;
export const mondayOf = (day) => day - ((day + 3) % 7);
