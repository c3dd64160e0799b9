"""Idempotency-Key: a write asked for twice under one key is done once and answered twice.

The answer is kept in the transaction of the write itself: either both are there or neither. Refusals are not kept, for they
changed nothing and may be tried again under the same key. A secret that is shown once (a token) is not kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from legal_service.access import operations, queries
from legal_service.access.answers import LONGEST_KEY, KeptAnswer, check_form, check_key
from legal_service.database import Transaction

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """A write under a key: the key, and the hash that tells the same request from another."""

    key: str
    sha256: str


def asked(told: Mapping[str, Any]) -> Asked | None:
    """The key of this request, None without one; refuses `bad_key`.

    The hash is over method, address, questions and what was told, read: another boundary of the same form is the same.
    """
    if (key := request.headers.get(HEADER)) is None:
        return None
    check_form(key)
    parts = [request.method, request.path, sorted(request.args.items(multi=True)), _canonical(told)]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return Asked(_entered_as(key), hashlib.sha256(text.encode()).hexdigest())


def _entered_as(key: str) -> str:
    """The key apart from those of the pages' forms, which share the table."""
    own = f"api:{key}"
    return own if len(own) <= LONGEST_KEY else f"api#{hashlib.sha256(key.encode()).hexdigest()}"


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _canonical(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(inner) for inner in value]
    return [value.filename, _digest(value)] if isinstance(value, FileStorage) else value


def _digest(file: FileStorage) -> str:
    found = hashlib.sha256()
    while block := file.stream.read(_BLOCK):
        found.update(block)
    file.stream.seek(0)
    return found.hexdigest()


def kept(tx: Transaction, asked_for: Asked) -> KeptAnswer | None:
    """The answer given before under this key by the same actor; refuses `key_reused` for another request."""
    return kept_for(tx.session, tx.actor.email, asked_for)


def kept_for(session: Session, email: str, asked_for: Asked) -> KeptAnswer | None:
    """The same, for whoever asks, in any session."""
    found = queries.kept_answer(session, asked_by=email, key=asked_for.key)
    check_key(found, asked_for.sha256)
    return found


def keep(
    tx: Transaction, asked_for: Asked, *, status: int, body: Any, headers: Mapping[str, str], secret: str = ""
) -> None:
    """Keep an answer in the transaction of its write, without the secret that it showed."""
    if secret and isinstance(body, dict):
        body = body | {secret: None}
    text = json.dumps({"body": body, "headers": dict(headers)}, ensure_ascii=False)
    operations.keep_answer(tx, key=asked_for.key, request_sha256=asked_for.sha256, status=status, body=text)


def told_again(found: KeptAnswer) -> tuple[Any, int, dict[str, str]]:
    """Body, status and headers of a kept answer."""
    document = json.loads(found.body)
    return document["body"], found.status, document["headers"] | {REPLAYED: "true"}
