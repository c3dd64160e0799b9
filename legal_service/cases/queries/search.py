"""Looking a text up: numbers as they stand, people through their blind indexes. Nothing of the text is kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from legal_service.accounts.models import Contract, Guarantee
from legal_service.cases.models import Case, CaseLoan
from legal_service.cases.queries.proceedings import cases_by_court_number
from legal_service.cases.search import (
    MOST_HITS,
    CaseHit,
    LoanHit,
    Searched,
    SearchResult,
    Sought,
    read_number,
    read_text,
)
from legal_service.database import key_ring_of
from legal_service.parties.models import Person

_FILTERED = 1000  # cases that a number may let through as a filter of the work list
_PEOPLE = {"id_number": Person.id_number_index, "phone": Person.phone_index, "name": Person.name_index}

Found = dict[int, set[str]]


def search(session: Session, text: str) -> SearchResult:
    """Cases, and loans without a case, that a typed text leads to: at most 50, exact matches and beginnings. Refuses `bad_search`."""
    cases: Found = defaultdict(set)
    contracts: Found = defaultdict(set)
    searched = [_look_up(session, one, cases, contracts) for one in read_text(text)]
    free = _without_case(session, cases, contracts)
    case_hits = _case_hits(session, cases)
    loan_hits = _loan_hits(session, free)
    cut = len(case_hits) + len(loan_hits) > MOST_HITS or any(one.found > MOST_HITS for one in searched)
    shown = case_hits[:MOST_HITS]
    return SearchResult(tuple(searched), tuple(shown), tuple(loan_hits[: MOST_HITS - len(shown)]), cut)


def cases_matching(session: Session, text: str) -> list[int]:
    """The keys of the cases whose own, loan or contract number begins so; refuses `use_search` for what names a person."""
    found: set[int] = set()
    for sought in read_number(text):
        query = select(Case.id).where(_number(session, Case.case_no, sought))
        if sought.kind != "case_no":
            column = Contract.loan_no if sought.kind == "loan_no" else Contract.contract_no
            query = select(CaseLoan.case_id).join(Contract, Contract.id == CaseLoan.contract_id)
            query = query.where(_number(session, column, sought))
        found.update(session.scalars(query.limit(_FILTERED)))
    return sorted(found)[:_FILTERED]


def _look_up(session: Session, sought: Sought, cases: Found, contracts: Found) -> Searched:
    """One way of looking up; what it finds is added to the cases or contracts. `found` above 50 means: there is more."""
    match sought.kind:
        case "case_no":
            keys = _keys(session, Case.id, _number(session, Case.case_no, sought))
            _add(cases, keys, sought.kind)
        case "loan_no" | "contract_no":
            column = Contract.loan_no if sought.kind == "loan_no" else Contract.contract_no
            keys = _keys(session, Contract.id, _number(session, column, sought))
            _add(contracts, keys, sought.kind)
        case "court_case_number":
            keys = cases_by_court_number(session, sought.values)
            _add(cases, keys, sought.kind)
        case _:
            keys = _contracts_of_people(session, sought)
            _add(contracts, keys, sought.kind)
    return Searched(sought.kind, sought.match, len(keys))


def _keys(session: Session, key: InstrumentedAttribute[int], rule: ColumnElement[bool]) -> list[int]:
    return list(session.scalars(select(key).where(rule).order_by(key).limit(MOST_HITS + 1)))


def _add(found: Found, keys: Iterable[int], kind: str) -> None:
    for key in keys:
        found[key].add(kind)


def _number(session: Session, column: InstrumentedAttribute[str], sought: Sought) -> ColumnElement[bool]:
    """Equal to a spelling, or beginning with one: in the form that the index of each engine serves."""
    if sought.match == "exact":
        return column.in_(sought.values)
    if session.get_bind().dialect.name == "sqlite":
        return or_(*(and_(column >= one, column < one + "\U0010ffff") for one in sought.values))
    return or_(*(column.startswith(one, autoescape=True) for one in sought.values))


def _contracts_of_people(session: Session, sought: Sought) -> list[int]:
    keys = key_ring_of(session.get_bind().dialect)
    blind = [keys.blind(f"person.{sought.kind}", one) for one in sought.values]
    query = select(Contract.id).join(Person, Person.id == Contract.person_id)
    found = list(
        session.scalars(query.where(_PEOPLE[sought.kind].in_(blind)).order_by(Contract.id).limit(MOST_HITS + 1))
    )
    if sought.kind == "id_number":
        guaranteed = [keys.blind("guarantee.id_number", one) for one in sought.values]
        rows = select(Guarantee.contract_id).where(Guarantee.id_number_index.in_(guaranteed)).limit(MOST_HITS + 1)
        found += [key for key in session.scalars(rows) if key not in found]
    return found


def _without_case(session: Session, cases: Found, contracts: Found) -> Found:
    """Hand the contracts that are in a case over to it; answer those that are in none."""
    if not contracts:
        return {}
    rows = session.execute(select(CaseLoan.contract_id, CaseLoan.case_id).where(CaseLoan.contract_id.in_(contracts)))
    taken = set()
    for contract_id, case_id in rows:
        taken.add(contract_id)
        cases[case_id] |= contracts[contract_id]
    return {key: kinds for key, kinds in contracts.items() if key not in taken}


def _case_hits(session: Session, cases: Found) -> list[CaseHit]:
    """Open cases first, the newest first."""
    if not cases:
        return []
    loans: dict[int, list[str]] = defaultdict(list)
    pursued = select(CaseLoan.case_id, Contract.loan_no).join(Contract, Contract.id == CaseLoan.contract_id)
    for case_id, loan_no in session.execute(pursued.where(CaseLoan.case_id.in_(cases)).order_by(Contract.loan_no)):
        loans[case_id].append(loan_no)
    about = select(Case.id, Case.case_no, Case.stage, Person.name).join(Person, Person.id == Case.person_id)
    rows: list[Any] = list(session.execute(about.where(Case.id.in_(cases)).order_by(Case.case_no.desc())))
    rows.sort(key=lambda row: row.stage == "closed")
    return [
        CaseHit(row.case_no, row.stage, row.name, tuple(loans[row.id]), tuple(sorted(cases[row.id]))) for row in rows
    ]


def _loan_hits(session: Session, contracts: Found) -> list[LoanHit]:
    if not contracts:
        return []
    about = select(Contract.id, Contract.loan_no, Contract.contract_no, Person.name)
    rows = session.execute(
        about.join(Person, Person.id == Contract.person_id).where(Contract.id.in_(contracts)).order_by(Contract.loan_no)
    )
    return [LoanHit(row.loan_no, row.contract_no, row.name, tuple(sorted(contracts[row.id]))) for row in rows]
