"""The release list (解除清单): what must be lifted, struck and issued once the title is satisfied. A case closes when all is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from legal_service import labels
from legal_service.enforcement.measures import MeasureFacts
from legal_service.errors import Words

ALWAYS = ("settlement_certificate", "credit_record_update")
IN_ENFORCEMENT = ("enforcement_withdrawal",)
IF_PAID_TOO_MUCH = ("overpayment_refund",)

labels.register(
    "release_item",
    {
        "settlement_certificate": ("出具结清证明", "issue the certificate of settlement"),
        "credit_record_update": ("更新征信记录", "update the credit record"),
        "enforcement_withdrawal": ("申请终结执行", "ask the court to end enforcement"),
        "overpayment_refund": ("退还多收款项", "return what was overpaid"),
    },
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: its code, what it is, when it was done."""

    code: str
    words: Words
    done_on: date | None

    def as_json(self) -> dict[str, object]:
        """As command line and API print it."""
        return {"item": self.code, "says": self.words.zh, "done_on": self.done_on.isoformat() if self.done_on else None}


def items(
    measures: Iterable[MeasureFacts], done: Mapping[str, date], *, stage: str, overpaid: bool, on: date
) -> tuple[Item, ...]:
    """Everything to be released: each measure that took effect and was not released or lapsed, then what every payment asks for."""
    found = []
    for one in measures:
        if not one.has("took_effect") or one.kind in ("deduct", "auction"):
            continue
        if one.state(on) in ("lapsed", "failed"):
            continue
        name = labels.label("measure", one.kind)
        released = next((entry.on for entry in one.entries if entry.kind == "released"), None)
        words = Words(zh=f"解除{name.zh}（{one.subject}）", en=f"lift the {name.en} ({one.subject})")
        found.append(Item(one.subject, words, released))
    codes = ALWAYS + (IN_ENFORCEMENT if stage in ("enforcement", "round_ended") else ())
    codes += IF_PAID_TOO_MUCH if overpaid else ()
    found += [Item(code, labels.label("release_item", code), done.get(code)) for code in codes]
    return tuple(found)
