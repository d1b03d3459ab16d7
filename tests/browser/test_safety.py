"""Text that wants to be more than text, and a page that was tampered with: nothing runs and nothing is asked for."""

import http.server
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Opens
from tests.renderers.pages import PAPER, hostile
from tracker.renderers.html import html_document

if TYPE_CHECKING:
    from playwright.sync_api import Page

ATTACKS = (
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "\"><svg onload=window.ran=1>",
    "' onfocus='window.ran = 1' autofocus tabindex='0",
    "</style><script>window.ran = 1</script>",
    "</title></svg></caption><script>window.ran = 1</script>",
    "\"; } body { display: none } @import url(HERE/sheet.css); /*",
    "--><script>window.ran = 1</script>",
    "{{ 7 * 6 }}{% raw %}",
    "javascript:window.ran=1",
    "<meta http-equiv=refresh content='0;url=HERE/gone'>",
    "<iframe src=HERE/frame></iframe><link rel=stylesheet href=HERE/sheet.css>",
    "&lt;script&gt;",
)


class Listener:
    """A web server of this machine that remembers what it was asked for."""

    def __init__(self, port: int, asked: list[str]) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.asked = asked


@pytest.fixture
def listener() -> Iterator[Listener]:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Listener(server.server_port, asked)
        server.shutdown()


def ran(page: "Page") -> bool:
    page.wait_for_timeout(100)
    return page.evaluate("typeof window.ran !== 'undefined'")


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_stays_text(opens: Opens, listener: Listener, attack: str) -> None:
    said = attack.replace("HERE", listener.address)
    page = opens("".join(html_document(hostile(said))), 320)
    assert not ran(page)
    assert listener.asked == []
    assert page.title() == said
    assert page.inner_text("h1") == said
    assert page.inner_text("tbody th >> nth=0").startswith(said)
    assert page.locator("body *").evaluate_all("all => all.every(one => [...one.attributes].every(a => !a.name.startsWith('on')))")
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def tampered(address: str) -> str:
    """A page into which someone has smuggled what a browser would obey."""
    smuggled = (
        f"<script>window.ran = 1</script><img src={address}/picture onerror='window.ran = 1'>"
        f"<link rel=stylesheet href={address}/sheet.css><iframe src={address}/frame></iframe>"
        f"<p style='background: url({address}/ground)'>x</p><style>h1 {{ background: url({address}/head) }}</style>"
    )
    return "".join(html_document(PAPER)).replace("</main>", smuggled + "</main>")


def test_the_policy_stops_what_was_smuggled_in(opens: Opens, listener: Listener) -> None:
    page = opens(tampered(listener.address))
    assert not ran(page)
    assert listener.asked == []


def test_without_the_policy_it_would_run(opens: Opens, listener: Listener) -> None:
    page = opens(tampered(listener.address).replace("Content-Security-Policy", "Nothing"))
    assert ran(page)
    assert "/picture" in listener.asked


def test_the_policy_lets_the_style_through(opens: Opens) -> None:
    page = opens("".join(html_document(PAPER)))
    assert page.evaluate("getComputedStyle(document.querySelector('.skip')).position") == "absolute"
