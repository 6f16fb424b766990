"""Says how many of the changed copies of the code the tests saw, after ``mutmut run``; run by ``make mutation``.

Fails under a share that leaves room for changes that change nothing, such as another empty value.
"""

import json
import subprocess
import sys
from pathlib import Path

STATS = Path("mutants/mutmut-cicd-stats.json")
FLOOR = 0.9


def main() -> None:
    """Print the share seen and the changes that no test saw."""
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    subprocess.run([mutmut, "export-cicd-stats"], check=True, capture_output=True)
    counts = json.loads(STATS.read_text(encoding="utf-8"))
    seen, total = counts["killed"] + counts["timeout"], counts["total"]
    listed = subprocess.run([mutmut, "results"], check=True, capture_output=True, text=True).stdout
    sys.stdout.write(listed)
    sys.stdout.write(
        f"{seen} of {total} changes were seen by a test ({seen / total:.0%}); mutmut show NAME shows one.\n"
    )
    if seen < FLOOR * total:
        raise SystemExit(f"fewer than {FLOOR:.0%}: add the tests that are wanting")


if __name__ == "__main__":
    main()
