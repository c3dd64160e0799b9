"""The five operators, as the reader of a copy meets them.

A pseudonym is keyed by recipient and purpose (HMAC): the same person is the same token in one copy and cannot be linked
across recipients or recovered by trying all numbers. Without a key, tokens are numbered in order of appearance.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from legal_service.law import anonymise
from legal_service.redaction.entries import Tally
from legal_service.redaction.kinds import Kind
from legal_service.redaction.masks import STAR, district_length, hidden, masked
from legal_service.redaction.policy import Operator, Policy
from legal_service.redaction.spans import KnownValue, Span
from legal_service.redaction.surface import codes_view, level, names_view

REMOVED = "［已遮盖］"
_TORN_AT_LEAST = 12


def recipient_key(master: bytes, recipient: str, purpose: str) -> bytes:
    """The pseudonym key of one recipient and purpose, drawn from the institution's master key."""
    return hmac.new(master, f"pseudonym\x1f{recipient}\x1f{purpose}".encode(), hashlib.sha256).digest()


@dataclass(slots=True)
class Redactor:
    """Applies one policy for one recipient and keeps the tally; tokens and numbered 某 are stable within one copy.

    `spared` are values of organisations (the lender's seat, telephone, account, representative: 法释〔2016〕19号 第十一条) that
    stay though a rule takes them for a person's; what the case knows of a person is never spared.
    """

    policy: Policy
    key: bytes = b""
    spared: frozenset[str] = frozenset()
    tally: Tally = field(default_factory=Tally)
    _tokens: dict[tuple[Kind, str], str] = field(default_factory=dict)
    _courtly: dict[str, str] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)

    def meet(self, known: Iterable[KnownValue]) -> None:
        """Make the people of the case known before the first text, so that 张某1 and 张某2 are told apart from the start."""
        values = tuple(known)
        self._met |= {value.value for value in values}
        people = list(dict.fromkeys(value.value for value in values if value.kind is Kind.PERSON))
        for name, written in zip(people, anonymise.hide_all(people), strict=True):
            self._courtly.setdefault(names_view(name).chars, written)

    def written(self, span: Span, raw: str, place: str) -> str:
        """What the reader sees instead of the raw characters of one find; counts it in the tally."""
        operator = self._operator(span, raw)
        if operator is Operator.KEEP:
            return raw
        self.tally.add(span.kind, operator, place)
        if operator is Operator.MASK:
            return masked(span.kind, raw, span.form)
        if operator is Operator.PSEUDONYM:
            return self.token(span.kind, span.value or raw)
        if operator is Operator.GENERALISE:
            return self.general(span, raw)
        return REMOVED

    def covered(self, span: Span, raw: str, place: str) -> list[bool]:
        """For a layout that cannot be re-set (PDF): which of the raw characters go; counts them in the tally."""
        operator = self._operator(span, raw)
        if operator is Operator.KEEP:
            return [False] * len(raw)
        self.tally.add(span.kind, operator, place)
        partly = operator is Operator.MASK or (
            operator is Operator.GENERALISE and span.kind in {Kind.PERSON, Kind.ADDRESS, Kind.BIRTH_DATE}
        )
        return hidden(span.kind, raw, span.form) if partly else [True] * len(raw)

    def _operator(self, span: Span, raw: str) -> Operator:
        return Operator.KEEP if self._spares(span, raw) else self.policy.operator(span.kind)

    def _spares(self, span: Span, raw: str) -> bool:
        """Whether a find is an organisation's own value: whole, or an address torn by the columns of a table."""
        if span.value in self._met:
            return False
        chars = codes_view(raw).chars
        torn = span.kind is Kind.ADDRESS and len(chars) >= _TORN_AT_LEAST
        return chars in self.spared or (torn and any(chars in whole for whole in self.spared))

    def token(self, kind: Kind, value: str) -> str:
        """The pseudonym of a value (`PERSON-7K2QX4WD`): one token for all its spellings."""
        canonical = names_view(value).chars if kind is Kind.PERSON else codes_view(value).chars
        known = self._tokens.get((kind, canonical))
        if known is None:
            if self.key:
                digest = hmac.new(self.key, f"{kind}\x1f{canonical}".encode(), hashlib.sha256).digest()
                known = f"{kind}-{base64.b32encode(digest)[:10].decode()}"
            else:
                known = f"{kind}-{sum(other is kind for other, _ in self._tokens) + 1:03}"
            self._tokens[(kind, canonical)] = known
        return known

    def general(self, span: Span, raw: str) -> str:
        """A coarser value that cannot be traced back: 张某, the district, the year; else nothing."""
        if span.form == "part":
            return REMOVED
        if span.kind is Kind.PERSON:
            return self._some_person(span, raw)
        if span.kind is Kind.ADDRESS:
            plain = re.sub(r"[\s\u200b]+", "", level(raw))
            length = district_length(plain)
            return plain[:length] + STAR * 3
        if span.kind is Kind.BIRTH_DATE:
            year = re.match(r"\d{4}", codes_view(raw).chars)
            return f"{year[0]}年" if year else REMOVED
        if span.kind is Kind.EMPLOYER:
            return "某单位"
        if span.kind is Kind.ORGANISATION:
            return "某机构"
        return REMOVED

    def _some_person(self, span: Span, raw: str) -> str:
        """Surname and 某 as courts write it; people of the case who would be written alike are numbered from the start."""
        if span.form == "surname":
            return raw
        canonical = names_view(span.value or raw).chars
        written = self._courtly.get(canonical)
        if written is None:
            hidden_name = anonymise.hide(span.value or raw)
            alike = sum(re.sub(r"\d+$", "", other) == hidden_name for other in self._courtly.values())
            written = self._courtly[canonical] = f"{hidden_name}{alike + 1}" if alike else hidden_name
        return written
