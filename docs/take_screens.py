"""Take the README's two pictures of the site: ``make screens`` (needs Debian's chromium and chromium-driver)."""

import functools
import http.server
import shutil
import threading
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

SITE = Path(__file__).parents[1] / "build" / "site"
FOLDER = Path(__file__).parent / "pictures"
SIZE = (1280, 900)
#: Name of the picture, page with its view, and the element that comes to the top.
SCREENS = {
    "answers": ("", ".answers"),
    "explorer": ("explorer/?known=2025-03-16&by=rus-mod", ".filters"),
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


def take(folder: Path = FOLDER) -> None:
    """Write one PNG a screen into a folder."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(SITE)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        # The height of the window holds the frame of the browser too, so it is set by the page.
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": SIZE[0], "height": SIZE[1], "deviceScaleFactor": 1, "mobile": False},
        )
        for name, (page, top) in SCREENS.items():
            driver.get(f"http://127.0.0.1:{server.server_port}/{page}")
            driver.implicitly_wait(10)
            element = driver.find_element("css selector", top)
            driver.execute_script(
                "window.scrollTo(0, arguments[0].getBoundingClientRect().top + scrollY - 64)", element
            )
            driver.execute_async_script("setTimeout(arguments[0], 800)")
            driver.save_screenshot(str(folder / f"{name}.png"))
    finally:
        driver.quit()
        server.shutdown()


if __name__ == "__main__":
    take()
