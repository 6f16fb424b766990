"""What the home page shows: the size of the dataset, one question, and every claimant's answer to it."""

from collections.abc import Callable

from markupsafe import Markup

from kursk_events.sides import SIDES
from kursk_events.site.pages import citation
from kursk_events.site.picture import ranges
from kursk_events.site.records import Records, Rows
from kursk_events.site.render import day, environment
from kursk_events.summary import QUESTION

#: The claims that answer "Was Kursk Oblast retaken?" most plainly are those of these kinds.
ANSWERING = ("occurrence", "control")
#: Answers of a side that the home page shows in full; it names the other claimants.
SHOWN = 4


def home_inserts(records: Records) -> dict[str, Callable[[str], Markup]]:
    """Return the parts of the home page by name; each takes the way to the root."""
    return {
        "sizes": lambda root: sizes(records),
        "answers": lambda root: answers(records, root),
        "area": lambda root: area(records, root),
        "citation": lambda root: Markup('<pre class="cite">{}</pre>').format(citation(records)),
        "identity": lambda root: Markup("<code>{}</code>").format(records.identity),
        "downloads": lambda root: downloads(records, root),
    }


def sizes(records: Records) -> Markup:
    """Return how many records there are, as a row of figures."""
    claimants = len(records.claims_by_claimant)
    figures = [
        (len(records.claims), "claims"),
        (claimants, "claimants"),
        (len(records.events), "events"),
        (len(records.sources), "sources"),
        (len(records.publishers), "publishers"),
        (sum(r["relation"] == "disputes" for c in records.claims.values() for r in c["answers"]), "disputes"),
    ]
    items = [Markup("<li><b>{:,}</b> {}</li>").format(value, word) for value, word in figures]
    return Markup('<ul class="sizes">{}</ul>').format(Markup("").join(items))


def answers(records: Records, root: str) -> Markup:
    """Return the answers of all claimants to one question, a column a side."""
    claims = [c for c in records.claims_by_event.get(QUESTION, ()) if c["kind"] in ANSWERING]
    if not claims:
        return Markup("")
    first = {claim["claimant_id"]: claim for claim in reversed(claims)}
    claims = [claim for claim in claims if first[claim["claimant_id"]] is claim]
    template = environment().get_template("answers.html")
    columns = []
    for side in SIDES:
        own = [claim for claim in claims if claim["side"] == side]
        columns.append((side, own[:SHOWN], own[SHOWN:]))
    return Markup(
        template.render(
            root=root,
            names=records,
            event=records.events[QUESTION],
            columns=columns,
            sides=SIDES,
            total=len(records.claims_by_event[QUESTION]),
        )
    )


def held(records: Records) -> Rows:
    """Return the claims of the area in Kursk Oblast that Ukraine held on a day, with a figure."""
    whole = (None, "kursk-oblast", "russia")
    return [
        claim
        for claim in records.claims.values()
        if claim["measure"] == "area_held"
        and claim["subject_id"] == "ukr-armed-forces"
        and claim["scope"] == "snapshot"
        and claim["place_id"] in whole
        and claim["figure"]
        and claim["bound"] != "verbal"
    ]


def area(records: Records, root: str) -> Markup:
    """Return who claimed that Ukraine held how much of the oblast, when, with a table for those who cannot see it."""
    claims = held(records)
    if not claims:
        return Markup("")
    points = [{**claim, "href": f"{root}claims/{claim['claim_id']}/"} for claim in claims]
    said = f"{len(claims)} claims of the area of Kursk Oblast held by Ukrainian forces, by the day on which they were made."
    legend = Markup("").join(
        Markup('<li><span class="dot {}"></span>{}</li>').format(side, name) for side, name in SIDES.items()
    )
    rows = Markup("").join(
        Markup('<tr><td class="date">{}</td><td><span class="dot {}"></span>{}</td><td class="right">{}</td></tr>').format(
            day(c["claimed_on"]), c["side"], c["claimant"]["name"], c["figure"]
        )
        for c in claims
    )  # fmt: skip
    return Markup(
        '<figure class="picture area">{}<figcaption><ul class="legend">{}<li>▲ at least, ▼ at most, bar: a range; hollow: about</li></ul>'
        '<details class="part"><summary>The same as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Claims of the area held"><table class="grid"><thead><tr><th>Said on</th><th>Claimant</th>'
        '<th class="right">Area held</th></tr></thead><tbody>{}</tbody></table></div></details></figcaption></figure>'
    ).format(ranges(points, "km²", 1400.0, said), legend, rows)


def downloads(records: Records, root: str) -> Markup:
    """Return the files to download, table by table."""
    rows = Markup("").join(
        Markup(
            '<tr><td><a href="{r}codebook/{n}/"><code>{n}</code></a></td><td class="right">{s:,}</td>'
            '<td><a href="{r}downloads/{n}.csv">{n}.csv</a></td><td><a href="{r}downloads/{n}.parquet">{n}.parquet</a></td></tr>'
        ).format(r=root, n=name, s=len(frame))
        for name, frame in records.frames.items()
    )
    return Markup(
        '<div class="scroll" tabindex="0" role="region" aria-label="Files"><table class="grid"><thead><tr><th>Table</th><th class="right">Rows</th><th>CSV</th><th>Parquet</th></tr></thead>'
        "<tbody>{}</tbody></table></div>"
    ).format(rows)
