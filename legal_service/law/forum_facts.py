"""What the choice of a court rests on (`law.jurisdiction`): the facts, and a clause's words read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

Connection = Literal[
    "", "plaintiff_domicile", "defendant_domicile", "performance", "signing", "subject_matter", "other"
]

_NAMED: tuple[tuple[Connection, str], ...] = (
    ("plaintiff_domicile", r"(原告|贷款人|出借人|债权人|甲方)(的)?(住所|所在|注册)"),
    ("defendant_domicile", r"(被告|借款人|债务人|乙方)(的)?(住所|所在|户籍|居住)"),
    ("signing", r"签订|签署|签约"),
    ("performance", r"履行"),
    ("subject_matter", r"标的物"),
)


@dataclass(frozen=True, slots=True)
class ForumFacts:
    """What the choice of a place rests on; empty or None stands for what nobody recorded.

    `connection` is the one that the clause states, read by `connection_of`; `assignee_knew` whether the assignee knew of the
    clause when it took the debt over.
    """

    filed_on: date
    plaintiff_seat: str = ""
    lender_type: str = ""
    defendant_domicile: str = ""
    defendant_residence: str = ""
    residence_since: date | None = None
    agreed_courts: tuple[str, ...] = ()
    connection: Connection = ""
    signing_place: str = ""
    signing_proved: bool = False
    agreed_performance: str = ""
    online: bool | None = None
    arbitration: bool = False
    assigned: bool = False
    assignee_knew: bool | None = None


def connection_of(stated: str) -> Connection:
    """The connection that a clause states in words or by its code; `other` for words that name none.

    >>> connection_of("贷款人住所地：浙江省杭州市余杭区"), connection_of("本合同签订地"), connection_of("signing"), connection_of("")
    ('plaintiff_domicile', 'signing', 'signing', '')
    """
    stated = stated.strip()
    if not stated:
        return ""
    for code, words in _NAMED:
        if stated == code or re.search(words, stated):
            return code
    return "other"


def courts_in(clause: str) -> tuple[str, ...]:
    """The courts that a clause's words name.

    >>> courts_in("甲市乙区人民法院或者丙市丁区人民法院")
    ('甲市乙区人民法院', '丙市丁区人民法院')
    """
    parts = re.split(r"[、；;，,]|或者|或", clause)
    return tuple(part.strip() for part in parts if part.strip())
