"""Rules on addresses: clean, unique, and under a host of their publisher."""

import pandas as pd

from kursk_events.lookup import look_up
from kursk_events.rules import Context, Frames, messages, rule

TRACKING = r"[?&](?:utm_[a-z]+|fbclid|gclid|yclid|ysclid|mc_cid|mc_eid|_openstat|igshid)="


def _hosts(urls: pd.Series) -> pd.Series:
    return urls.str.extract(r"^https?://([^/?#]+)")[0].str.lower().str.removeprefix("www.")


@rule(
    "R501", "an address is clean",
    reason="Tracking parameters, ports, trailing dots and page anchors make two addresses of one page.",
    table="sources", columns="url", hint="Remove the parameter, the port, or the dot.",
)  # fmt: skip
def address_is_clean(frames: Frames, context: Context) -> pd.Series:
    url = frames["sources"]["url"]
    host = _hosts(url)
    dirty = url.str.contains(TRACKING, regex=True) | host.str.contains(r":|\.$|@", regex=True)
    number = host.str.fullmatch(r"[0-9.]+")
    return messages(dirty | number, "the address has a tracking parameter, a port, a trailing dot or a bare number.")


@rule(
    "R502", "an address stands once for a day of publication",
    reason="A page read twice is one source.",
    table="sources", columns="url published_on", hint="Cite the first row.",
)  # fmt: skip
def address_is_unique(frames: Frames, context: Context) -> pd.Series:
    sources = frames["sources"]
    doubled = sources.duplicated(["url", "published_on"], keep="first")
    first = sources.groupby(["url", "published_on"], dropna=False)["source_id"].transform("first")
    return messages(doubled, "the same page as " + first + ".")


@rule(
    "R503", "an address lies under a host of its publisher",
    reason="Otherwise the record names the wrong publisher, or the publisher lacks a host.",
    table="sources", columns="url publisher_id", needs="publishers",
    hint="Name the publisher under whose address the page was read, or add the host to the publisher.",
)  # fmt: skip
def address_is_of_publisher(frames: Frames, context: Context) -> pd.Series:
    sources = frames["sources"]
    hosts = frames["publishers"].set_index("publisher_id")["hosts"]
    address = sources["url"].str.replace(r"^https?://(?:www\.)?|[?#].*$", "", regex=True)
    allowed = look_up(sources["publisher_id"], hosts).fillna("")
    wrong = [
        not any(_under(place, host) for host in known.split(" ") if host)
        for place, known in zip(address, allowed, strict=True)
    ]
    return messages(
        pd.Series(wrong, index=sources.index, dtype=bool),
        "not under a host of " + sources["publisher_id"] + ".",
    )


def _under(address: str, host: str) -> bool:
    name, _, _ = address.partition("/")
    if "/" in host:
        return address == host or address.startswith(host + "/")
    return name.lower() == host or name.lower().endswith("." + host)


@rule(
    "R504", "a host belongs to one publisher",
    reason="Two publishers under one host are one publisher, or one of them is wrong.",
    table="publishers", columns="hosts", hint="Keep the host with one of them, or add a path.",
)  # fmt: skip
def host_has_one_publisher(frames: Frames, context: Context) -> pd.Series:
    publishers = frames["publishers"]
    each = publishers["hosts"].str.split(" ").explode()
    doubled = each[each.duplicated(keep="first")]
    shared = doubled.groupby(level=0).agg(", ".join)
    return "another publisher has " + shared.astype("object") + "."
