"""The rules on the engine: own rows only, nothing unrecorded, encrypted in its place, one writer at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased

from legal_service import clock
from legal_service.access import queries
from legal_service.access.models import AuditEntry, Institution, User
from legal_service.access.operations import record
from legal_service.accounts.models import Contract
from legal_service.contacts.models import ContactAttempt
from legal_service.database import LOCAL_OPERATOR, Database, KeyRing, Transaction
from legal_service.installation import Installation
from legal_service.parties.models import Lender, Person
from tests import other_processes

NOON = clock.midday(date(2026, 3, 1))


def a_user(email: str, **more: object) -> User:
    return User(email=email, name="某律师", role="lawyer", created_at=NOON, **more)


def a_person(number: str) -> Person:
    return Person(
        borrower_no=number, name="张三", id_type="id_card", id_number="11010519491231002X", id_number_index="i",
        name_index="n", phone_index="p", phone="19900000001", domicile="某市某路1号", source_row="borrowers.csv:2",
    )  # fmt: skip


def a_lender(number: str) -> Lender:
    return Lender(
        lender_no=number, name="甲公司", uscc="91440101MA0000000X", address="某路", legal_representative="李四",
        post="董事长", lender_type="bank", source_row="lenders.csv:2",
    )  # fmt: skip


def a_contract(number: str, person: Person, lender: Lender) -> Contract:
    return Contract(
        loan_no=number, contract_no=number, person_id=person.id, lender_id=lender.id, product="消费贷", principal=100,
        disbursed_amount=100, annual_rate=180_000, penalty_uplift=50, compound=False, day_count=360, method="bullet",
        term_months=12, disbursed_on=date(2025, 1, 1), first_due_on=date(2026, 1, 1), allocation="costs,interest,principal",
        source_row="loans.csv:2",
    )  # fmt: skip


def write_portfolio(tx: Transaction, number: str) -> None:
    """One person, lender and contract of the transaction's institution."""
    person, lender = a_person(f"B{number}"), a_lender(f"N{number}")
    tx.session.add_all([person, lender])
    tx.session.flush()
    tx.session.add(a_contract(f"L{number}", person, lender))
    tx.session.add(a_user(f"{number}@b.cn"))
    record(tx, action="test.write", subject=f"test:{number}")


@pytest.fixture
def two_institutions(on_both: Installation) -> Iterator[tuple[Database, int, int]]:
    """A database with the rows of two institutions: L1 is the first's, L2 the second's."""
    database = on_both.database
    with database.aside(institution_id=None) as session:
        other = Institution(code="other", name="另一机构", created_at=NOON)
        session.add(other)
        session.flush()
        ours, theirs = on_both.institution_id, other.id
    for number, institution in (("1", ours), ("2", theirs)):
        with database.transaction(actor=LOCAL_OPERATOR, institution_id=institution) as tx:
            write_portfolio(tx, number)
    yield database, ours, theirs


def everything_seen(session: Session) -> dict[str, object]:
    """What a session finds by every kind of query the rooms use."""
    other = aliased(Contract)
    return {
        "entities": [row.loan_no for row in session.scalars(select(Contract).order_by(Contract.id))],
        "columns": list(session.scalars(select(Contract.loan_no))),
        "count": session.scalar(select(func.count()).select_from(Contract)),
        "maximum": session.scalar(select(func.max(Contract.loan_no))),
        "joined": list(session.scalars(select(Contract.loan_no).join(Person, Person.id == Contract.person_id))),
        "from the other side": list(
            session.scalars(select(Person.borrower_no).join(Contract, Contract.person_id == Person.id))
        ),
        "outer": session.execute(
            select(Person.borrower_no, Contract.loan_no).outerjoin(Contract, Contract.id != 0)
        ).all(),
        "alias": list(session.scalars(select(other.loan_no))),
        "subquery": list(session.scalars(select(Contract.loan_no).where(Contract.person_id.in_(select(Person.id))))),
        "legacy": [row.loan_no for row in session.query(Contract)],
        "trail": [entry.subject for entry in queries.entries(session)],
    }


def test_no_query_answers_another_institutions_rows(two_institutions: tuple[Database, int, int]) -> None:
    database, ours, theirs = two_institutions
    for institution, number in ((ours, "1"), (theirs, "2")):
        with database.reading(institution_id=institution) as session:
            seen = everything_seen(session)
        assert seen == {
            "entities": [f"L{number}"],
            "columns": [f"L{number}"],
            "count": 1,
            "maximum": f"L{number}",
            "joined": [f"L{number}"],
            "from the other side": [f"B{number}"],
            "outer": [(f"B{number}", f"L{number}")],
            "alias": [f"L{number}"],
            "subquery": [f"L{number}"],
            "legacy": [f"L{number}"],
            "trail": [f"test:{number}"],
        }
    with database.reading(institution_id=None) as session:
        assert everything_seen(session)["count"] == 2


def test_get_does_not_find_a_row_of_another_institution(two_institutions: tuple[Database, int, int]) -> None:
    database, ours, theirs = two_institutions
    with database.reading(institution_id=theirs) as session:
        foreign = session.scalars(select(Contract.id)).one()
    with database.reading(institution_id=ours) as session:
        assert session.get(Contract, foreign) is None
        assert session.get(Contract, session.scalars(select(Contract.id)).one()) is not None


def test_a_bulk_update_touches_own_rows_only(two_institutions: tuple[Database, int, int]) -> None:
    database, ours, theirs = two_institutions
    with database.transaction(actor=LOCAL_OPERATOR, institution_id=ours) as tx:
        tx.session.execute(update(User).values(role="auditor"))
        record(tx, action="test.bulk", subject="users")
    with database.reading(institution_id=None) as session:
        roles = {row.institution_id: row.role for row in session.execute(select(User.institution_id, User.role))}
    assert roles == {ours: "auditor", theirs: "lawyer"}


def test_a_row_of_another_institution_cannot_be_written(two_institutions: tuple[Database, int, int]) -> None:
    database, ours, theirs = two_institutions
    with (
        pytest.raises(RuntimeError, match="own institution"),
        database.transaction(actor=LOCAL_OPERATOR, institution_id=ours) as tx,
    ):
        tx.session.add(a_user("x@b.cn", institution_id=theirs))
        record(tx, action="test", subject="x")


def test_a_reading_session_refuses_every_way_of_writing(on_both: Installation) -> None:
    with on_both.reading() as session:
        session.add(a_user("a@b.cn"))
        with pytest.raises(RuntimeError, match="cannot write"):
            session.flush()
        session.rollback()
        with pytest.raises(RuntimeError, match="cannot write"):
            session.execute(update(User).values(role="admin"))
        session.rollback()
        with pytest.raises(DBAPIError, match=r"(?i)read.?only"):
            session.execute(text("UPDATE institution SET name = 'x'"))
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        record(tx, action="test.write", subject="the same connection writes again")
    with on_both.reading() as session:
        assert session.scalar(select(Institution.name)) == "本机构"


def test_rows_without_an_audit_entry_are_not_committed(on_both: Installation) -> None:
    with pytest.raises(RuntimeError, match="without an entry"), on_both.transaction(LOCAL_OPERATOR) as tx:
        tx.session.add(a_user("a@b.cn"))
    with pytest.raises(RuntimeError, match="without an entry"), on_both.transaction(LOCAL_OPERATOR) as tx:
        tx.session.execute(update(Institution).values(name="x"))
    with on_both.reading() as session:
        assert session.scalar(select(func.count()).select_from(User)) == 0
        assert queries.entry_count(session) == 0


def test_an_exception_undoes_rows_and_entry_together(on_both: Installation) -> None:
    with pytest.raises(ZeroDivisionError), on_both.transaction(LOCAL_OPERATOR) as tx:
        tx.session.add(a_user("a@b.cn"))
        record(tx, action="test", subject="a")
        tx.session.flush()
        raise ZeroDivisionError
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        record(tx, action="test", subject="b")
    with on_both.reading() as session:
        assert [(entry.seq, entry.subject) for entry in queries.entries(session)] == [(1, "b")]
        assert queries.walk_trail(session) == (None, 1)


def test_a_reader_sees_one_picture_while_others_write(on_both: Installation) -> None:
    with on_both.reading() as session:
        assert queries.entry_count(session) == 0
        with on_both.transaction(LOCAL_OPERATOR) as tx:
            record(tx, action="test", subject="a")
        assert queries.entry_count(session) == 0
    with on_both.reading() as session:
        assert queries.entry_count(session) == 1


# -- encrypted columns


def test_personal_data_is_not_readable_in_the_database(on_both: Installation) -> None:
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        write_portfolio(tx, "1")
    with on_both.database.engine.connect() as connection:
        name, id_number = connection.execute(text("SELECT name, id_number FROM person")).one()
    assert "张三".encode() not in bytes(name)
    assert b"11010519491231002X" not in bytes(id_number)
    with on_both.reading() as session:
        assert session.scalars(select(Person.name)).one() == "张三"


def test_a_value_moved_to_another_column_is_refused(on_both: Installation) -> None:
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        write_portfolio(tx, "1")
    with on_both.database.engine.begin() as connection:
        connection.execute(text("UPDATE person SET name = id_number"))
    with on_both.reading() as session, pytest.raises(ValueError, match=r"person\.name: altered, or moved"):
        session.scalars(select(Person.name)).all()


def test_keys_rotate_newest_first() -> None:
    old, new, index = bytes([1] * 32), bytes([2] * 32), bytes(32)
    before = KeyRing(fields=[old], index=index)
    after = KeyRing(fields=[new, old], index=index)
    sealed = before.seal("t.c", "张三")
    assert after.open("t.c", sealed) == "张三"
    assert KeyRing(fields=[new], index=index).open("t.c", after.seal("t.c", "张三")) == "张三"
    with pytest.raises(ValueError, match="key this installation does not have"):
        before.open("t.c", after.seal("t.c", "张三"))
    assert before.blind("t.c", "张三") == after.blind("t.c", "张三") != after.blind("t.d", "张三")


def test_equal_values_are_sealed_differently_and_an_altered_one_is_refused() -> None:
    ring = KeyRing(fields=[bytes(32)], index=bytes(32))
    first, second = ring.seal("t.c", "张三"), ring.seal("t.c", "张三")
    assert first != second
    with pytest.raises(ValueError, match="altered"):
        ring.open("t.c", first[:-1] + bytes([first[-1] ^ 1]))


@pytest.mark.parametrize("fields", [[], [bytes(16)], [bytes(32), bytes(31)]])
def test_a_short_key_is_refused(fields: list[bytes]) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        KeyRing(fields=fields, index=bytes(32))


# -- moments


def test_a_moment_without_an_offset_is_refused(on_both: Installation) -> None:
    with pytest.raises(Exception, match="a moment needs an offset"), on_both.transaction(LOCAL_OPERATOR) as tx:
        tx.session.add(User(email="a@b.cn", name="a", role="lawyer", created_at=datetime(2026, 3, 1, 9, 30)))  # noqa: DTZ001
        record(tx, action="test", subject="a")


def test_a_moment_comes_back_in_shanghai_to_the_microsecond(on_both: Installation) -> None:
    moment = datetime(2026, 3, 1, 20, 0, 0, 123456, tzinfo=UTC)
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        tx.session.add(User(email="a@b.cn", name="a", role="lawyer", created_at=moment))
        record(tx, action="test", subject="a")
    with on_both.reading() as session:
        found = session.scalars(select(User.created_at)).one()
    assert found == moment
    assert found.isoformat() == "2026-03-02T04:00:00.123456+08:00"


# -- one writer at a time


def test_two_processes_append_to_one_chain_without_a_gap(on_both: Installation) -> None:
    writers = [other_processes.start(other_processes.append, on_both.settings, who, 50) for who in ("a", "b")]
    assert [told.recv() for _process, told in writers] == ["done", "done"]
    with on_both.reading() as session:
        assert queries.walk_trail(session) == (None, 200)
        order = [entry.subject for entry in queries.entries(session)]
        assert session.scalar(select(func.max(AuditEntry.seq))) == 200
    for who in ("a", "b"):
        own = [subject for subject in order if subject.startswith(who)]
        assert own == [f"{who}:{number}{end}" for number in range(50) for end in ("", "b")]


def test_a_second_record_in_one_transaction_follows_the_first(on_both: Installation) -> None:
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        for number in range(3):
            record(tx, action="test", subject=str(number))
    with on_both.reading() as session:
        assert [entry.seq for entry in queries.entries(session)] == [1, 2, 3]


def test_contacts_are_found_by_moment_whatever_the_engine(on_both: Installation) -> None:
    early, late = clock.midday(date(2026, 3, 1)), clock.midday(date(2026, 3, 2))
    with on_both.transaction(LOCAL_OPERATOR) as tx:
        write_portfolio(tx, "1")
        tx.session.flush()
        contract = tx.session.scalars(select(Contract.id)).one()
        for number, at in (("C1", early), ("C2", late)):
            tx.session.add(
                ContactAttempt(
                    contact_no=number, contract_id=contract, at=at, channel="call", direction="out", party="borrower",
                    address="19900000001", outcome="connected", recorded_at=NOON, source_row="contacts.csv:2",
                )
            )  # fmt: skip
    with on_both.reading() as session:
        assert list(session.scalars(select(ContactAttempt.contact_no).where(ContactAttempt.at > early))) == ["C2"]
