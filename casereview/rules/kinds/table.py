"""The literal table of kinds."""

from __future__ import annotations

from casereview.rules.kinds.amount import Amount
from casereview.rules.kinds.apart import Apart
from casereview.rules.kinds.apart_in_time import ApartInTime
from casereview.rules.kinds.approved import Approved
from casereview.rules.kinds.cited import Cited
from casereview.rules.kinds.deadline import Deadline
from casereview.rules.kinds.elements import Elements
from casereview.rules.kinds.expired import Expired
from casereview.rules.kinds.forbidden import Forbidden
from casereview.rules.kinds.hours import Hours
from casereview.rules.kinds.kind import Kind
from casereview.rules.kinds.listed import Listed
from casereview.rules.kinds.manual import Manual
from casereview.rules.kinds.officers import Officers
from casereview.rules.kinds.order import Order
from casereview.rules.kinds.present import Present
from casereview.rules.kinds.rate import Rate
from casereview.rules.kinds.recorded import Recorded
from casereview.rules.kinds.recording_list import RecordingList
from casereview.rules.kinds.recording_time import RecordingTime
from casereview.rules.kinds.same import Same
from casereview.rules.kinds.several import Part, Several, judge_safely
from casereview.rules.kinds.signed import Signed
from casereview.rules.kinds.special import Special
from casereview.rules.kinds.stated import Stated
from casereview.rules.kinds.unit_paper import Handed
from casereview.rules.kinds.variety import Variety
from casereview.rules.kinds.within import Within

KINDS: dict[str, type[Kind]] = {
    "文书在卷": Present,
    "载明": Stated,
    "不得载明": Forbidden,
    "要素齐全": Elements,
    "签章齐全": Signed,
    "负责人批准": Approved,
    "执法人员人数": Officers,
    "先后顺序": Order,
    "期限": Deadline,
    "时间不重叠": ApartInTime,
    "避开时段": Hours,
    "有音像": Recorded,
    "音像清单": RecordingList,
    "音像时间": RecordingTime,
    "期限届满": Expired,
    "前后一致": Same,
    "人员不同": Apart,
    "不得超出": Within,
    "数额": Amount,
    "证据种数": Variety,
    "引用条文": Cited,
    "按清单": Listed,
    "专门判定": Special,
    "逐项": Several,
    "人工判断": Manual,
    "单位材料": Handed,
    "比率": Rate,
    "单位判定": Special,
}

__all__ = ["KINDS", "Kind", "Manual", "Part", "Several", "judge_safely"]
