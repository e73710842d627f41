"""Hold the overlay to one promise: whatever own rules say, no share of the law is lower and no fixed period laxer."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from app.errors import Malformed
from app.statute.overlay import Overlay
from app.statute.own_rules import Basis, Change, changeable_keys
from app.statute.policies import Policies, policy_registry
from app.statute.rule_pack import load_rule_pack

PACK = load_rule_pack()
KEYS = st.sampled_from([*PACK.rules, *policy_registry(), "P-NOTHING"])


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Draw a change of anything to anything, mostly to a value that is allowed."""
    key = draw(KEYS)
    policy = policy_registry().get(key)
    allowed = [choice.value for choice in policy.values] if policy else ["1/2", "1/10", "0/1"]
    value = draw(st.one_of(st.sampled_from(allowed), st.integers(-5, 400).map(str), st.text(max_size=4)))
    return Change(
        key, value, draw(st.sampled_from(list(Basis))), draw(st.integers(-1, 600)), "本项按本规则执行。", ("甲", "乙")
    )


@given(st.lists(changes(), max_size=4))
def test_overlay_never_lowers_what_the_law_fixes(proposed: list[Change]) -> None:
    try:
        overlay = Overlay(proposed)
    except Malformed:
        return
    changed = overlay.applied_to(PACK)
    assert changed.matters == PACK.matters
    for key, rule in changed.rules.items():
        before = PACK.rules[key]
        assert (rule.comparison, rule.of) == (before.comparison, before.of)
        if key not in changeable_keys():
            assert rule == before
        elif before.provision.confidence != "design":
            assert isinstance(rule.value, int)
            assert isinstance(before.value, int)
            assert rule.value >= before.value if before.comparison == ">=" else rule.value <= before.value
    assert set(Policies(overlay.policies).departures()) <= {change.key for change in proposed}


@given(changes(), changes())
def test_every_change_in_force_is_cited(first: Change, second: Change) -> None:
    assume(first.key != second.key)
    try:
        overlay = Overlay([first, second])
    except Malformed:
        return
    for change in overlay:
        assert change.page >= 1
        assert len(set(change.confirmed_by)) == 2
