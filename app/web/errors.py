"""Own the one table from a family of errors to a status and a page, in words a person understands.

JSON endpoints get the same reason as {"error", "message"}; slices register the sentence of each of their codes here.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

import structlog
from flask import Flask, Response, jsonify, render_template, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.db.session import rollback
from app.errors import DomainError, Malformed, NotFound, PermissionRefused, RuleBroken, VerificationFailed
from app.web.filters import current_lang, day_year

log = structlog.get_logger()

#: Family to HTTP status.
STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    PermissionRefused: 403,
    RuleBroken: 409,
    Malformed: 400,
    VerificationFailed: 422,
}

#: Family to the sentence shown when a code has none of its own.
FAMILY_SENTENCES: dict[type[DomainError], LazyString] = {
    NotFound: _l("没有找到这一页。它可能已经移走，或者您没有在这个小区的权限。"),
    PermissionRefused: _l("您的身份不能做这件事。需要的话，请联系社区工作人员。"),
    RuleBroken: _l("现在不能做这件事，什么都没有改变。"),
    Malformed: _l("内容不完整或格式不对，什么都没有保存。请检查后再试一次。"),
    VerificationFailed: _l("核对没有通过，什么都没有保存。"),
}

#: Statuses that have a page of their own.
_PAGES = frozenset({400, 401, 403, 404, 409, 413, 422, 429, 500, 503})

#: Code to its own sentence; filled by the slices through ``register_sentences``.
SENTENCES: dict[str, LazyString] = {
    "sign_in_required": _l("您还没有登录，或登录已经到期，什么都没有改变。请先登录，再做一次。"),
}


def register_sentences(sentences: Mapping[str, LazyString]) -> None:
    """Add a slice's sentences; a code has one sentence in the whole product."""
    for code, sentence in sentences.items():
        if SENTENCES.setdefault(code, sentence) is not sentence:
            raise ValueError(f"the code {code} has two sentences")


def status_of(problem: DomainError) -> int:
    """Return the HTTP status of an error by its family."""
    return next((status for family, status in STATUS.items() if isinstance(problem, family)), 400)


def sentence_of(problem: DomainError) -> str:
    """Return what a person reads about an error, in the language of the request."""
    own = SENTENCES.get(problem.code)
    if own is not None:
        return str(own).format_map(_Blank({name: _written(value) for name, value in problem.values.items()}))
    return next((str(text) for family, text in FAMILY_SENTENCES.items() if isinstance(problem, family)), problem.code)


def _written(value: object) -> object:
    """Write a day or a moment as pages do; anything else stands as it is."""
    return day_year(value, current_lang()) if isinstance(value, date) else value


def wants_json() -> bool:
    """Say whether the caller is a script of ours that reads JSON."""
    return request.accept_mimetypes.best == "application/json" or request.is_json


def init_errors(app: Flask) -> None:
    """Register the handlers of the application."""
    app.register_error_handler(DomainError, _on_domain_error)
    app.register_error_handler(CSRFError, _on_csrf_error)
    app.register_error_handler(HTTPException, _on_http_error)
    if not app.testing:
        app.register_error_handler(Exception, _on_unexpected)


class _Blank(dict[str, object]):
    """Leave a placeholder empty when an error carries no such value."""

    def __missing__(self, key: str) -> str:
        return ""


def _answer(status: int, code: str, message: str, reference: str | None = None) -> tuple[Response | str, int]:
    rollback()
    if wants_json():
        return jsonify({"error": code, "message": message}), status
    page = status if status in _PAGES else 400
    return render_template(f"errors/{page}.html", message=message, reference=reference), status


def _on_domain_error(problem: DomainError) -> tuple[Response | str, int]:
    return _answer(status_of(problem), problem.code, sentence_of(problem))


def _on_csrf_error(_problem: CSRFError) -> tuple[Response | str, int]:
    return _answer(400, "csrf_missing", str(_l("这一页打开太久了，没有提交成功。请回到上一页，刷新后再提交一次。")))


def _on_http_error(problem: HTTPException) -> Any:
    status = problem.code or 500
    if status < 400:
        return problem
    sentences = {
        404: FAMILY_SENTENCES[NotFound],
        403: FAMILY_SENTENCES[PermissionRefused],
        405: FAMILY_SENTENCES[NotFound],
        413: _l("文件太大了，没有上传。请换一个小一些的文件。"),
    }
    message = str(sentences.get(status, FAMILY_SENTENCES[Malformed]))
    return _answer(404 if status == 405 else status, problem.name.lower().replace(" ", "_"), message)


def _on_unexpected(problem: Exception) -> tuple[Response | str, int]:
    reference = secrets.token_hex(4)
    log.error("unexpected_error", endpoint=request.endpoint, reference=reference, exc_info=problem)
    return _answer(500, "unexpected", str(_l("没提交成功，什么都没有改变。请再点一次，或拨打客服电话。")), reference)
