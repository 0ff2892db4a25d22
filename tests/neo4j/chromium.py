"""The real Neo4j Browser in a headless Chromium, driven as a person would."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.chromium import CHROMIUM, QUIET

FRAMES = "document.querySelectorAll('[data-testid=frame]')"
DROP = """([name, content]) => {
    const bytes = Uint8Array.from(atob(content), (c) => c.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], name));
    const target = document.querySelector("[data-testid=main]");
    for (const type of ["dragenter", "dragover", "drop"]) {
        const fields = {dataTransfer: data, bubbles: true, cancelable: true, clientX: 500, clientY: 300};
        target.dispatchEvent(new DragEvent(type, fields));
    }
}"""


def missing() -> str | None:
    """Why no browser can run here, or None."""
    if find_spec("playwright") is None:
        return "playwright is not installed"
    return None if CHROMIUM else "no chromium on this machine"


@contextmanager
def page(url: str, screenshots: Path) -> Iterator[Page]:
    """A window on the Browser; its screenshots go to ECOMAP_SCREENSHOTS where that is set."""
    from playwright.sync_api import sync_playwright

    folder = Path(os.environ.get("ECOMAP_SCREENSHOTS") or screenshots)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=QUIET, timeout=120_000)
        tab = browser.new_page(viewport={"width": 1500, "height": 1000})
        tab.set_default_timeout(240_000)  # the machine may be busy
        tab.goto(url)
        yield Page(tab, folder)
        browser.close()


class Page:
    """What a person does in Neo4j Browser, and what is then seen."""

    def __init__(self, tab: Any, screenshots: Path) -> None:
        self.tab = tab
        self.screenshots = screenshots
        self.asked = 0

    def connect(self, user: str, password: str) -> None:
        self.tab.get_by_test_id("username").fill(user)
        self.tab.get_by_test_id("password").fill(password)
        self.tab.get_by_test_id("connect").click()
        self.tab.get_by_test_id("activeEditor").locator("textarea").wait_for(state="attached")
        self.tab.get_by_text("You are connected").first.wait_for()

    def run(self, text: str) -> Any:
        """Type a statement or command, run it, give the frame that answers."""
        editor = self.tab.get_by_test_id("activeEditor").locator("textarea")
        editor.focus()
        self.tab.keyboard.press("Control+a")
        self.tab.keyboard.insert_text(text)
        return self.submit()

    def submit(self) -> Any:
        """Run what stands in the editor. The Browser drops old frames, so the new one is that without a number."""
        self.tab.evaluate(f"() => {FRAMES}.forEach((frame) => (frame.dataset.number ??= 'old'))")
        self.tab.get_by_test_id("activeEditor").locator("textarea").focus()
        self.tab.keyboard.press("Control+Enter")
        self.tab.wait_for_function(f"() => [...{FRAMES}].some((frame) => !frame.dataset.number)")
        self.asked += 1
        number = str(self.asked)
        self.tab.evaluate(f"(n) => {FRAMES}.forEach((frame) => (frame.dataset.number ??= n))", number)
        return self.tab.locator(f"[data-number='{number}']")

    def editor(self) -> str:
        """The text in the editor."""
        lines = self.tab.get_by_test_id("activeEditor").locator(".view-line").all_inner_texts()
        return "\n".join(lines).replace("\u00a0", " ")

    def drop(self, path: Path) -> None:
        """Drop a file on the page."""
        self.tab.evaluate(DROP, [path.name, b64encode(path.read_bytes()).decode()])

    def shoot(self, name: str) -> None:
        self.tab.wait_for_timeout(1500)  # until nodes have come to rest
        self.tab.screenshot(path=self.screenshots / f"{name}.png")


def colours(frame: Any) -> dict[str, str]:
    """The drawn nodes of a frame: what is written in each, and its colour."""
    frame.locator("circle.b-outline").first.wait_for()
    found = frame.locator("g.node").evaluate_all(
        "gs => gs.map(g => [g.textContent, g.querySelector('circle.b-outline').getAttribute('fill')])"
    )
    return {" ".join(text.split()): fill for text, fill in found}
