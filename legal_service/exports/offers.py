"""For whom a package can be drawn, and what becomes of each kind of personal data for him: the table a lawyer chooses from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from legal_service import labels
from legal_service.errors import Refusal, Words
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.operators import Redactor
from legal_service.redaction.policy import Operator, Policy
from legal_service.redaction.spans import Span

EXAMPLES: Mapping[Kind, str] = {
    Kind.PERSON: "王样例",
    Kind.ID_NUMBER: "999999199001010010",
    Kind.PASSPORT: "E00000000",
    Kind.PERMIT: "C00000000",
    Kind.MOBILE: "19900000000",
    Kind.LANDLINE: "0000-0000000",
    Kind.BANK_CARD: "6200000000000000000",
    Kind.EMAIL: "yangli@example.com",
    Kind.ADDRESS: "示例省示例市示例区样例路1号",
    Kind.PLATE: "京A00000",
    Kind.WECHAT: "wx_yangli",
    Kind.QQ: "100000000",
    Kind.IP: "192.0.2.1",
    Kind.EMPLOYER: "示例商贸有限公司",
    Kind.HEALTH: "样例病症",
    Kind.BIRTH_DATE: "1990-01-01",
    Kind.TITLE_CERTIFICATE: "示例（2026）不动产权第0000000号",
    Kind.USCC: "91000000MA00000000",
    Kind.ORGANISATION: "示例消费金融有限公司",
    Kind.ACCOUNT: "000000000000001",
}
"""Invented values, one of each kind: they belong to nobody."""

_KEY = b"example"
_IN_CLEAR = Words(
    zh="该副本不脱敏：只能授权给制作时指定的接收人下载",
    en="this copy is not redacted: its download is granted only to the recipient named when it is built",
)
_TOKENS = Words(
    zh="代号按接收人分别生成：不指定接收人，两名接收人手中的代号便可互相对照",
    en="tokens are drawn for each recipient: without one, two readers could match theirs",
)
_FREE = Words(
    zh="可不指定；指定后只能授权给此人", en="may be left open; once named, only this person can be granted it"
)


@dataclass(frozen=True, slots=True)
class Treatment:
    """What becomes of one kind for a reader, shown on an invented value."""

    kind: Kind
    label: Words
    operator: Operator
    operator_label: Words
    example: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One audience on offer: its policy with version and standing, the treatments, what it needs, and what blocks it now."""

    audience: Audience
    label: Words
    policy_version: str
    status: str
    basis: str
    treatments: tuple[Treatment, ...]
    needs_approval: bool
    recipient_required: bool
    recipient_because: Words
    blocked: tuple[Refusal, ...]


def offer(policy: Policy, blocked: Sequence[Refusal]) -> Offer:
    """The offer of one audience. A recipient is required for downloads of a copy in clear, and where tokens depend on him."""
    audience = policy.audience
    clear = audience is Audience.COURT
    tokens = Operator.PSEUDONYM in policy.operators.values()
    return Offer(
        audience=audience,
        label=labels.label("audience", audience),
        policy_version=f"{audience.value}/{policy.version}",
        status=policy.status,
        basis=policy.basis,
        treatments=treatments(policy),
        needs_approval=clear,
        recipient_required=clear or tokens,
        recipient_because=_IN_CLEAR if clear else _TOKENS if tokens else _FREE,
        blocked=tuple(blocked),
    )


def treatments(policy: Policy) -> tuple[Treatment, ...]:
    """Every kind with its operator, applied by the very redactor that draws the copies."""
    redactor = Redactor(policy, _KEY)
    return tuple(
        Treatment(
            kind=kind,
            label=labels.label("personal_kind", kind),
            operator=policy.operator(kind),
            operator_label=labels.label("operator", policy.operator(kind)),
            example=value,
            becomes=redactor.written(Span(0, len(value), kind, value), value, "example"),
        )
        for kind, value in EXAMPLES.items()
    )
