"""What a template says about itself: for whom, which elements the law demands of it, who signs, who approves."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from legal_service.errors import Finding, Findings, Words

Engine = Literal["word", "html"]
Status = Literal["official", "house", "awaiting_counsel"]


@dataclass(frozen=True, slots=True)
class Element:
    """Something the law demands of the document, with the article that does."""

    element: str
    basis: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs or seals, and where on the document."""

    who: str
    where: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`manifest.yaml` of a template folder. `approved_by` is empty until a named lawyer has approved the template."""

    code: str
    title: Words
    engine: Engine
    output: tuple[str, ...]
    addressee: str
    audience: tuple[str, ...]
    mandatory: tuple[Element, ...]
    signs: tuple[Signature, ...]
    attachments: tuple[str, ...]
    needs_approval: bool
    effective_from: date
    approved_by: str
    status: Status


@dataclass(frozen=True, slots=True)
class Template:
    """A document's template as it lay in its folder: manifest, body (DOCX or HTML bytes), CSS and version."""

    code: str
    manifest: Manifest
    body: bytes = field(repr=False)
    style: str = field(repr=False)
    version: str


_FIELDS = (
    "code", "title", "engine", "output", "addressee", "audience", "mandatory", "signs", "attachments", "needs_approval", "effective_from",
    "approved_by", "status",
)  # fmt: skip


def read_manifest(code: str, raw: Any) -> Manifest:
    """A manifest from its YAML value; raises `Findings` with everything that is wrong, not only the first thing.

    `audience` may be one code or a list; `attachments` and `signs` may be empty lists but must be there.
    """
    found = check_manifest(code, raw)
    if found:
        raise Findings(found)
    audience = raw["audience"]
    return Manifest(
        code=code,
        title=Words(zh=raw["title"]["zh"], en=raw["title"]["en"]),
        engine=raw["engine"],
        output=tuple(raw["output"]),
        addressee=raw["addressee"],
        audience=(audience,) if isinstance(audience, str) else tuple(audience),
        mandatory=tuple(Element(item["element"], item["basis"]) for item in raw["mandatory"]),
        signs=tuple(Signature(item["who"], item["where"]) for item in raw["signs"]),
        attachments=tuple(raw["attachments"]),
        needs_approval=raw["needs_approval"],
        effective_from=raw["effective_from"],
        approved_by=raw["approved_by"] or "",
        status=raw["status"],
    )


def check_manifest(code: str, raw: Any) -> list[Finding]:
    """Everything wrong with a manifest: unknown field, missing field, wrong kind of value."""
    where = f"{code}/manifest.yaml"
    if not isinstance(raw, dict):
        return [_wrong("manifest_shape", where, "清单须为字段与值的对应", "the manifest must be a mapping of fields")]
    found = [
        _wrong("manifest_field_unknown", f"{where}:{name}", f"未知字段 {name}", f"unknown field {name}")
        for name in raw
        if name not in _FIELDS
    ]
    for name in _FIELDS:
        if name not in raw:
            found.append(
                _wrong("manifest_field_missing", f"{where}:{name}", f"缺少字段 {name}", f"field {name} is missing")
            )
        elif (why := _value_wrong(name, raw[name], code)) is not None:
            found.append(_wrong("manifest_value", f"{where}:{name}", f"{name}：{why.zh}", f"{name}: {why.en}"))
    return found


def _wrong(code: str, where: str, zh: str, en: str) -> Finding:
    return Finding(code=code, severity="error", where=where, message=Words(zh=zh, en=en))


def _value_wrong(name: str, value: Any, code: str) -> Words | None:
    choices = {"engine": ("word", "html"), "status": ("official", "house", "awaiting_counsel")}
    pairs = {"mandatory": {"element", "basis"}, "signs": {"who", "where"}}
    wrong: Words | None = None
    if name == "code" and value != code:
        wrong = Words(zh=f"须与文件夹同名（{code}）", en=f"must equal the folder's name ({code})")
    elif name in choices and value not in choices[name]:
        wrong = Words(zh=f"须为 {'、'.join(choices[name])} 之一", en=f"must be one of {', '.join(choices[name])}")
    elif name == "title" and not (_texts(value, {"zh", "en"})):
        wrong = Words(zh="须有中文 zh 与英文 en 名称", en="needs a Chinese (zh) and an English (en) title")
    elif name == "output" and not (_strings(value) and value and set(value) <= {"docx", "pdf"}):
        wrong = Words(zh="须为 docx、pdf 的列表", en="must be a list of docx and pdf")
    elif name == "audience" and not (isinstance(value, str) or (_strings(value) and value)):
        wrong = Words(zh="须为接收方代码或其列表", en="must be an audience or a list of them")
    elif name == "addressee" and not (isinstance(value, str) and value):
        wrong = Words(zh="须写明受文者", en="must name the addressee")
    elif name in pairs and not (isinstance(value, list) and all(_texts(item, pairs[name]) for item in value)):
        wrong = Words(
            zh=f"每项须有 {'、'.join(sorted(pairs[name]))}", en=f"each item needs {', '.join(sorted(pairs[name]))}"
        )
    elif name == "attachments" and not _strings(value):
        wrong = Words(zh="须为文字列表", en="must be a list of texts")
    elif name == "needs_approval" and not isinstance(value, bool):
        wrong = Words(zh="须为 true 或 false", en="must be true or false")
    elif name == "effective_from" and not isinstance(value, date):
        wrong = Words(zh="须为日期，如 2025-07-14", en="must be a date such as 2025-07-14")
    elif name == "approved_by" and not (value is None or isinstance(value, str)):
        wrong = Words(zh="须为律师姓名或空", en="must be a lawyer's name or empty")
    return wrong


def _strings(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item for item in value)


def _texts(value: Any, names: set[str]) -> bool:
    return (
        isinstance(value, dict)
        and set(value) == names
        and all(isinstance(text, str) and text for text in value.values())
    )
