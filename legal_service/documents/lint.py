"""What is wrong with a template, said to the lawyer who wrote it: which paragraph or cell, what, and how to mend it."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator

from jinja2 import TemplateSyntaxError, meta, nodes
from lxml import etree

from legal_service.documents import page, word_layout
from legal_service.documents.manifest import Template
from legal_service.documents.word_parts import W, paragraph_elements, text_of
from legal_service.errors import Finding, Refusal, Severity, Words

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_PARAGRAPH_TAG = re.compile(r"\{%(?:p|tr|tc) ")
_PERCENT_INSIDE = re.compile(r"\{%(?:p|tr|tc)\s(?:(?!%\}).)*[%}](?!\})(?:(?!%\}).)*%\}")
_BROKEN_PREFIX = re.compile(r"\{%\s+(p|tr|tc|r)\s")
_HANZI = "[\u3400-\u9fff]"
_LATIN_PUNCTUATION = re.compile(
    rf"{_HANZI}\s*[,;:?!]|{_HANZI}\.(?!\d|[A-Za-z])|{_HANZI}\((?=[^)]*{_HANZI})|\([^)(]*{_HANZI}[^)(]*\)"
)
_DOUBLED = re.compile(r"整\s*整|元\s*元|(?:。|，|、|；)\s*(?:。|，|、|；)")
_WHOLE_BY_FIELD = re.compile(r"\{\{[^}]*(?:capital|chinese|upper|大写)[^}]*\}\}\s*(?:元)?整")
_OPENING = {"if": "endif", "for": "endfor", "set": "endset", "macro": "endmacro"}


def lint(template: Template, *, known: Collection[str] | None = None) -> list[Finding]:
    """Every fault of a template, in the order of the page.

    `known` are the fields the document's facts have, dotted (`plaintiff.name`); given them, an unknown field is an error.
    A Word template is also tried for what the PDF could not show. Wrong punctuation is a `doubt`, the rest are errors.
    """
    if template.manifest.engine == "word":
        found = list(_word(template))
        source = _joined(template.body)
    else:
        source = template.body.decode("utf-8")
        found = list(_html(template.code, source))
    if known is not None and not any(item.severity == "error" for item in found):
        found += _unknown_fields(template.code, source, known)
    return found


def _word(template: Template) -> Iterator[Finding]:
    open_tags: list[tuple[str, str, Words]] = []
    for place, element in paragraph_elements(template.body):
        text = text_of(element)
        where = f"{template.code}/body.docx:{place.zh}"
        yield from _tags(where, place, text)
        if _split_over_runs(element):
            yield _fault(
                "template_tag_fragmented",
                where,
                "标签被不同格式截断，请选中整个标签重新输入或统一格式",
                "a tag is cut up by formatting; retype it in one go",
                "doubt",
            )
        yield from _wording(where, text)
        yield from _balance(where, place, text, open_tags)
    for keyword, _end, place in open_tags:
        yield _fault(
            "template_tag_unclosed",
            f"{template.code}/body.docx:{place.zh}",
            f"{keyword} 没有对应的 {_OPENING[keyword]}",
            f"{keyword} has no {_OPENING[keyword]}",
        )
    try:
        word_layout.html_of(template.body)
    except Refusal as refusal:
        yield Finding(refusal.code, "error", f"{template.code}/body.docx", refusal.reason, refusal.basis)


def _html(code: str, source: str) -> Iterator[Finding]:
    try:
        page.environment().parse(source)
    except TemplateSyntaxError as error:
        yield _fault(
            "template_tag_wrong",
            f"{code}/body.html:{error.lineno}",
            f"模板标签有误：{error.message}",
            f"a tag is wrong: {error.message}",
        )
    for number, line in enumerate(source.splitlines(), start=1):
        yield from _wording(f"{code}/body.html:{number}", html.unescape(re.sub(r"<[^>]*>", "", line)))


def _tags(where: str, place: Words, text: str) -> Iterator[Finding]:
    if len(_PARAGRAPH_TAG.findall(text)) > 1:
        yield _fault(
            "template_two_block_tags",
            where,
            "一段内有两个 {%p / {%tr / {%tc 标签，Word 将无法打开；请分成两段",
            "two {%p / {%tr / {%tc tags in one paragraph make a file Word refuses; put them in two",
        )
    if _PERCENT_INSIDE.search(text):
        yield _fault(
            "template_percent_in_tag",
            where,
            "{%p … %} 标签内含 % 或 }，将无法识别；请改用变量",
            "a % or } inside a {%p … %} tag cannot be read; use a variable",
        )
    if found := _BROKEN_PREFIX.search(text):
        yield _fault(
            "template_tag_space",
            where,
            f"{{% {found[1]} 中多了空格，应为 {{%{found[1]} ",
            f"a space inside the tag: write {{%{found[1]} ",
        )
    if (
        _TAG.sub("", text).count("{{")
        or _TAG.sub("", text).count("}}")
        or _TAG.sub("", text).count("{%")
        or _TAG.sub("", text).count("%}")
    ):
        yield _fault(
            "template_tag_wrong",
            where,
            "标签没有写完整（缺少 {{、}}、{% 或 %}）",
            "a tag is not complete: {{, }}, {% or %} is missing",
        )
    for tag in _TAG.findall(text):
        inside = re.sub(r"^\{\{(?:p|tr|tc|r) ", "{{ ", tag)
        if inside.startswith("{{"):
            try:
                page.environment().parse(inside)
            except TemplateSyntaxError as error:
                yield _fault(
                    "template_tag_wrong",
                    where,
                    f"标签 {tag} 有误：{error.message}",
                    f"the tag {tag} is wrong: {error.message}",
                )


def _balance(where: str, place: Words, text: str, open_tags: list[tuple[str, str, Words]]) -> Iterator[Finding]:
    for keyword, rest in re.findall(r"\{%-?(?:p|tr|tc|r)?\s+(\w+)([^%]*)", text):
        if keyword in _OPENING and not (keyword == "set" and "=" in rest):
            open_tags.append((keyword, _OPENING[keyword], place))
        elif keyword.startswith("end"):
            if open_tags and open_tags[-1][1] == keyword:
                open_tags.pop()
            else:
                yield _fault(
                    "template_tag_unopened",
                    where,
                    f"{keyword} 没有对应的开始标签",
                    f"{keyword} closes nothing that is open",
                )


def _split_over_runs(paragraph: etree._Element) -> bool:
    """Whether a `{{` or `{%` stands in one run and its end in another."""
    texts = ["".join(node.text or "" for node in run.iter(f"{W}t")) for run in paragraph.iter(f"{W}r")]
    whole = "".join(texts)
    if whole.count("{{") != whole.count("}}") or whole.count("{%") != whole.count("%}"):
        return False  # not complete at all, which is said elsewhere
    return any(
        text.count("{{") != text.count("}}")
        or text.count("{%") != text.count("%}")
        or text.endswith("{")
        or text.startswith("}")
        for text in texts
    )


def _wording(where: str, text: str) -> Iterator[Finding]:
    plain = _TAG.sub("\ufffc", text)
    if found := _LATIN_PUNCTUATION.search(plain):
        yield _fault(
            "template_latin_punctuation",
            where,
            f"中文里用了英文标点：“{found[0]}”",
            f"Latin punctuation in Chinese text: {found[0]!r}",
            "doubt",
        )
    if found := _DOUBLED.search(plain) or _WHOLE_BY_FIELD.search(text):
        yield _fault(
            "template_doubled",
            where,
            f"重复：“{found[0]}”（金额大写字段已含“元整”）",
            f"doubled: {found[0]!r} (an amount in capitals already ends in 元整)",
        )


def _joined(docx: bytes) -> str:
    """All tags of a Word template in reading order, as one Jinja source."""
    tags = []
    for _place, element in paragraph_elements(docx):
        tags += [re.sub(r"^(\{[{%#])(?:p|tr|tc|r) ", r"\1 ", tag) for tag in _TAG.findall(text_of(element))]
    return "\n".join(tags)


def _unknown_fields(code: str, source: str, known: Collection[str]) -> list[Finding]:
    try:
        tree = page.environment().parse(source)
    except TemplateSyntaxError as error:
        return [
            _fault("template_tag_wrong", code, f"模板标签有误：{error.message}", f"a tag is wrong: {error.message}")
        ]
    roots = meta.find_undeclared_variables(tree)
    used = set(roots) | {path for path in map(_path, tree.find_all(nodes.Getattr)) if path.split(".")[0] in roots}
    prefixes = {".".join(name.split(".")[:length]) for name in known for length in range(1, name.count(".") + 2)}
    return [
        _fault(
            "template_field_unknown",
            code,
            f"没有名为“{name}”的字段，请核对字段名",
            f"there is no field `{name}`; check its name",
        )
        for name in sorted(used)
        if name not in prefixes
    ]


def _path(node: nodes.Getattr) -> str:
    inner = node.node
    before = _path(inner) if isinstance(inner, nodes.Getattr) else inner.name if isinstance(inner, nodes.Name) else "?"
    return f"{before}.{node.attr}"


def _fault(code: str, where: str, zh: str, en: str, severity: Severity = "error") -> Finding:
    return Finding(code=code, severity=severity, where=where, message=Words(zh=zh, en=en))
