"""Writing the synthetic portfolio to disk: the tape, the papers of the severe loans, and a note that all of it is invented."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from legal_service.accounts.rules import Rules, rules_on
from legal_service.errors import Refusal, Words
from legal_service.intake.layout import SHEETS
from legal_service.intake.sample.credit_files import CreditFile, draw_files
from legal_service.intake.sample.draw import stream
from legal_service.intake.sample.papers import choice
from legal_service.intake.sample.papers.identity_papers import licence
from legal_service.intake.sample.tape import Sheets
from legal_service.law import files as law

PAPERS_FOR = 40
"""For so many severe loans, chosen evenly, papers are made: a PDF takes a fifth of a second."""

_NOTE = """本文件夹中的全部数据均为虚构，由程序按种子生成，仅供演示与测试。
人名、公司、地址、合同与往来均不对应任何真实的人或机构；身份证号码的地区码、手机号段、银行卡号段均取自未分配或测试用的号段。

Everything in this folder is synthetic, drawn by a program from a seed, for demonstration and tests only.
No person, company, address or contract in it exists; identity numbers, mobiles and cards lie in ranges that belong to nobody.

loans={loans} seed={seed} as_of={as_of}
{papers} of {severe} severe loans have papers under documents/; the complete case is {exemplary}.
"""


def write_sample(
    out: Path,
    *,
    loans: int,
    seed: int,
    as_of: date,
    progress: Callable[[int, int, str], None],
    papers_for: int = PAPERS_FOR,
) -> dict[str, Any]:
    """Write a synthetic tape into a folder; the same arguments write the same bytes on every machine.

    Answers with the counts, the tiers aimed at, and the exemplary loan: the first severe one, whose file is complete for
    filing. Papers are made for at most `papers_for` severe loans. Refuses `folder_not_empty` where something else lies.
    """
    _refuse_foreign(out)
    sheets, tiers, severe, borrowers = Sheets(), Counter[str](), list[CreditFile](), 0
    for done, file in enumerate(draw_files(loans, seed, as_of), 1):
        sheets.add(file)
        tiers[file.fate.tier] += 1
        borrowers += file.first_of_borrower
        if file.fate.tier == "severe":
            severe.append(file)
        if done % 200 == 0 or done == loans:
            progress(done, loans, "loans")
    chosen = _evenly(severe, papers_for)
    exemplary = severe[0].loan.loan_no
    note = _NOTE.format(
        loans=loans, seed=seed, as_of=as_of, papers=len(chosen), severe=len(severe), exemplary=exemplary
    )
    (out / "README.txt").write_bytes(note.encode("utf-8-sig"))
    documents = _write_papers(out, chosen, sheets, seed, rules_on(law.parameters(), as_of), progress)
    content = sheets.files()
    for name, data in content.items():
        (out / name).write_bytes(data)
    return {
        "loans": loans,
        "borrowers": borrowers,
        "tiers_aimed": {tier: tiers[tier] for tier in ("none", "mild", "moderate", "severe")},
        "documents": documents,
        "papers_for": [file.loan.loan_no for file in chosen],
        "exemplary": exemplary,
        "files": sorted((*content, "README.txt")),
    }


def _write_papers(
    out: Path,
    chosen: list[CreditFile],
    sheets: Sheets,
    seed: int,
    rules: Rules,
    progress: Callable[[int, int, str], None],
) -> int:
    folder = out / "documents"
    folder.mkdir(parents=True)
    shared = licence()
    if chosen:
        (folder / "营业执照.pdf").write_bytes(shared.pdf(str(seed)))
    for done, file in enumerate(chosen, 1):
        loan_no = file.loan.loan_no
        (folder / loan_no).mkdir()
        sheets.document(loan_no, shared.kind, "documents/营业执照.pdf", shared.original, shared.on, shared.source)
        for number, paper in enumerate(choice.papers(stream(seed, "papers", loan_no), file, rules), 1):
            name = f"documents/{loan_no}/{number:02d}-{paper.name}.pdf"
            (out / name).write_bytes(paper.pdf(f"{seed}:{name}"))
            sheets.document(loan_no, paper.kind, name, paper.original, paper.on, paper.source)
        progress(done, len(chosen), "papers")
    return len(sheets.rows["documents"])


def _evenly(severe: list[CreditFile], most: int) -> list[CreditFile]:
    """At most so many, spread over the whole list; the first, the exemplary one, is always among them."""
    if len(severe) <= most:
        return severe
    return [severe[place * len(severe) // most] for place in range(most)]


def _refuse_foreign(out: Path) -> None:
    """An earlier sample in the folder is replaced; anything else stays untouched."""
    if out.is_dir() and any(out.iterdir()):
        note = out / "README.txt"
        if not (note.is_file() and "均为虚构" in note.read_text(encoding="utf-8-sig", errors="replace")):
            raise Refusal(
                "folder_not_empty",
                Words(
                    zh=f"{out.name} 不是空文件夹，里面也不是以前生成的样例；请另选一个文件夹。",
                    en=f"{out.name} is neither empty nor an earlier sample; choose another folder.",
                ),
            )
        shutil.rmtree(out / "documents", ignore_errors=True)
        for sheet in SHEETS:
            (out / f"{sheet.name}.csv").unlink(missing_ok=True)
    out.mkdir(parents=True, exist_ok=True)
