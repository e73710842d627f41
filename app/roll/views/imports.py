"""Own the import of a roll: upload, preview, confirmation; each can be left and taken up again."""

from __future__ import annotations

from contextlib import closing

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.roll.errors import RollFileRefused
from app.roll.forms import ConfirmForm, UploadForm
from app.roll.page_queries import ImportPage, get_import, list_of_imports
from app.roll.reading import limits, read_roll
from app.roll.report import DeveloperChoice, developer_choices
from app.roll.sentences import COLUMN_NAMES, HANDLING_HINTS, HANDLING_NAMES, IMPORT_STATES, KIND_NAMES
from app.roll.services.confirm_import import confirm_import
from app.roll.services.take_roll_file import take_roll_file
from app.roll.types import Handling, ImportState
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.filters import current_lang
from app.web.gate import actor

Answer = str | Response | tuple[str, int]


def list_imports(complex: ComplexRow) -> str:
    """Show every uploaded file with its state, and the form for a new one."""
    return _imports_page(UploadForm())


def upload_roll(complex: ComplexRow) -> Answer:
    """Take a file and show what was found in it; a file that is no roll is refused in one sentence."""
    form = UploadForm()
    if not form.validate_on_submit():
        return _imports_page(form), 422
    try:
        with closing(form.file.data) as upload:
            limits.require_size(_size_of(upload.stream))
            import_id = take_roll_file(upload.read(), upload.filename, at=now(), account=actor().account_id)
    except RollFileRefused as refusal:
        form.file.errors = [refusal.message_en if current_lang() == "en" else refusal.message_zh]
        return _imports_page(form), 422
    return redirect(url_for(".show_import", complex=complex.slug, import_id=import_id))


def show_import(complex: ComplexRow, import_id: int) -> str:
    """Show what was found in an uploaded file, and ask for the confirmation of a clean one."""
    return _import_page(get_import(import_id), ConfirmForm())


def accept_import(complex: ComplexRow, import_id: int) -> Answer:
    """Make an uploaded file the roll."""
    form = ConfirmForm()
    found = get_import(import_id)
    has_questions = found.line.report.rows_of(Handling.CONFIRM) > 0
    if not form.validate_on_submit() or (has_questions and not form.require_seen()):
        return _import_page(found, form), 422
    stored = confirm_import(import_id, form.developer.data, at=now(), account=actor().account_id)
    flash(_("名册已经换成这一份：%(units)s 处房屋。", units=f"{stored.units:,}"), "done")
    if stored.bound_and_gone:
        flash(
            _(
                "有 %(n)s 位登记过的业主不在新名册里；已经公告的投票不受影响，以后的投票要重新登记。",
                n=f"{stored.bound_and_gone:,}",
            ),
            "wait",
        )
    return redirect(url_for(".show_roll", complex=complex.slug))


def _imports_page(form: UploadForm) -> str:
    return render_template(
        "roll/list_imports.html",
        form=form,
        imports=list_of_imports(),
        states=IMPORT_STATES,
        most_megabytes=limits.MAX_FILE_BYTES // 1024 // 1024,
    )


def _import_page(found: ImportPage, form: ConfirmForm) -> str:
    choices = _choices(found)
    form.developer.choices = [(choice.value, choice.name) for choice in choices]
    return render_template(
        "roll/show_import.html",
        found=found,
        report=found.line.report,
        form=form,
        choices=choices,
        chosen=request.form.get("developer"),
        handlings=(Handling.MUST_RESOLVE, Handling.CONFIRM, Handling.FIXED),
        handling_names=HANDLING_NAMES,
        handling_hints=HANDLING_HINTS,
        kind_names=KIND_NAMES,
        column_names=COLUMN_NAMES,
        states=IMPORT_STATES,
    )


def _choices(found: ImportPage) -> tuple[DeveloperChoice, ...]:
    """Read the file again for the names of its companies: no name was kept beside it."""
    if found.line.state is not ImportState.PREVIEW:
        return ()
    return developer_choices(read_roll(found.content, found.file_name).rows)


def _size_of(stream: object) -> int:
    """Measure an upload without reading it into memory."""
    seek, tell = stream.seek, stream.tell  # type: ignore[attr-defined]
    seek(0, 2)
    size = int(tell())
    seek(0)
    return size
