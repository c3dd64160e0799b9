"""`/law/{question}`: the questions of `legal law …`, each with its shapes. By address where scalars are all it takes; else by POST.

`/law/{question}/batch` takes a list; a wrong line answers `{"error": …}` in its place. Bodies are never logged.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from legal_service.accounts.questions import QUESTIONS, Question
from legal_service.api.resource import Resource
from legal_service.api.running import Answer as Told
from legal_service.api.schemas.law import MOST_AT_ONCE, LawFailed, answered, asked
from legal_service.api.speech import language
from legal_service.errors import Refusal, Words
from legal_service.law.bench import Bench
from legal_service.web.bench import bench

resource = Resource("law", Words("法律计算", "Law"))
SAME = Words(
    "参数与答复同命令行 `legal law …`（contract.md 第 5 节），不读取任何案件数据。",
    "Arguments and answers are those of `legal law …` (contract.md section 5); no data of any case is read.",
)
IN_PLACE = Words(
    f"一次至多 {MOST_AT_ONCE} 问，依次作答；有误的一问在其位置答 error，其余照答。",
    f"Up to {MOST_AT_ONCE} at once, answered in order; a wrong one answers error in its place and the others go on.",
)


def _enter(question: Question) -> None:
    """Enter the operations of one question: by address where that may be, by body, many at once."""
    form = question.form
    name, gives = form.name.replace("-", "_"), answered(form)
    tells = Words(f"{form.says.zh}{SAME.zh}", f"{form.says.en} {SAME.en}")

    def by_body(given: Mapping[str, Any]) -> Told:
        return Told(question.answer(_as_written(given), bench(language())), exact=True)

    def many(given: list[Any]) -> Told:
        here = bench(language())
        return Told([_in_place(question, one, here) for one in given], exact=True)

    by_body.__name__, many.__name__ = name, f"{name}_batch"
    path = f"/law/{form.name}"
    resource.computes(
        path, method="POST", needs="law.read", says=form.title, tells=tells, takes=asked(form), gives=gives
    )(by_body)
    resource.computes(
        f"{path}/batch",
        method="POST",
        needs="law.read",
        says=Words(f"{form.title.zh}（批量）", f"{form.title.en}, many at once"),
        tells=Words(f"{form.says.zh}{IN_PLACE.zh}", f"{form.says.en} {IN_PLACE.en}"),
        takes=asked(form),
        takes_up_to=MOST_AT_ONCE,
        gives=gives,
        gives_also=LawFailed,
    )(many)
    if form.scalar:
        _enter_by_address(question, path, tells)


def _enter_by_address(question: Question, path: str, tells: Words) -> None:
    form = question.form

    def by_address(given: Mapping[str, Any]) -> Told:
        return Told(question.answer(given, bench(language())), exact=True)

    by_address.__name__ = f"{form.name.replace('-', '_')}_by_address"
    resource.computes(
        path,
        needs="law.read",
        says=Words(f"{form.title.zh}（参数在地址中）", f"{form.title.en}, its arguments in the address"),
        tells=tells,
        asks=asked(form, by_address=True),
        gives=answered(form),
    )(by_address)


def _in_place(question: Question, given: Any, here: Bench) -> dict[str, Any]:
    try:
        return question.answer(_as_written(given), here)
    except Refusal as refusal:
        return {"error": refusal.as_json(here.language)}


def _as_written(value: Any) -> Any:
    """Numbers with a point as they were written: 0.18 stays 0.18."""
    if isinstance(value, Mapping):
        return {name: _as_written(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_written(inner) for inner in value]
    return str(value) if isinstance(value, Decimal) else value


for _question in QUESTIONS.values():
    _enter(_question)
