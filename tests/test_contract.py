"""Pandera's contracts for frames that researchers bring: columns, vocabularies, and the rules of one table."""

import pandas as pd
import pandera.errors
import pytest

import kursk_events as ke
from kursk_events.contract import contract, contract_with_rules
from kursk_events.loading import package
from kursk_events.tables import TABLES

TODAY = pd.Timestamp("2026-11-23")


@pytest.mark.parametrize("name", TABLES)
def test_the_records_keep_their_contract(name: str) -> None:
    frame = ke.load(name)
    assert len(contract_with_rules(package(), name, TODAY).validate(frame, lazy=True)) == len(frame)


def test_a_rule_of_one_table_speaks_through_pandera() -> None:
    claims = ke.load("claims").head(50)
    at = claims.index[claims["kind"].ne("quantity")][0]
    claims.loc[at, "bound"] = "exact"
    with pytest.raises(pandera.errors.SchemaErrors) as error:
        contract_with_rules(package(), "claims", TODAY).validate(claims, lazy=True)
    assert any("R107" in str(check) for check in error.value.failure_cases["check"])


def test_columns_are_strict_and_in_order() -> None:
    relations = ke.load("relations")
    schema = contract(package().tables["relations"])
    with pytest.raises(pandera.errors.SchemaErrors):
        schema.validate(relations[relations.columns[::-1]], lazy=True)
    with pytest.raises(pandera.errors.SchemaErrors):
        schema.validate(relations.assign(mood="good"), lazy=True)
