"""Making, stopping, resuming and rotating: who may, what is refused, and what the trail is told."""

from __future__ import annotations

import pytest

from legal_service import clock
from legal_service.access import queries as access
from legal_service.database import LOCAL_OPERATOR, Actor
from legal_service.errors import Refusal
from legal_service.installation import Installation
from legal_service.labels import label
from legal_service.webhooks import operations, queries
from legal_service.webhooks.events import NAMES, PING
from legal_service.webhooks.facts import REASONS, STATUSES
from legal_service.webhooks.patience import WAITS

from .a_receiver import NOON, Receiver, add, deliver, happen, log_of, state_of

URL = "https://partner.example/hooks/T0P?token=verysecret"


def code_of(installation: Installation, name: str, actor: Actor = LOCAL_OPERATOR, **asked: object) -> str:
    """The code with which an operation is refused; nothing was written then."""
    with pytest.raises(Refusal) as refused, installation.transaction(actor) as tx:
        getattr(operations, name)(tx, **asked)
    return refused.value.code


def test_the_trail_knows_the_host_but_neither_secret_nor_path(installation: Installation) -> None:
    number, secret = add(installation, URL, "deadline.opened", "case.opened")
    with installation.transaction(LOCAL_OPERATOR) as tx:
        second = operations.rotate_secret(tx, webhook_id=number)
        operations.send_test(tx, webhook_id=number)
        assert operations.stop_webhook(tx, webhook_id=number)
        assert not operations.stop_webhook(tx, webhook_id=number)
        operations.resume(tx, webhook_id=number)
    with installation.reading() as session:
        told = [(one.action, one.subject, one.detail) for one in access.entries(session)]
    subject = f"webhook:{number}"
    assert told == [
        ("webhook.add", subject, {"to": "https://partner.example", "events": ["case.opened", "deadline.opened"]}),
        ("webhook.rotate", subject, {}),
        ("webhook.test", subject, {}),
        ("webhook.stop", subject, {"because": "asked"}),
        ("webhook.resume", subject, {}),
    ]
    assert secret != second
    assert not any(hidden in str(told) for hidden in (secret, second, "verysecret", "T0P"))
    seen = state_of(installation, number)
    assert (seen.url, seen.events) == ("https://partner.example/hooks/T0P?…", ("case.opened", "deadline.opened"))


def test_what_is_refused(installation: Installation) -> None:
    number, _ = add(installation, URL)
    events = ["case.opened"]
    assert code_of(installation, "create_webhook", url=URL, events=events) == "webhook_exists"
    assert code_of(installation, "create_webhook", url="http://partner.example/", events=events) == "bad_url"
    assert code_of(installation, "create_webhook", url="https://p.example/", events=["x"]) == "unknown_event"
    for name in ("stop_webhook", "resume", "rotate_secret", "send_test"):
        assert code_of(installation, name, webhook_id=99) == "unknown_webhook"
    with installation.transaction(LOCAL_OPERATOR) as tx:
        operations.stop_webhook(tx, webhook_id=number)
    assert code_of(installation, "send_test", webhook_id=number) == "webhook_stopped"
    again, _ = add(installation, URL)
    assert again != number
    with pytest.raises(Refusal), installation.reading() as session:
        queries.deliveries(session, 99)


@pytest.mark.parametrize("role", ["collections", "lawyer", "counsel", "regulator", "auditor"])
def test_only_those_who_manage_webhooks_may(installation: Installation, role: str) -> None:
    number, _ = add(installation, URL)
    actor = Actor(email=f"{role}@b.cn", name=role, role=role)
    asked = {"url": "https://p.example/", "events": ["case.opened"]}
    assert code_of(installation, "create_webhook", actor, **asked) == "not_permitted"
    for name in ("stop_webhook", "resume", "rotate_secret", "send_test"):
        assert code_of(installation, name, actor, webhook_id=number) == "not_permitted"


def test_both_secrets_sign_on_the_day_of_the_rotation(installation: Installation, receiver: Receiver) -> None:
    number, old = add(installation, receiver.url)
    database = installation.database
    with database.transaction(actor=LOCAL_OPERATOR, institution_id=installation.institution_id, moment=NOON) as tx:
        new = operations.rotate_secret(tx, webhook_id=number)
    happen(installation, "negotiation")
    deliver(installation, seconds=3600)
    happen(installation, "settlement")
    deliver(installation, seconds=24 * 3600)
    during, after = receiver.received
    assert (during.signed_with(old), during.signed_with(new)) == (True, True)
    assert (after.signed_with(old), after.signed_with(new)) == (False, True)


def test_a_test_goes_to_its_own_webhook_in_its_turn(installation: Installation, receiver: Receiver) -> None:
    other = Receiver()
    try:
        number, secret = add(installation, receiver.url)
        add(installation, other.url)
        happen(installation, "negotiation")
        with installation.transaction(LOCAL_OPERATOR) as tx:
            operations.send_test(tx, webhook_id=number)
        deliver(installation)
        assert receiver.kinds == ["case.stage_changed", "ping"]
        assert other.kinds == ["case.stage_changed"]
        ping = receiver.received[1]
        assert ping.told["data"] == {"webhook": number}
        assert ping.signed_with(secret)
    finally:
        other.close()


def test_resuming_one_at_work_cuts_the_waiting_short(installation: Installation, receiver: Receiver) -> None:
    number, _ = add(installation, receiver.url)
    happen(installation, "negotiation")
    receiver.replies = [500] * 4
    seconds = 0.0
    for wait in WAITS[:4]:
        deliver(installation, seconds=seconds)
        seconds += wait
    waits_until = log_of(installation, number)[0].ready_at
    moment = clock.seconds_from(waits_until, -1000)
    database = installation.database
    with database.transaction(actor=LOCAL_OPERATOR, institution_id=installation.institution_id, moment=moment) as tx:
        operations.resume(tx, webhook_id=number)
    assert deliver(installation, moment, 29).delivered == 0
    assert deliver(installation, moment, 30).delivered == 1


def test_deliveries_are_listed_in_pages_newest_first(installation: Installation, receiver: Receiver) -> None:
    number, _ = add(installation, receiver.url)
    happen(installation, *["negotiation", "settlement"] * 3)
    deliver(installation)
    with installation.reading() as session:
        first = queries.deliveries(session, number, most=4)
        rest = queries.deliveries(session, number, before=first[-1].seq, most=4)
    assert [len(first), len(rest)] == [4, 2]
    sequence = [one.seq for one in (*first, *rest)]
    assert sequence == sorted(sequence, reverse=True)
    assert state_of(installation, number).delivered_at == NOON


def test_states_and_reasons_have_names_in_both_languages() -> None:
    for family, codes in (
        ("delivery_status", STATUSES),
        ("webhook_stopped", REASONS),
        ("webhook_event", (*NAMES, PING)),
    ):
        for code in codes:
            words = label(family, code)
            assert words.zh != words.en, code
            assert words.en, code
