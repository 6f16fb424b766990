"""The analysis interface: the tables, and the questions that are asked of them.

Every answer names claimants; nothing here pools a truth. The class only gathers: each question is a plain function
from frames to a frame in a module of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from kursk_events import known
from kursk_events.control import control, control_matrix
from kursk_events.disputes import disputes, lag
from kursk_events.export import export
from kursk_events.finding import nearest
from kursk_events.flat import flat
from kursk_events.ged import acled_labels, as_ged
from kursk_events.overview import overview
from kursk_events.panel import By as Cell
from kursk_events.panel import Freq, Imprecise, panel
from kursk_events.precision import day
from kursk_events.series import By, envelope, series
from kursk_events.status import event_status
from kursk_events.tables import TABLES
from kursk_events.trace import echo, trace


def _installed() -> Mapping[str, pd.DataFrame]:
    from kursk_events.loading import load_all

    return load_all()


class _Table:
    """A table as an attribute: a view of its own each time, so that a write to it leaves the dataset as it is."""

    def __init__(self, content: str) -> None:
        self.__doc__ = content

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, dataset: "Dataset", owner: type) -> pd.DataFrame:
        return dataset.tables[self.name].copy(deep=False)


@dataclass(frozen=True, eq=False, repr=False)
class Dataset:
    """All tables, and questions about who claimed what, as known when.

    Args:
        tables: All twelve tables by name, as `kursk_events.load_all` gives them; the installed data (in a checkout, its
            CSV files) where it is left out. They are read once.
        known_on: The day on which the data are as known; `as_known` sets it.

    Raises:
        ValueError: A table is missing.

    Example:
        >>> import kursk_events as ke
        >>> ds = ke.Dataset()
        >>> claim = ds.claims.set_index("claim_id").loc["gerasimov-20250426-ukr-losses"]
        >>> claim["claimant_id"], claim["measure"], claim["bound"], int(claim["value_low"])
        ('gerasimov', 'casualties', 'at_least', 76000)

    """

    tables: Mapping[str, pd.DataFrame] = field(default_factory=_installed)
    known_on: pd.Timestamp | None = None

    publishers = _Table("One row a channel that publishes.")
    sources = _Table("One row a document or post.")
    actors = _Table("One row anyone who acts, suffers or claims.")
    places = _Table("One row a place.")
    event_types = _Table("One row a type of event, with its crosswalk.")
    measures = _Table("One row a measurable thing, with its unit.")
    events = _Table("One row a happening.")
    participants = _Table("One row an actor's undisputed part in an event.")
    claims = _Table("One row an assertion by one claimant on one day.")
    citations = _Table("One row a source that carries a claim.")
    relations = _Table("One row how one claim answers another.")
    retired = _Table("One row an id that is no longer used.")

    def __post_init__(self) -> None:
        if missing := [name for name in TABLES if name not in self.tables]:
            raise ValueError(f"no table {', '.join(missing)}. {nearest(missing[0], self.tables)}".strip())
        tables = {name: self.tables[name].copy(deep=False) for name in TABLES}
        object.__setattr__(self, "tables", MappingProxyType(tables))

    def __repr__(self) -> str:
        when = "" if self.known_on is None else f", as known on {self.known_on:%Y-%m-%d}"
        counts = ", ".join(f"{len(self.tables[name]):,} {name}" for name in ("events", "claims", "sources"))
        return f"Dataset({counts}{when})"

    def as_known(self, on: str | date, hindsight: bool = False) -> "Dataset":
        """Return the dataset as it could have been written on the evening of a day.

        A claim is known when the last day that its date allows is not after ``on`` and a cited source was in print by
        then; a source without a date counts from the earliest other citation of its claim, else from the day of
        access. Later citations and sources, relations to later claims and events without a known claim are left out.
        Asked of a dataset that is already as known on an earlier day, it returns that.

        Args:
            on: The day, as a date or yyyy-mm-dd.
            hindsight: Keep what the curators wrote looking back: ``summary``, ``note``, ``end_date``, ``accessed_on``
                and the list of retired ids. Without it they are empty.

        Raises:
            ValueError: ``on`` is no date.

        Example:
            >>> import kursk_events as ke
            >>> early = ke.Dataset().as_known("2024-08-06")
            >>> fighting = early.claims[early.claims["stance"].eq("denies")]
            >>> fighting.loc[fighting["claimant_id"].eq("fsb"), ["claim_id", "claimed_on"]].values.tolist()
            [['fsb-20240806-border-not-violated', Timestamp('2024-08-06 00:00:00')]]

        """
        last = day(on)
        if self.known_on is not None and self.known_on <= last:
            return self
        return Dataset(known.as_known(self.tables, last, hindsight), last)

    def status(self) -> pd.Series:
        """Return how far the claimants agree that each event took place, not whether it did.

        Reads the claims of occurrence, attribution and control, without those of captives. In this order: ``disputed``
        (another claimant denies or disputes it, and has not taken that back), ``acknowledged`` (a side acknowledges
        it), ``corroborated`` (asserted by sides that fight each other, or by one of them and a claimant of no side),
        ``one_sided``. North Korea and Russia count as one camp here.

        Returns:
            A categorical series indexed by ``event_id``; missing where nobody made such a claim.

        Example:
            >>> import kursk_events as ke
            >>> ke.Dataset().status()["reported-retaking-kursk-oblast-2025-04-26"]
            'disputed'

        """
        return event_status(self.events, self.claims, self.relations, self.actors)

    def overview(self) -> pd.DataFrame:
        """Return one flat row an event, for a first look and for maps.

        The counts of claims are counts of words, not of facts: they say who speaks of an event, and how often.

        Returns:
            event_id, title, event_type, start_date, end_date, date_precision, place_id, place_precision, target_kind,
            part_of, place (name), district and oblast (ids of the places that hold it), latitude and longitude (of
            the place itself; missing where it has no point), status (see `status`), sides (codes of those who speak
            of it, in alphabetical order), first_claimed_on, last_claimed_on, claims, claims_kp, claims_ru, claims_ua,
            claims_none, claimants, sources, publishers.

        Example:
            >>> import kursk_events as ke
            >>> row = ke.Dataset().overview().set_index("event_id").loc["reported-retaking-kursk-oblast-2025-04-26"]
            >>> row["place"], row["status"], row["sides"], str(row["first_claimed_on"].date())
            ('Kursk Oblast', 'disputed', 'KP RU UA none', '2025-04-26')

        """
        return overview(self.tables)

    def control(self, place: str, according_to: str | None = None) -> pd.DataFrame:
        """Return who held a place, according to whom: intervals of days, which never overlap within one claimant.

        A claimant's word stands until the same claimant says otherwise or names a last day itself; a rival's word
        never ends it, and nor does time, so look at ``last_said``. Claims are laid over each other in the order in
        which they were said, each from its ``valid_from`` (else ``claimed_on``). A denial of the status that the
        claimant had asserted ends that interval and opens one of its own ("not ru_held"); a denial of another status
        is in keeping with it. A claim that declines opens an interval; one that withdraws, or that retracts the claim
        behind it, leaves a gap. Words of another claimant of one line (a ministry, its spokesman) count as another's.

        Args:
            place: Id of the place itself; claims about the district or oblast around it are not applied.
            according_to: Id of one claimant; all where it is left out.

        Returns:
            One row an interval, sides in alphabetical order: place_id, claimant_id, side, valid_from, valid_to
            (missing: still stands), says (the word in short; joined by a slash where the claimant said several on one
            day), control_status and stance (missing where there are several), claim_id (the claim behind it),
            claim_ids (all that say it or are in keeping), last_said, ended_by (the claim that ends it).

        Raises:
            ValueError: No such place or actor; the text names the nearest, or what replaced a retired id.

        Example:
            >>> import kursk_events as ke
            >>> words = ke.Dataset().control("sudzha", according_to="deepstate")
            >>> words[["valid_from", "valid_to", "says"]].head(1).astype(str).values.tolist()
            [['2025-03-12', '2025-03-14', 'contested']]

        """
        return control(self.tables, place, according_to)

    def control_matrix(self, on: str | date, within_days: int | None = None) -> pd.DataFrame:
        """Return what each claimant says of each place on a day, and mark the places on which they disagree.

        Words said later about that day are in it; ask ``ds.as_known(day).control_matrix(day)`` for those known then.

        Args:
            on: The day, as a date or yyyy-mm-dd.
            within_days: Leave out words last said longer ago than that; all that still stand where it is left out.

        Returns:
            Indexed by ``place_id``, of which somebody has said something: disagreement (two claimants say what cannot
            both be so), then one column a claimant, sides in alphabetical order, with the word in short
            (``ru_held``, ``not ru_held``, ``declines ru_held``) or missing where the claimant is silent.

        Raises:
            ValueError: ``on`` is no date.

        Example:
            >>> import kursk_events as ke
            >>> matrix = ke.Dataset().as_known("2025-03-13").control_matrix("2025-03-13", within_days=7)
            >>> matrix.loc["sudzha", ["rus-mod", "kovalenko", "disagreement"]].astype(str).tolist()
            ['ru_held', 'not ru_held', 'True']

        """
        return control_matrix(self.tables, day(on), within_days)

    def series(
        self,
        measure: str,
        subject: str | None = None,
        category: str | None = None,
        claimant: str | None = None,
        place: str | None = None,
        scope: str | None = None,
    ) -> pd.DataFrame:
        """Return the figures of a measure as step series, one a claimant and a thing counted.

        Figures are in one series only where claimant, measure, subject, category, place, event and scope agree, and
        for a running total its first day: a snapshot never follows a total. A claim that names no place counts for the
        place of its event (the campaign's is Kursk Oblast). Figures that the claimant denies, declines or withdraws are
        not in it; those that it corrects or retracts are, and ``corrected_by`` says so.

        Args:
            measure: A measure, such as ``area_held``; never several, so that killed and losses cannot mix.
            subject: Id of the actor whom the figures count.
            category: A term of ``claims.category``, such as ``civilian``.
            claimant: Id of the claimant.
            place: Id of the place.
            scope: A term of ``claims.scope``, such as ``snapshot``.

        Returns:
            One row a figure: series (a name that the rows of one series share), claimant_id, side, measure, unit,
            subject_id, category, place_id, event_id, scope, since (first day of a total or span), day (the day as of
            which it is given, or the last of its span), until (a snapshot or total stands until the day before the
            next; missing: still stands), bound, low, value, high (in the unit; low and high are missing where the
            bound leaves that end open), stance, claimed_on, claim_id, corrected_by.

        Raises:
            ValueError: No such measure, actor, place or term; the text names the nearest.

        Example:
            >>> import kursk_events as ke
            >>> rows = ke.Dataset().series("area_held", claimant="syrskyi", place="kursk-oblast", scope="snapshot")
            >>> rows[["day", "until", "bound", "value"]].head(2).astype(str).values.tolist()
            [['2024-08-12', '2024-08-14', 'about', '1000.0'], ['2024-08-15', '2024-08-19', 'exact', '1150.0']]

        """
        return series(self.tables, measure, subject, category, claimant, place, scope)

    def envelope(
        self,
        measure: str,
        subject: str | None = None,
        by: By = "side",
        category: str | None = None,
        on: str | date | None = None,
    ) -> pd.DataFrame:
        """Return the range of the figures that each side or claimant puts forward.

        A range is made only of figures that could be compared: one measure, subject, category, place, event, scope and
        first day; figures for a span only with figures for the same span. What was corrected or retracted is left out.

        Args:
            measure: A measure, such as ``killed``.
            subject: Id of the actor whom the figures count.
            by: ``side`` (of the claimants) or ``claimant``.
            category: A term of ``claims.category``.
            on: Only the figures that stand on this day, which is each claimant's last of a series; all that were ever
                put forward where it is left out, so that a range then also holds the growth of a total.

        Returns:
            One row a side or claimant and thing counted: side (or claimant_id and side), measure, unit, subject_id,
            category, place_id, event_id, scope, since, span_to (last day, for figures of a span), low, low_bound and
            low_claim_id (the lowest number, with its bound and claim), high, high_bound and high_claim_id (a highest
            number with the bound ``at_least`` leaves the range open above), claims, without_number (of these in words
            only), claimants, first_day, last_day.

        Raises:
            ValueError: No such measure, actor, term or date; the text names the nearest.

        Example:
            >>> import kursk_events as ke
            >>> rows = ke.Dataset().envelope("killed", subject="kp-army", by="claimant", on="2025-04-30")
            >>> rows[["claimant_id", "scope", "low_bound", "low", "high"]].values.tolist()
            [['nis', 'cumulative', 'about', 600.0, 600.0]]

        """
        return envelope(self.tables, measure, subject, by, category, None if on is None else day(on))

    def disputes(self) -> pd.DataFrame:
        """Return the pairs of claims that cannot both hold, as speakers or curators set them against each other.

        Returns:
            One row a relation ``disputes``, the later speaker first: claim_id, claimant_id, side, claimed_on,
            event_id, kind, stance, place_id, measure, scope, bound, number (the one that the bound names; none for a
            range), the same of the other claim with ``other_`` before the name, explicit (the later speaker refers to
            the earlier), days_apart, difference (number less other_number, in the unit of the measure), ratio. These
            two are missing unless both figures are put forward (not denied) for the same measure, subject, category
            and scope; they compare words, so mind the two bounds.

        Example:
            >>> import kursk_events as ke
            >>> pairs = ke.Dataset().disputes()
            >>> pair = pairs[pairs["claim_id"].eq("afp-20240813-800-km2")]
            >>> pair[["other_claim_id", "bound", "other_bound", "difference"]].values.tolist()
            [['unian-20240812-480-km2', 'at_least', 'about', 320.0]]

        """
        return disputes(self.tables)

    def lag(self) -> pd.DataFrame:
        """Return how long after an event each side first spoke of it, first acknowledged it and was first in print.

        Days are counted from the event's start to the nominal dates; keep to rows whose ``date_precision`` is ``day``
        where a day matters. For long events (the campaign) the start says little. Planned and forecast figures are
        left out. Of several claims on one day the one with the first id is named.

        Returns:
            One row an event and side that speaks of it: event_id, side, event_type, start_date, date_precision, the
            side's first claim (claimed_on, claimant_id, claim_id, stance), its first acknowledgement (acknowledged_on,
            claimant_id_acknowledging, claim_id_acknowledging), the first dated source that carries a claim of the
            side (printed_on, source_id), days_to_claim, days_to_acknowledgement, days_to_print (missing where there
            is none; negative where the word came first).

        Example:
            >>> import kursk_events as ke
            >>> rows = ke.Dataset().lag()
            >>> first = rows[rows["claim_id"].eq("fsb-20240806-border-not-violated")]
            >>> first[["side", "claimant_id", "stance", "days_to_claim"]].values.tolist()
            [['RU', 'fsb', 'denies', 0]]

        """
        return lag(self.tables)

    def trace(self, claim_id: str) -> pd.DataFrame:
        """Return the chain behind a claim: claim, citation, source, publisher.

        Args:
            claim_id: Id of the claim.

        Returns:
            One row a citation, the earliest print first and undated ones last: claim_id, claimant_id, side, claimed_on,
            stance, voice, statement, relay, source_id, title, url, archive_url, language, published_on,
            published_precision, publisher_id, publisher (name), publisher_kind, publisher_side, party_link.

        Raises:
            ValueError: No such claim; the text names the nearest, or what replaced a retired id.

        Example:
            >>> import kursk_events as ke
            >>> chain = ke.Dataset().trace("afp-20240813-800-km2")
            >>> chain[["relay", "source_id", "publisher_id"]].values.tolist()
            [['translation', 'vl-20240813-afp800', 'vart-land']]

        """
        return trace(self.tables, claim_id)

    def echo(self, claim_id: str) -> pd.DataFrame:
        """Return who carried a claim.

        Only the sources in the records: they were searched by hand, so a publisher that is missing here may still have
        carried it.

        Args:
            claim_id: Id of the claim.

        Returns:
            One row a publisher, the earliest print first and undated ones last: publisher_id, publisher (name),
            publisher_kind, publisher_side, party_link, own_side (the publisher is of the claimant's side), relays and
            languages (joined by spaces), sources (how many of the publisher's), first_printed_on, days_after (days from
            the claim to that print).

        Raises:
            ValueError: No such claim; the text names the nearest, or what replaced a retired id.

        Example:
            >>> import kursk_events as ke
            >>> carriers = ke.Dataset().echo("afp-20240813-800-km2")
            >>> carriers[["publisher_id", "publisher_side", "languages", "days_after"]].values.tolist()
            [['vart-land', 'none', 'no', 0]]

        """
        return echo(self.tables, claim_id)

    def panel(self, freq: Freq = "W", by: Cell = "district", imprecise: Imprecise = "spread") -> pd.DataFrame:
        """Return counts of events by period and cell, zeros included, for regressions.

        An event counts once, in the period and cell of its start. It is imprecise where its date allows more than one
        period, or its place is wider than a cell. What is counted is that events were reported: a cell may be empty
        because nothing happened, because nobody spoke of it, or because the records do not hold it.

        Args:
            freq: ``D``, ``W`` (from Monday), ``M``, ``Q`` or ``Y``.
            by: ``district``, ``oblast``, ``place`` (settlements, sites and crossings) or ``type`` (event type). A
                settlement or site that lies in no district or oblast of the records is a cell of its own.
            imprecise: ``spread`` (by days over the periods, in equal shares over the cells inside the event's area; an
                area without cells counts as one), ``exclude``, or ``apart`` (period missing, cell ``imprecise``).

        Returns:
            One row a period and cell: period (its first day), district, oblast, place (ids) or event_type, events, and
            events_kp, events_ru, events_ua, events_none (those of which a claimant of the side speaks; one event may be
            in several). With ``spread`` and ``apart`` ``events`` sums to the number of events, with ``exclude`` to that
            of the precise ones.

        Raises:
            ValueError: No such frequency, cell or treatment.

        Example:
            >>> import kursk_events as ke
            >>> ds = ke.Dataset()
            >>> counts = ds.panel(freq="M", by="district", imprecise="spread")
            >>> int(counts["events"].sum().round()) == len(ds.events)
            True

        """
        return panel(self.tables, freq, by, imprecise)

    def flat(self) -> pd.DataFrame:
        """Return the claims with event, claimant's side, place point and first source: one rectangle.

        Returns:
            One row a claim; the columns are those of `kursk_events.flat.codebook`.

        Example:
            >>> import kursk_events as ke
            >>> ds = ke.Dataset()
            >>> len(ds.flat()) == len(ds.claims)
            True

        """
        return flat(self.tables)

    def export(self, path: Path | str, format: str | None = None) -> list[Path]:
        """Write the dataset in the form that the file's ending names: CSV, GeoJSON, GeoParquet, Stata, Excel, SQLite.

        Args:
            path: File to write, such as ``events.geojson``.
            format: The form, where the ending does not say it.

        Returns:
            The files that were written; a CSV file has a codebook beside it.

        Raises:
            ValueError: No such form; the text names the nearest.

        Example:
            >>> import tempfile
            >>> import kursk_events as ke
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     [file.name for file in ke.Dataset().export(Path(folder) / "events.geojson")]
            ['events.geojson']

        """
        return export(self.tables, path, format)

    def as_ged(self) -> pd.DataFrame:
        """Return the claims of persons killed in the shape of UCDP GED; what is lost is told by `kursk_events.ged`.

        Example:
            >>> import kursk_events as ke
            >>> "best" in ke.Dataset().as_ged()
            True

        """
        return as_ged(self.tables)

    def acled_labels(self) -> pd.DataFrame:
        """Return the events with the labels that ACLED's codebook would give them; labels only, no ACLED data.

        Example:
            >>> import kursk_events as ke
            >>> len(ke.Dataset().acled_labels()) > 0
            True

        """
        return acled_labels(self.tables)
