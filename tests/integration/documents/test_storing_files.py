"""Try to bring more than a picture, less than a file, or another person's paper through the storing and serving of files."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable
from hashlib import sha256

import pytest
from flask import Flask
from PIL import Image
from PIL.ExifTags import IFD, Base
from sqlalchemy import select

from app.db.session import db, tenant_work, use_tenant
from app.documents.errors import FileEmpty, FileTooLarge, NotAMaterial, NotAPhoto
from app.documents.models import StoredFile
from app.documents.queries import private_file, public_file
from app.documents.services.store_file import (
    MAXIMUM_MATERIAL_BYTES,
    MAXIMUM_PHOTO_BYTES,
    store_material,
    store_photo,
    store_private,
    store_scene,
)
from app.documents.types import FileRow
from app.errors import DomainError, NotFound, VerificationFailed
from app.tenancy.types import ComplexRow
from tests.conftest import NOON
from tests.support import make_complexes

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SECRET = b"Baishazhou Avenue 12, 30.4823N"


@pytest.fixture
def place(app: Flask) -> ComplexRow:
    return make_complexes(app, "qinglan")[0]


def picture(form: str = "JPEG", size: tuple[int, int] = (400, 300), **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(made, form, **options)
    return made.getvalue()


def telling_jpeg() -> bytes:
    """Make a photo that tells where and by whom it was taken, in every place a JPEG has for it."""
    exif = Image.Exif()
    exif[Base.Orientation] = 6
    exif[Base.ImageDescription] = SECRET.decode()
    exif.get_ifd(IFD.GPSInfo)[1] = "N"
    content = picture(exif=exif, comment=SECRET, icc_profile=b"acsp" + SECRET, xmp=b"<x>" + SECRET + b"</x>")
    assert content.count(SECRET) >= 4
    return content + b"<script>" + SECRET + b"</script>"


def keep(app: Flask, place: ComplexRow, store: Callable[..., FileRow], content: bytes, **more: object) -> FileRow:
    with app.app_context(), tenant_work(place.id, write=True):
        return store(content, name="一张.jpg", at=NOON, account=None, **more)


def kept_content(app: Flask, place: ComplexRow, row: FileRow) -> bytes:
    with app.app_context(), tenant_work(place.id):
        return public_file(row.id).content


@pytest.mark.parametrize("store", [store_photo, store_material])
def test_a_photo_keeps_its_pixels_alone(app: Flask, place: ComplexRow, store: Callable[..., FileRow]) -> None:
    kept = kept_content(app, place, keep(app, place, store, telling_jpeg()))
    assert SECRET not in kept
    assert b"script" not in kept
    with Image.open(io.BytesIO(kept)) as opened:
        assert opened.getexif() == {}
        assert not {"comment", "icc_profile", "xmp", "exif"} & opened.info.keys()


def test_a_portrait_is_upright_and_of_one_size(app: Flask, place: ComplexRow) -> None:
    for content in (telling_jpeg(), picture("PNG"), picture("WEBP"), picture(size=(3, 2000)), picture(size=(2000, 3))):
        with Image.open(io.BytesIO(kept_content(app, place, keep(app, place, store_photo, content)))) as opened:
            assert (opened.format, opened.size, opened.mode) == ("JPEG", (560, 670), "RGB")


def test_a_photo_turned_by_its_exif_is_stored_turned(app: Flask, place: ComplexRow) -> None:
    with Image.open(io.BytesIO(kept_content(app, place, keep(app, place, store_material, telling_jpeg())))) as opened:
        assert opened.size == (300, 400)


def test_a_scene_is_whole_smaller_sealed_and_tells_nothing_else(app: Flask, place: ComplexRow) -> None:
    row = keep(app, place, store_scene, picture(size=(4000, 2000)))
    told = keep(app, place, store_scene, telling_jpeg())
    with app.app_context(), tenant_work(place.id):
        wide, bare = private_file(row.id).content, private_file(told.id).content
        with pytest.raises(NotFound):
            public_file(row.id)
    assert SECRET not in bare
    with Image.open(io.BytesIO(wide)) as opened:
        assert (opened.format, opened.size) == ("JPEG", (1600, 800))


def test_a_portrait_may_wait_sealed_until_it_is_published(app: Flask, place: ComplexRow) -> None:
    row = keep(app, place, store_photo, picture(), public=False)
    with app.app_context(), tenant_work(place.id):
        with pytest.raises(NotFound):
            public_file(row.id)
        with Image.open(io.BytesIO(private_file(row.id).content)) as opened:
            assert opened.size == (560, 670)


def png_bomb(side: int) -> bytes:
    """Make a small PNG that claims to be an enormous picture."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 4096)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("side", [6_400, 10_000, 14_000, 60_000])
def test_a_pixel_bomb_is_refused(app: Flask, place: ComplexRow, side: int) -> None:
    with pytest.raises(NotAPhoto):
        keep(app, place, store_photo, png_bomb(side))


NOT_PICTURES = {
    "text": b"hello",
    "html": b"<!doctype html><script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "gif": picture("GIF"),
    "bmp": picture("BMP"),
    "tiff": picture("TIFF"),
    "zip": b"PK\x03\x04" + bytes(100),
    "executable": b"MZ" + bytes(100),
    "cut off": picture()[:100],
    "head of a jpeg": b"\xff\xd8\xff\xe0" + bytes(200),
}


@pytest.mark.parametrize("kind", [*NOT_PICTURES, "pdf"])
def test_what_is_no_picture_is_no_portrait(app: Flask, place: ComplexRow, kind: str) -> None:
    with pytest.raises(NotAPhoto):
        keep(app, place, store_photo, NOT_PICTURES.get(kind, PDF))


@pytest.mark.parametrize("kind", [*NOT_PICTURES, "pdf without an end", "pdf behind something"])
def test_what_is_neither_pdf_nor_picture_is_no_material(app: Flask, place: ComplexRow, kind: str) -> None:
    damaged = {"pdf without an end": PDF.removesuffix(b"%%EOF\n"), "pdf behind something": b"x" + PDF}
    with pytest.raises(NotAMaterial):
        keep(app, place, store_material, {**NOT_PICTURES, **damaged}[kind])


@pytest.mark.parametrize("store", [store_photo, store_material])
def test_empty_and_oversize_files_are_refused(app: Flask, place: ComplexRow, store: Callable[..., FileRow]) -> None:
    with pytest.raises(FileEmpty):
        keep(app, place, store, b"")
    limit = MAXIMUM_PHOTO_BYTES if store is store_photo else MAXIMUM_MATERIAL_BYTES
    with pytest.raises(FileTooLarge) as refused:
        keep(app, place, store, PDF + bytes(limit))
    assert refused.value.values["limit"] == limit


@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::PIL.Image.DecompressionBombWarning")
def test_damaged_pictures_are_refused_or_stored_and_never_a_fault(app: Flask, place: ComplexRow) -> None:
    chance = random.Random(7)
    originals = [telling_jpeg(), picture("PNG"), picture("WEBP"), picture("JPEG", progressive=True)]
    refused = 0
    with app.app_context(), tenant_work(place.id, write=True):
        for number in range(240):
            content = bytearray(originals[number % len(originals)])
            for _change in range(chance.choice([1, 3, 20])):
                content[chance.randrange(min(len(content), 700))] = chance.randrange(256)
            try:
                store_photo(bytes(content), name="x", at=NOON, account=None)
            except DomainError:
                refused += 1
    assert 0 < refused < 240


def test_a_pdf_is_kept_byte_for_byte_and_leaves_as_a_download(app: Flask, place: ComplexRow) -> None:
    row = keep(app, place, store_material, PDF)
    assert row.sha256 == sha256(PDF).hexdigest()
    answer = app.test_client().get(f"/c/{place.slug}/files/{row.id}")
    assert answer.data == PDF
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_photo_is_shown_in_place_as_what_we_made_of_it(app: Flask, place: ComplexRow) -> None:
    row = keep(app, place, store_photo, picture("PNG"))
    answer = app.test_client().get(f"/c/{place.slug}/files/{row.id}")
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == ("image/jpeg", "inline")
    assert answer.data.startswith(b"\xff\xd8")


def test_a_photo_is_shown_small_beside_a_name(app: Flask, place: ComplexRow) -> None:
    row = keep(app, place, store_photo, picture("PNG"))
    answer = app.test_client().get(f"/c/{place.slug}/files/{row.id}/small")
    assert answer.mimetype == "image/webp"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert len(answer.data) < row.size
    with Image.open(io.BytesIO(answer.data)) as small:
        assert small.size == (112, 134)


@pytest.mark.parametrize("store", [store_material, store_private])
def test_what_is_no_public_picture_has_no_small_one(app: Flask, place: ComplexRow, store: Callable[..., FileRow]) -> None:
    more = {"purpose": "roll"} if store is store_private else {}
    row = keep(app, place, store, PDF, **more)
    assert app.test_client().get(f"/c/{place.slug}/files/{row.id}/small").status_code == 404


def test_a_private_file_is_sealed_and_never_served(app: Flask, place: ComplexRow) -> None:
    content = "姓名,房号\n王建国,1-1-0101\n".encode()
    row = keep(app, place, store_private, content, purpose="roll")
    assert row.sha256 == sha256(content).hexdigest()
    assert app.test_client().get(f"/c/{place.slug}/files/{row.id}").status_code == 404
    with app.app_context(), tenant_work(place.id):
        stored = db.session.scalars(select(StoredFile)).one()
        assert "王建国".encode() not in stored.content
        assert private_file(row.id).content == content
        with pytest.raises(NotFound):
            public_file(row.id)


def test_a_private_file_copied_into_another_row_does_not_open(app: Flask, place: ComplexRow) -> None:
    first, second = (keep(app, place, store_private, text, purpose="roll") for text in (b"first", b"second"))
    with app.app_context(), tenant_work(place.id):
        rows = {row.id: row for row in db.session.scalars(select(StoredFile))}
        with db.session.no_autoflush:
            rows[second.id].content = rows[first.id].content
            with pytest.raises(VerificationFailed):
                private_file(second.id)


def test_a_file_of_another_complex_is_not_found(app: Flask, place: ComplexRow) -> None:
    other = make_complexes(app, "cuiping")[0]
    row = keep(app, place, store_photo, picture())
    assert app.test_client().get(f"/c/{other.slug}/files/{row.id}").status_code == 404
    with app.app_context():
        use_tenant(other.id)
        with pytest.raises(NotFound):
            public_file(row.id)
