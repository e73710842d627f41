"""Own what a person reads about each refusal of the ballot box: what happened and what to do.

Answers to the booth add whether the vote counts (``views.asked.refusal``).
"""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

_BAD_BALLOT = _l("这张票没有收下：加密或签名核对没有通过。请关掉这一页，重新打开再投一次；还是不行请打客服电话。")
_BAD_FORM = _l("这张票没有收下：传来的内容不完整或被改动过。请关掉这一页，重新打开再投一次。")

SENTENCES: dict[str, LazyString] = {
    # who
    "no_vote_here": _l("您不在这次投票的名册里，或者房屋还没有核对到您名下。请联系社区工作人员。"),
    "outside_scope": _l(
        "这次只由 {buildings} 的业主表决。您名下没有核对过的这几栋的房屋，不用投票；有疑问请联系社区工作人员。"
    ),
    "not_your_vote": _l("这一票不是您名下的。请从首页重新进入投票。"),
    "voter_unreadable": _l("网址不完整。请从首页重新进入投票。"),
    "entitlement_held": _l("您的身份还在等社区核对，核对好就能投票。"),
    "not_nominee": _l("这套房有几位共有人，只能由大家推选的一位来投票。请共有人商量好，到社区登记由谁来投。"),
    "coowner_speaks": _l("这套房的另一位共有人已经投过票。一套房只有一票，这一票由他来改。"),
    # enrolment
    "enrolment_unreadable": _l("这台手机的登记没有成功。请关掉这一页，重新打开再试一次。"),
    "bad_possession": _l("这台手机的登记没有通过核对。请关掉这一页，重新打开再试一次。"),
    "credential_taken": _l("这个投票凭证已经登记过。请关掉这一页，重新打开再投一次。"),
    "too_many_credentials": _l("您换手机或浏览器的次数太多了。请打客服电话，由社区帮您处理。"),
    # casting
    "ballot_empty": _l("没有收到您的票。请再提交一次。"),
    "credential_not_enrolled": _l("这张票没有收下：这台手机还没有登记。请关掉这一页，重新打开再投一次。"),
    "credential_replaced": _l("这张票没有收下：您后来换了手机或浏览器，这台的凭证不再有效。请重新打开投票页再投一次。"),
    "credential_of_another": _l("这张票没有收下：签名不是您这一票的。请从首页重新进入投票。"),
    "ballot_in_box": _l("这张票没有收下：同样的一张票已经在别人名下投过。请关掉这一页，重新打开再投一次。"),
    "repeated_ciphertext": _l("这张票没有收下：它和票箱里的一张票有相同的内容，可能是抄来的。请关掉这一页，重新打开再投一次。"),
    "no_changes_left": _l("您的改票次数已经用完，这次没有改动。"),
    "other_channel_first": _l("您已经交过纸质票。按本次规则以纸质票为准，网上这张不收。"),
    "oversize": _l("这张票没有收下：内容比任何一张选票都长。请关掉这一页，重新打开再投一次。"),
    "not_json": _BAD_FORM,
    "not_canonical": _BAD_FORM,
    "wrong_shape": _BAD_FORM,
    "scalar_out_of_range": _BAD_FORM,
    "wrong_election": _l("这张票没有收下：它是为另一次投票做的。请从首页进入这次投票。"),
    "wrong_fingerprint": _l("这张票没有收下：它不是按现在公布的选票做的。请重新打开投票页再投一次。"),
    "element_not_in_group": _BAD_BALLOT,
    "identity_element": _BAD_BALLOT,
    "bad_individual_proof": _BAD_BALLOT,
    "bad_overall_proof": _BAD_BALLOT,
    "bad_blank_proof": _BAD_BALLOT,
    "bad_hash": _BAD_BALLOT,
    "bad_signature": _BAD_BALLOT,
    # reading
    "receipt_not_found": _l("票箱里没有这个收据号。请看看有没有抄错：收据号是八个字母和数字，没有 0、O、1、I。"),
    "box_not_ready": _l("投票截止、票箱关上以后才能看。"),
    "record_not_ready": _l("结果公布以后才能下载核对记录。"),
    # decryption and result
    "tally_not_ready": _l("票箱已经关上，正在合计加密的选票，请过一分钟再来。"),
    "partial_unreadable": _l("这份开箱内容不完整，没有收下。请重新打开这一页再做一次。"),
    "bad_partial_decryption": _l("这份开箱内容核对没有通过，没有收下。请确认用的是这次投票的钥匙文件。"),
    "not_enough_parts": _l("开箱的人还不够：已经 {given} 位，需要 {needed} 位。"),
    "result_contradicts": _l("开出来的数和票箱对不上，没有公布。请停下来，联系监督机构。"),
}
