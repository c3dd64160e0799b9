"""Row scope: a reader from outside sees what is entered for the role and nothing else, by whatever query."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from legal_service import clock
from legal_service.access.models import AuditEntry, User
from legal_service.access.operations import add_user
from legal_service.accounts.models import Contract
from legal_service.cases.models import Case, WorkLine
from legal_service.database import Actor, Base, Owned
from legal_service.exports.models import Export, Grant
from legal_service.installation import Installation
from legal_service.parties.models import Person
from legal_service.scope import scope_of
from tests.web.a_portfolio import AS_OF, a_case, a_package

ANNA = Actor("anna@firm.example", "Anna", "counsel")
BERT = Actor("bert@firm.example", "Bert", "counsel")
SUPERVISOR = Actor("s@regulator.example", "S", "regulator")


@pytest.fixture
def two_packages(installation: Installation) -> Installation:
    """Two cases with a package each: Anna was granted the first, Bert the second."""
    a_case(installation, "preparation", number=1)
    a_package(installation, "external_counsel")
    a_case(installation, "preparation", number=2)
    with installation.database.aside(institution_id=installation.institution_id) as session:
        second = session.scalars(select(Case).where(Case.case_no == "LC-2026-000002")).one()
        first = session.scalars(select(Export)).one()
        session.add(
            Export(
                package_id="second", case_id=second.id, package="statement_of_claim", audience="external_counsel",
                recipient="", dated=AS_OF, filename="b.zip", tagmanifest_sha256="1" * 64, sha256="1" * 64, size=1,
                policy_version="1", withheld=0, built_by="l", built_at=clock.now(),
            )
        )  # fmt: skip
        session.flush()
        other = session.scalars(select(Export).where(Export.id != first.id)).one()
        for export, actor in ((first, ANNA), (other, BERT)):
            session.add(a_grant(export.id, actor.email))
    return installation


def a_grant(export_id: int, recipient: str, *, days: int = 7, **columns: object) -> Grant:
    """A grant until so many days from today."""
    until = clock.today() + timedelta(days=days)
    return Grant(
        export_id=export_id, recipient=recipient, until_on=until, granted_by="l", granted_at=clock.now(), **columns
    )


def seen(installation: Installation, actor: Actor, model: type[Owned]) -> int:
    """How many rows of a table an actor sees, by counting and by listing alike."""
    with installation.reading(actor) as session:
        listed = session.scalars(select(model)).all()
        counted = session.scalar(select(func.count()).select_from(model))
        assert counted == len(listed)
        return len(listed)


def test_counsel_sees_the_package_granted_and_its_case_only(two_packages: Installation) -> None:
    for actor, case_no in ((ANNA, "LC-2026-000001"), (BERT, "LC-2026-000002")):
        with two_packages.reading(actor) as session:
            assert [case.case_no for case in session.scalars(select(Case))] == [case_no]
            assert len(session.scalars(select(Export)).all()) == len(session.scalars(select(Grant)).all()) == 1


def test_neither_by_identity_nor_by_join_nor_through_a_subquery(two_packages: Installation) -> None:
    with two_packages.reading() as session:
        others = session.scalars(select(Case).where(Case.case_no == "LC-2026-000002")).one()
        person_id = others.person_id
    with two_packages.reading(ANNA) as session:
        assert session.get(Case, others.id) is None
        assert session.get(Person, person_id) is None
        assert session.scalars(select(Export).join(Case, Case.id == Export.case_id)).one().case_id != others.id
        inner = select(Case.id).where(Case.case_no == "LC-2026-000002")
        assert session.scalar(select(func.count()).select_from(Case).where(Case.id.in_(inner))) == 0
        assert session.scalar(select(Person.name).join(Case, Case.person_id == Person.id)) is None


def test_a_grant_taken_back_hides_package_and_case(two_packages: Installation) -> None:
    with two_packages.database.aside(institution_id=two_packages.institution_id) as session:
        session.scalars(select(Grant).where(Grant.recipient == ANNA.email)).one().revoked_at = clock.now()
    assert seen(two_packages, ANNA, Export) == seen(two_packages, ANNA, Case) == 0
    assert seen(two_packages, ANNA, Grant) == 1  # that it was taken back is told


def test_a_grant_run_out_still_shows_that_it_was(two_packages: Installation) -> None:
    with two_packages.database.aside(institution_id=two_packages.institution_id) as session:
        session.scalars(select(Grant).where(Grant.recipient == ANNA.email)).one().until_on = AS_OF
    assert seen(two_packages, ANNA, Export) == 1
    assert seen(two_packages, ANNA, Case) == 0


def test_the_last_day_of_a_grant_counts(two_packages: Installation) -> None:
    with two_packages.database.aside(institution_id=two_packages.institution_id) as session:
        session.scalars(select(Grant).where(Grant.recipient == ANNA.email)).one().until_on = clock.today()
    assert seen(two_packages, ANNA, Case) == 1


def test_the_address_of_a_recipient_knows_no_case(two_packages: Installation) -> None:
    assert seen(two_packages, Actor("ANNA@Firm.Example", "Anna", "counsel"), Export) == 1


@pytest.mark.parametrize("model", [Contract, Person, WorkLine, AuditEntry])
def test_counsel_sees_no_row_of_other_tables(two_packages: Installation, model: type[Owned]) -> None:
    with two_packages.transaction(two_packages.actor(None)) as tx:
        add_user(tx, email="x@y.example", role="lawyer", name="X")
    assert seen(two_packages, ANNA, model) == 0


def test_the_regulator_sees_the_trail_and_no_case(two_packages: Installation) -> None:
    with two_packages.transaction(two_packages.actor(None)) as tx:
        add_user(tx, email="x@y.example", role="lawyer", name="X")
    assert seen(two_packages, SUPERVISOR, AuditEntry) == 1
    assert seen(two_packages, SUPERVISOR, Case) == seen(two_packages, SUPERVISOR, User) == 0


def test_every_table_is_decided_for_who_comes_from_outside() -> None:
    tables = {mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Owned)}
    for role in ("counsel", "regulator", "a role of tomorrow"):
        scope = scope_of(Actor("x@y.example", "X", role))
        assert scope is not None
        assert set(scope) == tables


def test_the_house_sees_its_institution(two_packages: Installation) -> None:
    for role in ("collections", "lawyer", "compliance", "admin", "auditor", "operator"):
        assert seen(two_packages, Actor("x@y.example", "X", role), Case) == 2


def test_writes_are_held_to_the_scope_too(two_packages: Installation) -> None:
    with two_packages.transaction(ANNA) as tx:
        assert tx.session.scalar(select(func.count()).select_from(Case)) == 1
