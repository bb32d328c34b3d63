"""English words of drawings by their Chinese ones."""

from __future__ import annotations

from typing import Final

SHORT: Final[dict[str, str]] = {
    "告知变动？": "Date moved?",
    "已公示": "Posted",
    "怎样处置？": "Which way?",
    "未同意": "Stopped",
    "一致？": "Agreed?",
    "再次挂牌": "Listed again",
    "系统（期限）": "System (dates)",
    "系统（结案）": "System (end)",
    "补正期满": "Time is up",
    "须公布？": "By whom?",
    "须区级督办？": "For the zone?",
}
"""In place of titles that are too long to stand beside their shape."""

WORDS: Final[dict[str, str]] = {
    "下一轮": "Next round",
    "不合格": "Failed",
    "不合格，继续整改": "Failed, rectify on",
    "其他": "Other",
    "发现单位": "Finding body",
    "合格": "Passed",
    "同意": "Agreed",
    "同意，报应急局": "Agreed, to the bureau",
    "否": "No",
    "备案": "Filed",
    "已约谈": "Held",
    "已约谈过": "Held before",
    "异议": "Objection",
    "推迟": "Put off",
    "是": "Yes",
    "是，区级": "Yes, by the zone",
    "是，园区": "Yes, by the park",
    "督办单位代写": "By the supervising body",
    "约谈": "Interview",
    "缺席": "Absent",
    "谈话": "Talk",
    "退回": "Returned",
    "部门与指挥部": "Department and park command",
    "重大且合格": "Major and passed",
    "重报": "Sent again",
}
"""Of what bears no documentation: the names of flows."""
