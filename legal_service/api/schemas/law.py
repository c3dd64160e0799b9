"""Shapes of questions of law. Which arguments a question takes is decided where it is answered (`law/schemas.py`)."""

from __future__ import annotations

from marshmallow import INCLUDE

from legal_service.api.schemas.kinds import Shape, text

_LONGEST = 100


class ScalarQuestion(Shape):
    """Arguments that may stand in an address; which of them a question takes, it says itself."""

    amount = text(_LONGEST, "金额（元）", "yuan")
    kind = text(_LONGEST, "fee：种类 court payment_order preservation enforcement appeal", "fee: which")
    on = text(_LONGEST, "以哪日的法律为准", "the day whose law counts")
    track = text(_LONGEST, "fee：ordinary simplified small_claims", "fee: the track")
    ended = text(_LONGEST, "fee：judgment mediation withdrawal", "fee: how it ended")
    from_ = text(_LONGEST, "period：起算事件之日", "period: day of the event", data_key="from")
    hours = text(_LONGEST, "period：时数", "period: length in hours")
    days = text(_LONGEST, "period：日数", "period: length in days")
    months = text(_LONGEST, "period、schedule：月数或期数", "period, schedule: months or instalments")
    years = text(_LONGEST, "period：年数", "period: length in years")
    rule = text(_LONGEST, "period：期间名称，如 defence", "period: a named one, as defence")
    parameter = text(_LONGEST, "explain：参数", "explain: key or Chinese name")
    principal = text(_LONGEST, "schedule：本金", "schedule: yuan paid out")
    annual_rate = text(_LONGEST, "schedule：年利率 0.18", "schedule: yearly rate, 0.18")
    method = text(_LONGEST, "schedule：还款方式", "schedule: method")
    disbursed = text(_LONGEST, "schedule：放款日", "schedule: day of disbursement")
    first_due = text(_LONGEST, "schedule：首个到期日", "schedule: first due day")
    day_count = text(_LONGEST, "schedule：360 或 365", "schedule: 360 or 365")


class Question(Shape):
    """The arguments of a question as `legal law … --input` takes them."""

    class Meta:
        unknown = INCLUDE


class AnswerShape(Shape):
    """The answer of a question, as `legal law …` prints it."""

    class Meta:
        unknown = INCLUDE
