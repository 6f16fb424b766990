"""The chain behind a claim, and who carried it."""

import pytest

from conftest import Tiny
from kursk_events.dataset import Dataset


def test_the_chain_of_a_claim(tiny: Tiny) -> None:
    chain = tiny.dataset().trace("mod-taken")
    assert chain.astype("string").fillna("").to_dict("records")[1] == {
        "claim_id": "mod-taken", "claimant_id": "rus-mod", "side": "RU", "claimed_on": "2025-04-26", "stance":
        "asserts", "voice": "official_release", "statement": "Said that Gornal was taken.",
        "relay": "translation", "source_id": "south-1", "title": "Village held", "url": "https://south.example/1",
        "archive_url": "", "language": "en", "published_on": "2025-04-27", "published_precision": "day", "publisher_id":
        "south", "publisher": "South", "publisher_kind": "online", "publisher_side": "UA", "party_link": "independent",
    }  # fmt: skip
    assert chain["source_id"].tolist() == ["north-1", "south-1"]


def test_who_carried_a_claim(tiny: Tiny) -> None:
    tiny.add("sources", "south-1", source_id="south-0", language="uk", published_on="", published_precision="")
    tiny.add("citations", "mod-taken", source_id="south-0", relay="relay")
    tiny.add("publishers", "north", publisher_id="east", name="East", side="none")
    tiny.add("sources", "north-1", source_id="east-1", publisher_id="east", published_on="", published_precision="")
    tiny.add("citations", "mod-taken", source_id="east-1", relay="original")
    carriers = tiny.dataset().echo("mod-taken")
    assert carriers.astype("string").fillna("").to_numpy().tolist() == [
        ["north", "North", "agency", "RU", "state_media", "True", "relay", "en", "1", "2025-04-26", "0"],
        ["south", "South", "online", "UA", "independent", "False", "translation relay", "en uk", "2",
         "2025-04-27", "1"],
        ["east", "East", "agency", "none", "state_media", "False", "original", "en", "1", "", ""],
    ]  # fmt: skip


def test_unknown_and_retired_claims_are_refused(tiny: Tiny) -> None:
    tiny.add("retired", table="claims", id="mod-t", retired_in="0.2.0", reason="Doubled", replaced_by="mod-taken")
    dataset = tiny.dataset()
    for ask in (dataset.trace, dataset.echo):
        with pytest.raises(ValueError, match=r'^no claim "mod-take"\. Did you mean "mod-taken"'):
            ask("mod-take")
        with pytest.raises(ValueError, match=r'"mod-t" was retired in 0\.2\.0 \(Doubled\): use "mod-taken"\.$'):
            ask("mod-t")


def test_on_the_records_every_claim_leads_to_a_publisher(real: Dataset) -> None:
    cited = real.citations.groupby("claim_id").size()
    for claim in real.claims["claim_id"].sample(40, random_state=5):
        assert len(real.trace(claim)) == real.echo(claim)["sources"].sum() == cited[claim]
