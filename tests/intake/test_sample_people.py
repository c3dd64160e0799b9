"""The invented people: every number passes its check, agrees with the person, and lies in a range that belongs to nobody."""

from datetime import date

import pytest

from legal_service.documents import files as documents
from legal_service.intake.sample import institution
from legal_service.intake.sample.draw import stream
from legal_service.intake.sample.names import COMPOUND, RARE_CHARACTERS, RARE_SURNAMES, SURNAMES, WORDS
from legal_service.intake.sample.numbers import Numbers, credit_code
from legal_service.intake.sample.people import draw_borrower, draw_kin, guarantor_from
from legal_service.intake.sample.places import PLACES
from legal_service.law import identifiers

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="module")
def people():
    numbers, drawn = Numbers(), []
    for place in range(1500):
        chance = stream(5, "person", place)
        borrower = draw_borrower(chance, numbers, f"B{place}", AS_OF)
        kin = draw_kin(chance, numbers, borrower)
        drawn.append((borrower, kin, guarantor_from(chance, numbers, kin, borrower)))
    return drawn


def test_identity_numbers_are_valid_coherent_and_nobodys(people):
    for borrower, _, guarantor in people:
        for person in (borrower, guarantor):
            found = identifiers.check("id_card", person.id_number, AS_OF)
            assert found.valid, found.why.en
            assert found.parts["birth_date"] == person.born.isoformat()
            assert found.parts["sex"] == ("male" if person.gender == "男" else "female")
            assert found.parts["province"] == person.home.province_name
            assert person.id_number[2:4] == "99"
            assert person.domicile.startswith(person.home.text)


def test_telephones_cards_and_mail_are_nobodys(people):
    for borrower, kin, _ in people:
        for phone in filter(None, (borrower.phone, borrower.phone2, kin.phone)):
            assert identifiers.check("mobile", phone).valid and phone.startswith("154")
        card = identifiers.check("bank_card", borrower.bank_card)
        assert card.valid and borrower.bank_card.startswith("62000000")
        assert not borrower.email or borrower.email.rpartition("@")[2] in ("example.com", "example.net", "example.org")
        assert not borrower.wechat or borrower.wechat.endswith("_demo")


def test_no_number_is_given_twice(people):
    ids = [person.id_number for borrower, _, guarantor in people for person in (borrower, guarantor)]
    phones = [phone for borrower, kin, _ in people for phone in (borrower.phone, borrower.phone2, kin.phone) if phone]
    assert len(set(ids)) == len(ids) and len(set(phones)) == len(phones)


def test_ages_are_those_of_borrowers(people):
    ages = [(AS_OF - borrower.born).days / 365.25 for borrower, _, _ in people]
    assert min(ages) >= 24 and max(ages) <= 59
    assert 30 < sum(ages) / len(ages) < 45


def test_names_are_common_and_some_are_hard(people):
    names = [borrower.name for borrower, _, _ in people]
    common = sum(name[0] in "王李张刘陈" for name in names) / len(names)
    assert 0.2 < common < 0.45, "the five commonest surnames bear about a third"
    assert any("·" in name for name in names)
    assert any(name[:2] in COMPOUND for name in names)
    assert any(name in WORDS for name in names)
    assert any(set(name) & set(RARE_CHARACTERS) or name[0] in RARE_SURNAMES for name in names)


def test_a_minority_name_has_its_nationality_and_province(people):
    dotted = [borrower for borrower, _, _ in people if "·" in borrower.name]
    assert dotted and all(borrower.ethnicity in ("维吾尔族", "彝族") for borrower in dotted)
    assert all(borrower.home.province == "65" for borrower in dotted if borrower.ethnicity == "维吾尔族")


def test_brothers_share_the_surname(people):
    kin = [
        (borrower, kin)
        for borrower, kin, _ in people
        if kin.relation == "兄弟" and borrower.name[0] in SURNAMES and borrower.name[:2] not in COMPOUND
    ]
    assert kin and all(one.name[0] == borrower.name[0] for borrower, one in kin if "·" not in borrower.name)


def test_a_spouse_is_of_the_other_sex(people):
    spouses = [(borrower, kin) for borrower, kin, _ in people if kin.relation == "配偶"]
    assert spouses and all(borrower.gender != kin.gender for borrower, kin in spouses)


def test_every_name_can_be_printed(people):
    text = "".join(borrower.name + borrower.domicile for borrower, _, _ in people)
    text += "".join(RARE_SURNAMES) + RARE_CHARACTERS
    assert documents.prepare().missing(text) == []


def test_the_lender_has_a_valid_code_in_a_region_of_nobody():
    found = identifiers.check("uscc", institution.USCC)
    assert found.valid and found.parts["region"] == "339901"
    assert not identifiers.check("uscc", credit_code("33", "MA000HM1")[:-1] + "0").valid


def test_places_name_their_province():
    assert all(identifiers.PROVINCES[place.province] == place.province_name for place in PLACES)
