"""What a package still lacks: the burden of proof lies on whoever claims (民事诉讼法(2023修正) 第六十七条)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from legal_service.errors import Language, Words
from legal_service.evidence.drawers import Drawers, FilingPlace, PackageDefinition, Place, Status

Facts = Mapping[str, bool | date | None]
"""What is established of the case, by the names of `drawers.FACTS`."""


@dataclass(frozen=True, slots=True)
class Gap:
    """An exhibit that the procedure needs and the vault does not hold."""

    exhibit: str
    title: Words
    proves: Words
    how_to_mend: Words
    basis: str
    status: Status

    def as_json(self, language: Language) -> dict[str, str]:
        """The shape of contract.md: `{"exhibit", "proves", "how_to_mend"}`, with title, basis and how far the law was verified."""
        return {
            "exhibit": self.exhibit,
            "title": self.title.read(language),
            "proves": self.proves.read(language),
            "how_to_mend": self.how_to_mend.read(language),
            "basis": self.basis,
            "status": self.status,
        }


def needed(place: Place | FilingPlace, facts: Facts) -> bool:
    """Is the exhibit or filing indispensable in this case? Raises `KeyError` for a fact that nobody established."""
    return place.need == "required" or (place.when is not None and place.when.holds(facts))


def gaps(package: str, present: Collection[str], facts: Facts, *, drawers: Drawers) -> list[Gap]:
    """The needed exhibits that are not among the kinds present, in the order of the package.

    Generated exhibits (statement of account, contact log) are made when the package is built and are never a gap here.
    Raises `KeyError` for an unknown package.
    """
    definition = drawers.packages[package]
    return [
        Gap(
            exhibit=place.kind,
            title=drawers.kinds[place.kind].title,
            proves=place.proves,
            how_to_mend=place.how_to_mend,
            basis=place.basis,
            status=place.status,
        )
        for place in definition.exhibits
        if not drawers.kinds[place.kind].generated and place.kind not in present and needed(place, facts)
    ]


def ordered(definition: PackageDefinition, kinds: Collection[str]) -> list[str]:
    """The kinds among those given that the package takes, in its order; what it does not name is not shown."""
    return [place.kind for place in definition.exhibits if place.kind in kinds]
