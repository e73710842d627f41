"""Own the pages of the rules: all values with their sources, those in force in a complex, and the desk of its own rules."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access.permissions import Permission as P
from app.db.session import rollback
from app.errors import DomainError, NotFound
from app.identity.login import signed_in_account
from app.rulebook import queries
from app.rulebook.errors import ChangeRefused
from app.rulebook.forms import ClauseForm, WithdrawalForm, clause_form
from app.rulebook.policies import may_confirm
from app.rulebook.rules import listed_clause, values_here
from app.rulebook.sentences import BASIS_NAMES, STATE_NAMES
from app.rulebook.services.confirm_change import confirm_change
from app.rulebook.services.propose_change import propose_change
from app.rulebook.services.withdraw_change import withdraw_change
from app.rulebook.types import ChangeState
from app.statute.own_rules import changeable_keys, key_refusal
from app.statute.policies import policy_registry
from app.statute.rule_list import PACKS, list_values, listed_rule, pack_title
from app.statute.rule_pack import DEFAULT_RULE_PACK, load_rule_pack
from app.statute.rule_words import confidence_words, source_words, unchecked_words
from app.tenancy.types import ComplexRow
from app.web.clock import now
from app.web.errors import sentence_of
from app.web.filters import current_lang
from app.web.gate import actor

Page = str | Response | tuple[str, int]


def show_all_rules() -> str:
    """Show every value of every pack with its source, to everybody."""
    packs = [(name, pack_title(name), list_values(name)) for name in PACKS]
    return render_template("rulebook/show_all_rules.html", packs=packs, **_words())


def show_rules(complex: ComplexRow) -> str:
    """Show every value in force in the complex, its own clauses first and word by word."""
    held = queries.changes_in_force()
    return render_template(
        "rulebook/show_rules.html",
        clauses=[(row, listed_clause(row)) for row in held],
        values=values_here(held),
        **_words(),
    )


def list_changes(complex: ComplexRow) -> str:
    """Show what waits for a second person, what holds, and what no longer does."""
    rows = queries.list_changes()
    held = {row.id for row in queries.changes_in_force()}
    waiting = [row for row in rows if row.state is ChangeState.PROPOSED]
    return render_template(
        "rulebook/list_changes.html",
        waiting=waiting,
        held=[row for row in rows if row.id in held],
        past=[row for row in rows if row.id not in held and row not in waiting],
        may_manage=actor().may(P.RULES_MANAGE),
        listed_clause=listed_clause,
        **_words(),
    )


def new_change(complex: ComplexRow) -> str:
    """Ask first what is changed, then for value, page and sentence."""
    key = request.args.get("key", "")
    if key not in changeable_keys():
        return _choose_value(key)
    return _form_page(key, _clause_form(key, typed=False))


def create_change(complex: ComplexRow) -> Page:
    """Record what the first person copied from the document."""
    key = request.args.get("key", "")
    if key not in changeable_keys():
        return _choose_value(key), 422
    form = _clause_form(key, typed=True)
    if not form.validate_on_submit():
        return _form_page(key, form), 422
    try:
        change_id = propose_change(form.clause(key), at=now(), account=signed_in_account().account_id)
    except NotFound:
        raise
    except DomainError as problem:
        rollback()
        return _form_page(key, form, problem), 422
    flash(_("已登记。请另一个人对照原文核对，核对后生效。"), "done")
    return redirect(url_for(".show_change", complex=complex.slug, change_id=change_id))


def show_change(complex: ComplexRow, change_id: int) -> str:
    """Show one clause beside where it stands, to be compared with the document."""
    return _change_page(change_id)


def confirm(complex: ComplexRow, change_id: int) -> Page:
    """Put a clause into force."""
    try:
        confirm_change(change_id, at=now(), account=signed_in_account().account_id)
    except ChangeRefused as problem:
        rollback()
        return _change_page(change_id, problem.refusal.sentence.say(current_lang())), 422
    flash(_("已核对，现在生效。"), "done")
    return redirect(url_for(".list_changes", complex=complex.slug))


def confirm_withdrawal(complex: ComplexRow, change_id: int) -> str:
    """Ask why a clause is withdrawn."""
    return _withdrawal_page(change_id, WithdrawalForm(formdata=None))


def withdraw(complex: ComplexRow, change_id: int) -> Page:
    """Withdraw a clause."""
    form = WithdrawalForm()
    if not form.validate_on_submit():
        return _withdrawal_page(change_id, form), 422
    try:
        withdraw_change(change_id, form.reason.data or "", at=now(), account=signed_in_account().account_id)
    except ChangeRefused as problem:
        rollback()
        return _withdrawal_page(change_id, form, problem.refusal.sentence.say(current_lang())), 422
    flash(_("已撤回。"), "done")
    return redirect(url_for(".list_changes", complex=complex.slug))


def _clause_form(key: str, *, typed: bool) -> ClauseForm:
    return clause_form(key, queries.documents(), first_assembly_held=not queries.before_first_assembly(), typed=typed)


def _choose_value(key: str) -> str:
    refusal = key_refusal(key) if key else None
    return render_template(
        "rulebook/choose_value.html",
        policies=[policy for policy in policy_registry().values() if policy.key in changeable_keys()],
        periods=[
            listed_rule(DEFAULT_RULE_PACK, rule) for rule in load_rule_pack().rules.values() if rule.key in changeable_keys()
        ],
        refusal=refusal.sentence.say(current_lang()) if refusal else "",
    )


def _form_page(key: str, form: ClauseForm, problem: DomainError | None = None) -> str:
    extra = []
    if isinstance(problem, ChangeRefused) and problem.refusal.part in form:
        form[problem.refusal.part].errors = [problem.refusal.sentence.say(current_lang())]
    elif problem is not None:
        extra = [sentence_of(problem)]
    policy = policy_registry().get(key)
    rule = None if policy else listed_rule(DEFAULT_RULE_PACK, load_rule_pack().rules[key])
    return render_template(
        "rulebook/new_change.html",
        key=key,
        form=form,
        policy=policy,
        rule=rule,
        before_first_assembly=queries.before_first_assembly(),
        refusal=extra,
        **_words(),
    )


def _change_page(change_id: int, refusal: str = "") -> str:
    row = queries.get_change(change_id)
    return render_template(
        "rulebook/show_change.html",
        row=row,
        listed=listed_clause(row),
        holds=any(held.id == row.id for held in queries.changes_in_force()),
        may_manage=actor().may(P.RULES_MANAGE),
        may_confirm=actor().may(P.RULES_MANAGE) and may_confirm(actor().account_id, row),
        mine=actor().account_id == row.proposed_by.account_id,
        refusal=refusal,
        **_words(),
    )


def _withdrawal_page(change_id: int, form: WithdrawalForm, refusal: str = "") -> str:
    row = queries.get_change(change_id)
    return render_template(
        "rulebook/confirm_withdrawal.html", row=row, listed=listed_clause(row), form=form, refusal=refusal, **_words()
    )


def _words() -> dict[str, Any]:
    return {
        "basis_names": BASIS_NAMES,
        "state_names": STATE_NAMES,
        "source_words": source_words,
        "confidence_words": confidence_words,
        "unchecked_words": unchecked_words,
    }
