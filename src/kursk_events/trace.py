"""Where a claim comes from and who carried it: claim, citation, source, publisher."""

import pandas as pd

from kursk_events.ids import Tables, require_id
from kursk_events.sides import DTYPE, side_of

TRACE = [
    "claim_id", "claimant_id", "side", "claimed_on", "stance", "voice", "statement", "relay", "source_id", "title",
    "url", "archive_url", "language", "published_on", "published_precision", "publisher_id", "publisher",
    "publisher_kind", "publisher_side", "party_link",
]  # fmt: skip


def trace(tables: Tables, claim_id: str) -> pd.DataFrame:
    """Return the chain from a claim to the publishers; `Dataset.trace` lists the columns."""
    require_id(tables, "claims", claim_id)
    claims = tables["claims"][tables["claims"]["claim_id"].eq(claim_id)]
    claims = claims.assign(side=side_of(claims["claimant_id"], tables["actors"]))
    publishers = tables["publishers"].rename(
        columns={"name": "publisher", "kind": "publisher_kind", "side": "publisher_side"}
    )
    chain = claims.drop(columns=["kind", "note"]).merge(tables["citations"], on="claim_id")
    chain = chain.merge(tables["sources"].drop(columns=["kind", "note"]), on="source_id")
    chain = chain.merge(publishers.drop(columns="note"), on="publisher_id")
    chain["publisher_side"] = chain["publisher_side"].astype("string").astype(DTYPE)
    return chain.sort_values(["published_on", "source_id"], ignore_index=True)[TRACE]


def echo(tables: Tables, claim_id: str) -> pd.DataFrame:
    """Return who carried a claim, a publisher a row; `Dataset.echo` lists the columns."""
    chain = trace(tables, claim_id)
    own = ["publisher_id", "publisher", "publisher_kind", "publisher_side", "party_link"]
    groups = chain.groupby("publisher_id")
    carriers = chain.drop_duplicates("publisher_id")[[*own, "claimed_on"]].set_index("publisher_id", drop=False)
    carriers = carriers.assign(
        own_side=carriers["publisher_side"].eq(chain["side"].iloc[0]) if len(chain) else pd.Series(dtype="bool"),
        relays=groups["relay"].agg(_joined).astype("string"),
        languages=groups["language"].agg(_joined).astype("string"),
        sources=groups["source_id"].size(),
        first_printed_on=groups["published_on"].min(),
    )
    carriers["days_after"] = (carriers["first_printed_on"] - carriers["claimed_on"]).dt.days.astype("Int64")
    return carriers.drop(columns="claimed_on").reset_index(drop=True)


def _joined(values: pd.Series) -> str:
    return " ".join(dict.fromkeys(values.astype(str)))
