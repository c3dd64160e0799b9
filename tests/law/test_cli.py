"""`legal law …` on the command line: JSON on stdout, exits 0, 1 and 2, batches that go on after a bad line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from legal_service.cli import speech
from legal_service.cli.law import law
from legal_service.errors import Finding, Findings, Words


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGAL_LANGUAGE", "zh")


def _run(*arguments: str, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(law, arguments, input=input)


def _json(*arguments: str) -> Any:
    done = _run(*arguments)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_fee_from_flags() -> None:
    found = _json("fee", "court", "--amount", "100000", "--on", "2026-01-05", "--track", "simplified")
    assert (found["fee"], found["full"], found["halved"]) == ("1150.00", "2300.00", True)


def test_a_change_of_fee_from_flags_and_the_courts_rounding() -> None:
    asked = (
        "--claimed_before",
        "87654.32",
        "--track-before",
        "simplified",
        "--track-after",
        "ordinary",
        "--on",
        "2026-01-05",
    )
    assert _json("fee-change", *asked)["top_up"] == "995.68"
    assert _json("fee-change", *asked, "--rounding", "yuan")["top_up"] == "995.00"
    assert _json("fee", "court", "--amount", "87654.32", "--rounding", "yuan_down")["fee"] == "1991.00"


def test_input_file_and_flags_together(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"amount": 100000.00, "on": "2026-01-05"}', encoding="utf-8")
    assert _json("fee", "court", "--input", str(path))["fee"] == "2300.00"


def test_a_batch_answers_line_by_line_and_goes_on_after_bad_ones() -> None:
    lines = [
        '{"kind": "court", "amount": "100000.00", "on": "2026-01-05"}',
        "not json",
        "",
        '{"kind": "court"}',
        '{"kind": "court", "amount": "1", "colour": "red"}',
        '["court", 1]',
        '{"kind": "appeal", "amount": "1", "track": "small_claims"}',
        '{"kind": "court", "amount": NaN}',
        '{"kind": "court", "amount": "1", "amount": "2"}',
        '{"kind": "court", "amount": "100000.01", "on": "2026-01-05"}',
    ]
    done = _run("fee", "--batch", "-", input="\n".join(lines))
    assert done.exit_code == 0
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(lines)
    assert [number for number, found in enumerate(answers) if "error" in found] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert answers[0]["fee"] == answers[9]["fee"] == "2300.00"
    assert answers[6]["error"]["code"] == "not_appealable"
    assert "colour" in answers[4]["error"]["reason"]


def test_bytes_that_are_no_utf8_are_one_bad_line() -> None:
    done = _run("amount", "--batch", "-", input=b'{"amount": "1"}\n\xff\xfe\n{"amount": "2"}\n')
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [found.get("chinese") for found in answers] == ["壹元整", None, "贰元整"]


def test_a_flag_holds_for_every_line_that_does_not_say_otherwise() -> None:
    lines = '{"amount": "100000"}\n{"amount": "100000", "track": "ordinary"}\n'
    done = _run("fee", "court", "--track", "simplified", "--on", "2026-01-05", "--batch", "-", input=lines)
    assert [json.loads(line)["fee"] for line in done.stdout.splitlines()] == ["1150.00", "2300.00"]


def test_a_refusal_is_json_with_reason_and_basis_and_exit_1() -> None:
    done = _run("explain", "--parameter", "periods/enforcement", "--on", "1999-01-01")
    assert done.exit_code == 1
    refusal = json.loads(done.stdout)["refusal"]
    assert refusal["code"] == "before_first_value"
    assert refusal["reason"] and "民事诉讼法" in refusal["basis"]


def test_the_reader_may_be_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGAL_LANGUAGE", "en")
    done = _run("explain", "--parameter", "nothing")
    assert json.loads(done.stdout)["refusal"]["reason"].startswith("There is no parameter “nothing”.")


@pytest.mark.parametrize(
    ("spoken", "name", "says", "note"),
    [
        ("zh", "金融借款综合融资成本上限", "予以调减。", "未查阅原文。"),
        (
            "en",
            "Cap on the comprehensive financing cost of a financial loan",
            "exceed this yearly rate by.",
            "The text was not read.",
        ),
    ],
)
def test_a_parameter_is_explained_in_the_readers_language_with_its_notes(
    monkeypatch: pytest.MonkeyPatch, spoken: str, name: str, says: str, note: str
) -> None:
    monkeypatch.setenv("LEGAL_LANGUAGE", spoken)
    told = json.loads(_run("explain", "--parameter", "interest/cap_rate", "--on", "2026-11-23").stdout)
    assert list(told)[:5] == ["value", "unit", "basis", "status", "since"]
    assert (told["value"], told["status"], told["since"]) == ("0.24", "awaiting_counsel", "2017-08-04")
    assert told["name"] == name
    assert told["says"].endswith(says)
    assert told["note"].startswith(note)
    assert told["note"].endswith(
        {"zh": "（待律师确认）。发布日期凭记忆。", "en": "(awaiting counsel). The day of issue is from memory."}[spoken]
    )


def test_a_parameter_without_a_note_has_an_empty_one() -> None:
    told = json.loads(
        _run("explain", "--parameter", "Period for applying for enforcement", "--on", "2026-11-23").stdout
    )
    assert (told["parameter"], told["name"], told["note"]) == ("periods/enforcement", "申请执行期间", "")


def test_explain_without_a_parameter_lists_them_all() -> None:
    done = _run("explain")
    assert done.exit_code == 2
    assert "\n  interest/cap_rate 金融借款综合融资成本上限\n" in done.output
    assert done.output.count("\n  periods/") > 30


@pytest.mark.parametrize(
    "arguments",
    [
        ("fee",),
        ("fee", "court", "--amount", "1,000"),
        ("fee", "court", "--amount", ""),
        ("fee", "nothing", "--amount", "1"),
        ("period", "--from", "2026-02-30", "--days", "3"),
        ("period", "--from", "20260203", "--days", "3"),
        ("period", "--from", "2026-02-03", "--days", "-3"),
        ("period", "--from", "2026-02-03", "--rule", "nothing"),
        ("identifier", "--kind", "shoe", "--value", "42"),
        ("amount", "--amount", "1", "--colour", "red"),
        ("amount", "--input", "no-such-file.json"),
        ("amount", "--input", "-", "--batch", "-"),
        ("nothing",),
    ],
)
def test_wrong_usage_exits_2_and_prints_nothing_on_stdout(arguments: tuple[str, ...]) -> None:
    done = _run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr


def test_a_wrong_input_file_is_refused_in_json(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text("[1, 2]", encoding="utf-8")
    done = _run("amount", "--input", str(path))
    assert done.exit_code == 1
    assert json.loads(done.stdout)["refusal"]["code"] == "wrong_argument"


def test_an_amount_the_decree_needs_is_refused_in_json_when_missing() -> None:
    done = _run("fee", "court")
    assert (done.exit_code, json.loads(done.stdout)["refusal"]["code"]) == (1, "amount_needed")


def test_a_negative_amount_is_refused_in_json() -> None:
    done = _run("fee", "court", "--amount", "-5.00")
    assert (done.exit_code, json.loads(done.stdout)["refusal"]["code"]) == (1, "negative_amount")


def test_lists_come_through_an_input_file_and_scalars_through_flags(tmp_path: Path) -> None:
    path = tmp_path / "f.json"
    path.write_text('{"obligations": [{"due_on": "2026-07-03", "base": "10000.00"}]}', encoding="utf-8")
    found = _json("delay-interest", "--input", str(path), "--until", "2026-09-01")
    assert (found["double_part"], found["outstanding"]) == ("105.00", "10105.00")


def test_names_may_stand_on_the_command_line() -> None:
    assert _json("anonymise", "张三", "张四", "诸葛亮") == {"names": ["张某1", "张某2", "诸葛某"]}


@pytest.mark.parametrize("flag", ["--last-due-on", "--last_due_on"])
def test_both_spellings_of_a_flag_are_read(flag: str) -> None:
    assert _json("limitation", flag, "2023-10-01")["legal_expiry"] == "2026-10-08"


def test_the_schedule_is_a_question_of_law_too() -> None:
    terms = "--principal 12000 --annual-rate 0.12 --months 12 --method equal_principal --disbursed 2026-01-10 --first-due 2026-02-10"
    found = _json("schedule", *terms.split())
    assert len(found["rows"]) == 12
    assert found["rows"][0]["interest"] == "120.00"


def test_every_command_of_the_contract_is_there() -> None:
    asked = "fee period limitation delay-interest schedule allocate identifier anonymise amount explain"
    assert set(asked.split()) <= set(law.commands)


def test_many_findings_are_spoken_as_the_contract_says(capsys: pytest.CaptureFixture[str]) -> None:
    finding = Finding(
        "wrong_date", "error", "loans.csv:17:DISBURSED_ON", Words(zh="日期不存在", en="no such date"), "机构内部规则"
    )
    with pytest.raises(SystemExit) as ended, speech.refusals():
        raise Findings([finding])
    assert ended.value.code == 1
    assert json.loads(capsys.readouterr().out) == {
        "findings": [
            {
                "code": "wrong_date",
                "severity": "error",
                "where": "loans.csv:17:DISBURSED_ON",
                "message": "日期不存在",
                "basis": "机构内部规则",
            }
        ]
    }


def test_a_parameter_is_explained_with_or_without_the_flag_on_a_day() -> None:
    plain = _json("explain", "delay_interest/daily_rate", "--on", "2024-01-01")
    assert plain["value"] == "0.000175"
    assert plain == _json("explain", "--parameter", "delay_interest/daily_rate", "--on", "2024-01-01")
    assert plain == _json("explain", "delay_interest/daily_rate", "--on", "2024-01-01", "--json")
    twice = _run("explain", "delay_interest/daily_rate", "--parameter", "interest/cap_rate")
    assert twice.exit_code == 2 and "interest/cap_rate" in twice.output


GOOD = '{"amount": "1"}'


@pytest.mark.parametrize(
    ("question", "line", "told"),
    [
        (
            "delay-interest",
            '{"obligations": [{"due_on": "9999-12-31", "base": "1"}], "until": "2024-01-01"}',
            "1900 至 2999",
        ),
        ("anonymise", '{"names": ["\\ud800"]}', "半个代理对"),
        ("amount", '{"\\ud800": "1"}', "半个代理对"),
        ("amount", "", "空行"),
        ("amount", '{"amount": "1", "amount": "2"}', "「'amount'」出现两次"),
        ("amount", '{"amount": NaN}', "NaN 不是 JSON 的数"),
        ("amount", '{"amount": "1"', "个字符处有误"),
        ("amount", "[" * 100_000, "嵌套过深"),
        ("amount", "9" * 5_000, "数字过长"),
    ],
)
def test_a_bad_line_is_told_in_chinese_and_the_next_is_answered(question: str, line: str, told: str) -> None:
    good = {"delay-interest": '{"obligations": [{"due_on": "2024-01-01", "base": "1"}], "until": "2024-01-01"}'}
    good["anonymise"] = '{"names": ["张三"]}'
    done = _run(question, "--batch", "-", input=f"{line}\n{good.get(question, GOOD)}\n")
    assert done.exit_code == 0
    first, second = map(json.loads, done.stdout.splitlines())
    assert told in first["error"]["reason"]
    assert "error" not in second
