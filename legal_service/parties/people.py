"""Lenders and borrowers as frozen facts. Personal fields are marked, so that a copy for any audience can be drawn from them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from legal_service import labels
from legal_service.redaction.kinds import Kind

labels.register(
    "lender_type",
    {
        "bank": ("商业银行", "bank"),
        "consumer_finance": ("消费金融公司", "consumer-finance company"),
        "micro_loan": ("小额贷款公司", "micro-loan company"),
    },
)
labels.register(
    "liability",
    {
        "joint": ("连带责任保证", "joint and several guarantee"),
        "general": ("一般保证", "general guarantee"),
        "unclear": ("约定不明", "unclear"),
    },
)


@dataclass(frozen=True, slots=True)
class LenderFacts:
    """The plaintiff: an organisation."""

    lender_no: str
    name: str
    uscc: str
    address: str
    legal_representative: str
    post: str
    phone: str
    lender_type: str
    account_name: str
    account_no: str
    account_bank: str
    row: str


@dataclass(frozen=True, slots=True)
class Borrower:
    """A borrower; the empty string stands for what the tape does not give."""

    borrower_no: str
    name: str = field(metadata={"personal": Kind.PERSON})
    id_type: str
    id_number: str = field(metadata={"personal": Kind.ID_NUMBER})
    gender: str
    ethnicity: str
    birth_date: str = field(metadata={"personal": Kind.BIRTH_DATE})
    phone: str = field(metadata={"personal": Kind.MOBILE})
    phone2: str = field(metadata={"personal": Kind.MOBILE})
    domicile: str = field(metadata={"personal": Kind.ADDRESS})
    residence: str = field(metadata={"personal": Kind.ADDRESS})
    employer: str = field(metadata={"personal": Kind.EMPLOYER})
    email: str = field(metadata={"personal": Kind.EMAIL})
    wechat: str = field(metadata={"personal": Kind.WECHAT})
    bank_card: str = field(metadata={"personal": Kind.BANK_CARD})
    province: str
    row: str


@dataclass(frozen=True, slots=True)
class GuarantorFacts:
    """A guarantor of one loan. `liability` is joint, general or unclear (a general guarantee: 民法典 第六百八十六条)."""

    name: str = field(metadata={"personal": Kind.PERSON})
    id_number: str = field(metadata={"personal": Kind.ID_NUMBER})
    phone: str = field(metadata={"personal": Kind.MOBILE})
    domicile: str = field(metadata={"personal": Kind.ADDRESS})
    liability: str
    guarantee_until: str
    row: str


def secrets_of(facts: Borrower | GuarantorFacts) -> list[tuple[Kind, str]]:
    """The personal values of a person, as the redactor and the leak gate must know them.

    >>> secrets_of(GuarantorFacts("李明", "", "13800138000", "", "joint", "", "r"))
    [(<Kind.PERSON: 'PERSON'>, '李明'), (<Kind.MOBILE: 'MOBILE'>, '13800138000')]
    """
    found: list[tuple[Kind, str]] = []
    for place in fields(facts):
        kind = place.metadata.get("personal")
        value = getattr(facts, place.name)
        if kind is not None and value:
            found.append((kind, value))
    return found
