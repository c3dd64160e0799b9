"""The drawers that lawyers edit are whole: every exhibit a package names exists and says what it is to prove."""

from __future__ import annotations

import shutil
from pathlib import Path

from legal_service import config
from legal_service.evidence import files
from legal_service.evidence.drawers import Drawers
from tests.house.source import words

PACKAGES = words("statement_of_claim payment_order preservation mediation enforcement complaint_reply assignment")
KINDS = words(
    "contract disbursement_receipt id_card authorisation cost_table form_terms_notice face_verification "
    "signature_certificate recording demand_letter acceleration_notice delivery_receipt guarantee_contract licence "
    "power_of_attorney settlement_agreement judgment effectiveness_certificate other"
)
"""The codes of contract.md section 2."""


def faults(drawers: Drawers) -> list[str]:
    found = [f"{finding.where} {finding.code}" for finding in drawers.findings]
    for package in drawers.packages.values():
        for place in package.exhibits:
            if place.kind not in drawers.kinds:
                found.append(f"{package.package} names {place.kind}, which there is not")
            if not (place.proves.zh.strip() and place.proves.en.strip() and place.how_to_mend.zh.strip()):
                found.append(f"{package.package}:{place.kind} does not say what it proves or how to mend its absence")
    return found


def test_the_drawer_is_whole() -> None:
    assert faults(files.load_drawers()) == []


def test_every_code_of_the_contract_is_in_the_drawer() -> None:
    drawers = files.load_drawers()
    assert set(PACKAGES) <= set(drawers.packages)
    assert set(KINDS) <= set(drawers.kinds)


def _copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(config.EVIDENCE, tmp_path / "evidence"))


def test_a_planted_missing_exhibit_is_found(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    (folder / "exhibits" / "contract.yaml").unlink()
    assert any("packages/" in fault for fault in faults(files.load_drawers(folder=folder)))


def test_a_planted_exhibit_without_a_proof_purpose_is_found(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    package = folder / "packages" / "mediation.yaml"
    text = package.read_text(encoding="utf-8")
    assert "      zh: 代理人及其代理权限\n" in text
    package.write_text(text.replace("      zh: 代理人及其代理权限\n", '      zh: ""\n'), encoding="utf-8")
    assert faults(files.load_drawers(folder=folder))
