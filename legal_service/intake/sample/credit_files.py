"""The credit file of one invented loan: who borrowed, on what terms, who guarantees, what happened since."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from legal_service.accounts.facts import LoanFacts
from legal_service.accounts.schedule import months_after
from legal_service.intake.sample.complaints import Complaint, draw_complaints
from legal_service.intake.sample.contacts import Contact, ContactLog
from legal_service.intake.sample.draw import happens, stream, weighted
from legal_service.intake.sample.fates import Fate, deal, first_severe
from legal_service.intake.sample.ledger import draw_ledger
from legal_service.intake.sample.letters import Letter, draw_letters
from legal_service.intake.sample.loans import Loan, draw_loan
from legal_service.intake.sample.names import draw_name
from legal_service.intake.sample.numbers import Numbers
from legal_service.intake.sample.people import Kin, Person, draw_borrower, draw_kin, guarantor_from
from legal_service.intake.sample.postings import Ledger
from legal_service.intake.sample.prose import Speakers


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A guarantee for one loan; `until` is the end of the agreed guarantee period, None where nothing was agreed."""

    guarantor: Person
    relation: str
    liability: str
    until: date | None


@dataclass(frozen=True, slots=True)
class CreditFile:
    """All that the lender knows of one loan. `fate` is what it was drawn for."""

    serial: int
    fate: Fate
    exemplary: bool
    borrower: Person
    first_of_borrower: bool
    kin: Kin
    loan: Loan
    ledger: Ledger
    guarantee: Guarantee | None
    letters: tuple[Letter, ...]
    contacts: tuple[Contact, ...]
    complaints: tuple[Complaint, ...]

    def facts(self) -> LoanFacts:
        """The loan with its ledger, as the account reads it."""
        return replace(
            self.loan.facts(),
            acceleration_clause=self.loan.clauses.acceleration,
            accelerated_on=self.ledger.accelerated_on,
            signed_cost_table=self.loan.clauses.cost_table,
            postings=self.ledger.facts(),
        )


def draw_files(loans: int, seed: int, as_of: date) -> Iterator[CreditFile]:
    """The credit files of a whole portfolio, one by one; the same arguments draw the same files."""
    fates = deal(loans, seed)
    show = first_severe(fates)
    numbers = Numbers()
    people: list[tuple[Person, Kin]] = []
    for place, fate in enumerate(fates):
        chance = stream(seed, "loan", place)
        exemplary = place == show
        again = bool(people) and not exemplary and happens(chance, 6)
        if again:
            borrower, kin = people[chance.randrange(len(people))]
        else:
            borrower = draw_borrower(chance, numbers, f"B{place + 1:06d}", as_of)
            if exemplary:
                borrower = replace(borrower, employer=borrower.employer or "个体工商户")
            kin = draw_kin(chance, numbers, borrower)
            if not exemplary:
                people.append((borrower, kin))
        yield _file(chance, numbers, place + 1, fate, as_of, borrower, kin, again=again, exemplary=exemplary)


def _file(
    chance: Random, numbers: Numbers, serial: int, fate: Fate, as_of: date, borrower: Person, kin: Kin, *, again: bool, exemplary: bool
) -> CreditFile:  # fmt: skip
    loan, unpaid = draw_loan(chance, serial, fate, as_of, exemplary=exemplary)
    ledger = draw_ledger(chance, loan, unpaid, fate, as_of, exemplary=exemplary)
    guarantee = _guarantee(chance, numbers, borrower, kin, loan, exemplary=exemplary)
    letters = draw_letters(chance, serial, ledger, as_of, guaranteed=guarantee is not None, exemplary=exemplary)
    stranger = draw_name(chance, "男" if happens(chance, 50) else "女", borrower.born.year).text
    who = Speakers(borrower, kin, stranger, numbers.mobile(chance), loan.contract_no)
    log = ContactLog(chance, who, guarantee.guarantor if guarantee else None, loan.disbursed_on, as_of)
    return CreditFile(
        serial=serial,
        fate=fate,
        exemplary=exemplary,
        borrower=borrower,
        first_of_borrower=not again,
        kin=kin,
        loan=loan,
        ledger=ledger,
        guarantee=guarantee,
        letters=letters,
        contacts=log.write(ledger, letters, exemplary=exemplary),
        complaints=() if exemplary else draw_complaints(chance, borrower, kin, loan, ledger, as_of),
    )


def _guarantee(
    chance: Random, numbers: Numbers, borrower: Person, kin: Kin, loan: Loan, *, exemplary: bool
) -> Guarantee | None:
    """Somebody close guarantees about one loan in seven; most are joint and bound for three years from the last due day."""
    if not (exemplary or happens(chance, 15)):
        return None
    liability = "joint" if exemplary else weighted(chance, {"joint": 86, "general": 8, "unclear": 6})
    until = months_after(loan.periods()[-1].due_on, 36) if exemplary or happens(chance, 88) else None
    return Guarantee(guarantor_from(chance, numbers, kin, borrower), kin.relation, liability, until)
