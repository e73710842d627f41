"""Own the papers of the vote to come: the notice of the meeting (N5) and the letter to every door (N6)."""

from __future__ import annotations

from app.committee.types import MemberRow
from app.documents.papers import (
    MOST_LETTERS,
    Channel,
    DoorLetter,
    HouseholdLetters,
    LegalMark,
    MeetingNotice,
    NoticeKind,
    NoticeMatter,
    PaperCode,
    Petition,
    RecallCase,
    Totals,
)
from app.elections.types import ElectionRow, MatterRow
from app.procedure.paper_errors import PaperNotPrintable
from app.procedure.papers.beginning import supervisor_of
from app.procedure.papers.imprint import Wish, convener, day_of, imprint_of, residents_committee
from app.procedure.papers.words import policy_words
from app.procedure.petitioning import is_asked_by_members, statement_of
from app.procedure.progress import last_day_of, standing_vote
from app.procedure.types import Dossier, ProcedureKind
from app.procedure.vote_texts import next_committee
from app.roll.live import door_order
from app.roll.queries import get_snapshot, snapshot_units
from app.roll.types import SnapshotUnitRow
from app.statute.rule_pack import RulePack, Threshold
from app.statute.weight import Measure
from app.tenancy.types import ComplexRow
from app.values.clock import china_day
from app.values.numerals import chinese_number
from app.web.filters import day
from app.web.filters import door as door_words


def meeting_notice(place: ComplexRow, dossier: Dossier, wish: Wish) -> MeetingNotice:
    """Fill the notice from the vote as it was announced, word for word."""
    vote, totals = announced_vote(dossier)
    dated = day_of(dossier, PaperCode.MEETING_NOTICE, wish)
    kind = NoticeKind(dossier.procedure.kind.value)
    return MeetingNotice(
        imprint=imprint_of(place, dossier, PaperCode.MEETING_NOTICE, dated, convener(place, dossier)),
        kind=kind,
        scope=vote.scope_text or "全小区",
        matters=tuple(_matter(matter, vote) for matter in vote.matters),
        totals=totals,
        quorum=_mark(vote.pack.quorum(Measure.HEADS)),
        opens_at=vote.opens_at,
        closes_at=vote.closes_at,
        channels=_channels(vote),
        duplicate_rule=_twice(vote),
        proxy_rule="",
        silence_rule=f"没交回的票：{policy_words(vote, 'P-SILENCE')}。",
        supervisor=supervisor_of(dossier),
        counting=_counting(vote),
        informed=_informed(place, vote),
        petition=_petition(dossier, vote.pack),
        recall=_recall(dossier) if kind is NoticeKind.RECALL else None,
        vacancy=_vacancy(dossier) if kind is NoticeKind.BY_ELECTION else "",
        abstain_rule=f"弃权票：{policy_words(vote, 'P-ABSTAIN')}。",
    )


def household_letters(place: ComplexRow, dossier: Dossier, wish: Wish) -> HouseholdLetters:
    """Fill the letters of one building, or the first few of them; without a wish those of the first building.

    Raises: PaperNotPrintable for a building that does not vote.
    """
    vote, _totals = announced_vote(dossier)
    parts = letter_parts(dossier)
    part = wish.part or next(iter(parts), "")
    if part not in parts or vote.announced_at is None:
        raise PaperNotPrintable()
    dated = china_day(vote.announced_at)
    imprint = imprint_of(place, dossier, PaperCode.HOUSEHOLD_LETTERS, dated, convener(place, dossier))
    doors = tuple(
        DoorLetter(door_words(row.code), row.area, "业主", imprint.link, f"N6-{number:04d}")
        for number, row in parts[part][: wish.letters]
    )
    return HouseholdLetters(
        imprint=imprint,
        doors=doors,
        vote_title=vote.title,
        matters=tuple(matter.title for matter in vote.matters),
        opens_at=vote.opens_at,
        closes_at=vote.closes_at,
        paper_how=_paper_how(vote),
    )


def letter_parts(dossier: Dossier) -> dict[str, tuple[tuple[int, SnapshotUnitRow], ...]]:
    """Return the doors of each file of letters with their running numbers: a building, or a part of a very large one."""
    vote = standing_vote(dossier)
    if vote is None or vote.snapshot_id is None:
        return {}
    held: dict[str, list[tuple[int, SnapshotUnitRow]]] = {}
    rows = sorted(snapshot_units(vote.snapshot_id), key=lambda row: door_order(row.code))
    for number, row in enumerate(rows, start=1):
        held.setdefault(row.building, []).append((number, row))
    parts = {}
    for building, doors in held.items():
        files = [tuple(doors[start : start + MOST_LETTERS]) for start in range(0, len(doors), MOST_LETTERS)]
        for index, file in enumerate(files, start=1):
            parts[building if len(files) == 1 else f"{building}（{index}）"] = file
    return parts


def announced_vote(dossier: Dossier) -> tuple[ElectionRow, Totals]:
    """Return the announced vote with the totals of its frozen roll.

    Raises: PaperNotPrintable.
    """
    vote = standing_vote(dossier)
    if vote is None or vote.snapshot_id is None:
        raise PaperNotPrintable()
    roll = get_snapshot(vote.snapshot_id)
    return vote, Totals(roll.units, roll.heads, roll.area)


# --- what is voted on -------------------------------------------------------------------------------------------------


def _matter(matter: MatterRow, vote: ElectionRow) -> NoticeMatter:
    majority = vote.pack.majority(vote.pack.matters[matter.kind].threshold, Measure.HEADS)
    return NoticeMatter(
        number=matter.position + 1,
        title=matter.title,
        text=matter.summary,
        options=matter.answers,
        majority=_mark(majority),
        seats=matter.seats,
        materials=tuple(material.title for material in matter.materials),
        ranking_rule=f"过半的人多于名额时，当选的先后看{policy_words(vote, 'P-RANK')}。" if matter.elects else "",
    )


def _mark(threshold: Threshold) -> LegalMark:
    """Return a share of heads, which is that of area too, as the law asks for both."""
    return LegalMark(threshold.share, threshold.strict)


# --- how --------------------------------------------------------------------------------------------------------------


def _channels(vote: ElectionRow) -> tuple[Channel, ...]:
    phone = Channel("手机投票", "扫本公告的二维码，用手机号登录，不用装软件。")
    if vote.policies["P-HYBRID"] == "no":
        return (phone,)
    return (phone, Channel("纸质选票", _paper_how(vote)))


def _paper_how(vote: ElectionRow) -> str:
    if vote.policies["P-HYBRID"] == "no":
        return "需要帮助的，请打电话或者到社区居委会，工作人员当面协助。"
    return "想用纸质选票的，请打电话或者到社区居委会领取。"


def _twice(vote: ElectionRow) -> str:
    words = f"截止前，您{policy_words(vote, 'P-CHANGE')}。"
    if vote.policies["P-HYBRID"] == "no":
        return words
    return f"{words}手机和纸质都投了的：{policy_words(vote, 'P-CHANNEL')}，只算一次。"


def _counting(vote: ElectionRow) -> str:
    keys = "、".join(trustee.organisation for trustee in vote.trustees)
    return f"{day(last_day_of(vote.closes_at))} 24:00 截止后票箱自动封存，开箱钥匙由{keys}分别保管，两方到场才能开箱计票"


def _informed(place: ComplexRow, vote: ElectionRow) -> str:
    on = f"已于 {day(china_day(vote.announced_at))}" if vote.announced_at is not None else "已"
    return f"{on}同时告知{residents_committee(place)}"


# --- why --------------------------------------------------------------------------------------------------------------


def _petition(dossier: Dossier, pack: RulePack) -> Petition | None:
    checked = dossier.facts.get("petition_check")
    if checked is None or dossier.petition is None or is_asked_by_members(dossier):
        return None
    signed = dossier.petition.signed
    return Petition(signed.heads, signed.area, _mark(pack.threshold("petition_heads")), checked.note or "街道")


def _recall(dossier: Dossier) -> RecallCase:
    reply = statement_of(dossier, "reply")
    no_reply = "" if reply else "当事委员没有在期限内答复。"
    return RecallCase(_recalled(dossier).name, statement_of(dossier, "reasons"), reply, no_reply)


def _recalled(dossier: Dossier) -> MemberRow:
    members = dossier.term.members if dossier.term is not None else ()
    found = next((row for row in members if row.id == dossier.procedure.member_id), None)
    if found is None:
        raise PaperNotPrintable()
    return found


def _vacancy(dossier: Dossier) -> str:
    if dossier.procedure.kind is not ProcedureKind.BY_ELECTION or dossier.term is None:
        return ""
    number = chinese_number(next_committee(dossier))
    return f"第{number}届业主委员会应有委员 {dossier.term.seats} 名，现缺 {dossier.procedure.seats or 0} 名。"
