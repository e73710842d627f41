"""Hold places to their order and complexes to addresses that no path or host can be made of."""

from __future__ import annotations

import pytest
from flask import Flask

from app.db.session import begin_write, commit
from app.errors import NotFound
from app.tenancy.queries import all_complexes, complex_by_id, complex_by_slug
from app.tenancy.services.add_place import PlaceExists, SlugMalformed, add_community, add_complex, add_district, add_street


def add(slug: str = "qinglan", name: str = "青岚花园") -> int:
    """Add a complex with all places above it."""
    street = add_street(add_district("江夏区"), "湖畔街道")
    return add_complex(add_community(street, "青岚社区", "027-8700-1203"), slug, name, "湖畔路 1 号")


def test_a_complex_is_found_with_the_places_above_it(app: Flask) -> None:
    with app.app_context():
        begin_write()
        complex_id = add()
        commit()
        found = complex_by_slug("qinglan")
        assert (found.id, found.name, found.help_phone) == (complex_id, "青岚花园", "027-8700-1203")
        assert (found.community_name, found.street_name, found.district_name) == ("青岚社区", "湖畔街道", "江夏区")
        assert complex_by_id(complex_id) == found
        assert all_complexes() == [found]


@pytest.mark.parametrize(
    "slug", ["", "-a", "a-", "A", "a/b", "..", "a.b", "a b", "青岚", "a" * 41, "a%2fb", "a\n", "../etc/passwd", "a;b"]
)
def test_a_slug_of_other_characters_is_refused(app: Flask, slug: str) -> None:
    with app.app_context():
        begin_write()
        with pytest.raises(SlugMalformed):
            add(slug)


def test_a_slug_is_given_once(app: Flask) -> None:
    with app.app_context():
        begin_write()
        add()
        with pytest.raises(PlaceExists):
            add_complex(complex_by_slug("qinglan").community_id, "qinglan", "另一个小区", "")


@pytest.mark.parametrize("slug", ["unknown", "", "qinglan'--", "../qinglan", "QINGLAN"])
def test_an_unknown_slug_is_not_found(app: Flask, slug: str) -> None:
    with app.app_context():
        begin_write()
        add()
        commit()
        with pytest.raises(NotFound):
            complex_by_slug(slug)
