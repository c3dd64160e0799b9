"""HTML templates filled strictly: sandboxed, escaped, and a field that is missing stops the document by name and line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from legal_service.errors import Refusal, Words

_BASIS = "机构内部规则：缺项不得以空白代替"
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Unprintable(Exception):
    """A value that must not be printed on a document."""

    def __init__(self, why: Words) -> None:
        super().__init__(why.en)
        self.why = why


def environment() -> ImmutableSandboxedEnvironment:
    """The one Jinja environment of documents, for HTML and Word alike."""
    return ImmutableSandboxedEnvironment(
        autoescape=True, undefined=StrictUndefined, finalize=printable, trim_blocks=False
    )


def printable(value: Any) -> Any:
    """What may be printed: text, whole numbers, exact decimals, dates. None, booleans, floats and lists are a template's mistake.

    >>> printable("甲&乙")
    '甲&乙'
    """
    if isinstance(value, StrictUndefined):
        return value
    if isinstance(value, str):
        if found := _CONTROL.search(value):
            point = f"U+{ord(found[0]):04X}"
            raise Unprintable(Words(zh=f"内容含控制字符 {point}", en=f"the value holds a control character {point}"))
        return value
    if isinstance(value, bool) or not isinstance(value, int | Decimal | date):
        kind = "空值" if value is None else type(value).__name__
        raise Unprintable(
            Words(zh=f"该处的值不能直接打印（{kind}）", en=f"the value cannot be printed ({type(value).__name__})")
        )
    return value


def render_html(body: str, context: Mapping[str, Any], *, name: str = "body.html") -> str:
    """Fill an HTML template. `name` is what an error calls the document.

    Raises `Refusal`: `template_field_missing` (document, field, line), `template_value_unprintable`, `template_broken`.
    """
    try:
        return environment().from_string(body).render(context)
    except UndefinedError as error:
        line = failing_line(error)
        raise missing_field(
            error, source=body.splitlines(), line=line, zh=f"{name} 第{line}行", en=f"{name}, line {line}"
        ) from error
    except (Unprintable, TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        line = failing_line(error)
        raise broken(error, zh=f"{name} 第{line}行", en=f"{name}, line {line}") from error


def failing_line(error: BaseException) -> int:
    """The line of the template an error came from; 0 when it came from elsewhere."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def missing_field(error: UndefinedError, *, source: list[str], line: int, zh: str, en: str) -> Refusal:
    """The refusal for a field the facts do not have, called as the template calls it (`plaintiff.name`)."""
    field = _called(str(error), source[line - 1] if 0 < line <= len(source) else "")
    return Refusal(
        "template_field_missing",
        Words(
            zh=f"{zh}：缺少“{field}”。请在案件资料中补齐该项，或更正模板中的字段名。",
            en=f"{en}: the field `{field}` is missing; complete the facts of the case, or correct the field's name in the template",
        ),
        _BASIS,
    )


def broken(error: Exception, *, zh: str, en: str) -> Refusal:
    """The refusal for a template that cannot be run, or a value that cannot be printed."""
    if isinstance(error, Unprintable):
        return Refusal(
            "template_value_unprintable", Words(zh=f"{zh}：{error.why.zh}", en=f"{en}: {error.why.en}"), _BASIS
        )
    if isinstance(error, SecurityError):
        return Refusal(
            "template_forbidden",
            Words(zh=f"{zh}：模板不得运行程序（{error}）", en=f"{en}: a template may not run code ({error})"),
        )
    return Refusal(
        "template_broken", Words(zh=f"{zh}：模板有误（{error}）", en=f"{en}: the template is wrong ({error})")
    )


def _called(message: str, line: str) -> str:
    names = re.findall(r"'([^']+)'", message)
    last = names[-1] if names else message
    whole = re.search(rf"[\w.\[\]'\"]*\b{re.escape(last)}\b", line)
    return whole[0].lstrip(".") if whole else last
