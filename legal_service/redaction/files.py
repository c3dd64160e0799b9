"""The policies and the files of the command line: the only place of this room that touches the disk."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from legal_service.definitions import load_all
from legal_service.errors import Refusal, Words
from legal_service.redaction.kinds import Audience, Kind
from legal_service.redaction.policy import Policy, read_policy
from legal_service.redaction.spans import KnownValue

_POLICIES = Path(__file__).parent / "policies"


@lru_cache(maxsize=1)
def policies() -> dict[Audience, Policy]:
    """The policy of every audience; raises `DefinitionError` when one is missing or incomplete."""
    read = {name: read_policy(definition, name) for name, definition in load_all(_POLICIES).items()}
    return {audience: read[audience.value] for audience in Audience}


def policy_for(audience: Audience) -> Policy:
    """The policy of one audience."""
    return policies()[audience]


def read_known(path: Path) -> tuple[KnownValue, ...]:
    """The known values of a file `{"known": [{"kind", "value"}]}`; raises a refusal when it is not one."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        return known_values(document["known"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Refusal(
            "known_unreadable",
            Words(
                zh="已知信息文件无法读取或格式不符。",
                en=f"the file of known values cannot be read: {type(error).__name__}",
            ),
        ) from error


def known_values(entries: list[dict[str, str]]) -> tuple[KnownValue, ...]:
    """Known values from their JSON form; raises `ValueError` or `KeyError` for an unknown kind or a missing field."""
    return tuple(
        KnownValue(Kind(entry["kind"]), str(entry["value"])) for entry in entries if str(entry["value"]).strip()
    )
