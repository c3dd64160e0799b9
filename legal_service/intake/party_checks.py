"""Checks of the people and organisations on the tape: identifiers, phones, agreement with the ID number."""

from __future__ import annotations

from datetime import date

from legal_service.intake.rows import Row, Tape
from legal_service.intake.tape import doubt, error
from legal_service.law import identifiers

OTHER_ID_TYPES = ("passport", "hk_macau_permit", "taiwan_permit", "foreign_permanent_resident", "military_id")


def check_identifier(tape: Tape, row: Row, kind: str, column: str, shown: str, *, hard: bool) -> None:
    """Check digit and form of an identifier; `hard` makes it an error, else a doubt (GB 11643, GB 32100, Luhn)."""
    value = row.text(column)
    if not value:
        return
    found = identifiers.check(kind, value)
    if not found.valid:
        code = {"id_card": "bad_id_number", "uscc": "bad_uscc", "bank_card": "bad_bank_card"}[kind]
        make = error if hard else doubt
        finding = make(
            code,
            f"{row.where}:{shown}",
            f"{found.why.zh}；请核对证件后更正。",
            f"{found.why.en}; check the document and correct it.",
        )
        if hard:
            tape.reject(row, finding)
        else:
            tape.findings.append(finding)


def check_phone(tape: Tape, row: Row, column: str) -> None:
    """A number that can be neither a mobile nor a landline is a doubt."""
    value = row.text(column)
    digits = "".join(one for one in value if one.isdigit())
    if value and not (identifiers.check("mobile", value).valid or 7 <= len(digits) <= 14):
        tape.findings.append(
            doubt(
                "bad_phone",
                f"{row.where}:{column}",
                f"{len(digits)} 位数字，不像手机或固定电话号码，请核对。",
                f"{len(digits)} digits: neither a mobile nor a landline number; check it.",
            )
        )


def check_borrowers(tape: Tape) -> None:
    """Identifiers of the borrowers, their agreement with sex and birth date, and one person under two numbers."""
    holders: dict[str, str] = {}
    for row in tape.rows["borrowers"]:
        if row.text("id_type") == "id_card":
            check_identifier(tape, row, "id_card", "id_number", "ID_NUMBER", hard=True)
            _agrees_with_id(tape, row)
        elif row.text("id_type") not in ("", *OTHER_ID_TYPES):
            tape.findings.append(
                doubt(
                    "unknown_id_type",
                    f"{row.where}:ID_TYPE",
                    f"证件类型 {row.text('id_type')} 不在常用之列，证件号码未作校验；身份证请写 id_card。",
                    f"ID type {row.text('id_type')} is not a usual one, the number was not checked; write id_card for 身份证.",
                )
            )
        check_identifier(tape, row, "bank_card", "bank_card", "bank_card", hard=False)
        check_phone(tape, row, "phone")
        number = row.text("id_number").upper()
        if number and number in holders:
            tape.findings.append(
                doubt(
                    "same_person_twice",
                    f"{row.where}:ID_NUMBER",
                    f"与第 {holders[number]} 行证件号码相同，疑为同一人；请合并，或更正其一。",
                    f"same ID number as line {holders[number]}: perhaps one person; merge them, or correct one.",
                )
            )
        holders.setdefault(number, row.where.rsplit(":", 1)[1])


def _agrees_with_id(tape: Tape, row: Row) -> None:
    found = identifiers.check("id_card", row.text("id_number"))
    if not found.valid:
        return
    born = row.values.get("birth_date")
    if isinstance(born, date) and born.isoformat() != found.parts.get("birth_date"):
        tape.findings.append(
            doubt(
                "birth_date_differs",
                f"{row.where}:birth_date",
                "出生日期与身份证号码不一致，请核对。",
                "the birth date differs from the ID number; check both.",
            )
        )
    sex = {"男": "male", "女": "female", "male": "male", "female": "female", "m": "male", "f": "female"}.get(
        row.text("gender").lower()
    )
    if sex and sex != found.parts.get("sex"):
        tape.findings.append(
            doubt(
                "gender_differs",
                f"{row.where}:gender",
                "性别与身份证号码不一致，请核对。",
                "the gender differs from the ID number; check both.",
            )
        )
