"""Several refusals told as one: the code of the first, every reason numbered."""

from __future__ import annotations

from collections.abc import Sequence

from legal_service.errors import Refusal, Words


def joined(standing: Sequence[Refusal]) -> Refusal:
    """One refusal out of one or more; a single one stands as it is."""
    if len(standing) == 1:
        return standing[0]
    return Refusal(
        standing[0].code,
        Words(
            zh=" ".join(f"（{number}）{one.reason.zh}" for number, one in enumerate(standing, 1)),
            en=" ".join(f"({number}) {one.reason.en}" for number, one in enumerate(standing, 1)),
        ),
        "；".join(f"（{number}）{one.basis}" for number, one in enumerate(standing, 1)),
    )
