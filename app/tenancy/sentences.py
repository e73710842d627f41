"""Own the sentences of tenancy's refusals."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "place_exists": _l("已经有了，请换一个。"),
    "slug_malformed": _l("只能用小写字母、数字和短横线，最多 40 个，例如 qinglan。"),
}
