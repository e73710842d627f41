"""Check every layout and macro as a page: valid HTML, labels, one h1, nothing inline."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import html5lib
import pytest
from jinja2 import Environment, FileSystemLoader
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from app.web import filters
from app.web.charts import HALF, TWO_THIRDS, Day, Reading
from app.web.filters import CHINA

TEMPLATES = Path(__file__).parents[3] / "templates"
NOW = datetime(2027, 5, 30, 9, 12, tzinfo=CHINA)


class SampleForm(Form):
    phone = StringField("手机号", [InputRequired("请填手机号。")], description="收验证码用。")
    kind = SelectField("事项", choices=[SelectChoice("a", "续聘"), SelectChoice("b", "选举")])
    text = TextAreaField("说明")
    agree = BooleanField("我同意", [InputRequired("请先打勾。")])
    paper = RadioField(
        "怎么收选票",
        choices=[SelectChoice("p", "手机投票"), SelectChoice("z", "纸质票")],
        validators=[InputRequired("请选一种。")],
    )
    ways = SelectMultipleField("通知方式", choices=[SelectChoice("s", "短信"), SelectChoice("e", "邮件")])


def environment() -> Environment:
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, extensions=["jinja2.ext.i18n"])
    made.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    made.globals["get_flashed_messages"] = lambda **_: [("done", "已保存。")]
    filters.register(made)
    return made


def context() -> dict[str, object]:
    item = SimpleNamespace(key="home", label="首页", url="/", count=3)
    return {
        "complex": SimpleNamespace(slug="qinglan", name="青岚花园"),
        "actor": SimpleNamespace(display_name="周敏", is_signed_in=True),
        "lang": "zh", "large": True, "help_phone": "027-8700-1203", "demo_mode": True, "now": NOW, "active": "home",
        "asset": lambda path: f"/static/{path}", "switch_url": lambda **_: "/?l=1", "csrf_token": lambda: "token",
        "owner_menu": [item], "desk_menu": [item], "public_menu": [item], "sign_out_url": "/sign-out", "paper_url": "/paper",
        "closes": NOW + timedelta(days=6), "demo_url": "/demo",
        "heads": Reading(937, 1534, TWO_THIRDS), "area": Reading(12_001_810, 18_920_767, TWO_THIRDS),
        "agreed": Reading(682, 1112, HALF), "agreed_area": Reading(8_001_352, 13_604_718, HALF),
        "days": [Day("5/22", 60), Day("5/23", 937)],
    }  # fmt: skip


IMPORTS = (
    '{% import "components/ui.html" as ui %}{% import "components/forms.html" as forms %}'
    '{% import "components/steps.html" as steps %}{% import "components/charts.html" as chart %}'
)

#: A page that uses every macro once.
CONTENT = (Path(__file__).parent / "every_component.html").read_text("utf-8")


def page(layout: str, content: str = CONTENT) -> str:
    form = SampleForm(MultiDict({"text": "保留我打的字", "kind": "b"}))
    form.validate()
    source = f'{{% extends "{layout}" %}}{IMPORTS}{{% block content %}}{content}{{% endblock %}}'
    if layout == "layouts/phone.html":
        source += '{% block action_bar %}{{ ui.link_button("去核对", "/r", "main") }}{% endblock %}'
    return environment().from_string(source).render(context(), form=form)


LAYOUTS = ["layouts/phone.html", "layouts/desk.html", "layouts/public.html"]
ERRORS = sorted(path.name for path in (TEMPLATES / "errors").glob("[0-9]*.html"))


def pages() -> dict[str, str]:
    made = {layout: page(layout) for layout in LAYOUTS}
    made["confirm"] = page("layouts/desk.html", '{{ ui.confirm("公布？", ["不能再改。"], "/x", "公布", "/b", csrf_token()) }}')
    for name in ERRORS:
        made[name] = environment().get_template(f"errors/{name}").render(context(), message="原因", reference="A1")
    return made


PAGES = pages()


@pytest.mark.parametrize("name", PAGES)
def test_page_is_valid_html_with_one_heading_and_nothing_inline(name: str) -> None:
    html = PAGES[name]
    parser = html5lib.HTMLParser()
    parser.parse(html)
    assert parser.errors == []
    assert len(re.findall(r"<h1[ >]", html)) == 1
    assert re.search(r"<title>[^<]+ · 业议</title>", html)
    assert " style=" not in html
    assert not re.search(r"<script(?![^>]*\ssrc=)|\son\w+=", html)
    assert [value for value, times in Counter(re.findall(r'\sid="([^"]+)"', html)).items() if times > 1] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_control_has_a_label_and_every_reference_exists(layout: str) -> None:
    root = html5lib.parse(PAGES[layout], namespaceHTMLElements=False)
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    labelled = {label.get("for") for label in root.iter("label")}
    inside = {control for label in root.iter("label") for control in label.iter("input")}
    for control in [element for tag in ("input", "select", "textarea") for element in root.iter(tag)]:
        if control.get("type") != "hidden":
            assert control in inside or control.get("id") in labelled
    for element in root.iter():
        for reference in (element.get("aria-describedby") or "").split():
            assert reference in ids
        if (element.get("href") or "").startswith("#") and element.get("href") != "#x":
            assert element.get("href", "")[1:] in ids


@pytest.mark.parametrize("layout", LAYOUTS)
def test_form_keeps_what_was_typed_and_links_its_errors(layout: str) -> None:
    html = PAGES[layout]
    assert "保留我打的字" in html
    assert '<option selected value="b">' in html
    assert 'href="#phone"' in html
    assert re.search(r'aria-describedby="phone-help phone-error" aria-invalid="true"', html)
    assert "有 3 处要改" in html


def test_help_line_and_four_words_stand_on_a_phone_page() -> None:
    html = PAGES["layouts/phone.html"]
    assert 'href="tel:02787001203"' in html
    assert 'aria-current="page"' in html
    assert "普通字" in html
    assert 'class="large"' in html


def test_gap_is_said_before_the_percentage() -> None:
    html = PAGES["layouts/desk.html"]
    assert html.index("86 人") < html.index("61.1%</span>")
    assert "人数还差 86 人：已有 937 人，占 61.1%，需要 1,023 人。" in html


def test_choices_are_never_preselected() -> None:
    assert "checked" not in re.sub(r"<svg.*?</svg>", "", PAGES["layouts/phone.html"], flags=re.S)
