"""Own the sentences of identity's refusals."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "login_name_taken": _l("这个登录名已经有人用了，请换一个。"),
    "role_not_held_there": _l("这个身份不能放在这样的地方，请换一个地方。"),
    "property_company_barred": _l(
        "为小区服务的物业公司，不能同时做它的操作人员、监督机构或钥匙保管人。同一单位的其他账号也不能。"
    ),
    "own_administration": _l("不能停用自己的账号，也不能收回自己的管理员身份。请由另一位管理员来做。"),
    "account_not_found": _l("没有找到这个账号。"),
    "grant_not_found": _l("没有找到这个身份，可能已经收回。"),
}
