"""Every question of law that the house answers: those of `law/`, and those that rest on the account's rules.

The one registry: `legal law`, the API and the calculator ask through it. See `law/forms` for how to add a question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from legal_service.accounts import irr_answer, irr_question, schedule_answer
from legal_service.law import schemas
from legal_service.law.arguments import Given
from legal_service.law.bench import Answer, Bench
from legal_service.law.forms import FORMS
from legal_service.law.forms.parts import Form


@dataclass(frozen=True, slots=True)
class Question:
    """A question: how it is asked and answered, and what answers it."""

    form: Form
    reply: Callable[[Given, Bench], Answer]

    def answer(self, arguments: Any, bench: Bench) -> Answer:
        """The answer. Raises `ArgumentError` for wrong arguments, another `Refusal` where the law gives no answer."""
        return self.reply(Given(arguments), bench)


QUESTIONS: dict[str, Question] = {
    **{form.name: Question(form, schemas.QUESTIONS[form.name]) for form in FORMS},
    "schedule": Question(schedule_answer.FORM, lambda given, bench: schedule_answer.answer(given)),
    "irr": Question(irr_question.FORM, lambda given, bench: irr_answer.answer(given)),
}


def answer(question: str, arguments: Any, bench: Bench) -> Answer:
    """Answer one question of the registry."""
    return QUESTIONS[question].answer(arguments, bench)
