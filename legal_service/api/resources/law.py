"""`/law/{question}`: the pure calculators of `legal law …`. Scalars may be asked by GET; lists and whatever is personal by POST."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from legal_service import clock
from legal_service.accounts import schedule_answer
from legal_service.api.resource import Resource
from legal_service.api.running import Answer as Told
from legal_service.api.schemas.law import AnswerShape, Question, ScalarQuestion
from legal_service.api.speech import language
from legal_service.errors import Refusal, Words
from legal_service.law import files
from legal_service.law.arguments import Given
from legal_service.law.bench import Bench
from legal_service.law.schemas import QUESTIONS
from legal_service.law.schemas import answer as answered

resource = Resource("law", Words("法律计算", "Law"))
ALL = (*QUESTIONS, "schedule")
BY_ADDRESS = ("amount", "explain", "fee", "period", "schedule")
"""What may stand in an address: no names, no numbers of persons, no lists."""
LAW = "/law/<any({}):question>".format(", ".join(f'"{name}"' if "-" in name else name for name in ALL))
TELLS = Words(
    "参数与答复同命令行 `legal law …`（contract.md 第 5 节），不读取任何案件数据。",
    "Arguments and answers are those of `legal law …` (contract.md section 5); no data of any case is read.",
)


@resource.computes(
    LAW,
    needs="law.read",
    says=Words("法律计算（参数在地址中）", "A question of law, its arguments in the address"),
    tells=TELLS,
    asks=ScalarQuestion,
    gives=AnswerShape,
)
def ask(asked: Mapping[str, Any], question: str) -> Told:
    """Answer a question whose arguments are scalars; refuses `ask_by_post` where they are lists, or personal."""
    if question not in BY_ADDRESS:
        raise Refusal(
            "ask_by_post",
            Words(
                zh=f"{question} 的参数含列表或个人信息，不进地址；请以 POST 发送 JSON。",
                en=f"The arguments of {question} are lists or personal and do not belong in an address; send JSON by POST.",
            ),
            "个人信息保护法 第五十一条",
        )
    return _answer(question, {name.rstrip("_"): value for name, value in asked.items()})


@resource.computes(
    LAW,
    method="POST",
    needs="law.read",
    says=Words("法律计算（参数为 JSON）", "A question of law, its arguments as JSON"),
    tells=TELLS,
    takes=Question,
    gives=AnswerShape,
)
def ask_at_length(asked: Mapping[str, Any], question: str) -> Told:
    """Answer any question."""
    return _answer(question, _as_written(asked))


def _as_written(value: Any) -> Any:
    """Numbers with a point as they were written: 0.18 stays 0.18."""
    if isinstance(value, Mapping):
        return {name: _as_written(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_as_written(inner) for inner in value]
    return str(value) if isinstance(value, Decimal) else value


def _answer(question: str, arguments: Mapping[str, Any]) -> Told:
    bench = Bench(
        parameters=files.parameters(),
        calendar=files.calendar(),
        instruments=files.instruments(),
        today=clock.today(),
        language=language(),
    )
    if question == "schedule":
        return Told(schedule_answer.answer(Given(arguments)), exact=True)
    return Told(answered(question, arguments, bench), exact=True)
