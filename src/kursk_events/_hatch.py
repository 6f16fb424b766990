"""The wheel's build hook: compile the CSV files to Parquet and put them into the wheel.

It runs in the isolated build with pyarrow and PyYAML only. The form pass, types, vocabularies and keys are
strict, so a bad cell fails the build. An editable install gets nothing: there the CSV files are read.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTables(BuildHookInterface[Any]):
    """Adds ``_data/*.parquet`` and ``_data/datapackage.json`` to the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile into a temporary folder and name each file for inclusion."""
        if version == "editable":
            return
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        try:
            from kursk_events.compile import compile_package
            from kursk_events.schema import read_package

            self._folder = tempfile.TemporaryDirectory(prefix="kursk-events-")
            target = Path(self._folder.name)
            compile_package(read_package(Path(self.root)), target)
        finally:
            sys.path.remove(str(source))
        for file in sorted(target.iterdir()):
            build_data["force_include"][str(file)] = f"kursk_events/_data/{file.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()
