"""What each kind of job does: a thin call of operations, each concluding its job in the transaction of its business."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from legal_service import clock, uploads
from legal_service.access import permissions
from legal_service.accounts import files as statement_files
from legal_service.cases import operations as cases
from legal_service.cases import queries as case_queries
from legal_service.cases.operations.ageing import count_gaps
from legal_service.cases.operations.sweep import grade
from legal_service.errors import Findings, Refusal, told
from legal_service.exports import operations as exports
from legal_service.filings import operations as filings
from legal_service.intake import operations as intake
from legal_service.redaction.kinds import Audience
from legal_service.reports import operations as reports
from legal_service.reports import queries as report_queries
from legal_service.worker import Outcome, Run, Task


@uploads.forgotten_after
def import_tape(run: Run) -> Outcome:
    """Read and doubt the tape, then write it whole."""
    asked = run.arguments
    permissions.require(run.actor, "portfolio.import")
    tape = intake.read_tape(path=Path(asked["path"]), mapping=asked["mapping"], progress=run.progress)
    with run.installation.transaction(run.actor) as tx:
        imported = intake.import_tape(
            tx,
            path=Path(asked["path"]),
            tape=tape,
            store=run.installation.store,
            mapping=asked["mapping"],
            dry_run=asked["dry_run"],
            skip_refused=asked["skip_refused"],
            progress=run.progress,
        )
        findings = [told(finding) for finding in imported.findings]
        return run.conclude(tx, imported.as_json("zh") | {"findings": findings})


def sweep(run: Run) -> Outcome:
    """Grade the portfolio, then record what changed."""
    as_of = date.fromisoformat(run.arguments["as_of"])
    with run.installation.reading() as session:
        graded = grade(session, as_of=as_of, progress=run.progress)
        gaps = count_gaps(session, as_of=as_of, progress=run.progress)
    with run.installation.transaction(run.actor) as tx:
        return run.conclude(tx, cases.sweep(tx, as_of=as_of, graded=graded, gaps=gaps).as_json())


def filing_batch(run: Run) -> Outcome:
    """Make one document for many cases: each case whole in its own transaction.

    A killed batch goes on where it stopped; a cancelled one keeps the cases done so far. Without `out` no files are written.
    """
    asked, total, made = run.arguments, len(run.arguments["cases"]), 0
    refused: list[dict[str, object]] = []
    language = run.installation.settings.language
    out = Path(asked["out"]) if asked.get("out") else None
    for position, case_no in enumerate(asked["cases"]):
        run.kept = {"done": position, "total": total, "made": made, "refused": refused}
        run.renew()
        run.progress(position, total, f"正在制作第 {position + 1}/{total} 份 making")
        try:
            with run.installation.transaction(run.actor) as tx:
                filing = filings.make(
                    tx,
                    store=run.installation.store,
                    case_no=case_no,
                    document=asked["document"],
                    as_of=date.fromisoformat(asked["as_of"]),
                    own=run.installation.settings.plaintiff,
                )
            if out:
                for form, content in filing.files.items():
                    statement_files.write(out / f"{case_no}-{asked['document']}.{form}", content)
            made += 1
        except Refusal as refusal:
            refused.append(
                {
                    "case_no": case_no,
                    "reason": refusal.reason.read(language),
                    "code": refusal.code,
                    "basis": refusal.basis,
                }
            )
        except Findings as found:
            errors = [finding for finding in found.findings if finding.severity == "error"]
            reason = "；".join(finding.message.read(language) for finding in errors)
            refused.append({"case_no": case_no, "reason": reason, "code": errors[0].code, "basis": errors[0].basis})
    run.kept = {"done": total, "total": total, "made": made, "refused": refused}
    with run.installation.transaction(run.actor) as tx:
        return run.conclude(tx, {"made": made, "refused": refused})


def advance_cases(run: Run) -> Outcome:
    """Move many cases to a stage: each case whole in its own transaction, so readers and other writers go on between two.

    Run again, or resumed after a kill, it changes nothing about a case that is there already. One refused is told with its reason.
    """
    asked, total = run.arguments, len(run.arguments["steps"])
    moved, unchanged = 0, 0
    refused: list[dict[str, object]] = []
    language = run.installation.settings.language
    for position, step in enumerate(asked["steps"]):
        run.kept = {"done": position, "total": total, "moved": moved, "unchanged": unchanged, "refused": refused}
        run.renew()
        run.progress(position, total, f"正在推进第 {position + 1}/{total} 件 moving")
        try:
            with run.installation.transaction(run.actor) as tx:
                if case_queries.case_row(tx.session, step["case_no"]).stage == asked["stage"]:
                    unchanged += 1
                    continue
                on = date.fromisoformat(step["on"])
                cases.advance(tx, case_no=step["case_no"], target=asked["stage"], on=on, data=step["data"])
            moved += 1
        except Refusal as refusal:
            refused.append(
                {
                    "case_no": step["case_no"],
                    "reason": refusal.reason.read(language),
                    "code": refusal.code,
                    "basis": refusal.basis,
                }
            )
    outcome = {"moved": moved, "unchanged": unchanged, "refused": refused}
    run.kept = {"done": total, "total": total, **outcome}
    with run.installation.transaction(run.actor) as tx:
        return run.conclude(tx, outcome)


def build_package(run: Run) -> Outcome:
    """Build one package and conclude in the same transaction."""
    asked = run.arguments
    with run.installation.transaction(run.actor) as tx:
        built = exports.build_package(
            tx,
            store=run.installation.store,
            settings=run.installation.settings,
            case_no=asked["case_no"],
            package=asked["package"],
            audience=Audience(asked["audience"]),
            recipient=asked["recipient"],
            on=date.fromisoformat(asked["on"]),
            progress=run.progress,
        )
        language = run.installation.settings.language
        return run.conclude(
            tx,
            {
                "package_id": built.package_id,
                "sha256": built.sha256,
                "pages": built.pages,
                "withheld": built.withheld,
                "gaps": [gap.as_json(language) for gap in built.gaps],
            },
        )


def make_report(run: Run) -> Outcome:
    """Draw the cut without holding up writers, then freeze and print it. Without `out` it stays in the vault only."""
    name, period = run.arguments["name"], run.arguments["period"]
    asked = reports.check_request(actor=run.actor, today=clock.today(), name=name, period=period)
    with run.installation.reading() as session:
        cut = report_queries.draw(session, name=name, period=asked, progress=run.progress)
    with run.installation.transaction(run.actor) as tx:
        made = reports.make_return(tx, store=run.installation.store, name=name, period=period, cut=cut)
        outcome = run.conclude(tx, made.as_json())
    if out := run.arguments.get("out"):
        for file, content in made.files.items():  # after the commit: no file may tell of an issue that does not exist
            statement_files.write(Path(out) / file, content)
    return outcome


TASKS: dict[str, Task] = {
    "import": import_tape,
    "sweep": sweep,
    "filing_batch": filing_batch,
    "case_advance": advance_cases,
    "package": build_package,
    "report": make_report,
}
