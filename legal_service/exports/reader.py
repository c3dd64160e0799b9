"""One reader of one package: by which policy, with which known values, everything is drawn for him.

Facts are redacted and rendered again; originals are redacted by true removal, or withheld with a reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, TypeVar

from legal_service.errors import Refusal, Words
from legal_service.evidence.facts import Exhibit
from legal_service.filings.rendering import LogFacts
from legal_service.redaction.copies import make_copy
from legal_service.redaction.detect import detect
from legal_service.redaction.entries import Redaction
from legal_service.redaction.facts import redact_facts
from legal_service.redaction.gate import Leak, leaks
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.operators import REMOVED
from legal_service.redaction.policy import Policy
from legal_service.redaction.spans import KnownValue
from legal_service.redaction.withheld import Withheld

Facts = TypeVar("Facts")

GATE = "机构内部规则：未通过泄漏检查的文件不得外发；个人信息保护法 第六条、第五十一条"


@dataclass
class Reader:
    """For whom a package is drawn. `log` gathers what was redacted where; `strangers` are hidden from every reader."""

    audience: Audience
    recipient: str
    policy: Policy
    known: tuple[KnownValue, ...]
    strangers: tuple[KnownValue, ...]
    key: bytes
    allowed: tuple[str, ...]
    log: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sees_all(self) -> bool:
        """Whether this reader gets the originals (the court)."""
        return self.audience is Audience.COURT

    def facts(self, facts: Facts, file: str) -> Facts:
        """The facts as this reader may see them, before anything is rendered from them."""
        if self.sees_all:
            return facts
        drawn, entries = redact_facts(facts, self.policy, self.known, file, key=self.key)
        self._note(file, entries)
        return drawn

    def contact_log(self, log: LogFacts) -> LogFacts:
        """The contact log as this reader may see it; for the court, notes lose whatever belongs to persons outside the case."""
        if not self.sees_all:
            return self.facts(log, "催收记录")
        drawn = tuple(replace(one, content=self._without_strangers(one.content)) for one in log.contacts)
        return replace(log, contacts=drawn)

    def _without_strangers(self, text: str) -> str:
        """Free text with every personal value removed that is not a party's own (个人信息保护法 第六条)."""
        own = {value.value for value in self.known} - {value.value for value in self.strangers}
        written, end = [], 0
        for span in detect(text, self.known):
            if span.known and span.value in own:
                continue
            written += [text[end : span.start], REMOVED]
            end = span.end
            self.log.append(
                {"file": "催收记录", "kind": span.kind.value, "operator": "remove", "place": "content", "count": 1}
            )
        return "".join([*written, text[end:]])

    def exhibit(self, exhibit: Exhibit) -> Exhibit:
        """An original as this reader may see it: whole for the court, redacted or withheld with the reason for others."""
        if self.sees_all or exhibit.content is None:
            return exhibit
        name = PurePath(f"copy.{exhibit.extension}").name
        source = self._words(exhibit.source)
        try:
            copy = make_copy(name, exhibit.content, self.policy, self.known, key=self.key, allowed=self.allowed)
        except Withheld as withheld:
            self.log.append({"file": exhibit.name, "operator": "withhold", "reason": withheld.code})
            return replace(exhibit, content=None, withheld=withheld.reason.zh, source=source)
        self._note(exhibit.name, copy.entries)
        return replace(exhibit, content=copy.data, source=source)

    def _words(self, text: str) -> str:
        drawn, _ = redact_facts(
            _Prose(text), self.policy, self.known, self.recipient or self.audience.value, key=self.key
        )
        return drawn.text

    def _note(self, file: str, entries: Iterable[Redaction]) -> None:
        self.log += [{"file": file, **entry.as_json()} for entry in entries]

    def check(self, files: Mapping[str, bytes]) -> None:
        """The leak gate over every file that would leave; refuses `leak` naming file and kind, never the value."""
        hidden: list[tuple[Kind, str]] = [(one.kind, one.value) for one in self.strangers]
        if not self.sees_all:
            hidden += [(one.kind, one.value) for one in self.known if self.policy.hides(one.kind)]
        if self.sees_all and not hidden:
            return  # the court may read everything, and nobody outside the case was ever contacted
        found = [
            (name, leak)
            for name, content in sorted(files.items())
            for leak in leaks(name, content, hidden, self.allowed)
        ]
        if (
            self.sees_all
        ):  # the court reads the parties in clear, pictures included; only strangers' values may not stand
            found = [(name, leak) for name, leak in found if leak.code == "known_value"]
        if found:
            raise _leak(found)


@dataclass(frozen=True, slots=True)
class _Prose:
    text: str = field(metadata={"prose": True})


def _leak(found: list[tuple[str, Leak]]) -> Refusal:
    shown = "；".join(dict.fromkeys(f"{leak.where}：{leak.kind or leak.why or leak.code}" for _, leak in found[:8]))
    return Refusal(
        "leak",
        Words(
            zh=f"泄漏检查未通过，证据包未生成：{shown}。",
            en=f"the leak gate did not let the package pass, nothing was built: {shown}.",
        ),
        GATE,
    )
