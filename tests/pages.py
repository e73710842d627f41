"""Own the page client: a browser that inspects every page it is shown, whatever the test was looking for."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

_XHTML = "{http://www.w3.org/1999/xhtml}"
_CONTROLS = {"input", "select", "textarea"}
_UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


class PageFault(AssertionError):
    """Say what is wrong with a page that every page must get right."""


@dataclass(frozen=True)
class Page:
    """Hold an inspected page."""

    status: int
    tree: Element
    text: str
    url: str

    @property
    def heading(self) -> str:
        """Return the words of the page's one h1."""
        return words(next(iter(self.all("h1"))))

    def all(self, tag: str) -> list[Element]:
        """List elements of a tag."""
        return [element for element in self.tree.iter() if element.tag == f"{_XHTML}{tag}"]

    def typed(self, name: str) -> list[str]:
        """Return what stands in the fields of a name: the text of each, or the values of those that are chosen."""
        found = []
        for element in self.tree.iter():
            if element.get("name") != name:
                continue
            if element.tag == f"{_XHTML}textarea":
                found.append((element.text or "").strip())
            elif element.tag == f"{_XHTML}select":
                found += [each.get("value", "") for each in element.iter() if each.get("selected") is not None]
            elif element.get("type") not in ("radio", "checkbox") or element.get("checked") is not None:
                found.append(element.get("value", ""))
        return found

    def links(self) -> dict[str, str]:
        """Return the words and address of every link."""
        return {words(link): link.get("href", "") for link in self.all("a")}

    def words(self) -> str:
        """Return all words of the page."""
        return " ".join(words(self.tree).split())


def words(element: Element) -> str:
    """Return the text inside an element with spaces folded."""
    return " ".join("".join(element.itertext()).split())


def inspect(html: str, status: int = 200, url: str = "") -> Page:
    """Parse a page strictly and hold it to what every page owes its readers.

    Raises: PageFault.
    """
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    tree = parser.parse(html)
    if parser.errors:
        (line, column), code, values = parser.errors[0]
        raise PageFault(f"{url}: HTML error {code} {values} at {line}:{column}: {html.splitlines()[line - 1][:160]}")
    page = Page(status, tree, html, url)
    for fault in faults_of(page):
        raise PageFault(f"{url}: {fault}")
    return page


def faults_of(page: Page) -> list[str]:
    """List what is wrong with a parsed page."""
    faults = []
    if len(page.all("h1")) != 1:
        faults.append(f"{len(page.all('h1'))} h1")
    if not page.all("title") or not words(page.all("title")[0]):
        faults.append("no title")
    root = page.all("html")[0]
    if root.get("lang") not in ("zh-CN", "en"):
        faults.append("no language")
    ids = Counter(element.get("id") for element in page.tree.iter() if element.get("id"))
    faults += [f"id {name} stands {count} times" for name, count in ids.items() if count > 1]
    faults += _inline_faults(page) + _label_faults(page, set(ids)) + _form_faults(page)
    faults += [f"image without alt: {image.get('src', '')[:60]}" for image in page.all("img") if image.get("alt") is None]
    return faults


def _inline_faults(page: Page) -> list[str]:
    faults = ["inline style element"] if page.all("style") else []
    for element in page.tree.iter():
        faults += [f"inline handler {name}" for name in element.attrib if name.startswith("on")]
        if element.get("style") is not None:
            faults.append(f"style attribute on {element.tag}")
    faults += [
        "inline script" for script in page.all("script") if not script.get("src") and script.get("type") != "application/json"
    ]
    return faults


def _label_faults(page: Page, ids: set[str | None]) -> list[str]:
    labelled = {label.get("for") for label in page.all("label")}
    inside = {control for label in page.all("label") for control in label.iter()}
    faults = []
    for element in page.tree.iter():
        tag = str(element.tag).removeprefix(_XHTML)
        if tag not in _CONTROLS or element.get("type") in _UNLABELLED_TYPES:
            continue
        named = element.get("aria-label") or element.get("aria-labelledby") in ids
        if element not in inside and element.get("id") not in labelled and not named:
            faults.append(f"{tag} {element.get('name')} has no label")
        described = (element.get("aria-describedby") or "").split()
        faults += [f"{element.get('name')} is described by a missing {name}" for name in described if name not in ids]
    return faults


def _form_faults(page: Page) -> list[str]:
    faults = []
    for form in page.all("form"):
        names = {element.get("name") for element in form.iter()}
        if (form.get("method") or "get").lower() == "post" and "csrf_token" not in names:
            faults.append(f"form to {form.get('action')} has no token")
    return faults


class Browser:
    """Be a browser that inspects each page; answers that are no pages come back as they are."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, url: str, status: int = 200) -> Page:
        """Open a page, following redirections to it."""
        return self._page(self.client.get(url, follow_redirects=True), status, url)

    def post(self, url: str, data: Mapping[str, object] | None = None, status: int = 200) -> Page:
        """Send a form, following redirections to the page it leads to."""
        return self._page(self.client.post(url, data=data or {}, follow_redirects=True), status, url)

    def upload(self, url: str, data: Mapping[str, object], status: int = 200) -> Page:
        """Send a form in which a pair of bytes and name is a file.

        Encoded here, because the test client leaves the file that it spools open.
        """
        sent = {
            key: FileStorage(io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value
            for key, value in data.items()
        }
        boundary, body = encode_multipart(MultiDict(sent))
        kind = f"multipart/form-data; boundary={boundary}"
        return self._page(self.client.post(url, data=body, content_type=kind, follow_redirects=True), status, url)

    def _page(self, response: TestResponse, status: int, url: str) -> Page:
        if response.status_code != status:
            raise PageFault(f"{url}: {response.status_code} instead of {status}: {response.get_data(as_text=True)[:400]}")
        return inspect(response.get_data(as_text=True), response.status_code, url)
