"""A Firefox for the browser tests: found, or installed by `python tests/firefox.py`, and driven.

Firefox speaks WebDriver BiDi itself, as JSON through a web socket, so nothing stands between the
tests and the Firefox that readers have. Playwright's own is a changed one.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from websockets.sync.client import ClientConnection, connect

from programs import by_apt, install, may_use_apt, runs

NAMES = ("firefox-esr", "firefox")
NONE = (
    f"no Firefox that runs was found: neither {' nor '.join(NAMES)}; "
    "install one, or look at what `make test` says when it tries to"
)
PATIENCE = 60.0
"""In seconds: what has not come until then will not come."""

_READY = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_PREFERENCES = {
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "datareporting.policy.dataSubmissionEnabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#",
    "toolkit.telemetry.enabled": False,
}
"""What keeps a new profile from asking other hosts, and from opening pages of its own."""

_TELL_REFUSALS = """tell => document.addEventListener("securitypolicyviolation", event =>
    tell(`${event.violatedDirective} refused ${event.blockedURI} in ${event.documentURI}`))"""


def found() -> str | None:
    """Return the path of a Firefox that runs, or None."""
    return next(filter(runs, filter(None, map(shutil.which, NAMES))), None)


def main() -> None:
    """Print where a Firefox is, after installing one if need be; never fail for want of one."""
    path = found()
    if not path and may_use_apt():
        install("Firefox", by_apt("firefox-esr"))
        path = found()
    print(f"Firefox for the browser tests: {path}" if path else NONE)


def _is_local(address: str) -> bool:
    """Tell whether no host is asked: a file, or what Firefox has itself, as the signs in fields."""
    return address.startswith(("file:", "data:", "chrome:", "resource:", "about:"))


class RefusedError(Exception):
    """Firefox answered a command with an error."""


@dataclass
class Firefox:
    """A tab of a running Firefox, and all that was wrong in it since it was emptied.

    `said` are warnings and errors of the console, what no script caught, and what the policy of a
    page refused; `asked` are the addresses that it asked other hosts for.
    """

    line: ClientConnection
    tab: str = ""
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    _number: int = 0

    def command(self, method: str, **parameters: object) -> Any:  # noqa: ANN401 - JSON
        """Send a command and return its result; hear what comes before it."""
        self._number += 1
        self.line.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.line.recv(timeout=PATIENCE))
            if message.get("id") == self._number:
                if message["type"] == "error":
                    raise RefusedError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]
            if message["type"] == "event":
                self._hear(message["method"], message["params"])

    def _hear(self, method: str, event: Mapping[str, Any]) -> None:
        if method == "log.entryAdded" and event["level"] in {"warn", "error"}:
            self.said.append(event["text"])
        elif method == "script.message":
            self.said.append(event["data"]["value"])
        elif method == "network.beforeRequestSent" and not _is_local(event["request"]["url"]):
            self.asked.append(event["request"]["url"])

    def visit(self, address: str) -> None:
        """Forget what was heard before, and open an address; wait until all of it is loaded."""
        self.said, self.asked = [], []
        self.command("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def value(self, expression: str) -> Any:  # noqa: ANN401 - JSON
        """Return a plain value: a text, a number, true, false or null."""
        return self._evaluated(expression).get("value")

    def _evaluated(self, expression: str) -> Any:  # noqa: ANN401 - JSON
        result = self.command(
            "script.evaluate",
            expression=expression,
            target={"context": self.tab},
            awaitPromise=True,
        )
        if result["type"] == "exception":
            raise RefusedError(result["exceptionDetails"]["text"])
        return result["result"]

    def wait(self, condition: str) -> None:
        """Wait until an expression is true; fail with it, and with what was heard."""
        until = time.monotonic() + PATIENCE / 2
        while not self.value(f"Boolean({condition})"):
            if time.monotonic() > until:
                raise AssertionError(f"never true: {condition}; heard: {self.said}")
            time.sleep(0.01)  # a busy Firefox answers questions before it works

    def click(self, selector: str, words: str = "") -> None:
        """Click in the middle of the first element in sight, as a mouse does."""
        origin = {"type": "element", "element": {"sharedId": self._element(selector, words)}}
        press: list[dict[str, object]] = [
            {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._perform({"type": "pointer", "id": "mouse", "actions": press})

    def type(self, selector: str, text: str) -> None:
        """Click into a field, empty it, and type a text, key by key."""
        self.click(selector)
        self.value(f"document.querySelector({json.dumps(selector)}).select()")
        self.press(*text)

    def press(self, *keys: str) -> None:
        """Press keys one after the other: letters, or one of `KEYS`."""
        values = [KEYS.get(key, key) for key in keys]
        strokes = [{"type": t, "value": value} for value in values for t in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keys", "actions": strokes})

    def _element(self, selector: str, words: str) -> str:
        """Return the id of the first element in sight that says some words, once it is there."""
        seen = f"{_seen(selector, words)}[0]"
        self.wait(seen)
        self.value(f"{seen}.scrollIntoView({{block: 'center', behavior: 'instant'}})")
        return str(self._evaluated(seen)["sharedId"])

    def _perform(self, source: Mapping[str, object]) -> None:
        self.command("input.performActions", context=self.tab, actions=[source])


def _seen(selector: str, words: str) -> str:
    """Return the expression of all elements in sight that say some words."""
    every = f"[...document.querySelectorAll({json.dumps(selector)})]"
    said = f"each.innerText.includes({json.dumps(words)})"
    return f"{every}.filter(each => each.getClientRects().length && {said})"


KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c"}
"""The keys that are no letters, as WebDriver knows them."""


@contextmanager
def running(path: str) -> Iterator[Firefox]:
    """Give a Firefox of its own profile, without a window, 360 pixels wide as a phone's."""
    with ExitStack() as stack:
        profile = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        lines = (f"user_pref({json.dumps(n)}, {json.dumps(v)});" for n, v in _PREFERENCES.items())
        (profile / "user.js").write_text("\n".join(lines), "utf-8")
        command = [path, "--headless", "--no-remote", "--profile", str(profile)]
        process = stack.enter_context(
            subprocess.Popen(
                [*command, "--remote-debugging-port=0", "about:blank"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                env={**os.environ, "HOME": str(profile), "MOZ_CRASHREPORTER_DISABLE": "1"},
            )
        )
        stack.callback(_end, process)
        assert process.stderr
        address = _address(process.stderr)
        line = stack.enter_context(connect(f"{address}/session", max_size=None, proxy=None))
        browser = Firefox(line)
        browser.command("session.new", capabilities={})
        events = ["log.entryAdded", "script.message", "network.beforeRequestSent"]
        browser.command("session.subscribe", events=events)
        browser.command(
            "script.addPreloadScript",
            functionDeclaration=_TELL_REFUSALS,
            arguments=[{"type": "channel", "value": {"channel": "refused"}}],
        )
        browser.tab = browser.command("browsingContext.create", type="tab")["context"]
        size = {"width": 360, "height": 800}
        browser.command("browsingContext.setViewport", context=browser.tab, viewport=size)
        yield browser


def _address(output: IO[str]) -> str:
    """Return where a starting Firefox listens; go on reading, or it would wait for a reader."""
    for line in output:
        if ready := _READY.search(line):
            threading.Thread(target=output.read, daemon=True).start()
            return ready[1]
    raise RefusedError("Firefox ended before it listened")


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()


Step = Callable[[Firefox, str], None]
"""Something that a reader does or sees; it is given the address of the site's folder."""


def opens(path: str) -> Step:
    """Open a page of the site, after which nothing that was heard is forgotten."""
    return lambda firefox, site: firefox.visit(f"{site}/{path}")


def clicks(selector: str, words: str = "") -> Step:
    """Click the first element in sight that says some words."""
    return lambda firefox, _: firefox.click(selector, words)


def types(selector: str, text: str) -> Step:
    """Type a text into a field."""
    return lambda firefox, _: firefox.type(selector, text)


def presses(*keys: str) -> Step:
    """Press keys."""
    return lambda firefox, _: firefox.press(*keys)


def sees(selector: str, words: str) -> Step:
    """Wait until an element is in sight that says some words."""
    return lambda firefox, _: firefox.wait(f"{_seen(selector, words)}.length")


def is_at(end: str) -> Step:
    """Wait until the address ends so."""
    return lambda firefox, _: firefox.wait(
        f"document.readyState === 'complete' && location.href.endsWith({json.dumps(end)})"
    )


if __name__ == "__main__":
    main()
