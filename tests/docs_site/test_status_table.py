from kursk_events.site.status import CASES, statuses, truth_table


def test_the_published_truth_table_is_that_of_the_model() -> None:
    expected = [
        None, None, "one_sided", "one_sided", "one_sided", "one_sided", "corroborated", "corroborated", "corroborated",
        "corroborated", "one_sided", "acknowledged", "disputed", "disputed", "one_sided", "one_sided", "one_sided",
        "one_sided", "acknowledged", "disputed", "disputed", "one_sided",
    ]  # fmt: skip
    assert dict(zip((case.text for case in CASES), statuses(), strict=True)) == dict(
        zip((case.text for case in CASES), expected, strict=True)
    )


def test_the_table_has_a_row_a_case() -> None:
    assert truth_table().count("<tr>") == len(CASES) + 1
