"""What machines read: files to download, GeoJSON, the Data Package, Croissant, schema.org and the feed."""

import datetime
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from kursk_events.compile import parquet_bytes
from kursk_events.descriptions import croissant, schema_org
from kursk_events.geo import geojson
from kursk_events.site.pages import citation
from kursk_events.site.records import Records, Row
from kursk_events.site.render import Asset, environment

#: Claims in the feed: the latest by the day from which they are known.
FEED = 60


def machine_assets(records: Records, address: str) -> Iterator[Asset]:
    """Yield the files for machines."""
    package = records.package
    files = {name: (package.root / table.path).read_bytes() for name, table in package.tables.items()}
    for name, content in files.items():
        yield Asset(f"downloads/{name}.csv", content)
    parquet = {name: parquet_bytes(package.tables[name], data) for name, data in records.tables.items()}
    for name, content in parquet.items():
        yield Asset(f"downloads/{name}.parquet", content)
    yield Asset("downloads/events.geojson", geojson(records.frames))
    yield Asset("datapackage.json", _json(data_package(records, files)))
    hashes = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    about = croissant(package, records.citation, address, hashes, bibtex(records))
    yield Asset("croissant.json", _json(about))
    yield Asset("feed.xml", feed(records, address))
    yield Asset("robots.txt", f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n".encode())


def data_package(records: Records, files: dict[str, bytes]) -> dict[str, Any]:
    """Return the Data Package descriptor of the downloads, schemas inlined."""
    package = records.package
    resources = []
    for resource in package.descriptor["resources"]:
        content = files[resource["name"]]
        resources.append(
            {
                **resource,
                "path": f"downloads/{resource['name']}.csv",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "schema": resource["schema"],
            }
        )
    kept = {key: package.descriptor[key] for key in ("name", "title", "description", "keywords", "licenses")}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        **kept,
        "version": package.version,
        "identity": records.identity,
        "dataAsOf": records.last_day,
        "resources": resources,
    }


def bibtex(records: Records) -> str:
    """Return a BibTeX entry on one line, as Croissant wants it."""
    names = " and ".join(
        author.get("name") or f"{author['family-names']}, {author['given-names']}"
        for author in records.citation.get("authors", ())
    )
    year = str(records.citation.get("date-released", ""))[:4]
    return (
        f"@misc{{kursk_events, author={{{{{names}}}}}, title={{{records.package.title}}}, year={{{year}}}, "
        f"version={{{records.package.version}}}, note={{sha256 {records.identity[:16]}}}}}"
    )


def structured_data(records: Records, address: str) -> str:
    """Return the schema.org description as JSON that no script element can be ended by."""
    first = min((str(event["start_date"]) for event in records.events.values()), default="")
    found = schema_org(records.package, records.citation, address, first, records.last_day)
    return json.dumps(found, ensure_ascii=False, indent=1).replace("<", "\\u003c")


def feed(records: Records, address: str) -> bytes:
    """Return an Atom feed (RFC 4287): the release, and the claims that became known last."""
    released = str(records.citation.get("date-released") or "2024-08-06")
    latest = sorted(records.claims.values(), key=lambda c: (c["claimed_on"], c["claim_id"]), reverse=True)[:FEED]
    template = environment().get_template("feed.xml")
    text = template.render(
        address=address,
        names=records,
        released=f"{released}T00:00:00Z",
        citation=citation(records),
        entries=[(claim, _stamp(claim)) for claim in latest],
    )
    return str(Markup(text)).encode()


def _stamp(claim: Row) -> str:
    moment: datetime.date = claim["claimed_on"]
    return f"{moment.isoformat()}T00:00:00Z"


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, default=str) + "\n").encode()
