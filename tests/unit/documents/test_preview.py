"""A preview shows the very pages of a PDF as pictures."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from app.documents.errors import NotAPdf
from app.documents.preview import page_image, page_images, preview_pages
from app.documents.printing import render
from tests.papers_support import candidate_notice, household_letters, start_notice
from tests.unit.documents.paper_reading import printed


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_page_becomes_a_picture_of_the_asked_width() -> None:
    pdf = printed(start_notice()).pdf
    page = opened(page_image(pdf, 1, 800))
    assert page.format == "PNG"
    assert page.width == 800
    assert abs(page.height - 800 * 297 / 210) <= 1
    assert opened(page_image(printed(candidate_notice()).pdf, 1)).width == 1_000


def test_pages_differ_and_the_same_page_is_the_same_picture() -> None:
    pdf = printed(start_notice()).pdf
    first, second = page_images(pdf, [1, 2], 400)
    assert first != second
    assert page_image(pdf, 2, 400) == second


def test_words_are_drawn_not_left_out() -> None:
    page = opened(page_image(printed(start_notice()).pdf, 1, 600)).convert("L")
    dark = sum(page.histogram()[:128])
    assert dark > page.width * page.height // 50


@pytest.mark.parametrize("number", [0, 3])
def test_there_is_no_other_page(number: int) -> None:
    with pytest.raises(NotAPdf):
        page_image(printed(start_notice()).pdf, number)


def test_what_is_no_pdf_is_refused() -> None:
    with pytest.raises(NotAPdf):
        page_image(b"%PDF-1.7 nothing", 1)
    with pytest.raises(NotAPdf):
        preview_pages(b"nothing", str)


def test_a_preview_shows_the_first_pages_and_says_how_many_follow() -> None:
    pdf = render(household_letters(15))
    preview = preview_pages(pdf, lambda number: f"/pages/{number}", limit=4)
    assert [(page.number, page.image_url) for page in preview.pages] == [(n, f"/pages/{n}") for n in range(1, 5)]
    assert (preview.total, preview.rest) == (15, 11)
    assert preview_pages(printed(start_notice()).pdf, str).rest == 0
