"""Ids that are known, unknown or retired."""

import pytest

from conftest import Tiny
from kursk_events.ids import require_id, require_term, resolve


def retire(tiny: Tiny, old: str, new: str, table: str = "claims") -> Tiny:
    return tiny.add("retired", table=table, id=old, retired_in="0.2.0", reason="Misspelt", replaced_by=new)


def test_an_unknown_id_names_the_nearest(tiny: Tiny) -> None:
    with pytest.raises(ValueError, match=r'^no place "gornl". Did you mean "gornal"'):
        require_id(tiny.dataset().tables, "places", "gornl")


def test_an_id_of_another_table_is_unknown(tiny: Tiny) -> None:
    with pytest.raises(ValueError, match=r'^no claim "gornal"'):
        require_id(tiny.dataset().tables, "claims", "gornal")


def test_a_retired_id_says_what_replaced_it(tiny: Tiny) -> None:
    retire(tiny, "mod-takn", "mod-taken")
    with pytest.raises(ValueError) as error:
        require_id(tiny.dataset().tables, "claims", "mod-takn")
    assert str(error.value) == 'the claim id "mod-takn" was retired in 0.2.0 (Misspelt): use "mod-taken".'


def test_a_retired_id_without_a_follower_says_so(tiny: Tiny) -> None:
    retire(tiny, "mod-takn", "")
    with pytest.raises(ValueError) as error:
        resolve("mod-takn", tiny.dataset().tables)
    assert str(error.value) == 'the claim id "mod-takn" was retired in 0.2.0 (Misspelt): nothing replaced it.'


def test_resolve_follows_a_chain(tiny: Tiny) -> None:
    tables = retire(retire(tiny, "mod-t", "mod-takn"), "mod-takn", "mod-taken").dataset().tables
    assert [resolve(old, tables) for old in ("mod-t", "mod-takn", "mod-taken")] == ["mod-taken"] * 3


def test_resolve_ends_where_a_chain_runs_in_a_circle(tiny: Tiny) -> None:
    tables = retire(retire(tiny, "a", "b"), "b", "a").dataset().tables
    with pytest.raises(ValueError, match=r'the claim id "b" was retired'):
        resolve("a", tables)


def test_an_id_that_no_release_held_names_the_nearest(tiny: Tiny) -> None:
    with pytest.raises(ValueError, match=r'^no id "mod-takenn" in any table. Did you mean "mod-taken"'):
        resolve("mod-takenn", tiny.dataset().tables)


def test_a_term_names_the_nearest() -> None:
    with pytest.raises(ValueError, match=r'^no side "north"\. Use one of: RU, UA\.$'):
        require_term("north", ["RU", "UA"], "side")
    with pytest.raises(ValueError, match=r'^no measure "area-held". Did you mean "area_held"'):
        require_term("area-held", ["area_held"], "measure")
