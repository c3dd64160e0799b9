"""The instance that the browser tests work on: a small portfolio, one case at each point of the road, a user of every role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, update

from legal_service import clock
from legal_service.access import operations as access
from legal_service.access import permissions
from legal_service.access.models import ApiToken, AuditEntry, SignIn, User
from legal_service.accounts import queries as accounts
from legal_service.cases import queries as case_queries
from legal_service.cli.demo import steps
from legal_service.cli.demo.walk import AS_OF, COMPLIANCE, LAWYER, SUBMITTED_ON, Demo
from legal_service.errors import Refusal
from legal_service.exports import operations as exports
from legal_service.exports import queries as packages
from legal_service.filings.revisions import queries as revisions
from legal_service.installation import Installation
from legal_service.intake.sample.files import write_sample
from legal_service.reports import queries as reports
from legal_service.reports.issues import IssueFacts
from legal_service.webhooks import operations as webhooks
from tests.browser import privacy
from tests.browser.privacy import Personal
from tests.conftest import settings_in

LOANS, SEED, PAPERS = 60, 20260930, 6
PARTNER = "https://partner.example/hooks"
"""A partner's system that is told of events; no such host answers."""
PASSWORD = "desk-of-the-sample-7391"
CASES = ("filed", "lawyer", "two_lawyers", "without_script")
"""What each prepared case is for, so that walks do not stand in one another's way. `filed` has its package with counsel."""
CONFIG = '[plaintiff]\nownership = "private"\n[plaintiff.mediation]\ninformed = true\nwanted = "yes"\n'


@dataclass(frozen=True)
class Login:
    """Who signs in, and with what."""

    email: str
    password: str


@dataclass(frozen=True)
class Sample:
    """What tests may know of the instance: its folder, its people, who may sign in, its cases and loans by purpose.

    `numbers` are those in the addresses of what was made: `filing`, `package`, `grant`, `webhook`, `issue`, `number`.
    """

    installation: Installation
    logins: dict[str, Login]
    cases: dict[str, str]
    loans: dict[str, str]
    numbers: dict[str, int | str]
    personal: Personal
    ended: set[str] = field(default_factory=set)
    """Logins whose sessions a test has ended: a desk shared by several tests signs in again."""

    @property
    def folder(self) -> Path:
        """The instance's folder, as LEGAL_INSTANCE names it."""
        return self.installation.settings.instance

    def end_sessions(self, login: str) -> None:
        """What an hour without a page does: every session of this user has ended."""
        institution_id = self.installation.institution_id
        with self.installation.database.aside(institution_id=institution_id) as session:
            user = session.scalars(select(User).where(User.email == self.logins[login].email)).one()
            ended = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
            session.execute(ended.values(ended_at=clock.now()))
        self.ended.add(login)

    def borrower(self, purpose: str) -> str:
        """The full name of a prepared case's borrower: what a lawyer types into the search box."""
        with self.installation.reading() as session:
            fields = case_queries.personal_fields(session, self.cases[purpose])
            return next(one.value for one in fields if (one.party, one.which) == ("borrower", "name"))

    def recorded(self, action: str) -> int:
        """How often the trail says that something was done: `filing.approve`, `vault.deposit`, …"""
        with self.installation.reading() as session:
            return session.scalar(select(func.count()).where(AuditEntry.action == action)) or 0

    def tokens(self, name: str) -> int:
        """How many bearer tokens were made for a purpose."""
        with self.installation.reading() as session:
            return len(session.scalars(select(ApiToken).where(ApiToken.name == name)).all())


def build(folder: Path) -> Sample:
    """Make the instance: tape, sweep, four prepared cases, one of them filed with a package for counsel, one return."""
    installation = _installed(folder / "instance")
    walk = Demo(installation, folder)
    logins = _people(installation)
    tape = folder / "tape"
    write_sample(tape, loans=LOANS, seed=SEED, as_of=AS_OF, progress=lambda done, total, text: None, papers_for=PAPERS)
    walk.run("import", LAWYER, path=str(tape), tape="sample", mapping=None, dry_run=False, skip_refused=False)
    walk.run("sweep", LAWYER, as_of=AS_OF.isoformat())
    loans = dict(zip(CASES, _ready(installation), strict=False))
    assert set(loans) == set(CASES), f"the sample has only {len(loans)} loans that are ready for suit"
    cases = {purpose: steps.prepared(walk, loan_no) for purpose, loan_no in loans.items()}
    steps.filed(walk, [cases["filed"]])
    built = walk.run(
        "package",
        LAWYER,
        case_no=cases["filed"],
        package="statement_of_claim",
        audience="external_counsel",
        recipient=logins["counsel"].email,
        on=SUBMITTED_ON.isoformat(),
    )
    with installation.transaction(installation.actor(LAWYER)) as tx:
        grant_id = exports.create_grant(
            tx,
            package_id=built["package_id"],
            recipient=logins["counsel"].email,
            until=clock.today() + timedelta(days=30),
        )
    with installation.transaction(installation.actor(logins["admin"].email)) as tx:
        webhook_id, _secret = webhooks.create_webhook(tx, url=PARTNER, events=["case.stage_changed"])
    steps.quarterly_return(walk)
    numbers = {"grant": grant_id, "webhook": webhook_id, **_numbers(installation, cases["filed"])}
    personal = privacy.of(installation)
    installation.database.dispose()
    return Sample(installation, logins, cases, loans, numbers, personal)


def _numbers(installation: Installation, case_no: str) -> dict[str, int | str]:
    """The numbers of the filed case's claim and package, of the return, and of one figure in it that has rows to show."""
    with installation.reading() as session:
        issue = reports.issues(session)[0]
        return {
            "filing": revisions.revisions_of(session, case_no, own=installation.settings.plaintiff)[0].id,
            "package": packages.packages_of(session, case_no)[0].export_id,
            "issue": issue.id,
            "number": next(_with_rows(installation, issue)),
        }


def _with_rows(installation: Installation, issue: IssueFacts) -> Iterator[str]:
    """The figures of a return whose rows a regulator may open: more than one row, none of a cell that is withheld."""
    for measure in reports.numbers_of(installation.store, issue):
        for number in measure.numbers:
            try:
                behind = reports.rows_behind(installation.store, issue, number.key)
            except Refusal:
                continue
            if len(behind.rows) > 1 and not number.withheld:
                yield number.key


def _installed(instance: Path) -> Installation:
    instance.mkdir(parents=True)
    (instance / "config.toml").write_text(CONFIG, encoding="utf-8")
    own = {"ownership": "private", "mediation": {"informed": True, "wanted": "yes"}}
    settings = replace(settings_in(instance), plaintiff=own)
    made = Installation(settings)
    made.initialise()
    return made


def _people(installation: Installation) -> dict[str, Login]:
    """One user of every role, a second lawyer and a second counsel, all with one known password."""
    people = {role: (role, f"{role}@desk.example") for role in permissions.ROLES}
    people |= {"lawyer": ("lawyer", LAWYER), "compliance": ("compliance", COMPLIANCE)}
    people |= {
        "second_lawyer": ("lawyer", "second.lawyer@desk.example"),
        "second_counsel": ("counsel", "second.counsel@desk.example"),
    }
    names = dict(zip(people, ["周可", "林知远", "许衡", "沈钧", "孟源", "高岚", "申远", "陆鸣", "韩江"], strict=True))
    with installation.transaction(installation.actor(None)) as tx:
        for key, (role, email) in people.items():
            access.add_user(tx, email=email, role=role, name=names[key])
            access.set_password(tx, email=email, password=PASSWORD, must_change=False)
    return {key: Login(email, PASSWORD) for key, (_role, email) in people.items()}


def _ready(installation: Installation) -> list[str]:
    """The severe loans with the papers a claim needs and no bar to suit, those with a guarantor first."""
    chosen = []
    with installation.reading() as session:
        for _contract_id, facts in accounts.portfolio_facts(session):
            position = case_queries.position_of_loan(session, facts.loan_no, AS_OF)
            ready = {"contract", "demand_letter", "delivery_receipt", "disbursement_receipt"} <= position.evidence_kinds
            barred = position.worst.arbitration_clause or position.worst.compensated_on or position.open_complaints
            if position.worst.days_past_due > 90 and ready and not barred and not position.performing_plan():
                chosen.append((not position.worst.has_guarantors, facts.loan_no))
    return [loan_no for _, loan_no in sorted(chosen)]
