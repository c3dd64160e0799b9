"""The personal values of a case, each under a code of its own: masked on every page, shown one by one for a reason that is logged.

A code (`borrower.phone`, `contact.T1.address`) names the field and never the person; it is what the trail keeps.
个人信息保护法 第六条、第五十一条; law.md 10.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from legal_service import labels
from legal_service.redaction.kinds import Kind
from legal_service.redaction.masks import masked

REASONS = ("identity", "service", "complaint", "filing", "court")

labels.register(
    "reveal_reason",
    {
        "identity": ("核对身份", "to verify identity"),
        "service": ("送达", "to serve papers"),
        "complaint": ("投诉处理", "to handle a complaint"),
        "filing": ("立案准备", "to prepare the filing"),
        "court": ("回复法院询问", "to answer the court"),
    },
)
labels.register(
    "personal_field",
    {
        "name": ("姓名", "name"),
        "id_number": ("证件号码", "ID number"),
        "birth_date": ("出生日期", "date of birth"),
        "phone": ("手机", "mobile"),
        "phone2": ("备用电话", "second phone"),
        "domicile": ("户籍地址", "registered domicile"),
        "residence": ("现住址", "residence"),
        "address_for_service": ("约定送达地址", "agreed address for service"),
        "employer": ("工作单位", "employer"),
        "email": ("电子邮箱", "e-mail"),
        "wechat": ("微信", "WeChat"),
        "bank_card": ("银行卡号", "bank card"),
        "address": ("联系号码或地址", "number or address"),
        "content": ("联系内容", "what was said"),
    },
)


@dataclass(frozen=True, slots=True)
class PersonalField:
    """One value: whose it is (`party`: borrower, guarantor, contract, contact, service; `of` tells several apart), which it is, and the value."""

    party: str
    of: str
    which: str
    kind: Kind
    value: str = field(repr=False, metadata={"personal": Kind.PERSON})

    @property
    def code(self) -> str:
        """What a form sends and the trail keeps.

        >>> PersonalField("guarantor", "3", "phone", Kind.MOBILE, "13800138000").code
        'guarantor.3.phone'
        """
        return ".".join(part for part in (self.party, self.of, self.which) if part)

    @property
    def masked(self) -> str:
        """The value as everybody sees it.

        >>> PersonalField("borrower", "", "phone", Kind.MOBILE, "13800138000").masked
        '138****8000'
        """
        return masked(self.kind, self.value)
