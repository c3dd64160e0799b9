"""Who may see what: for one audience, an operator for every kind of personal data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from legal_service import labels
from legal_service.definitions import DefinitionError
from legal_service.redaction.kinds import Audience, Kind


class Operator(StrEnum):
    """What happens to a value: `mask` hides part of it, `pseudonym` puts a token, `generalise` a coarser value."""

    KEEP = "keep"
    MASK = "mask"
    PSEUDONYM = "pseudonym"
    GENERALISE = "generalise"
    REMOVE = "remove"


labels.register(
    "operator",
    {
        Operator.KEEP: ("保留", "keep"),
        Operator.MASK: ("遮盖", "mask"),
        Operator.PSEUDONYM: ("代号", "pseudonym"),
        Operator.GENERALISE: ("概括", "generalise"),
        Operator.REMOVE: ("删除", "remove"),
    },
)


@dataclass(frozen=True, slots=True)
class Policy:
    """The table of one audience, with its version (printed in the log of redactions) and how far it was checked (`status`)."""

    audience: Audience
    version: str
    operators: Mapping[Kind, Operator]
    basis: str
    status: str = "awaiting_counsel"

    def operator(self, kind: Kind) -> Operator:
        """The operator for a kind; a kind nobody decided about is removed."""
        return self.operators.get(kind, Operator.REMOVE)

    def hides(self, kind: Kind) -> bool:
        """Whether a reader of this copy may not see values of the kind in clear."""
        return self.operator(kind) is not Operator.KEEP


def read_policy(definition: Mapping[str, Any], name: str) -> Policy:
    """A policy from its YAML definition; raises `DefinitionError` for an unknown or undecided kind."""
    try:
        audience = Audience(definition["audience"])
        version, basis = str(definition["version"]), str(definition["basis"])
        operators = {Kind(kind): Operator(operator) for kind, operator in definition["operators"].items()}
    except (KeyError, ValueError, AttributeError) as error:
        raise DefinitionError(f"{name}: {error}") from error
    if audience.value != name:
        raise DefinitionError(f"{name}: the file is named for another audience ({audience.value})")
    if undecided := [kind.value for kind in Kind if kind not in operators]:
        raise DefinitionError(f"{name}: no operator for {', '.join(undecided)}")
    status = str(definition.get("status", "awaiting_counsel"))
    return Policy(audience=audience, version=version, operators=operators, basis=basis, status=status)
