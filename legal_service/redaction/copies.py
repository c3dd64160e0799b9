"""A redacted copy of a file for one audience, and the proof that it is clean: redact, then let the gate read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

from legal_service.redaction.entries import Redaction
from legal_service.redaction.gate import leaks
from legal_service.redaction.kinds import Kind
from legal_service.redaction.operators import Redactor
from legal_service.redaction.pdf import redact_pdf
from legal_service.redaction.policy import Policy
from legal_service.redaction.spans import KnownValue
from legal_service.redaction.surface import codes_view
from legal_service.redaction.text import decoded, redact_csv, redact_json, redact_jsonl, redact_text
from legal_service.redaction.withheld import Withheld

_LATER = {
    "docx": ("Word 文档", "Word documents"),
    "xlsx": ("Excel 工作簿", "Excel workbooks"),
    "zip": ("压缩包", "archives"),
    "eml": ("电子邮件", "e-mail messages"),
    "png jpg jpeg gif tif tiff bmp webp": ("图片", "pictures"),
    "doc xls ppt pptx msg wps et dps rtf odt ods svg heic": ("该格式文件", "files of this format"),
}
_TEXT = frozenset({"txt", "md", "log", "html", "htm", "xml", "yaml", "yml", ""})


@dataclass(frozen=True, slots=True)
class Copy:
    """A clean copy with the log of what was treated."""

    data: bytes
    entries: tuple[Redaction, ...]


def make_copy(
    name: str,
    data: bytes,
    policy: Policy,
    known: Iterable[KnownValue],
    *,
    key: bytes = b"",
    allowed: Iterable[str] = (),
) -> Copy:
    """The copy of a file that the audience may have. Raises `Withheld` for what cannot be proven clean.

    `name` gives the form (suffix); `allowed` are strings that may stay though they look personal (the lender's own). An audience that sees
    everything gets the bytes unchanged.
    """
    values, allowed = tuple(dict.fromkeys(known)), tuple(allowed)
    if not any(policy.hides(kind) for kind in policy.operators):
        return Copy(data, ())
    redactor = Redactor(policy, key, spared=frozenset(codes_view(value).chars for value in allowed))
    redactor.meet(values)
    copy = _redacted(PurePath(name).suffix.lower().lstrip("."), data, redactor, values)
    left = leaks("copy", copy, hidden_values(policy, values), allowed)
    if left:
        where = "、".join(
            dict.fromkeys(f"{leak.where.removeprefix('copy › ')}:{leak.kind or leak.why}" for leak in left[:5])
        )
        raise Withheld(
            "not_proven_clean", f"脱敏后复核未通过（{where}）", f"the copy did not pass the leak gate ({where})"
        )
    return Copy(copy, tuple(redactor.tally.entries()))


def hidden_values(policy: Policy, known: Iterable[KnownValue]) -> list[tuple[Kind, str]]:
    """The known values that this audience may not see, as the gate takes them."""
    return [(value.kind, value.value) for value in known if policy.hides(value.kind)]


def _redacted(form: str, data: bytes, redactor: Redactor, known: tuple[KnownValue, ...]) -> bytes:
    if data.startswith(b"%PDF-") or form == "pdf":
        return redact_pdf(data, redactor, known)
    for forms, (zh, en) in _LATER.items():
        if form in forms.split():
            raise Withheld(
                "form_not_enabled",
                f"{zh}的脱敏尚未启用，不能证明已脱敏",
                f"redaction of {en} is not enabled yet and cannot be proven clean",
            )
    if form in {"csv", "tsv"}:
        return redact_csv(decoded(data), redactor, known).encode("utf-8-sig")
    if form == "json":
        return redact_json(decoded(data), redactor, known).encode()
    if form in {"jsonl", "ndjson"}:
        return redact_jsonl(decoded(data), redactor, known).encode()
    if form in _TEXT:
        return redact_text(decoded(data), redactor, known).encode()
    raise Withheld("form_unknown", "文件格式不在可脱敏之列", "the form of the file is not one that can be redacted")
