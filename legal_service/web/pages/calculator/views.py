"""`/law/calculator`: what can be asked; `/law/calculator/fee`: one question, its answer, and the address that leads back to both.

Whatever takes no personal data is asked by GET, so that its address is the link; identifiers, names and addresses by POST.
"""

from __future__ import annotations

from itertools import groupby
from urllib.parse import urlencode

from flask import render_template, request, url_for

from legal_service import clock
from legal_service.accounts.questions import QUESTIONS, Question
from legal_service.errors import Refusal, Words
from legal_service.law import files
from legal_service.law.arguments import ArgumentError
from legal_service.law.forms.parts import GROUPS, Form
from legal_service.web import reader, speaking
from legal_service.web.bench import bench
from legal_service.web.pages import law
from legal_service.web.pages.calculator import checking, entries
from legal_service.web.pages.calculator.entries import Entries
from legal_service.web.pages.calculator.results import Result, result


def contents() -> str:
    """Every question, by group."""
    return render_template("calculator/contents.html", groups=_groups())


def show(question: str) -> str:
    """The form of a question; with its arguments in the address, the answer below it."""
    found = _question(question)
    if found.form.personal:
        return _page(found.form, entries.fresh(found.form, clock.today()))
    known = {field.name for field in found.form.asks}
    if not any(name.partition(".")[0] in known for name in request.args) and entries.ADD not in request.args:
        return _page(found.form, entries.fresh(found.form, clock.today()))
    return _answered(found, entries.read(found.form, request.args))


def ask(question: str) -> str:
    """The answer of a question that takes personal data: nothing of it stands in an address, nothing is kept."""
    found = _question(question)
    return _answered(found, entries.read(found.form, request.form))


def _question(name: str) -> Question:
    if name not in QUESTIONS:
        raise Refusal(
            "unknown_question",
            Words(
                zh="没有这一项计算。全部项目见「法律计算」。",
                en="There is no such question; see the calculator's contents.",
            ),
            "机构内部规则：法律计算",
        )
    return QUESTIONS[name]


def _answered(question: Question, entered: Entries) -> str:
    if not entered.asked:
        return _page(question.form, entered)
    entered.faults |= checking.faults(question.form, entered, files.parameters())
    if entered.faults:
        return _page(question.form, entered)
    try:
        told = question.answer(entered.arguments(question.form), bench(reader.language()))
    except Refusal as refusal:
        if entered.note(refusal):
            return _page(question.form, entered)
        return _page(question.form, entered, refused=_titled(refusal, question.form))
    return _page(question.form, entered, found=result(told, question.form.gives, files.parameters()))


def _titled(refusal: Refusal, form: Form) -> Refusal:
    """A word on the arguments, with what the page calls them in the place of their codes."""
    if not isinstance(refusal, ArgumentError):
        return refusal
    zh, en = refusal.reason.zh, refusal.reason.en
    for one in sorted(form.asks, key=lambda field: -len(field.name)):
        zh, en = zh.replace(one.name, f"「{one.title.zh}」"), en.replace(one.name, f"“{one.title.en}”")
    return Refusal(refusal.code, Words(zh.replace("」、「", "」「"), en), refusal.basis)


def _page(form: Form, entered: Entries, *, found: Result | None = None, refused: Refusal | None = None) -> str:
    return render_template(
        "calculator/question.html",
        form=form,
        entered_now=entered,
        found=found,
        refused=refused,
        permalink=_permalink(form, entered) if found and not form.personal else "",
        choices={one.name: one.choices(files.parameters()) for one in form.asks}
        | {f"{one.name}.{each.name}": each.choices(files.parameters()) for one in form.asks for each in one.fields},
        titles=_titles(form, entered),
        groups=_groups(),
        today=clock.today(),
        statuses=law.STATUSES,
        said=lambda sentence: speaking.t(sentence, sentence),
    )


def _titles(form: Form, entered: Entries) -> dict[str, Words]:
    """What the page calls each field that may be wrong: 「中断事由 2 日期」 for one in a row."""
    titles = {one.name: one.title for one in form.asks}
    for one in form.asks:
        for number, place in enumerate(entered.rows.get(one.name, ()), start=1):
            for each in one.fields:
                titles[f"{one.name}.{place}.{each.name}"] = Words(
                    f"{one.title.zh} {number} {each.title.zh}", f"{one.title.en} {number} {each.title.en}"
                )
    return titles


def _permalink(form: Form, entered: Entries) -> str:
    """The address of this very answer; a day left out is written into it, so that it answers the same tomorrow."""
    asked = entered.address()
    for one in form.asks:
        if one.default == "today":
            asked.setdefault(one.name, clock.today().isoformat())
    return f"{url_for('calculation', question=form.name)}?{urlencode(asked)}"


def _groups() -> list[tuple[Words, list[Form]]]:
    forms = sorted((one.form for one in QUESTIONS.values()), key=lambda form: GROUPS.index(form.group))
    return [(group, list(listed)) for group, listed in groupby(forms, key=lambda form: form.group)]
