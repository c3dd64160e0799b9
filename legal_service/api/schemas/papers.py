"""Shapes of evidence, filings, packages and grants."""

from __future__ import annotations

from legal_service.api.schemas.kinds import (
    Open,
    Part,
    Shape,
    Some,
    Upload,
    amount,
    choice,
    day,
    moment,
    number,
    says,
    text,
    word,
    yes,
)
from legal_service.api.schemas.loans import WordsShape
from legal_service.api.schemas.problems import FindingShape
from legal_service.exports.packages import State
from legal_service.redaction.kinds import Audience
from legal_service.vault.facts import FORMS

GIVEN_FORMS = tuple(one for one in FORMS if one != "generated")
STATES: tuple[State, ...] = ("live", "expired", "revoked")


class ItemShape(Shape):
    """One item of evidence in the vault."""

    item = number(1, 2**31, "编号", "number", required=True)
    kind = word("种类", "kind", required=True)
    form = choice(FORMS, "形式", "form", required=True)
    filename = word("文件名（个人信息已遮盖）", "file name, personal data masked", required=True)
    media_type = word("内容类型", "media type", required=True)
    size = number(0, 2**53, "字节", "bytes", required=True)
    sha256 = word("SHA-256", "SHA-256", required=True)
    subject = word("所属案件或贷款", "case or loan it belongs to", required=True)
    obtained_on = day("取得日", "obtained on", required=True, allow_none=True)
    deposited_at = moment("入库时间", "deposited at", required=True)


class NewEvidence(Shape):
    """One item of evidence, as a form with a file."""

    file = Upload(required=True, metadata=says("文件，至多 200 MB", "the file, 200 MB at most"))
    kind = text(60, "种类", "kind", required=True)
    form = choice(GIVEN_FORMS, "形式", "form", load_default="electronic")
    obtained_on = day("取得日期", "obtained on", load_default=None)
    source = text(200, "来源", "source", least=0, load_default="")


class GapsQuery(Shape):
    """Which package, as of when."""

    package = text(60, "证据包种类", "kind of package", required=True)
    as_of = day("截至；缺省为今天", "as of; today when absent", load_default=None)


class GapShape(Shape):
    """What a package still lacks."""

    exhibit = word("缺的证据或文书", "exhibit or filing", required=True)
    title = word("名称", "title", required=True)
    proves = word("证明什么", "what it would prove", required=True)
    how_to_mend = word("如何补", "how to mend it", required=True)
    basis = word("依据", "basis", required=True)
    status = word("依据的核实程度", "how far the basis was verified", required=True)


class Gaps(Shape):
    """Everything a package still lacks."""

    gaps = Some(Part(GapShape), required=True)


class ApprovalShape(Shape):
    """A named lawyer's approval."""

    by = word("律师", "by", required=True)
    on = day("日期", "on", required=True)


class RevisionShape(Shape):
    """One revision of a filing."""

    revision = number(1, 2**31, "版本编号", "number", required=True)
    case_no = word("案号", "case number", required=True)
    document = word("文书", "document", required=True)
    title = Part(WordsShape, required=True)
    as_of = day("截至", "as of", required=True)
    template_version = word("模板版本", "version of the template", required=True)
    sha256 = Open(required=True, metadata=says("各格式的 SHA-256", "SHA-256 by format"))
    claim_total = amount("可主张合计", "claim total", required=True)
    made_by = word("制作人", "made by", required=True)
    made_at = moment("制作时间", "made at", required=True)
    state = word("状态", "state", required=True)
    newest = yes("最新一版", "the newest", required=True)
    approvals = Some(Part(ApprovalShape), required=True)


class MadeRevision(RevisionShape):
    """A revision as made, with what a lawyer must look at."""

    doubts = Some(Part(FindingShape), required=True)


class NewFiling(Shape):
    """A document to be made."""

    document = text(60, "文书", "document", required=True)
    as_of = day("计算截止日；缺省为今天", "as of; today when absent", load_default=None)


class FileQuery(Shape):
    """Which format."""

    form = choice(("pdf", "docx"), "格式", "format", load_default="pdf")


class GrantShape(Shape):
    """Who may take a package until when."""

    id = number(1, 2**31, "编号", "number", required=True)
    to = word("接收人", "to whom", required=True)
    until = day("截止日", "last day", required=True)
    state = choice(STATES, "状态", "state", required=True)
    granted_by = word("授权人", "granted by", required=True)
    granted_at = moment("授权时间", "granted at", required=True)


class PackageShape(Shape):
    """A package that was built and passed the leak gate."""

    id = number(1, 2**31, "编号", "number", required=True)
    package_id = word("包名", "its name", required=True)
    case_no = word("案号", "case number", required=True)
    package = word("种类", "kind", required=True)
    audience = choice(list(Audience), "接收方", "audience", required=True)
    recipient = word("接收人", "recipient", required=True)
    dated = day("日期", "dated", required=True)
    size = number(0, 2**53, "字节", "bytes", required=True)
    sha256 = word("SHA-256", "SHA-256", required=True)
    withheld = number(0, 2**31, "未提供的证据", "exhibits withheld", required=True)
    built_by = word("制作人", "built by", required=True)
    built_at = moment("制作时间", "built at", required=True, allow_none=True)
    grants = Some(Part(GrantShape), required=True)


class NewPackage(Shape):
    """A package to be built."""

    package = text(60, "种类", "kind", required=True)
    audience = choice(list(Audience), "接收方", "audience", required=True)
    to = text(190, "接收人邮箱", "recipient's e-mail address", least=0, load_default="")
    on = day("日期；缺省为今天", "date; today when absent", load_default=None)


class NewGrant(Shape):
    """A grant to be given."""

    to = text(190, "接收人邮箱", "e-mail address", required=True)
    until = day("截止日", "last day", required=True)


class GrantMade(Shape):
    """A grant as given."""

    grant = number(1, 2**31, "编号", "number", required=True)
    package_id = word("包名", "the package", required=True)
    to = word("接收人", "to whom", required=True)
    until = day("截止日", "last day", required=True)


class ReceivedShape(Shape):
    """A grant as its recipient sees it."""

    id = number(1, 2**31, "授权编号", "number of the grant", required=True)
    package_id = word("包名", "the package", required=True)
    case_no = word("案号", "case number", required=True)
    package = word("种类", "kind", required=True)
    audience = word("接收方", "audience", required=True)
    until = day("截止日", "last day", required=True)
    state = choice(STATES, "状态", "state", required=True)
    granted_by = word("授权人", "granted by", required=True)
    granted_at = moment("授权时间", "granted at", required=True)
    downloaded_at = moment("上次下载", "last taken", required=True, allow_none=True)
    size = number(0, 2**53, "字节", "bytes", required=True)
    sha256 = word("SHA-256", "SHA-256", required=True)
