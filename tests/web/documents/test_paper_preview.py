"""The component that shows a paper: pictures with words for those who do not see them, and the file to download."""

from __future__ import annotations

from flask import Flask, render_template_string

from app.documents.preview import Preview, PreviewPage
from app.web.headers import CONTENT_SECURITY_POLICY
from tests.pages import inspect

PAGE = """<!doctype html><html lang="zh-CN"><head><title>页</title></head><body><h1>页</h1>
{% from "components/paper_preview.html" import paper_preview %}{{ paper_preview(name, preview, url, "A4") }}</body></html>"""


def shown(app: Flask, preview: Preview) -> str:
    with app.test_request_context("/"):
        return render_template_string(PAGE, name="会议公告 <草稿>", preview=preview, url="/c/ql/papers/7.pdf")


def test_each_page_is_a_picture_with_its_words(app: Flask) -> None:
    text = shown(app, Preview((PreviewPage(1, "/c/ql/papers/7/1.png"), PreviewPage(2, "/c/ql/papers/7/2.png")), 2))
    page = inspect(text)
    assert page.heading == "页"
    assert text.count("<img") == 2
    assert 'src="/c/ql/papers/7/2.png" alt="会议公告 &lt;草稿&gt;，第 2 页"' in text
    assert "共 2 页 · A4" in text
    assert "后面还有" not in text


def test_the_file_can_be_downloaded(app: Flask) -> None:
    text = shown(app, Preview((PreviewPage(1, "/1.png"),), 1))
    assert 'href="/c/ql/papers/7.pdf"' in text
    assert "download" in text


def test_pages_not_shown_are_named(app: Flask) -> None:
    assert "后面还有 66 页" in shown(app, Preview((PreviewPage(1, "/1.png"),), 67))


def test_pictures_come_from_the_site_itself_as_the_policy_wants(app: Flask) -> None:
    assert "img-src 'self'" in CONTENT_SECURITY_POLICY
    assert "data:" not in shown(app, Preview((PreviewPage(1, "/1.png"),), 1))
