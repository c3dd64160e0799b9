"""What changed between two packages for the same reader: told by their manifests, file by file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from legal_service.errors import Words
from legal_service.evidence import bag
from legal_service.exports.members import Member

_DATED = Words(
    zh="印有证据包日期和页码，每次都不同", en="bears the date of the package and page numbers: differs every time"
)
_DERIVED = Words(zh="由其他文件的哈希组成，随之变化", en="made of the other files' hashes: changes with them")

ALWAYS: Mapping[str, Words] = {
    "bag-info.txt": Words(zh="写有证据包日期，每次都不同", en="bears the date of the package: differs every time"),
    bag.MANIFEST: _DERIVED,
    bag.TAG_MANIFEST: _DERIVED,
    bag.TIMESTAMP: Words(zh="每次封存另取时间戳", en="every sealing takes a timestamp of its own"),
    bag.CHAIN: Words(zh="随时间戳机构的证书变化", en="changes with the authority's certificates"),
    "data/binder.pdf": _DATED,
    "data/catalogue.pdf": _DATED,
    "data/catalogue.json": Words(zh="写有提交日期，每次都不同", en="bears the date of submission: differs every time"),
    "metadata/custody.jsonl": Words(zh="保管记录随每次核验增加", en="the custody log grows with every check"),
}
"""Files that differ between any two packages, and why: a difference here alone says nothing of the contents."""

_NUMBER = re.compile(r"/\d+-(?=[^/]*$)")


@dataclass(frozen=True, slots=True)
class Change:
    """A file that both packages have: as it was, as it is. `expected` says why it differs in any case."""

    before: Member
    after: Member
    expected: Words | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """New files, files no longer there, files with other contents, exhibits that only got another number, and what always differs."""

    added: tuple[Member, ...]
    removed: tuple[Member, ...]
    changed: tuple[Change, ...]
    renumbered: tuple[Change, ...]
    expected: tuple[Change, ...]

    @property
    def nothing_new(self) -> bool:
        """Whether the contents are those of the package before."""
        return not (self.added or self.removed or self.changed)


def compared(newer: Iterable[Member], older: Iterable[Member]) -> Changes:
    """Compare by manifest. An exhibit that moved up because another came in is renumbered, not new."""
    now, before = _named(newer), _named(older)
    added: list[Member] = []
    removed: list[Member] = []
    pairs: list[tuple[Member, Member]] = []
    for name in sorted(now.keys() | before.keys()):
        met, left_before, left_now = _paired(before[name], now[name])
        pairs += met
        removed += left_before
        added += left_now
    differing = [(old, new) for old, new in pairs if old.sha256 != new.sha256]
    return Changes(
        added=tuple(added),
        removed=tuple(removed),
        changed=tuple(Change(old, new) for old, new in differing if new.path not in ALWAYS),
        renumbered=tuple(Change(old, new) for old, new in pairs if old.sha256 == new.sha256 and old.path != new.path),
        expected=tuple(Change(old, new, ALWAYS[new.path]) for old, new in differing if new.path in ALWAYS),
    )


def _named(members: Iterable[Member]) -> defaultdict[str, list[Member]]:
    """By path without the running number, so that 05-还款记录 and 06-还款记录 meet."""
    found: defaultdict[str, list[Member]] = defaultdict(list)
    for one in members:
        found[_NUMBER.sub("/", one.path)].append(one)
    return found


def _paired(before: list[Member], now: list[Member]) -> tuple[list[tuple[Member, Member]], list[Member], list[Member]]:
    """Files of one name: those with the same bytes first, then those under the same path, then in order."""
    pairs: list[tuple[Member, Member]] = []
    old, new = list(before), list(now)
    for alike in (_same_bytes, _same_path, _any):
        for one in list(old):
            other = next((each for each in new if alike(one, each)), None)
            if other is not None:
                pairs.append((one, other))
                old.remove(one)
                new.remove(other)
    return pairs, old, new


def _same_bytes(one: Member, other: Member) -> bool:
    return one.sha256 == other.sha256


def _same_path(one: Member, other: Member) -> bool:
    return one.path == other.path


def _any(one: Member, other: Member) -> bool:
    return True
