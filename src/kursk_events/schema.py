"""The data model: `datapackage.yaml` and `schemas/*.yaml` as frozen dataclasses.

This is the only reader of YAML. Everything that needs a dtype, an Arrow type, a vocabulary or a line of the
codebook asks these classes, so structure and prose are written once. Keys that the classes do not know are
refused, because Frictionless passes misspelt ones in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

DESCRIPTOR = "datapackage.yaml"
PACKAGE_KEYS = {
    "name", "title", "description", "keywords", "licenses", "campaignStart", "embargoDays", "coordinates", "wording",
    "resources",
}  # fmt: skip
RESOURCE_KEYS = {"name", "path", "type", "format", "mediatype", "encoding", "dialect", "schema"}
T = TypeVar("T")


class SchemaError(ValueError):
    """A descriptor that cannot be used; the text names the file and the key."""


@dataclass(frozen=True, slots=True)
class Category:
    """One term of a closed vocabulary."""

    value: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """A column that names a row of another table, or of its own."""

    field: str
    table: str
    key: str


@dataclass(frozen=True, slots=True)
class Field:
    """A column: Table Schema v2 with ``since``.

    Attributes:
        type: ``string``, ``date``, ``number``, ``integer`` or ``boolean``.
        pattern: Regular expression that the whole value matches.
        since: Version of the dataset in which the column appeared.

    """

    name: str
    type: str
    title: str
    description: str
    example: str | int | float | bool
    since: str
    required: bool = False
    unique: bool = False
    pattern: str = ""
    minimum: float | None = None
    maximum: float | None = None
    categories: tuple[Category, ...] = ()
    ordered: bool = False

    @property
    def terms(self) -> tuple[str, ...]:
        """The values of the vocabulary, in the order of the schema."""
        return tuple(category.value for category in self.categories)

    @property
    def arrow_type(self) -> "pa.DataType":
        """The Arrow type of the column; vocabularies are dictionaries of strings."""
        import pyarrow as pa

        if self.categories:
            return pa.dictionary(pa.int8(), pa.string(), ordered=self.ordered)
        plain: dict[str, pa.DataType] = {
            "string": pa.string(),
            "date": pa.date32(),
            "number": pa.float64(),
            "integer": pa.int64(),
            "boolean": pa.bool_(),
        }
        return plain[self.type]

    @property
    def pandas_dtype(self) -> "pd.CategoricalDtype | str":
        """The pandas dtype that `load` gives the column."""
        if self.categories:
            import pandas as pd

            return pd.CategoricalDtype(pd.Index(self.terms, dtype="string"), ordered=self.ordered)
        return {
            "string": "string",
            "date": "datetime64[s]",
            "number": "float64",
            "integer": "Int64",
            "boolean": "boolean",
        }[self.type]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, keys and order."""

    name: str
    title: str
    description: str
    path: str
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    unique_keys: tuple[tuple[str, ...], ...]
    foreign_keys: tuple[ForeignKey, ...]
    sort_key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return a column by its name; raises `KeyError`."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def reference(self, column: str) -> ForeignKey | None:
        """Return the foreign key of a column, if it has one."""
        return next((key for key in self.foreign_keys if key.field == column), None)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that editorial text avoids, and the neutral one."""

    word: str
    neutral: str


@dataclass(frozen=True, slots=True)
class Package:
    """The dataset as described: its tables and the values that rules read.

    Attributes:
        root: Folder that holds the descriptor.
        coordinates: Frame for points in degrees, and the radius of a district in km.
        words: Words that no editorial text uses outside quotation marks.
        exempt: Proper names and legal terms in which such words may stand.
        descriptor: The descriptor as read, for what is only passed on.

    """

    root: Path
    name: str
    title: str
    description: str
    version: str
    tables: Mapping[str, Table]
    campaign_start: str
    embargo_days: int
    coordinates: Mapping[str, Any]
    words: tuple[Word, ...]
    exempt: tuple[str, ...]
    descriptor: Mapping[str, Any]

    def table(self, name: str) -> Table:
        """Return a table by its name; raises `KeyError` with the nearest names."""
        from kursk_events.finding import nearest

        if name not in self.tables:
            raise KeyError(f'no table "{name}". {nearest(name, self.tables)}'.strip())
        return self.tables[name]


def find_root(start: Path | None = None) -> Path | None:
    """Return the nearest folder at or above ``start`` that holds a descriptor, or None."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / DESCRIPTOR).is_file() and (folder / "schemas").is_dir():
            return folder
    return None


def read_package(root: Path) -> Package:
    """Read the descriptor and schemas under ``root``.

    Raises:
        SchemaError: A file is missing, is not the YAML that we write, or has a key that nothing knows.
        ImportError: PyYAML is not installed.

    """
    raw = read_yaml(root / DESCRIPTOR)
    _refuse(DESCRIPTOR, raw, PACKAGE_KEYS, PACKAGE_KEYS)
    for resource in raw["resources"]:
        _refuse(f"{DESCRIPTOR}: resource", resource, RESOURCE_KEYS, RESOURCE_KEYS)
        resource["schema"] = read_yaml(root / resource["schema"])
    return package_from_descriptor(raw, root, _version(root))


def package_from_descriptor(raw: dict[str, Any], root: Path, version: str) -> Package:
    """Return the package that a descriptor with inlined schemas describes, whether read from YAML or compiled."""
    wording = raw["wording"]
    _refuse(f"{DESCRIPTOR}: wording", wording, {"words", "exempt"}, {"words", "exempt"})
    return Package(
        root=root,
        name=raw["name"],
        title=raw["title"],
        description=raw["description"],
        version=version,
        tables=MappingProxyType({resource["name"]: _table(resource) for resource in raw["resources"]}),
        campaign_start=raw["campaignStart"],
        embargo_days=raw["embargoDays"],
        coordinates=MappingProxyType(raw["coordinates"]),
        words=tuple(_build(Word, word, f"{DESCRIPTOR}: wording") for word in wording["words"]),
        exempt=tuple(wording["exempt"]),
        descriptor=MappingProxyType(raw),
    )


def read_yaml(path: Path) -> dict[str, Any]:
    """Read one of our YAML files; raises `SchemaError` for doubled keys and for bare dates, `NO`, `on`.

    YAML 1.1 turns such bare words into dates and booleans; the form that we write quotes them.
    """
    try:
        import yaml
    except ImportError as error:
        raise ImportError(
            "reading a checkout needs PyYAML: pip install -e '.[check]' in the checkout, or install the wheel"
        ) from error

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """The C parser where PyYAML was built with it: the schemas are read at each check."""

    def mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise SchemaError(f'{path.name}:{key.start_mark.line + 1}: the key "{key.value}" stands twice')
            seen.add(key.value)
        return loader.construct_mapping(node, deep=True)

    def scalar(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Any:
        if node.tag.endswith(":timestamp") or node.value not in ("true", "false"):
            raise SchemaError(f"{path.name}:{node.start_mark.line + 1}: put quotes round {node.value}")
        return node.value == "true"

    Loader.add_constructor("tag:yaml.org,2002:map", mapping)
    Loader.add_constructor("tag:yaml.org,2002:timestamp", scalar)
    Loader.add_constructor("tag:yaml.org,2002:bool", scalar)
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)
    except (OSError, UnicodeDecodeError) as error:
        raise SchemaError(f"{path.name}: cannot be read: {error}") from error
    except yaml.YAMLError as error:
        raise SchemaError(f"{path.name}: not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(raw, dict):
        raise SchemaError(f"{path.name}: must be a mapping")
    return raw


def _table(resource: dict[str, Any]) -> Table:
    raw = resource["schema"]
    where = f"schemas/{resource['name']}.yaml"
    keys = {
        "name",
        "title",
        "description",
        "fields",
        "missingValues",
        "primaryKey",
        "foreignKeys",
        "uniqueKeys",
        "sortKey",
    }
    needed = keys - {"foreignKeys", "uniqueKeys"}
    _refuse(where, raw, keys, needed)
    if raw["name"] != resource["name"]:
        raise SchemaError(f'{where}: the name is "{raw["name"]}", the resource is "{resource["name"]}"')
    columns = tuple(_field(where, field) for field in raw["fields"])
    table = Table(
        name=raw["name"],
        title=raw["title"],
        description=raw["description"],
        path=resource["path"],
        fields=columns,
        primary_key=tuple(raw["primaryKey"]),
        unique_keys=tuple(tuple(key) for key in raw.get("uniqueKeys", ())),
        foreign_keys=tuple(
            ForeignKey(key["fields"][0], key["reference"].get("resource", raw["name"]), key["reference"]["fields"][0])
            for key in raw.get("foreignKeys", ())
        ),
        sort_key=tuple(raw["sortKey"]),
    )
    names = set(table.columns)
    for column in (*table.primary_key, *table.sort_key, *(key.field for key in table.foreign_keys)):
        if column not in names:
            raise SchemaError(f'{where}: a key names the column "{column}", which does not exist')
    return table


def _field(where: str, raw: dict[str, Any]) -> Field:
    where = f"{where}: {raw.get('name', 'a field without name')}"
    keys = {
        "name",
        "type",
        "title",
        "description",
        "example",
        "since",
        "constraints",
        "categories",
        "categoriesOrdered",
    }
    _refuse(where, raw, keys, keys - {"constraints", "categories", "categoriesOrdered"})
    constraints = raw.get("constraints", {})
    _refuse(where, constraints, {"required", "unique", "pattern", "minimum", "maximum", "enum"}, set())
    categories = tuple(_build(Category, category, where) for category in raw.get("categories", ()))
    if [category.value for category in categories] != list(constraints.get("enum", ())):
        raise SchemaError(f"{where}: enum and categories must list the same terms in the same order")
    return Field(
        name=raw["name"],
        type=raw["type"],
        title=raw["title"],
        description=raw["description"],
        example=raw["example"],
        since=raw["since"],
        required=constraints.get("required", False),
        unique=constraints.get("unique", False),
        pattern=constraints.get("pattern", ""),
        minimum=constraints.get("minimum"),
        maximum=constraints.get("maximum"),
        categories=categories,
        ordered=raw.get("categoriesOrdered", False),
    )


def _build(kind: type[T], raw: dict[str, Any], where: str) -> T:
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    _refuse(where, raw, names, names)
    return kind(**raw)


def _refuse(where: str, raw: Mapping[str, Any], known: set[str], needed: set[str]) -> None:
    from kursk_events.finding import nearest

    for key in raw:
        if key not in known:
            raise SchemaError(f'{where}: unknown key "{key}". {nearest(key, known)}'.strip())
    for key in sorted(needed - set(raw)):
        raise SchemaError(f'{where}: the key "{key}" is missing')


def _version(root: Path) -> str:
    import tomllib

    try:
        return str(tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])
    except (OSError, KeyError):
        return "0"
