"""The whole road, driven from outside on both databases: from a loan tape to a filed, redacted, verifiable package.

Import and package building are killed with kill -9 in the middle; what a user does next is to give the same command again.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path

import bagit
import pytest

from legal_service.config import Settings
from legal_service.exports import queries
from legal_service.installation import Installation
from legal_service.intake.sample.files import write_sample
from tests.stories.road import Road

AS_OF, LAWYER = "2026-09-30", "lin@lender.example"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A small synthetic tape with the papers of its one exemplary loan, and the exemplary loan's number."""
    folder = tmp_path_factory.mktemp("tape") / "tape"
    written = write_sample(
        folder, loans=14, seed=7, as_of=date.fromisoformat(AS_OF), progress=lambda done, total, text: None, papers_for=1
    )
    return folder, str(written["exemplary"])


@pytest.fixture(params=["sqlite", "postgresql"])
def road(request: pytest.FixtureRequest, tmp_path: Path) -> Road:
    """An instance on each engine in turn."""
    url = f"sqlite:///{tmp_path / 'service.db'}"
    if request.param == "postgresql":
        url = str(request.getfixturevalue("empty_postgres"))
    found = Road(tmp_path, url)
    found.legal("init", "--json")
    (tmp_path / "instance" / "config.toml").write_text(
        '[plaintiff]\nownership = "private"\n[plaintiff.mediation]\ninformed = true\nwanted = "yes"\n', encoding="utf-8"
    )
    found.legal("user", "add", LAWYER, "--role", "lawyer", "--name", "林知远", "--json")
    return found


@pytest.mark.timeout(1500)
def test_from_a_loan_tape_to_a_filed_redacted_verifiable_package(road: Road, sample: tuple[Path, str]) -> None:
    tape, loan_no = sample
    _import_survives_a_kill(road, tape)
    swept = road.legal("sweep", "--as-of", AS_OF, "--json")
    assert swept["loans"] == 14
    assert sum(swept["tiers"].values()) == 14
    assert road.legal("recommend", loan_no, "--as-of", AS_OF, "--json")["action"] == "offer"
    case_no = _prepared(road, loan_no)
    _filed(road, case_no)
    court = _package_survives_a_kill(road, case_no)
    _court_package_is_verifiable_without_us(road, court)
    _counsel_copy_is_redacted(road, case_no)
    assert road.legal("audit", "verify", "--json")["ok"]


def _import_survives_a_kill(road: Road, tape: Path) -> None:
    road.killed("import", "import", str(tape), "--by", LAWYER, "--json")
    assert road.count("contract") in (0, 14)  # whole or not at all
    imported = road.legal("import", str(tape), "--by", LAWYER, "--json")
    assert imported["refused"] == 0
    assert road.count("contract") == 14
    assert road.count("batch") == 1
    again = road.legal("import", str(tape), "--by", LAWYER, "--json")
    assert (again["batch"], again["created"], again["updated"]) == (None, 0, 0)


def _prepared(road: Road, loan_no: str) -> str:
    opened = road.legal("case", "open", loan_no, "--on", AS_OF, "--by", LAWYER, "--json")
    case_no = str(opened["case_no"])
    assert road.legal("case", "open", loan_no, "--on", AS_OF, "--by", LAWYER, "--json")["case_no"] == case_no
    road.legal("case", "advance", case_no, "contact", "--on", AS_OF, "--by", LAWYER, "--json")
    refused = road.legal(
        "case", "advance", case_no, "preparation", "--on", "2026-10-01", "--by", LAWYER, "--json", exit_code=1
    )
    assert refused["refusal"]["code"] == "no_settlement_attempt"
    assert refused["refusal"]["basis"].startswith("机构内部规则")  # a policy of the house says that it is one
    _write(
        road, "settlement.json", {"on": "2026-10-09", "channel": "call", "offer": "分六期偿还", "outcome": "refused"}
    )
    road.legal("settlement", "record", case_no, "--data", "settlement.json", "--by", LAWYER, "--json")
    road.legal("case", "advance", case_no, "settlement", "--on", "2026-10-09", "--by", LAWYER, "--json")
    road.legal("case", "advance", case_no, "preparation", "--on", "2026-10-15", "--by", LAWYER, "--json")
    paper = {
        "document": "acceleration_notice",
        "mode": "mail",
        "address": "合同约定的送达地址",
        "sent_on": "2026-09-01",
    }
    paper |= {"outcome": "delivered", "effective_on": "2026-09-04"}
    _write(road, "service.json", paper)
    road.legal("service", "record", case_no, "--data", "service.json", "--by", LAWYER, "--json")
    assert road.legal("evidence", "gaps", case_no, "--for", "statement_of_claim", "--json")["gaps"] == []
    lacking = road.legal("evidence", "gaps", case_no, "--for", "payment_order", "--json")["gaps"]
    assert "payment_order_application" in {gap["exhibit"] for gap in lacking}  # told, never left out in silence
    return case_no


def _write(road: Road, name: str, document: dict[str, str]) -> None:
    (road.folder / name).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def _filed(road: Road, case_no: str) -> None:
    out = road.folder / "out"
    words = (
        "filing",
        "make",
        case_no,
        "statement_of_claim",
        "--as-of",
        "2026-10-19",
        "--out",
        str(out),
        "--by",
        LAWYER,
        "--json",
    )
    made = road.legal(*words)
    assert road.legal(*words)["sha256"] == made["sha256"]  # same facts, same bytes
    submit = ("case", "advance", case_no, "submitted", "--on", "2026-10-20", "--by", LAWYER, "--json")
    assert road.legal(*submit, exit_code=1)["refusal"]["code"] == "not_approved"
    nobody = road.legal("filing", "approve", case_no, "statement_of_claim", "--json", exit_code=1)
    assert nobody["refusal"]["code"] == "named_lawyer_required"
    road.legal("filing", "approve", case_no, "statement_of_claim", "--by", LAWYER, "--json")
    submitted = road.legal(*submit)
    assert submitted["stage"] == "submitted"
    docketing = next(one for one in submitted["docket"] if one["rule"] == "docketing")
    assert docketing["last_day"] == "2026-10-27"  # seven days, 民事诉讼法 第一百二十六条


def _package_survives_a_kill(road: Road, case_no: str) -> Path:
    out = road.folder / "packages"
    words = ("package", "build", case_no, "statement_of_claim", "--audience", "court", "--on", "2026-10-20")
    words += ("--out", str(out), "--by", LAWYER, "--json")
    road.killed("package", *words)
    assert road.count("export") == 0
    built = road.legal(*words)
    assert road.count("export") == 1
    first = Path(built["path"]).read_bytes()
    assert road.legal(*words)["sha256"] == built["sha256"]
    assert Path(built["path"]).read_bytes() == first
    return Path(built["path"])


def _court_package_is_verifiable_without_us(road: Road, package: Path) -> None:
    ca = road.folder / "instance" / "keys" / "tsa" / "ca.pem"
    elsewhere = Road(road.folder / "elsewhere", "sqlite:///nowhere")
    elsewhere.folder.mkdir()
    checked = elsewhere.legal("package", "verify", str(package), "--ca", str(ca), "--json")
    assert checked["ok"] and checked["problems"] == []
    assert checked["timestamp"]["ok"] and checked["timestamp"]["trusted"]
    shutil.unpack_archive(package, elsewhere.folder)
    bag = elsewhere.folder / package.stem
    assert bagit.Bag(str(bag)).is_valid()
    subprocess.run(
        [
            "openssl", "ts", "-verify", "-data", "tagmanifest-sha256.txt", "-in", "metadata/timestamp.tsr",
            "-CAfile", str(ca), "-untrusted", "metadata/tsa-chain.pem",
        ],
        cwd=bag, check=True, capture_output=True,
    )  # fmt: skip
    tampered = elsewhere.folder / package.name
    content = package.read_bytes()
    place = content.find(b'"claim_total"')
    tampered.write_bytes(content[:place] + b'"claim_t0tal"' + content[place + 13 :])
    found = elsewhere.legal("package", "verify", str(tampered), "--json", exit_code=1)
    assert any(problem["file"].endswith(".json") for problem in found["problems"])


def _counsel_copy_is_redacted(road: Road, case_no: str) -> None:
    built = road.legal(
        "package", "build", case_no, "statement_of_claim", "--audience", "external_counsel", "--to", "counsel@firm.example",
        "--on", "2026-10-20", "--out", str(road.folder / "packages"), "--by", LAWYER, "--json",
    )  # fmt: skip
    assert road.legal("package", "verify", built["path"], "--json")["ok"]
    with zipfile.ZipFile(built["path"]) as archive:
        names = archive.namelist()
        assert any("借款合同" in name for name in names)
        everything = b"".join(archive.read(name) for name in names)
        catalogue = json.loads(next(archive.read(name) for name in names if name.endswith("catalogue.json")))
    for exhibit in catalogue["exhibits"]:  # a hash of the full version would let a reader try names until one fits
        if exhibit["form"] == "generated":
            assert exhibit["original_sha256"] == exhibit["sha256"]
    secrets = _secrets_of(road, case_no)
    assert {secret["kind"] for secret in secrets} >= {"PERSON", "ID_NUMBER", "MOBILE"}
    (road.folder / "secrets.json").write_text(json.dumps({"known": secrets}, ensure_ascii=False), encoding="utf-8")
    assert road.legal("leakcheck", built["path"], "--known", "secrets.json", "--json")["ok"]
    for secret in secrets:
        assert secret["value"].encode() not in everything
    until = "2099-12-31"
    granted = road.legal(
        "grant",
        "create",
        built["package_id"],
        "--to",
        "counsel@firm.example",
        "--until",
        until,
        "--by",
        LAWYER,
        "--json",
    )
    assert granted["until"] == until


def _secrets_of(road: Road, case_no: str) -> list[dict[str, str]]:
    """The values of borrower and guarantor that counsel may not see before an appointment."""
    folder = road.folder / "instance"
    settings = Settings(folder, road.database_url, f"file://{folder / 'vault'}", "", "", "", "", "zh")
    installation = Installation(settings)
    with installation.reading() as session:
        values = queries.known_values(session, case_no)
    installation.database.dispose()
    kinds = {"PERSON", "ID_NUMBER", "MOBILE", "BANK_CARD", "EMAIL", "WECHAT"}
    return [{"kind": one.kind.value, "value": one.value} for one in values if one.kind.value in kinds]
