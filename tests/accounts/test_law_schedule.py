"""`legal law schedule` (contract.md section 5)."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from legal_service.cli.law import law

TERMS = {
    "principal": "12000",
    "annual_rate": "0.18",
    "months": 12,
    "method": "equal_instalment",
    "disbursed": "2026-01-15",
    "first_due": "2026-02-15",
    "day_count": 360,
}


def ask(*arguments: str, text: str = "") -> Result:
    return CliRunner().invoke(law, ["schedule", *arguments], input=text)


def flags(**changes: object) -> list[str]:
    return [
        part for name, value in {**TERMS, **changes}.items() for part in (f"--{name.replace('_', '-')}", str(value))
    ]


def test_flags_give_payment_rows_and_total() -> None:
    result = ask(*flags())
    assert result.exit_code == 0
    answer = json.loads(result.stdout)
    assert answer["payment"] == "1100.16"
    assert answer["rows"][0] == {
        "number": 1,
        "due_on": "2026-02-15",
        "principal": "920.16",
        "interest": "180.00",
        "balance": "11079.84",
    }
    assert len(answer["rows"]) == 12
    assert answer["rows"][-1]["balance"] == "0.00"


def test_input_file_and_flags_say_the_same() -> None:
    assert ask("--input", "-", text=json.dumps(TERMS)).stdout == ask(*flags()).stdout


def test_a_bad_line_of_a_batch_answers_in_its_place() -> None:
    lines = [json.dumps(TERMS), "{", json.dumps({**TERMS, "months": 0}), json.dumps({**TERMS, "method": "bullet"})]
    answers = [json.loads(line) for line in ask("--batch", "-", text="\n".join(lines)).stdout.splitlines()]
    assert [set(answer) for answer in answers] == [
        {"payment", "rows", "total_interest"},
        {"error"},
        {"error"},
        {"payment", "rows", "total_interest"},
    ]
    assert answers[2]["error"]["code"] == "schedule_terms"


def test_wrong_usage_exits_2_and_impossible_terms_exit_1() -> None:
    assert ask(*flags(method="balloon")).exit_code == 2
    assert ask(*flags(principal="12,000")).exit_code == 2
    refused = ask(*flags(first_due="2026-01-15"))
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["refusal"]["code"] == "schedule_terms"


def test_dates_beyond_the_calendar_are_wrong_usage() -> None:
    assert ask(*flags(disbursed="9998-12-01", first_due="9999-01-01")).exit_code == 2


def test_an_unknown_argument_is_not_ignored() -> None:
    result = ask("--input", "-", text=json.dumps({**TERMS, "anual_rate": "0.24"}))
    assert result.exit_code == 1
    assert "anual_rate" in result.stdout
