"""Own the public list of the candidates (N4)."""

from __future__ import annotations

from app.documents.papers import CandidateNotice, CandidateSheet, PaperCode, Photo
from app.procedure.eligibility import Declared
from app.procedure.nominating import building_of, eligible
from app.procedure.papers.imprint import Wish, convener, day_of, group_name, imprint_of
from app.procedure.papers.words import objections_until
from app.procedure.preparation_queries import candidate_photo
from app.procedure.types import Dossier, NominationRow
from app.procedure.vote_texts import next_committee
from app.tenancy.types import ComplexRow

_PROPOSED_BY = {"self": "自荐", "owners": "业主推荐", "community": "社区推荐"}
#: What a candidate declared, by the answer.
_DECLARED = {
    Declared.ARREARS: {"no": "没有拖欠物业费。", "yes": "有未交的物业费。"},
    Declared.ILLEGAL_BUILDING: {"no": "没有违法搭建。", "yes": "有违法搭建。"},
    Declared.COMPANY_TIES: {"no": "本人及近亲属不在本小区物业公司任职。", "yes": "本人或近亲属在本小区物业公司任职。"},
}


def candidate_notice(place: ComplexRow, dossier: Dossier, wish: Wish) -> CandidateNotice:
    """Fill the list with those who were found eligible."""
    posted = day_of(dossier, PaperCode.CANDIDATE_NOTICE, wish)
    return CandidateNotice(
        imprint=imprint_of(place, dossier, PaperCode.CANDIDATE_NOTICE, posted, convener(place, dossier)),
        committee_number=next_committee(dossier),
        seats=dossier.procedure.seats or 0,
        candidates=tuple(_sheet(row) for row in eligible(dossier)),
        order="按推荐的先后排列",
        posted_on=posted,
        objections_until=objections_until(dossier, posted),
        checked_by=group_name(dossier),
    )


def _sheet(row: NominationRow) -> CandidateSheet:
    said = [_DECLARED[item].get(row.declaration.get(item, ""), "") for item in Declared]
    return CandidateSheet(
        name=row.name,
        building=building_of(row.unit_code),
        introduction=row.introduction,
        declarations=tuple(sentence for sentence in said if sentence),
        recommended_by=_PROPOSED_BY[row.proposed_by],
        photo=Photo(candidate_photo(row)) if row.photo_id is not None else None,
    )
