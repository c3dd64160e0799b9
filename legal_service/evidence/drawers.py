"""The lawyers' drawer `evidence/`: what each kind of exhibit is and can prove, and what each procedure must be shown.

`files.py` reads the YAML; this module turns it into facts and says what is wrong with it (`Finding`s, never a silent skip).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, get_args

from legal_service.errors import Finding, Words
from legal_service.vault.facts import FORMS

Need = Literal["required", "optional", "conditional"]
Status = Literal["verified", "secondary", "awaiting_counsel"]
Treatment = Literal["none", "keep", "remove"]
Group = Literal["standing", "contract", "performance", "default", "demand", "costs", "assignment", "title", "complaint"]

GROUPS: dict[str, Words] = {
    "standing": Words(zh="主体资格", en="standing of the parties"),
    "contract": Words(zh="合同订立", en="making of the contract"),
    "performance": Words(zh="合同履行", en="performance"),
    "default": Words(zh="违约事实", en="default"),
    "demand": Words(zh="催告与送达", en="demand and delivery"),
    "costs": Words(zh="实现债权的费用", en="costs of realising the debt"),
    "assignment": Words(zh="债权转让", en="assignment of the debt"),
    "title": Words(zh="生效法律文书", en="effective instrument"),
    "complaint": Words(zh="投诉材料", en="complaint"),
}
"""Classes under which an evidence catalogue numbers its items (民事证据规定 第十九条: 分类编号), in this order."""

FACTS: dict[str, type] = {
    "accelerated": bool,  # the lender declared the whole loan due
    "costs_claimed": bool,  # costs of realising the debt are claimed
    "disbursed_on": date,  # the latest disbursement among the loans of the case
    "guaranteed": bool,  # a guarantor is pursued
    "mediated": bool,  # an agreement was reached before a mediation body
    "notified": bool,  # the debtor was told of the assignment
    "represented": bool,  # an agent acts for the lender
    "security_required": bool,  # the court asks for security
    "settled": bool,  # the borrower signed a settlement or instalment plan
    "signed_online": bool,  # the contract was signed electronically
    "written_complaint": bool,  # the complaint came in writing
}
"""What a conditional exhibit may depend on, and of which type the fact is."""


@dataclass(frozen=True, slots=True)
class ExhibitKind:
    """A kind of exhibit: where it comes from, in which form, what it can prove, how other people's data in it is treated."""

    kind: str
    title: Words
    group: Group
    source: Words
    form: str
    can_prove: Words
    third_persons: Treatment
    treatment: Words
    generated: bool
    basis: str
    status: Status


@dataclass(frozen=True, slots=True)
class Condition:
    """When a conditional exhibit or filing is needed: a fact is true, or a dated fact falls on or after a day."""

    fact: str
    since: date | None = None

    def holds(self, facts: Mapping[str, bool | date | None]) -> bool:
        """Raises `KeyError` when the caller did not establish the fact: an unknown fact is not a false one."""
        value = facts[self.fact]
        if self.since is not None:
            return isinstance(value, date) and value >= self.since
        return value is True


@dataclass(frozen=True, slots=True)
class Place:
    """An exhibit's place in a package: how much it is needed, what it is to prove, and for which items of the request."""

    kind: str
    need: Need
    when: Condition | None
    proves: Words
    claims: tuple[int, ...]
    how_to_mend: Words
    basis: str
    status: Status


@dataclass(frozen=True, slots=True)
class FilingPlace:
    """A filing that goes with the package."""

    document: str
    need: Need
    when: Condition | None


@dataclass(frozen=True, slots=True)
class PackageDefinition:
    """A procedure: its exhibits in the order in which they are numbered, and the filings that go with them.

    `request` explains the numbers that exhibits give as `claims`; `request_name` is what the paper calls those items.
    """

    package: str
    title: Words
    request: Words
    request_name: str
    basis: str
    exhibits: tuple[Place, ...]
    filings: tuple[FilingPlace, ...]

    def place(self, kind: str) -> Place | None:
        """The place of a kind, or None."""
        return next((place for place in self.exhibits if place.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Drawers:
    """All kinds and packages, and what is wrong with them."""

    kinds: Mapping[str, ExhibitKind]
    packages: Mapping[str, PackageDefinition]
    findings: tuple[Finding, ...]


class _Fault(ValueError):
    def __init__(self, code: str, where: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.finding = Finding(code, "error", where, Words(zh=zh, en=en))


def read(exhibits: Mapping[str, Any], packages: Mapping[str, Any], documents: Iterable[str] | None = None) -> Drawers:
    """Turn the YAML of both folders (name → content) into facts; a faulty entry is left out and found.

    `documents` are the codes of the documents that templates exist for; None checks no filing.
    """
    findings: list[Finding] = []
    kinds: dict[str, ExhibitKind] = {}
    definitions: dict[str, PackageDefinition] = {}
    for name, data in sorted(exhibits.items()):
        try:
            kinds[name] = _kind(name, data)
        except _Fault as fault:
            findings.append(fault.finding)
    for name, data in sorted(packages.items()):
        try:
            definitions[name] = _package(
                name, data, kinds, findings, None if documents is None else frozenset(documents)
            )
        except _Fault as fault:
            findings.append(fault.finding)
    return Drawers(kinds=kinds, packages=definitions, findings=tuple(findings))


def _kind(name: str, data: Any) -> ExhibitKind:
    where = f"exhibits/{name}.yaml"
    third = _part(data, "third_persons", where)
    form = _choice(data, "form", FORMS, where)
    generated = data.get("generated", False)
    if generated is not (form == "generated"):
        raise _Fault("exhibit_form", where, "form 与 generated 不一致", "form and generated disagree")
    return ExhibitKind(
        kind=name,
        title=_words(data, "title", where),
        group=_choice(data, "group", tuple(GROUPS), where),
        source=_words(data, "source", where),
        form=form,
        can_prove=_words(data, "can_prove", where),
        third_persons=_choice(third, "treatment", get_args(Treatment), f"{where}:third_persons"),
        treatment=_words(third, "why", f"{where}:third_persons"),
        generated=generated,
        basis=_text(data, "basis", where),
        status=_choice(data, "status", get_args(Status), where),
    )


def _package(
    name: str, data: Any, kinds: Mapping[str, ExhibitKind], findings: list[Finding], documents: frozenset[str] | None
) -> PackageDefinition:
    where = f"packages/{name}.yaml"
    exhibits: list[Place] = []
    for position, entry in enumerate(_list(data, "exhibits", where), 1):
        try:
            place = _place(entry, kinds, f"{where}:exhibits:{position}")
            if any(place.kind == other.kind for other in exhibits):
                zh, en = f"同一证据列了两次：{place.kind}", f"exhibit listed twice: {place.kind}"
                raise _Fault("exhibit_twice", f"{where}:exhibits:{position}", zh, en)
            exhibits.append(place)
        except _Fault as fault:
            findings.append(fault.finding)
    filings: list[FilingPlace] = []
    for position, entry in enumerate(_list(data, "filings", where), 1):
        try:
            filings.append(_filing(entry, documents, f"{where}:filings:{position}"))
        except _Fault as fault:
            findings.append(fault.finding)
    return PackageDefinition(
        package=name,
        title=_words(data, "title", where),
        request=_words(data, "request", where),
        request_name=_text(data, "request_name", where),
        basis=_text(data, "basis", where),
        exhibits=tuple(exhibits),
        filings=tuple(filings),
    )


def _place(entry: Any, kinds: Mapping[str, ExhibitKind], where: str) -> Place:
    kind = _text(entry, "kind", where)
    if kind not in kinds:
        raise _Fault("unknown_kind", where, f"没有这种证据的定义：{kind}", f"no such kind of exhibit: {kind}")
    if not entry.get("proves"):
        zh, en = f"证据 {kind} 没有证明对象", f"exhibit {kind} has no proof purpose"
        raise _Fault("no_proof_purpose", f"{where}:proves", zh, en)
    claims = entry.get("claims", [])
    if not isinstance(claims, list) or not all(type(number) is int and number > 0 for number in claims):
        raise _Fault("claims", f"{where}:claims", "claims 应为请求项的序号", "claims must be numbers of items")
    need, when = _need(entry, where)
    return Place(
        kind=kind,
        need=need,
        when=when,
        proves=_words(entry, "proves", where),
        claims=tuple(claims),
        how_to_mend=_words(entry, "how_to_mend", where),
        basis=_text(entry, "basis", where),
        status=_choice(entry, "status", get_args(Status), where),
    )


def _filing(entry: Any, documents: frozenset[str] | None, where: str) -> FilingPlace:
    document = _text(entry, "document", where)
    if documents is not None and document not in documents:
        raise _Fault("unknown_document", where, f"没有这种文书：{document}", f"no such document: {document}")
    need, when = _need(entry, where)
    return FilingPlace(document=document, need=need, when=when)


def _need(entry: Any, where: str) -> tuple[Need, Condition | None]:
    need: Need = _choice(entry, "need", get_args(Need), where)
    when = entry.get("when")
    if (need == "conditional") is not (when is not None):
        raise _Fault(
            "condition",
            f"{where}:when",
            "附条件者须写明条件，其余不得附条件",
            "a condition belongs to conditional entries only",
        )
    if when is None:
        return need, None
    fact = _text(when, "fact", f"{where}:when")
    since = when.get("since")
    expected = FACTS.get(fact)
    if expected is None or (expected is date) is not isinstance(since, date):
        raise _Fault("condition", f"{where}:when", f"不认识的条件：{fact}", f"not a known condition: {fact}")
    return need, Condition(fact=fact, since=since)


def _part(data: Any, key: str, where: str) -> Any:
    value = data.get(key) if isinstance(data, dict) else None
    if not isinstance(value, dict):
        raise _Fault("incomplete", f"{where}:{key}", f"缺少 {key}", f"{key} is missing")
    return value


def _list(data: Any, key: str, where: str) -> list[Any]:
    value = data.get(key) if isinstance(data, dict) else None
    if not isinstance(value, list) or not value:
        raise _Fault("incomplete", f"{where}:{key}", f"缺少 {key}", f"{key} is missing")
    return value


def _text(data: Any, key: str, where: str) -> str:
    value = data.get(key) if isinstance(data, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise _Fault("incomplete", f"{where}:{key}", f"缺少 {key}", f"{key} is missing")
    return value.strip()


def _words(data: Any, key: str, where: str) -> Words:
    part = _part(data, key, where)
    return Words(zh=_text(part, "zh", f"{where}:{key}"), en=_text(part, "en", f"{where}:{key}"))


def _choice(data: Any, key: str, allowed: tuple[str, ...], where: str) -> Any:
    value = _text(data, key, where)
    if value not in allowed:
        raise _Fault("not_allowed", f"{where}:{key}", f"{key} 不能是 {value}", f"{key} cannot be {value}")
    return value
