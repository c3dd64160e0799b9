"""Recording clues, measures asked for, and what became of them, with their terms on the docket."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from legal_service.access import permissions
from legal_service.access.operations import record
from legal_service.cases import operations as cases
from legal_service.cases import queries
from legal_service.cases.models import Case
from legal_service.cases.operations.deadlines import open_deadline
from legal_service.cases.operations.proceedings import close_rule
from legal_service.cases.queries.deadlines import period_of
from legal_service.cases.queries.proceedings import proceedings_of
from legal_service.database import Transaction
from legal_service.enforcement import measures
from legal_service.enforcement.asking import Asked, refusal
from legal_service.enforcement.measures import BASIS, ENTRIES, KINDS, REGIMES, MeasureFacts
from legal_service.enforcement.models import Measure, MeasureEntry, PropertyClue
from legal_service.enforcement.operations.proving import require_in_vault
from legal_service.enforcement.operations.releasing import follow_release
from legal_service.enforcement.queries import clues_of, measures_of
from legal_service.errors import Refusal, Words
from legal_service.law.queries import calendar
from legal_service.money import Fen

RENEWAL = "preservation_renewal"


def record_clue(
    tx: Transaction,
    *,
    case_no: str,
    kind: str,
    party: str,
    description: str,
    source: str,
    found_on: date,
    exempt: bool = False,
) -> int:
    """Record a clue to property; answer its id. The same clue again is the one already there. Refuses `bad_clue`, `unknown_party`."""
    permissions.require(tx.actor, "case.record")
    case = queries.case_row(tx.session, case_no)
    _one_of("kind", kind, measures.CLUES)
    _one_of("source", source, measures.SOURCES)
    _party(tx, case_no, party, found_on)
    if not 2 <= len(description.strip()) <= 500:
        raise _bad("description", "须写明财产（2 至 500 字）", "tell the property (2 to 500 characters)")
    for row in clues_of(tx.session, case.id):
        if (row.kind, row.party, row.description) == (kind, party, description.strip()):
            return row.id
    row = PropertyClue(
        case_id=case.id, kind=kind, party=party, description=description.strip(), source=source, found_on=found_on,
        exempt=exempt, recorded_by=tx.actor.email, recorded_at=tx.moment,
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    record(tx, action="enforcement.clue", subject=f"case:{case_no}", of=row.id, kind=kind, exempt=exempt)
    return row.id


def record_measure(
    tx: Transaction, *, case_no: str, kind: str, regime: str, party: str, amount: Fen, asked_on: date,
    clue_id: int | None = None, facts: str = "",
) -> int:  # fmt: skip
    """Record a measure asked of the court, by a lawyer; answer its id. One measure, one person: there is no bulk form of it.

    The same again is the one already there. Refuses `bad_measure`, `unknown_party`, `unknown_clue`, and what `measures.refusal` refuses.
    """
    permissions.require(tx.actor, "case.record")
    case = queries.case_row(tx.session, case_no)
    _one_of("kind", kind, tuple(KINDS))
    _one_of("regime", regime, REGIMES)
    _party(tx, case_no, party, asked_on)
    if amount < 0:
        raise _bad("amount", "不得为负", "is not negative")
    if KINDS[kind].facts:
        permissions.require_named_lawyer(tx.actor)
    if clue_id is not None and clue_id not in {one.id for one in clues_of(tx.session, case.id)}:
        raise Refusal("unknown_clue", Words(zh="本案没有这条财产线索。", en="the case has no such clue."), BASIS)
    others = measures_of(tx.session, case.id)
    values = (kind, regime, party, clue_id, amount, asked_on)
    for one in others:
        if (one.kind, one.regime, one.party, one.clue, one.amount, one.asked_on) == values:
            return one.key
    docketed = proceedings_of(tx.session, case.id).newest("enforcement_docketed") is not None
    refused = refusal(
        Asked(kind, regime, case.stage, facts=facts, clue=clue_id, docketed=docketed, others=tuple(others), on=asked_on)
    )
    if refused is not None:
        raise refused
    row = Measure(
        case_id=case.id, kind=kind, regime=regime, party=party, clue_id=clue_id, amount=amount, asked_on=asked_on,
        facts=facts.strip(), recorded_by=tx.actor.email, recorded_at=tx.moment,
    )  # fmt: skip
    tx.session.add(row)
    tx.session.flush()
    record(
        tx, action="enforcement.measure", subject=f"case:{case_no}", of=row.id, kind=kind, regime=regime, amount=amount
    )
    if regime == "pre_suit":
        cases.record_milestone(
            tx, case_no=case_no, kind="pre_suit_preservation", subject="", reached_on=asked_on, reference=str(row.id)
        )
    return row.id


def record_entry(
    tx: Transaction, *, case_no: str, measure_id: int, kind: str, on: date, until: date | None = None, rank: int = 0,
    amount: Fen = 0, proof: str = "",
) -> MeasureFacts:  # fmt: skip
    """Record what became of a measure; answer it as it stands then. The same entry again changes nothing.

    A measure with a longest term that took effect or was renewed stands to `until`, at most that term; without `until` to the term.
    Refuses `unknown_measure`, `bad_measure`, `term_too_long`, `not_standing`.
    """
    permissions.require(tx.actor, "case.record")
    case = queries.case_row(tx.session, case_no)
    found = {one.key: one for one in measures_of(tx.session, case.id)}.get(measure_id)
    if found is None:
        raise Refusal("unknown_measure", Words(zh="本案没有这项措施。", en="the case has no such measure."), BASIS)
    require_in_vault(tx, case_no, proof)
    _one_of("entry", kind, ENTRIES)
    until = _term(tx, found, on, until) if kind in ("took_effect", "renewed") else None
    rank = 1 if kind == "moved_up" else rank
    if _there(tx, found, kind, on, (until, rank, amount)):
        return found
    _possible(found, kind, on)
    tx.session.add(
        MeasureEntry(
            measure_id=measure_id, kind=kind, happened_on=on, until=until, rank=rank,
            amount=amount, proof_sha256=proof, recorded_by=tx.actor.email, recorded_at=tx.moment,
        )
    )  # fmt: skip
    tx.session.flush()
    record(
        tx, action="enforcement.entry", subject=f"case:{case_no}", of=measure_id, kind=kind, on=on.isoformat(),
        until=until.isoformat() if until else None,
    )  # fmt: skip
    _docket(tx, case, found, kind, on, until)
    if kind in ("took_effect", "released"):
        cases.record_milestone(
            tx, case_no=case_no, kind="measure", subject=found.subject, reached_on=on,
            reference="standing" if kind == "took_effect" else "ended",
        )  # fmt: skip
    follow_release(tx, case=case, on=on)
    return {one.key: one for one in measures_of(tx.session, case.id)}[measure_id]


def _there(tx: Transaction, found: MeasureFacts, kind: str, on: date, told: tuple[date | None, int, Fen]) -> bool:
    """Whether the entry is there already; refuses `entry_differs` when one of that kind and day says something else."""
    query = select(MeasureEntry).where(MeasureEntry.measure_id == found.key, MeasureEntry.kind == kind)
    rows = tx.session.scalars(query.where(MeasureEntry.happened_on == on)).all()
    if any((row.until, row.rank, row.amount) == told for row in rows):
        return True
    if rows and kind != "realised":
        raise Refusal(
            "entry_differs",
            Words(
                zh=f"{found.subject} 当日已登记同一事项，内容不同；登记不得覆盖。",
                en=f"{found.subject} has an entry of this kind and day that says something else; entries are not overwritten.",
            ),
            BASIS,
        )
    return False


def _term(tx: Transaction, found: MeasureFacts, on: date, until: date | None) -> date | None:
    """The last day of the term: as the court set it, at most what the law allows; none for a measure without a term."""
    rule = KINDS[found.kind].rule
    if not rule:
        return None
    longest = period_of(rule, on, calendar(tx.session))
    if until is None:
        return longest.raw
    if not on < until <= longest.raw:
        raise Refusal(
            "term_too_long",
            Words(
                zh=f"期限须晚于 {on}，至迟 {longest.raw}。", en=f"the term ends after {on} and not after {longest.raw}."
            ),
            longest.basis,
        )
    return until


def _possible(found: MeasureFacts, kind: str, on: date) -> None:
    state = found.state(on)
    fits = {
        "took_effect": state == "asked",
        "failed": state == "asked",
        "renewed": state in ("standing", "waiting"),
        "moved_up": state == "waiting",
        "realised": state == "standing",
        "released": state in ("standing", "waiting", "lapsed"),
    }
    if not fits[kind]:
        raise Refusal(
            "not_standing",
            Words(
                zh=f"措施 {found.subject} 在 {on} 的状态不能登记这一事项；已失效的不能续行，须重新申请。",
                en=f"measure {found.subject} is {state} on {on}; this cannot be recorded. A lapsed one is not renewed but asked for anew.",
            ),
            "民事执行中查封、扣押、冻结财产的规定(2020修正) 第二十七条",
        )


def _docket(tx: Transaction, case: Case, found: MeasureFacts, kind: str, on: date, until: date | None) -> None:
    """Terms on the docket: the end of the measure, and the day by which renewal is asked for (seven days before, never rolled forward)."""
    rule = KINDS[found.kind].rule
    if kind in ("renewed", "released", "failed"):
        for each in (rule, "measure_term", RENEWAL):
            if each:
                close_rule(tx, case=case, rule=each, on=on, subject=found.subject)
    if (
        kind == "took_effect"
        and found.regime == "pre_suit"
        and case.stage in ("contact", "negotiation", "settlement", "preparation")
    ):
        open_deadline(tx, case=case, rule="pre_suit_preservation_suit", trigger=on)
    if until is not None:
        longest = period_of(rule, on, calendar(tx.session)).raw
        if until == longest:
            open_deadline(tx, case=case, rule=rule, trigger=on, subject=found.subject)
        else:
            open_deadline(tx, case=case, rule="measure_term", trigger=until, subject=found.subject)
        open_deadline(tx, case=case, rule=RENEWAL, trigger=until, subject=found.subject)


def _party(tx: Transaction, case_no: str, party: str, on: date) -> None:
    known = queries.position_of(tx.session, case_no, on).parties[1:]
    if party not in known:
        raise Refusal(
            "unknown_party",
            Words(zh=f"被申请人应为：{'、'.join(known)}。", en=f"against one of: {', '.join(known)}."),
            BASIS,
        )


def _one_of(field: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise _bad(field, f"应为 {'、'.join(choices)} 之一", f"one of {', '.join(choices)}")


def _bad(field: str, zh: str, en: str) -> Refusal:
    return Refusal("bad_measure", Words(zh=f"字段 {field}：{zh}。", en=f"field {field}: {en}."), BASIS)
