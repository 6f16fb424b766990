"""Counts by period and cell: zeros, sums and what becomes of imprecise events, with events made by hand."""

import pytest

from conftest import Tiny
from kursk_events.dataset import Dataset
from kursk_events.panel import By, Freq, Imprecise


def build(tiny: Tiny, *events: str) -> Dataset:
    """Leave events written "day date_precision place place_precision", in August 2024, in two districts."""
    for table in ("events", "claims", "citations", "relations", "participants"):
        tiny.tables[table].clear()
    tiny.add("places", "sudzhansky-district", place_id="rylsky-district")
    tiny.add("places", "gornal", place_id="rylsk", parent_id="rylsky-district")
    for number, event in enumerate(events, 1):
        day, precision, place, place_precision = event.split()
        tiny.add(
            "events", event_id=f"e{number}", title="Fighting", event_type="fighting", start_date=f"2024-08-{day}",
            date_precision=precision, place_id=place, place_precision=place_precision, summary="Fighting.",
        )  # fmt: skip
    return tiny.dataset()


def counts(dataset: Dataset, freq: Freq, by: By, imprecise: Imprecise) -> dict[tuple[str, str], float]:
    """Return the cells that are not zero."""
    rows = dataset.panel(freq, by, imprecise)
    rows = rows[rows["events"].gt(0)]
    days = rows["period"].dt.strftime("%m-%d").fillna("")
    return dict(zip(zip(days, rows.iloc[:, 1], strict=True), rows["events"].round(3), strict=True))


def test_zeros_are_in_it(tiny: Tiny) -> None:
    rows = build(tiny, "05 day gornal settlement", "20 day gornal settlement").panel("W", "district")
    assert rows.astype("string").to_numpy().tolist() == [
        ["2024-08-05", "rylsky-district", "0.0", "0.0", "0.0", "0.0", "0.0"],
        ["2024-08-05", "sudzhansky-district", "1.0", "0.0", "0.0", "0.0", "0.0"],
        ["2024-08-12", "rylsky-district", "0.0", "0.0", "0.0", "0.0", "0.0"],
        ["2024-08-12", "sudzhansky-district", "0.0", "0.0", "0.0", "0.0", "0.0"],
        ["2024-08-19", "rylsky-district", "0.0", "0.0", "0.0", "0.0", "0.0"],
        ["2024-08-19", "sudzhansky-district", "1.0", "0.0", "0.0", "0.0", "0.0"],
    ]


CASES: list[tuple[str, str, Freq, By, Imprecise, dict[tuple[str, str], float]]] = [
    ("10 day gornal settlement", "precise", "D", "district", "spread", {("08-10", "sudzhansky-district"): 1}),
    ("10 day kursk-oblast oblast", "an oblast over its districts", "D", "district", "spread",
     {("08-10", "rylsky-district"): 0.5, ("08-10", "sudzhansky-district"): 0.5}),
    ("10 day kursk-oblast oblast", "an oblast left out", "D", "district", "exclude", {}),
    ("10 day kursk-oblast oblast", "an oblast apart", "D", "district", "apart", {("08-10", "imprecise"): 1}),
    ("10 day kursk-oblast oblast", "an oblast is a cell of oblasts", "D", "oblast", "exclude",
     {("08-10", "kursk-oblast"): 1}),
    ("10 day gornal district", "a village that stands for its district", "D", "place", "spread",
     {("08-10", "gornal"): 1}),
    ("10 day gornal district", "a village that stands for its district, apart", "D", "place", "apart",
     {("08-10", "imprecise"): 1}),
    ("10 day gornal oblast", "a village that stands for its oblast", "D", "district", "spread",
     {("08-10", "rylsky-district"): 0.5, ("08-10", "sudzhansky-district"): 0.5}),
    ("10 day gornal vicinity", "within 25 km is a district's", "D", "district", "exclude",
     {("08-10", "sudzhansky-district"): 1}),
    ("12 days gornal settlement", "seven days over two weeks", "W", "district", "spread",
     {("08-05", "sudzhansky-district"): 0.429, ("08-12", "sudzhansky-district"): 0.571}),
    ("15 days gornal settlement", "seven days within one week", "W", "district", "spread",
     {("08-12", "sudzhansky-district"): 1}),
    ("15 days gornal settlement", "seven days in days, apart", "D", "district", "apart",
     {("", "sudzhansky-district"): 1}),
    ("12 month gornal settlement", "a month in months", "M", "district", "exclude",
     {("08-01", "sudzhansky-district"): 1}),
    ("12 month gornal settlement", "a month in weeks", "W", "district", "exclude", {}),
    ("12 month kursk-oblast oblast", "neither date nor place", "W", "district", "apart", {("", "imprecise"): 1}),
    ("10 day kursk-oblast oblast", "types have no place", "D", "type", "exclude", {("08-10", "fighting"): 1}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "freq", "by", "imprecise", "expected"), [(c[0], *c[2:]) for c in CASES], ids=[c[1] for c in CASES]
)
def test_one_event(
    tiny: Tiny, event: str, freq: Freq, by: By, imprecise: Imprecise, expected: dict[tuple[str, str], float]
) -> None:
    assert counts(build(tiny, event), freq, by, imprecise) == expected


def test_a_place_without_cells_is_one_itself(tiny: Tiny) -> None:
    tiny.add("places", "russia", place_id="far-land").add("places", "gornal", place_id="town", parent_id="far-land")
    dataset = build(tiny, "10 day far-land country", "10 day town settlement")
    assert counts(dataset, "D", "oblast", "spread") == {("08-10", "town"): 2}
    tiny.drop("places", "town").drop("events", "e2")
    assert counts(tiny.dataset(), "D", "oblast", "spread") == {("08-10", "far-land"): 1}


def test_sides_are_counted_once_an_event(tiny: Tiny) -> None:
    rows = tiny.dataset().panel("Y", "oblast")
    rows = rows[rows["oblast"].eq("kursk-oblast")].astype("string")
    assert rows.to_numpy().tolist() == [
        ["2024-01-01", "kursk-oblast", "1.0", "0.0", "1.0", "0.0", "0.0"],
        ["2025-01-01", "kursk-oblast", "1.0", "0.0", "1.0", "1.0", "0.0"],
    ]


def test_no_events_give_the_same_columns(tiny: Tiny) -> None:
    something = tiny.dataset().panel()
    nothing = build(tiny).panel()
    assert len(nothing) == 0
    assert nothing.dtypes.equals(something.dtypes)


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"freq": "w"}, r'^no frequency "w"\. Did you mean "W"\?'),
        ({"by": "districts"}, r'^no cell "districts"\. Did you mean "district"\?'),
        ({"imprecise": "drop"}, r'^no treatment of imprecise events "drop"\. Use one of: spread, exclude, apart\.$'),
    ],
)
def test_unknown_terms_are_refused(tiny: Tiny, asked: dict[str, str], error: str) -> None:
    with pytest.raises(ValueError, match=error):
        tiny.dataset().panel(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", ["district", "oblast", "place", "type"])
@pytest.mark.parametrize("freq", ["D", "W", "M", "Q", "Y"])
def test_on_the_records_it_sums_to_the_events_and_every_cell_is_there(real: Dataset, freq: Freq, by: By) -> None:
    for imprecise in ("spread", "apart"):
        rows = real.panel(freq, by, imprecise)
        assert round(rows["events"].sum(), 6) == len(real.events)
        assert len(rows) == rows["period"].nunique(dropna=False) * rows.iloc[:, 1].nunique()
    apart, precise = real.panel(freq, by, "apart"), real.panel(freq, by, "exclude")
    kept = apart[apart["period"].notna() & apart.iloc[:, 1].ne("imprecise")]
    assert round(kept["events"].sum(), 6) == round(precise["events"].sum(), 6)
