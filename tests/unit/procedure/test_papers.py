"""Hold the days, editions and words of printed papers to what is recorded, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.documents.papers import PaperCode
from app.documents.papers.base import CODE_ALPHABET
from app.procedure.filing_list import FILING_LISTS, printable_papers
from app.procedure.papers.imprint import (
    NO_WISH,
    PUBLIC_PAPERS,
    Wish,
    convener,
    day_of,
    edition_of,
    first_posting,
    last_change,
    posted_day,
    residents_committee,
    street_office,
)
from app.procedure.papers.making import BUILDERS, SHEETS
from app.procedure.papers.words import as_of, group_members, objections_until, planned_steps, sides_of_group
from app.procedure.preparation_sentences import PAPER_NAMES
from app.procedure.short_links import _PAPERS
from app.procedure.spine import SPINES
from app.procedure.types import NominationState, ProcedureKind
from app.tenancy.types import ComplexRow
from tests.unit.procedure.dossiers import at, candidates, correction, dossier, fact, group, nomination, posting, procedure

PLACE = ComplexRow(1, "qinglan", "青岚花园", "", "", 2, "青岚社区", 3, "湖畔街道", 4, "江夏区")
GROUP, N4 = PaperCode.GROUP_NOTICE, PaperCode.CANDIDATE_NOTICE


class TestDays:
    def test_a_posted_paper_bears_the_day_of_its_first_posting(self) -> None:
        hung = dossier(postings=(posting("GROUP", at(9), 2), posting("GROUP", at(8), 1), posting("N2", at(3), 3)))
        assert day_of(hung, GROUP, NO_WISH) == date(2026, 4, 8)
        assert day_of(hung, GROUP, Wish(on=date(2026, 4, 30))) == date(2026, 4, 8)

    def test_before_it_hangs_the_wished_day_holds_and_else_that_of_what_it_tells(self) -> None:
        formed = dossier(facts=[fact("report", 2), fact("group_formed", 6), fact("roll", 12)])
        assert day_of(formed, GROUP, Wish(on=date(2026, 4, 7))) == date(2026, 4, 7)
        assert day_of(formed, GROUP, NO_WISH) == date(2026, 4, 6)
        assert day_of(formed, PaperCode.ROLL_NOTICE, NO_WISH) == date(2026, 4, 12)

    def test_a_correction_voids_what_hung_before_and_counts_the_edition(self) -> None:
        hung = dossier(
            postings=(posting("GROUP", at(8), 1), posting("GROUP", at(11), 2)), orders=(correction("group_formed", at(10)),)
        )
        assert posted_day(hung, GROUP) == date(2026, 4, 11)
        assert edition_of(hung, GROUP) == 2
        assert edition_of(replace(hung, orders=()), GROUP) == 1
        waiting = replace(hung, postings=hung.postings[:1])
        assert posted_day(waiting, GROUP) is None
        assert edition_of(waiting, GROUP) == 2

    def test_a_later_decision_makes_another_list_of_candidates(self) -> None:
        hung = dossier(nominations=candidates(6), postings=(posting("N4", at(13)),))
        assert posted_day(hung, N4) == date(2026, 4, 13)
        left = nomination(7, NominationState.WITHDRAWN, decided_at=at(15))
        assert posted_day(replace(hung, nominations=(*hung.nominations, left)), N4) is None

    def test_the_last_change_is_the_latest_of_everything_recorded(self) -> None:
        assert last_change(dossier()) == at(1)
        assert last_change(dossier(facts=[fact("roll", 3)], postings=(posting("N2", at(5)),))) == at(5)

    def test_what_is_recorded_later_does_not_change_what_hung(self) -> None:
        later = dossier(
            procedure(term_ends_on=date(2026, 6, 30)),
            facts=[fact("group_formed", 2), fact("roll", 12)],
            postings=(posting("N1", at(4), 1), posting("N4", at(13), 2)),
        )
        then = as_of(later, first_posting(later, PaperCode.START_NOTICE))
        assert set(then.facts) == {"group_formed"}
        assert [row.paper for row in then.postings] == ["N1"]
        assert planned_steps(then) == planned_steps(as_of(replace(later, facts=then.facts), at(4)))

    def test_objections_last_the_days_of_the_pack(self) -> None:
        assert objections_until(dossier(), date(2026, 4, 8)) == date(2026, 4, 15)


class TestWords:
    def test_the_group_stands_with_its_head_first_and_owners_by_building(self) -> None:
        members = list(group("oos", head=2))
        members[0] = replace(members[0], belongs_to="3-1-1202")
        shown = group_members(dossier(group=tuple(members)))
        assert [(each.name, each.role, each.belongs_to) for each in shown] == [
            ("成员2", "组长", "街道"),
            ("成员0", "组员", "业主代表（3栋）"),
            ("成员1", "组员", "业主代表"),
        ]
        assert sides_of_group(dossier(group=group("oosrd"))) == "街道、社区居委会、建设单位和业主"

    def test_a_renewal_with_an_end_names_its_days_in_order(self) -> None:
        row = procedure(term_ends_on=date(2026, 6, 30), started_at=at(1, month=1))
        steps = planned_steps(dossier(row))
        assert [step.title for step in steps][:3] == ["会议（投票）公告", "投票", "公布初步结果"]
        assert [step.from_on for step in steps[:5]] == sorted(step.from_on for step in steps[:5])
        assert steps[1].until_on is not None
        assert steps[1].until_on > steps[1].from_on

    @pytest.mark.parametrize(
        ("street", "community", "office", "committee"),
        [
            ("湖畔街道", "青岚社区", "湖畔街道办事处", "青岚社区居民委员会"),
            ("湖畔", "青岚", "湖畔街道办事处", "青岚社区居民委员会"),
            ("湖畔街道办事处", "青岚社区居民委员会", "湖畔街道办事处", "青岚社区居民委员会"),
            ("湖畔街道（演示）", "青岚社区", "湖畔街道办事处（演示）", "青岚社区居民委员会"),
            ("郑店镇人民政府", "青岚村民委员会", "郑店镇人民政府", "青岚村民委员会"),
        ],
    )
    def test_offices_get_what_their_places_lack(self, street: str, community: str, office: str, committee: str) -> None:
        place = replace(PLACE, street_name=street, community_name=community)
        assert (street_office(place), residents_committee(place)) == (office, committee)

    def test_who_signs_follows_the_kind(self) -> None:
        kinds = {kind: convener(PLACE, dossier(procedure(kind))) for kind in ProcedureKind}
        assert kinds[ProcedureKind.RENEWAL] == "青岚花园业主委员会换届小组"
        assert kinds[ProcedureKind.FIRST_ELECTION] == "青岚花园首次业主大会会议筹备组"
        assert kinds[ProcedureKind.DECISION] == "青岚花园第一届业主委员会"


class TestCodes:
    def test_every_code_has_a_name_a_letter_and_the_made_ones_a_builder(self) -> None:
        listed = {item.code for items in FILING_LISTS.values() for item in items}
        in_steps = {code for spine in SPINES.values() for step in spine for code in step.papers}
        assert listed | in_steps <= set(PAPER_NAMES)
        assert set(_PAPERS) == set(PaperCode)
        assert len(_PAPERS) == len(set(_PAPERS))
        assert set(BUILDERS) == set(PaperCode) - {PaperCode.FILING_CONTENTS}
        assert set(SHEETS) == {code.value for code in PaperCode}
        assert in_steps <= {code.value for code in PaperCode}

    def test_codes_have_no_letter_that_is_read_as_another(self) -> None:
        assert not set(CODE_ALPHABET) & set("01OIL")
        assert len(set(CODE_ALPHABET)) == len(CODE_ALPHABET) == 31

    def test_letters_and_lists_with_doors_are_never_for_everybody(self) -> None:
        assert set(PUBLIC_PAPERS) == {"N1", "GROUP", "N4", "N5", "N13", "N14"}

    def test_only_what_is_recorded_is_printable(self) -> None:
        assert printable_papers(dossier()) == frozenset()
        assert printable_papers(dossier(group=group("oos"), nominations=candidates(1))) == {"GROUP", "N4"}
        assert printable_papers(dossier(has_roll=True)) == {"N2", "N3"}
