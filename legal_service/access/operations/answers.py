"""Keeping the answer to a request in the transaction of its write: the write and its answer are there both or neither."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from legal_service.access import answers
from legal_service.access.models import Answer
from legal_service.access.operations.trail import record
from legal_service.database import Transaction


def keep_answer(tx: Transaction, *, key: str, request_sha256: str, status: int, body: str) -> None:
    """Keep what was answered to the actor's request of this key; answers older than a week are forgotten.

    Call it last in the transaction, after `kept_answer` was asked for in the same one: writers are one at a time, so of two
    requests with one key the second finds the first's answer. Refuses `bad_key`.
    """
    answers.check_form(key)
    tx.session.execute(delete(Answer).where(Answer.answered_at < tx.moment - timedelta(days=answers.KEPT_DAYS)))
    tx.session.add(
        Answer(
            asked_by=tx.actor.email,
            key=key,
            request_sha256=request_sha256,
            status=status,
            body=body,
            answered_at=tx.moment,
        )
    )
    if not tx.session.info.get("recorded"):  # a request that changed nothing is told of by this alone
        record(tx, action="answer.keep", subject=f"request:{request_sha256[:16]}", status=status)
