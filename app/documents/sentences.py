"""Own the sentences of errors about uploaded files and printed papers."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {
    "file_empty": _l("文件是空的，没有保存。请重新选一个。"),
    "file_too_large": _l("文件太大，没有保存。照片不超过 8 MB，材料不超过 20 MB。"),
    "not_a_photo": _l("这不是能打开的照片，没有保存。请用 JPG 或 PNG。"),
    "photo_is_heic": _l("这张照片是 HEIC 格式，打不开，没有保存。请在手机相机设置里选“兼容性最佳”再拍，或另存为 JPG 再传。"),
    "photo_is_pdf": _l("这是 PDF，不是照片，没有保存。请现在拍一张，或选 JPG、PNG 照片。"),
    "not_a_material": _l("这不是 PDF 或照片，没有保存。请传 PDF、JPG 或 PNG。"),
    "not_a_pdf": _l("这个文件不是能打开的 PDF，没有保存。"),
}
