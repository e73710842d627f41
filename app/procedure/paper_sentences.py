"""Own the sentences about printed papers."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "paper_not_printable": _l("没有这份文书，或者要先办完前面的步骤才能打印。"),
    "short_code_unknown": _l("没有找到这个编码。请核对纸上二维码下面的 6 个字母和数字。"),
}
