"""`/cases/…/enforcement`: where title, measures and release stand, and the records of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from legal_service import clock
from legal_service.api.resource import Resource
from legal_service.api.schemas.cases import AsOf
from legal_service.api.schemas.enforcement import (
    EnforcementShape,
    NewClue,
    NewEntry,
    NewMeasure,
    NewRecovery,
    NewRelease,
    NewTerms,
    Noted,
)
from legal_service.api.speech import language
from legal_service.database import Transaction
from legal_service.enforcement import operations, queries
from legal_service.errors import Words

resource = Resource("enforcement", Words("执行", "Enforcement"))
PATH = "/cases/<name:case_no>/enforcement"


@resource.reads(
    PATH,
    needs="case.read",
    says=Words("判项、回款、措施、问题、解除清单", "Title, recoveries, measures, findings, release list"),
    asks=AsOf,
    gives=EnforcementShape,
)
def show(session: Session, asked: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Enforcement of a case at the close of a day."""
    return queries.position_json(session, case_no, asked["as_of"] or clock.today(), language())


def _noted(tx: Transaction, case_no: str, record: str, told: Any) -> dict[str, Any]:
    return {"case_no": case_no, **operations.record_one(tx, case_no=case_no, record=record, told=told)}


@resource.writes(
    f"{PATH}/clues",
    needs="case.record",
    says=Words("登记财产线索", "Record a clue to property"),
    takes=NewClue,
    gives=Noted,
    status=201,
)
def record_clue(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Record a clue to property."""
    return _noted(tx, case_no, "clue", told)


@resource.writes(
    f"{PATH}/measures",
    needs="case.record",
    says=Words("登记申请的措施", "Record a measure asked for"),
    takes=NewMeasure,
    gives=Noted,
    status=201,
)
def record_measure(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Record a measure asked for."""
    return _noted(tx, case_no, "measure", told)


@resource.writes(
    f"{PATH}/measure-entries",
    needs="case.record",
    says=Words("登记措施的生效、续行、解除等", "Record what became of a measure"),
    takes=NewEntry,
    gives=Noted,
    status=201,
)
def record_entry(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Record what became of a measure."""
    return _noted(tx, case_no, "entry", told)


@resource.writes(
    f"{PATH}/terms",
    needs="case.record",
    says=Words("登记判项", "Record the judgment terms"),
    takes=NewTerms,
    gives=Noted,
    status=201,
)
def record_terms(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Record the judgment terms."""
    return _noted(tx, case_no, "terms", told["terms"])


@resource.writes(
    f"{PATH}/recoveries",
    needs="case.record",
    says=Words("登记回款或冲销", "Record money received, or its reversal"),
    takes=NewRecovery,
    gives=Noted,
    status=201,
)
def record_recovery(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Record money received, or its reversal."""
    return _noted(tx, case_no, "recovery", told)


@resource.writes(
    f"{PATH}/releases",
    needs="case.record",
    says=Words("登记解除清单的办结", "Record a thing of the release list as done"),
    takes=NewRelease,
    gives=Noted,
    status=201,
)
def record_release(tx: Transaction, told: Mapping[str, Any], case_no: str) -> dict[str, Any]:
    """Record a thing of the release list as done."""
    return _noted(tx, case_no, "release", told)
