"""Templates from disk: previewed on the sample case, and linted wherever they lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from legal_service import config
from legal_service.accounts.rules import rules_on
from legal_service.documents import files as templates
from legal_service.documents.lint import lint as faults
from legal_service.documents.manifest import Manifest, Template
from legal_service.errors import Finding, Findings, Refusal, Words
from legal_service.filings import preview as sample
from legal_service.filings.sample_case import SampleCase, sample_case
from legal_service.law import files as law

ENGINES = {".docx": "word", ".html": "html"}
BODIES = ("body.docx", "body.html")


def preview(document: str, *, on: date, folder: Path = config.TEMPLATES) -> dict[str, bytes]:
    """One document printed on the sample case of a day, by file name, from the template as it lies in the folder now.

    Refuses `unknown_document` naming those there are, a template that cannot be filled, and a day before the law's first values.
    """
    if document not in sample.DOCUMENTS:
        raise Refusal(
            "unknown_document",
            Words(
                zh=f"没有 {document[:60]} 的样例；可预览：{'、'.join(sample.DOCUMENTS)}。",
                en=f"there is no sample of {document[:60]}; these can be previewed: {', '.join(sample.DOCUMENTS)}.",
            ),
        )
    return sample.preview(templates.load(document, folder=folder), _case(on))


def lint(paths: Iterable[Path], *, on: date) -> list[Finding]:
    """What is wrong with templates, file by file in the order given: never raises for a file that cannot be read.

    A path is a template folder, the `body.docx` or `body.html` in one, or a lone `.docx` or `.html`. A template of a
    document that has a sample is also checked for fields that its facts do not have.
    """
    return [finding for path in paths for finding in _lint(path, on)]


def _lint(path: Path, on: date) -> list[Finding]:
    home = path if path.is_dir() else path.parent
    whole = path.is_dir() or (path.name in BODIES and (home / "manifest.yaml").is_file())
    resolved = home.resolve()
    where = resolved.name if whole else path.name
    try:
        if whole:
            return _lint_folder(templates.load(resolved.name, folder=resolved.parent), on)
        return _lint_lone(path)
    except Findings as found:
        return found.findings
    except Refusal as refusal:
        return [_as_finding(refusal, where)]
    except UnicodeDecodeError:
        words = Words(zh="不是 UTF-8 编码的文本，请另存为 UTF-8。", en="the text is not UTF-8; save it as UTF-8.")
        return [Finding("template_not_utf8", "error", where, words)]


def _lint_folder(template: Template, on: date) -> list[Finding]:
    if template.code not in sample.DOCUMENTS:
        return faults(template)
    case = _case(on)
    found = faults(template, known=sample.fields(template.code, case))
    if any(finding.severity == "error" for finding in found):
        return found
    try:
        sample.try_out(template, case)
    except Refusal as refusal:
        return [*found, _as_finding(refusal, template.code)]
    return found


def _lint_lone(path: Path) -> list[Finding]:
    engine = ENGINES.get(path.suffix.lower())
    if engine is None:
        words = Words(
            zh="不是模板：须为模板文件夹、.docx 或 .html 文件。",
            en="no template: a template folder, a .docx or a .html file is needed.",
        )
        return [Finding("template_kind_unknown", "error", path.name, words)]
    template = Template(path.stem, _bare(path.stem, engine), path.read_bytes(), "", "")
    body = f"{path.stem}/body.{'docx' if engine == 'word' else 'html'}"
    return [replace(finding, where=finding.where.replace(body, path.name, 1)) for finding in faults(template)]


def _bare(code: str, engine: str) -> Manifest:
    """What a lone file says about itself: nothing but which engine fills it."""
    return Manifest(
        code=code,
        title=Words(zh=code, en=code),
        engine="word" if engine == "word" else "html",
        output=("pdf",),
        addressee="",
        audience=(),
        mandatory=(),
        signs=(),
        attachments=(),
        needs_approval=True,
        effective_from=date.min,
        approved_by="",
        status="house",
    )


def _as_finding(refusal: Refusal, where: str) -> Finding:
    return Finding(refusal.code, "error", where, refusal.reason, refusal.basis)


def _case(on: date) -> SampleCase:
    return sample_case(on, rules_on(law.parameters(), on))
