"""Own the words of the roll: refusals, kinds of problems, meanings of columns, states."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.roll.types import ColumnRole, Handling, ImportState, ProblemKind

#: Code of a refusal to its sentence.
SENTENCES: dict[str, LazyString] = {
    "import_not_found": _l("没有找到这份上传的名册。"),
    "import_decided": _l("这份名册已经处理过了，什么都没有改变。请回到导入页看最新的情况。"),
    "developer_unanswered": _l("请先选哪一家是开发商；都不是，就选“没有开发商”。"),
    "roll_not_clean": _l("这份名册还有要改的行，不能作为正式名册。什么都没有写进名册。"),
    "door_not_found": _l("没有找到这个门牌。"),
    "binding_not_found": _l("没有找到这条登记。"),
    "binding_decided": _l("这条登记已经处理过了，什么都没有改变。"),
    "claim_by_staff": _l("您现在用的是工作账号。请退出后用业主自己的手机号登录，再来登记。"),
    "claim_lapsed": _l("时间过去太久了，没有登记成功。请重新选门牌，再核对一次。"),
    "snapshot_empty": _l("还没有名册，不能封存。请先导入名册。"),
    "scope_unknown": _l("名册里没有 {buildings}，或其中没有计入的房屋。请重新选由哪几栋表决。"),
    "snapshot_refused": _l("名册现在还不能封存。"),
    "snapshot_not_distinct": _l("名册只有一位业主，又换了人，不能另外封存。请联系平台。"),
    "snapshot_unit_without_area": _l("有的房屋没有面积，名册不能封存。"),
}

HANDLING_NAMES: dict[Handling, LazyString] = {
    Handling.MUST_RESOLVE: _l("必须处理"),
    Handling.CONFIRM: _l("请确认"),
    Handling.FIXED: _l("已自动修"),
}

HANDLING_HINTS: dict[Handling, LazyString] = {
    Handling.MUST_RESOLVE: _l("在表格里改好，再上传一次"),
    Handling.CONFIRM: _l("我们这样理解，对吗"),
    Handling.FIXED: _l("没有改变意思，每一处都列在这里"),
}

IMPORT_STATES: dict[ImportState, LazyString] = {
    ImportState.REFUSED: _l("没有通过"),
    ImportState.PREVIEW: _l("等您确认"),
    ImportState.CONFIRMED: _l("正在使用"),
    ImportState.REPLACED: _l("已被新的代替"),
}

COLUMN_NAMES: dict[ColumnRole, LazyString] = {
    ColumnRole.BUILDING: _l("楼栋"),
    ColumnRole.UNIT: _l("单元"),
    ColumnRole.ROOM: _l("房号"),
    ColumnRole.FLOOR: _l("楼层"),
    ColumnRole.AREA: _l("面积"),
    ColumnRole.OWNER: _l("业主姓名"),
    ColumnRole.PHONE: _l("电话"),
    ColumnRole.ID_TYPE: _l("证件类型"),
    ColumnRole.ID_NUMBER: _l("证件号"),
    ColumnRole.OWNER_TYPE: _l("业主类型"),
    ColumnRole.USE: _l("用途"),
    ColumnRole.STATUS: _l("房屋状态"),
    ColumnRole.CO_OWNERSHIP: _l("共有方式"),
    ColumnRole.SHARE: _l("共有份额"),
    ColumnRole.REMARK: _l("备注"),
}

KIND_NAMES: dict[ProblemKind, LazyString] = {
    ProblemKind.TITLE_ROWS: _l("表头上方的标题"),
    ProblemKind.REPEATED_HEADER: _l("重复的表头"),
    ProblemKind.TWO_LINE_HEADER: _l("两行表头"),
    ProblemKind.NOTES_IN_RANGE: _l("夹在中间的说明"),
    ProblemKind.TOTAL_ROWS: _l("小计、合计、签字行"),
    ProblemKind.HIDDEN_OR_RIVAL_DATA: _l("隐藏的行或工作表"),
    ProblemKind.EMPTY_ROWS_STRAY_SPACE: _l("空行和多余的空格"),
    ProblemKind.NUMBER_AS_TEXT: _l("数字和文本混用"),
    ProblemKind.ID_LOST_DIGITS: _l("证件号丢了位数"),
    ProblemKind.AREA_AS_TEXT: _l("面积带单位或逗号"),
    ProblemKind.FULL_WIDTH: _l("全角改半角"),
    ProblemKind.NAME_CHARACTERS: _l("姓名里的空格和符号"),
    ProblemKind.BUILDING_ALIAS: _l("同一栋楼几种写法"),
    ProblemKind.UNIT_IN_ROOM: _l("房号里连写了单元"),
    ProblemKind.MERGED_OR_SPLIT_UNIT: _l("合并或拆分的房屋"),
    ProblemKind.NON_RESIDENTIAL: _l("公共用房"),
    ProblemKind.PARKING_MIXED: _l("车位、储藏间"),
    ProblemKind.DUPLICATE_SAME: _l("重复的行，内容相同"),
    ProblemKind.DUPLICATE_CONFLICT: _l("门牌重复，内容不同"),
    ProblemKind.MISSING_DOOR: _l("缺门牌或业主"),
    ProblemKind.COOWNERS_IN_CELL: _l("一格里有几位共有人"),
    ProblemKind.PARALLEL_LISTS: _l("姓名和证件个数不一致"),
    ProblemKind.COOWNER_ROWS: _l("共有人分成几行"),
    ProblemKind.PERSON_ALIAS: _l("可能是同一个人"),
    ProblemKind.PHONE_PROBLEM: _l("电话"),
    ProblemKind.ID_DOCUMENT: _l("证件号有疑问"),
    ProblemKind.COMPANY_NAME: _l("公司名称"),
    ProblemKind.DEVELOPER_UNITS: _l("开发商的房屋"),
    ProblemKind.AREA_OUTLIER: _l("面积不对或没有"),
    ProblemKind.CELL_MARKS: _l("公式、批注、颜色"),
    ProblemKind.OWNER_CHANGED: _l("业主可能变了"),
    ProblemKind.WRONG_LIST: _l("不是业主名册"),
}

STATUS_NAMES: dict[str, LazyString] = {
    "delivered": _l("已交付"),
    "unsold": _l("未售"),
    "undelivered": _l("未交付"),
}
