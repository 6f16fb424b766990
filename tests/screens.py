"""Take the README's two pictures of the site: ``make screens`` (needs Debian's chromium and chromium-driver)."""

from conftest import ROOT
from docs_site.conftest import chromium, serve

SITE = ROOT / "build" / "site"
FOLDER = ROOT / "docs" / "pictures"
#: Name of the picture, page with its view, and the element that comes to the top.
SCREENS = {
    "answers": ("", ".answers"),
    "explorer": ("explorer/?known=2025-03-16&by=rus-mod", ".filters"),
}


def main() -> None:
    """Write one PNG a screen."""
    driver = chromium("--hide-scrollbars")
    try:
        # The height of the window holds the frame of the browser too, so it is set by the page.
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        driver.implicitly_wait(10)
        for site in serve(SITE):
            for name, (page, top) in SCREENS.items():
                driver.get(f"{site.address}{page}")
                element = driver.find_element("css selector", top)
                driver.execute_script(
                    "window.scrollTo(0, arguments[0].getBoundingClientRect().top + scrollY - 64)", element
                )
                driver.execute_async_script("setTimeout(arguments[0], 800)")
                driver.save_screenshot(str(FOLDER / f"{name}.png"))
    finally:
        driver.quit()


if __name__ == "__main__":
    main()
