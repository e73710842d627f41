"""Own the sentences of errors about printed papers and their files."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

SENTENCES = {"not_a_pdf": _l("这个文件不是能打开的 PDF，没有保存。")}
