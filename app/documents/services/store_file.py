"""Store a file byte for byte under its digest; photos are read and written anew, so that nothing else rides along."""

from __future__ import annotations

import io
from datetime import datetime
from hashlib import sha256

from PIL import Image, ImageOps

from app.db.base import new_id
from app.db.personal_data import seal_bytes
from app.db.session import current_tenant_id, db
from app.documents.errors import FileEmpty, FileTooLarge, NotAMaterial, NotAPhoto, PhotoIsHeic, PhotoIsPdf
from app.documents.models import StoredFile
from app.documents.types import FileRow

MAXIMUM_PHOTO_BYTES = 8 * 1024 * 1024
MAXIMUM_MATERIAL_BYTES = 20 * 1024 * 1024
_MAXIMUM_PIXELS = 40_000_000
_PHOTO_SIZE = (560, 670)
_SCENE_SIZE = (1600, 1600)
#: Major brands of the pictures phones write instead of JPEG (ISO/IEC 23008-12, annex B).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def store_photo(content: bytes, *, name: str, at: datetime, account: int | None, public: bool = True) -> FileRow:
    """Store a portrait, turned upright, cropped to 56:67 and freed of everything but its pixels; sealed unless public.

    Raises: FileEmpty, FileTooLarge, NotAPhoto.
    """
    _check_size(content, MAXIMUM_PHOTO_BYTES)
    return _store(_portrait(content), "photo", "image/jpeg", name, at, account, public=public)


def store_scene(content: bytes, *, name: str, at: datetime, account: int | None) -> FileRow:
    """Store a photo of a place, such as a board with a notice: whole, upright, at most 1,600 pixels a side, sealed.

    Raises: FileEmpty, FileTooLarge, NotAPhoto.
    """
    _check_size(content, MAXIMUM_MATERIAL_BYTES)
    picture = _picture(content)
    picture.thumbnail(_SCENE_SIZE)
    return _store(_jpeg(picture), "scene", "image/jpeg", name, at, account, public=False)


def store_material(content: bytes, *, name: str, at: datetime, account: int | None, public: bool = True) -> FileRow:
    """Store a paper of a matter: a PDF as it is, or a photo; sealed unless public.

    Raises: FileEmpty, FileTooLarge, NotAMaterial, PhotoIsHeic.
    """
    _check_size(content, MAXIMUM_MATERIAL_BYTES)
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return _store(content, "material", "application/pdf", name, at, account, public=public)
    try:
        picture = _picture(content)
    except PhotoIsHeic:
        raise
    except NotAPhoto as problem:
        raise NotAMaterial(name=name) from problem
    return _store(_jpeg(picture), "material", "image/jpeg", name, at, account, public=public)


def store_private(content: bytes, *, purpose: str, name: str, at: datetime, account: int | None) -> FileRow:
    """Store a file with personal data sealed; its digest is that of the clear bytes.

    Raises: FileEmpty, FileTooLarge.
    """
    _check_size(content, MAXIMUM_MATERIAL_BYTES)
    return _store(content, purpose, "application/octet-stream", name, at, account, public=False)


def _store(
    content: bytes, purpose: str, media_type: str, name: str, at: datetime, account: int | None, *, public: bool
) -> FileRow:
    row = StoredFile(
        tenant_id=current_tenant_id(),
        id=new_id(),
        sha256=sha256(content).hexdigest(),
        purpose=purpose,
        media_type=media_type,
        name=name[:200],
        size=len(content),
        public=public,
        content=content,
        created_at=at,
        created_by=account,
    )
    if not public:
        row.content = seal_bytes(content, field="stored_file", owner=row.id)
    db.session.add(row)
    db.session.flush()
    return FileRow(row.id, row.sha256, purpose, media_type, row.name, row.size, public, at)


def _check_size(content: bytes, limit: int) -> None:
    if not content:
        raise FileEmpty()
    if len(content) > limit:
        raise FileTooLarge(size=len(content), limit=limit)


def _picture(content: bytes) -> Image.Image:
    """Read a picture, upright and without its comment, profile and other companions, which saving would write again."""
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > _MAXIMUM_PIXELS:
                raise NotAPhoto(reason="pixels")
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except NotAPhoto:
        raise
    except Exception as problem:
        # The decoders raise many kinds of errors on damaged bytes; each of them means the same to the sender.
        raise _unreadable(content) from problem
    picture.info.clear()
    return picture


def _unreadable(content: bytes) -> NotAPhoto:
    """Return the refusal of bytes that are no picture, by the signature of what people send instead of one."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return PhotoIsHeic()
    return PhotoIsPdf() if content.startswith(b"%PDF-") else NotAPhoto(reason="unreadable")


def _portrait(content: bytes) -> bytes:
    return _jpeg(ImageOps.fit(_picture(content), _PHOTO_SIZE, centering=(0.5, 0.35)))


def _jpeg(picture: Image.Image) -> bytes:
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=82, optimize=True)
    return made.getvalue()
