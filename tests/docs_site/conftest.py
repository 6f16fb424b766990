"""Built sites: one of the real records, one of a tiny package, each built once; and a real browser to read them."""

import functools
import http.server
import os
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import ROOT

pytest.importorskip("mkdocs", reason="the site needs pip install -e '.[docs]'")


def build_site(package: Path, target: Path) -> Path:
    """Build the site of a package into a folder, strictly."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    extra = {"generator": False, "package": str(package)}
    config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(target), strict=True, extra=extra)
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    return target


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_site(ROOT, tmp_path_factory.mktemp("real-site"))


@dataclass(frozen=True)
class Served:
    """A built site behind an address of this machine."""

    folder: Path
    address: str


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(folder: Path) -> Iterator[Served]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Served(folder, f"http://127.0.0.1:{server.server_address[1]}/")
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def served(real_site: Path) -> Iterator[Served]:
    yield from serve(real_site)


def chromium(*switches: str):
    """Start a headless Chromium; ImportError or FileNotFoundError where a part is missing."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    program, driver = shutil.which("chromium") or shutil.which("google-chrome"), shutil.which("chromedriver")
    if program is None or driver is None:
        raise FileNotFoundError("chromium and chromium-driver")
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
        *switches,
    ):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(driver))


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; skipped where none is installed, unless REQUIRE_BROWSER is set."""
    try:
        driver = chromium()
    except (ImportError, FileNotFoundError):
        said = "no browser: apt-get install chromium chromium-driver, and pip install selenium"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(said)
        pytest.skip(said)
    yield driver
    driver.quit()
