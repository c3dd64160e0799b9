"""From the trail to the partner: in order, signed, once where nothing goes wrong, again with the same bytes where it does."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from legal_service import clock
from legal_service.access import queries as access
from legal_service.access.models import Institution
from legal_service.database import LOCAL_OPERATOR
from legal_service.installation import Installation
from legal_service.webhooks import operations
from legal_service.webhooks.facts import LEASE_SECONDS
from legal_service.webhooks.models import Webhook
from legal_service.webhooks.operations import announcing
from legal_service.webhooks.patience import WAITS
from tests import other_processes
from tests.webhooks.another_sender import deliver_once

from .a_receiver import NOON, Receiver, add, deliver, happen, log_of, state_of


def test_what_happens_after_it_was_made_is_told_in_order_and_signed(on_both: Installation, receiver: Receiver) -> None:
    happen(on_both, "negotiation")
    number, secret = add(on_both, receiver.url)
    assert deliver(on_both).announced == 0
    happen(on_both, "settlement", "preparation", "submitted")
    done = deliver(on_both)
    assert (done.announced, done.delivered, done.failed, done.stopped) == (3, 3, 0, 0)
    assert [one.told["data"]["to"] for one in receiver.received] == ["settlement", "preparation", "submitted"]
    assert all(one.signed_with(secret) for one in receiver.received)
    assert not any(one.signed_with("whsec_" + "A" * 43 + "=") for one in receiver.received)
    first = receiver.received[0]
    assert (first.path, first.headers["content-type"]) == ("/hooks?key=1", "application/json")
    assert first.headers["host"] == f"localhost:{receiver.port}"
    assert first.headers["webhook-timestamp"] == str(int(NOON.timestamp()))
    assert [one.number for one in receiver.received] == [one.event_id for one in log_of(on_both, number)]
    assert {(one.status, one.attempts, one.answered) for one in log_of(on_both, number)} == {("delivered", 1, 204)}
    assert deliver(on_both) == operations.delivering.Round()
    assert len(receiver.received) == 3


def test_each_webhook_hears_only_its_events(installation: Installation, receiver: Receiver) -> None:
    add(installation, receiver.url, "case.opened")
    happen(installation, "negotiation")
    assert deliver(installation).announced == 0
    assert receiver.received == []


def test_a_transaction_that_failed_announces_nothing(on_both: Installation, receiver: Receiver) -> None:
    add(on_both, receiver.url)
    with pytest.raises(ZeroDivisionError), on_both.transaction(LOCAL_OPERATOR) as tx:
        operations.keeping.record(tx, action="case.open", subject="case:LC-1", loans=[])
        raise ZeroDivisionError
    assert deliver(on_both).announced == 0


def test_a_long_stretch_of_the_trail_is_read_in_portions(
    on_both: Installation, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(announcing, "MOST_ENTRIES", 2)
    number, _ = add(on_both, receiver.url)
    happen(on_both, "negotiation", "settlement", "preparation")
    assert [deliver(on_both).announced for _ in range(3)] == [2, 1, 0]
    with on_both.reading() as session:
        end = access.trail_head(session).seq
    assert state_of(on_both, number).read_to == end
    assert len(receiver.received) == 3


def test_a_failing_delivery_is_tried_again_with_the_same_bytes_and_holds_up_the_later_ones(
    on_both: Installation, receiver: Receiver
) -> None:
    number, secret = add(on_both, receiver.url)
    happen(on_both, "negotiation", "settlement")
    receiver.replies = [500, 503]
    assert deliver(on_both).failed == 1
    assert deliver(on_both, seconds=WAITS[0] - 1).failed == 0
    assert deliver(on_both, seconds=WAITS[0]).failed == 1
    again = WAITS[0] + WAITS[1]
    assert deliver(on_both, seconds=again - 1) == operations.delivering.Round()
    assert deliver(on_both, seconds=again).delivered == 2
    first, second, third, other = receiver.received
    assert first.body == second.body == third.body != other.body
    assert first.number == second.number == third.number
    assert len({one.headers["webhook-timestamp"] for one in (first, second, third)}) == 3
    assert all(one.signed_with(secret) for one in receiver.received)
    assert [(one.attempts, one.answered, one.status) for one in log_of(on_both, number)] == [
        (3, 204, "delivered"),
        (1, 204, "delivered"),
    ]


def test_after_all_attempts_it_is_given_up_and_the_webhook_stops_until_somebody_resumes_it(
    on_both: Installation, receiver: Receiver
) -> None:
    number, _ = add(on_both, receiver.url)
    happen(on_both, "negotiation", "settlement")
    receiver.replies = [500] * (len(WAITS) + 1)
    seconds = 0.0
    for wait in WAITS:
        assert deliver(on_both, seconds=seconds).stopped == 0
        seconds += wait
    assert deliver(on_both, seconds=seconds).stopped == 1
    stopped = state_of(on_both, number)
    assert (stopped.active, stopped.stopped_because, stopped.waiting) == (False, "given_up", 1)
    happen(on_both, "preparation")
    assert deliver(on_both, seconds=seconds + 1e6) == operations.delivering.Round()
    with on_both.reading() as session:
        told = [(one.action, one.detail) for one in access.entries(session) if one.subject == f"webhook:{number}"]
        assert access.walk_trail(session)[0] is None
    assert told[-1] == ("webhook.stop", {"because": "given_up"})
    with on_both.database.transaction(
        actor=LOCAL_OPERATOR, institution_id=on_both.institution_id, moment=clock.seconds_from(NOON, seconds)
    ) as tx:
        operations.resume(tx, webhook_id=number)
    del receiver.received[:]
    assert deliver(on_both, seconds=seconds).delivered == 3
    assert [one.told["data"]["to"] for one in receiver.received] == ["negotiation", "settlement", "preparation"]
    assert state_of(on_both, number).stopped_because == ""


def test_410_stops_at_once(on_both: Installation, receiver: Receiver) -> None:
    number, _ = add(on_both, receiver.url)
    happen(on_both, "negotiation", "settlement")
    receiver.replies = [410]
    done = deliver(on_both)
    assert (done.failed, done.stopped) == (1, 1)
    stopped = state_of(on_both, number)
    assert (stopped.active, stopped.stopped_because) == (False, "gone")
    assert [(one.status, one.answered) for one in log_of(on_both, number)] == [("given_up", 410), ("waiting", None)]
    assert len(receiver.received) == 1


def test_two_deliverers_do_not_send_the_same_twice(on_both: Installation) -> None:
    receivers = [Receiver() for _ in range(3)]
    try:
        for one in receivers:
            add(on_both, one.url)
        happen(on_both, *["negotiation", "settlement"] * 5)
        start = threading.Barrier(4)

        def work() -> int:
            start.wait()
            return sum(deliver(on_both).delivered for _ in range(4))

        with ThreadPoolExecutor(4) as crew:
            done = [one.result() for one in [crew.submit(work) for _ in range(4)]]
        assert sum(done) == 30
        for one in receivers:
            numbers = [int(got.number.rpartition("_")[2]) for got in one.received]
            assert len(numbers) == len(set(numbers)) == 10
            assert numbers == sorted(numbers)
    finally:
        for one in receivers:
            one.close()


def test_a_sender_killed_before_it_could_mark_is_followed_by_another_with_the_same_number(
    on_both: Installation, receiver: Receiver
) -> None:
    number, secret = add(on_both, receiver.url)
    happen(on_both, "negotiation")
    receiver.replies = [receiver.hang]
    victim, told = other_processes.start(deliver_once, on_both.settings, NOON)
    assert told.recv() == "ready"
    assert receiver.arrived.wait(15)
    victim.kill()  # SIGKILL: the partner has it, we do not know
    victim.join()
    assert [(one.status, one.attempts) for one in log_of(on_both, number)] == [("waiting", 1)]
    assert deliver(on_both, seconds=LEASE_SECONDS - 1).delivered == 0
    assert deliver(on_both, seconds=LEASE_SECONDS).delivered == 1
    first, second = receiver.received
    assert (first.number, first.body) == (second.number, second.body)
    assert first.signed_with(secret)
    assert second.signed_with(secret)


def test_a_stale_senders_failure_no_longer_counts(on_both: Installation, receiver: Receiver) -> None:
    number, _ = add(on_both, receiver.url)
    happen(on_both, "negotiation")
    claims = operations.claims

    def take(seconds: float) -> claims.Claim:
        with on_both.database.aside(institution_id=on_both.institution_id) as session:
            found = claims.claim(session, webhook_id=number, now=clock.seconds_from(NOON, seconds))
        assert found is not None
        return found

    with on_both.database.aside(institution_id=on_both.institution_id) as session:
        operations.announce(session, now=NOON)
    stale, fresh = take(0), take(LEASE_SECONDS)
    failed = operations.delivering.Outcome(500)
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        assert not claims.give_up(tx, stale, failed, because="given_up")
    with on_both.database.aside(institution_id=on_both.institution_id) as session:
        claims.mark_failed(session, stale, failed, ready_at=NOON)
    assert [(one.attempts, one.answered) for one in log_of(on_both, number)] == [(2, None)]
    assert deliver(on_both, seconds=LEASE_SECONDS + 1).delivered == 0
    with on_both.database.aside(institution_id=on_both.institution_id) as session:
        claims.mark_delivered(session, stale, operations.delivering.Outcome(200), now=NOON)
        claims.mark_failed(session, fresh, failed, ready_at=NOON)
    assert [(one.status, one.answered) for one in log_of(on_both, number)] == [("delivered", 200)]


def test_a_partner_that_hangs_does_not_hold_up_another(installation: Installation, receiver: Receiver) -> None:
    slow, seen = Receiver(), []

    def until_the_other_has_both(_request: object) -> None:
        deadline = time.monotonic() + 8
        while len(receiver.received) < 2 and time.monotonic() < deadline:
            time.sleep(0.02)
        seen.append(len(receiver.received))

    try:
        slow.replies = [until_the_other_has_both]
        stuck, _ = add(installation, slow.url)
        add(installation, receiver.url)
        happen(installation, "negotiation", "settlement")
        done = deliver(installation)
        assert seen == [2]
        assert (done.delivered, done.failed) == (2, 1)
        assert [(one.status, one.answered) for one in log_of(installation, stuck)] == [("waiting", None)] * 2
    finally:
        slow.close()


def test_stopped_while_it_was_being_sent_it_waits_for_the_resuming(
    installation: Installation, receiver: Receiver
) -> None:
    number, _ = add(installation, receiver.url)
    happen(installation, "negotiation")

    def stop_meanwhile(request: object) -> None:
        with installation.transaction(LOCAL_OPERATOR) as tx:
            operations.stop_webhook(tx, webhook_id=number)
        request.send_response(410)  # type: ignore[attr-defined]
        request.end_headers()  # type: ignore[attr-defined]

    receiver.replies = [stop_meanwhile]
    done = deliver(installation)
    assert (done.failed, done.stopped) == (1, 0)
    assert state_of(installation, number).stopped_because == "asked"
    assert log_of(installation, number)[0].status == "waiting"


def test_another_institutions_webhooks_are_not_touched(installation: Installation, receiver: Receiver) -> None:
    with installation.database.aside(institution_id=None) as session:
        other = Institution(code="other", name="他机构", created_at=NOON)
        session.add(other)
        session.flush()
    number, _ = add(installation, receiver.url)
    happen(installation, "negotiation")
    with installation.database.transaction(actor=LOCAL_OPERATOR, institution_id=other.id) as tx:
        operations.create_webhook(tx, url=receiver.url, events=["case.opened"])
        operations.keeping.record(tx, action="case.open", subject="case:X-1", loans=[])
    done = operations.deliver_due(installation.database, institution_id=other.id, moment=lambda: NOON)
    assert (done.announced, done.delivered) == (1, 1)
    assert [one.told["id"].split("_")[1] for one in receiver.received] == [str(other.id)]
    assert log_of(installation, number) == []
    assert deliver(installation).delivered == 1


def test_a_thread_delivers_beside_a_workers_jobs_and_outlives_a_bad_round(
    installation: Installation, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(installation, receiver.url)
    happen(installation, "negotiation")
    real, calls = announcing.announce, [0]

    def at_first_away(session: object, *, now: object) -> int:
        calls[0] += 1
        if calls[0] == 1:
            raise OSError("the database is away")
        return real(session, now=now)  # type: ignore[arg-type]

    monkeypatch.setattr(operations.delivering, "announce", at_first_away)
    stop = threading.Event()
    thread = threading.Thread(
        target=operations.keep_delivering,
        args=(installation.database,),
        kwargs={"institution_id": installation.institution_id, "stop": stop, "pause": 0.02},
    )
    thread.start()
    assert receiver.arrived.wait(10)
    stop.set()
    thread.join(10)
    assert not thread.is_alive()
    assert receiver.kinds == ["case.stage_changed"]


def test_the_secret_is_encrypted_in_the_row(installation: Installation) -> None:
    number, secret = add(installation, "https://partner.example/hooks")
    with installation.database.engine.connect() as connection:
        stored = connection.execute(text("SELECT secret FROM webhook")).scalar_one()
    assert secret.encode() not in bytes(stored)
    with installation.reading() as session:
        row = session.get(Webhook, number)
    assert row is not None
    assert row.secret == secret
