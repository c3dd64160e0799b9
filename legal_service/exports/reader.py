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

BINDER = "data/binder.pdf"
GATE = "机构内部规则：未通过泄漏检查的文件不得外发；个人信息保护法 第六条、第五十一条"


@dataclass
class Reader:
    """For whom a package is drawn. `log` gathers what was redacted where; `originals` are the papers he gets whole.

    `strangers` are hidden from every reader in whatever the house writes; an original says what it says.
    """

    audience: Audience
    recipient: str
    policy: Policy
    known: tuple[KnownValue, ...]
    strangers: tuple[KnownValue, ...]
    key: bytes
    allowed: tuple[str, ...]
    log: list[dict[str, Any]] = field(default_factory=list)
    originals: list[bytes] = field(default_factory=list)

    @property
    def sees_all(self) -> bool:
        """Whether this reader gets the originals (the court)."""
        return self.audience is Audience.COURT

    def facts(self, facts: Facts, file: str) -> Facts:
        """The facts as this reader may see them, before anything is rendered from them."""
        if self.sees_all:
            return facts
        drawn, entries = redact_facts(facts, self.policy, self.known, file, key=self.key, allowed=self.allowed)
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
        if exhibit.content is None:
            return exhibit
        if self.sees_all:
            self.originals.append(exhibit.content)
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
            _Prose(text),
            self.policy,
            self.known,
            self.recipient or self.audience.value,
            key=self.key,
            allowed=self.allowed,
        )
        return drawn.text

    def _note(self, file: str, entries: Iterable[Redaction]) -> None:
        self.log += [{"file": file, **entry.as_json()} for entry in entries]

    def check(self, files: Mapping[str, bytes]) -> None:
        """The leak gate over every file that would leave; refuses `leak` naming file and kind, never the value."""
        if self.sees_all:
            found = self._strangers_in(files)
        else:
            hidden = [(one.kind, one.value) for one in self.strangers]
            hidden += [(one.kind, one.value) for one in self.known if self.policy.hides(one.kind)]
            found = [
                leak for name, content in sorted(files.items()) for leak in leaks(name, content, hidden, self.allowed)
            ]
        if found:
            raise _leak(found)

    def _strangers_in(self, files: Mapping[str, bytes]) -> list[Leak]:
        """What the court would read of persons outside the case, save what stands in the originals themselves.

        A party hands in the contract as it is, with the emergency contact it names (民事诉讼法 第七十三条, from memory: awaiting_counsel);
        the binder repeats it. The parties themselves are read in clear, pictures included.
        """
        found = []
        for name, content in sorted(files.items()):
            if content in self.originals or not self.strangers:
                continue
            hidden = [(one.kind, one.value) for one in self.strangers]
            if name == BINDER and _known_values(name, content, hidden):
                hidden = [one for one in hidden if not any(_known_values("", paper, [one]) for paper in self.originals)]
            found += _known_values(name, content, hidden)
        return found


@dataclass(frozen=True, slots=True)
class _Prose:
    text: str = field(metadata={"prose": True})


def _known_values(name: str, content: bytes, hidden: list[tuple[Kind, str]]) -> list[Leak]:
    return [leak for leak in leaks(name, content, hidden) if leak.code == "known_value"]


def _leak(found: list[Leak]) -> Refusal:
    shown = "；".join(dict.fromkeys(f"{leak.where}：{leak.kind or leak.why or leak.code}" for leak in found[:8]))
    return Refusal(
        "leak",
        Words(
            zh=f"泄漏检查未通过，证据包未生成：{shown}。",
            en=f"the leak gate did not let the package pass, nothing was built: {shown}.",
        ),
        GATE,
    )
