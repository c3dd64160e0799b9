"""A small, complete case for the tests of this room: five exhibits of four media, one filing, one statement."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import UTC, date, datetime, timedelta
from functools import cache

import pikepdf
from cryptography.hazmat.primitives.asymmetric import rsa
from PIL import Image

from legal_service.documents.pdf import from_html
from legal_service.evidence import bag, files
from legal_service.evidence.assembly import Package, assemble
from legal_service.evidence.drawers import Drawers
from legal_service.evidence.facts import Exhibit, Filing, Logs, PackageFacts, StatementFiles
from legal_service.vault import custody, timestamps
from legal_service.vault.timestamps import authority

ON = date(2026, 11, 23)
STAMPED_AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)

FACTS = PackageFacts(
    case_no="AJ2026-0001",
    package="statement_of_claim",
    audience="court",
    recipient="杭州市西湖区人民法院",
    on=ON,
    court="杭州市西湖区人民法院",
    cause="金融借款合同纠纷",
    submitter="江南消费金融有限公司",
    opponents=("张三",),
    claim_total=1234567,
)


@cache
def text_pdf(words: str, pages: int = 1) -> bytes:
    """A PDF with so many pages of text."""
    body = "<p style='break-after: page'>正文</p>" * (pages - 1) + f"<p>{words}</p>"
    return from_html(body, title=words, on=ON)


def picture() -> bytes:
    """A photograph of an identity card, taken with the camera held upright (EXIF orientation 6)."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (320, 200), "white").save(out, "JPEG", exif=exif)
    return out.getvalue()


def rotated_pdf() -> bytes:
    """A scanned page stored sideways, with inherited page size."""
    with pikepdf.open(io.BytesIO(text_pdf("放款凭证"))) as pdf:
        pdf.pages[0].obj.Rotate = 90
        pdf.Root.Pages.MediaBox = pdf.pages[0].obj.MediaBox
        del pdf.pages[0].obj["/MediaBox"]
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def exhibits() -> list[Exhibit]:
    """In no particular order: the package has its own."""
    return [
        Exhibit("statement_of_account", "欠款明细", "pdf", text_pdf("欠款明细", 2), "generated"),
        Exhibit("contract", "借款合同", "pdf", text_pdf("借款合同", 3), "electronic", obtained_on=date(2025, 3, 1)),
        Exhibit("id_card", "张三身份证", "jpg", picture(), "copy"),
        Exhibit("disbursement_receipt", "放款凭证", "pdf", rotated_pdf(), "electronic", source="招商银行"),
        Exhibit("demand_letter", "催收函", "xlsx", b"PK-not-a-page", "copy"),
    ]


def statement(claim_total: str = "12345.67") -> StatementFiles:
    """The statement in its three forms."""
    return StatementFiles(
        pdf=text_pdf("欠款明细", 2), xlsx=b"xlsx", json=json.dumps({"claim_total": claim_total}).encode()
    )


def custody_of(items: list[Exhibit]) -> list[dict[str, object]]:
    """The custody entries of the items: each deposited and verified, in the chain of one institution."""
    entries: list[custody.Entry] = []
    heads: dict[int, str] = {}
    for event in ("deposited", "verified"):
        for number, item in enumerate(items, 1):
            sha256 = item.original_sha256 or hashlib.sha256(item.content or b"").hexdigest()
            entry = custody.Entry(
                seq=len(entries) + 1,
                item=number,
                sha256=sha256,
                at=STAMPED_AT - timedelta(days=30 - len(entries)),
                actor="clerk@lender.example",
                event=event,
                detail={},
                previous=entries[-1].hash if entries else custody.GENESIS,
                item_previous=heads.get(number, custody.GENESIS),
            )
            entries.append(custody.sealed(entry))
            heads[number] = entries[-1].hash
    return [entry.as_json() for entry in entries]


@cache
def a_drawer() -> Drawers:
    """The lawyers' drawer, read once."""
    return files.drawers()


@cache
def the_package() -> Package:
    """The package of the case, assembled once."""
    return assembled()


def assembled() -> Package:
    """The package of the case, assembled anew."""
    items = exhibits()
    return assemble(
        FACTS,
        exhibits=items,
        filings=[
            Filing("statement_of_claim", "民事起诉状", "docx", b"docx", 1234567),
            Filing("statement_of_claim", "民事起诉状", "pdf", text_pdf("民事起诉状"), 1234567),
        ],
        statement=statement(),
        logs=Logs(custody=custody_of(items), provenance=[{"exhibit": 1, "system": "信贷系统"}], redactions=[]),
        drawers=a_drawer(),
        sheets=files.sheets(),
        verify_page=files.verify_page(),
    )


@cache
def an_authority() -> authority.Authority:
    """A demonstration timestamp authority with fresh keys."""
    keys = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]
    return authority.create_authority(STAMPED_AT, ca_key=keys[0], tsa_key=keys[1])


def stamped(plan: bag.Plan) -> bytes:
    """The ZIP of a bag, timestamped by the demonstration authority."""
    tsa = an_authority()
    reply = authority.answer(timestamps.request(plan.tagmanifest, 7), tsa, at=STAMPED_AT, serial=1)
    return bag.packed(plan, timestamp=reply, chain=timestamps.embedded_chain(reply) + tsa.ca_pem)


def planned(package: Package) -> bag.Plan:
    """The bag of a package."""
    return bag.prepare(package.files, package.info, root=package.root, on=package.on)


@cache
def the_zip() -> bytes:
    """The whole package of the case as it leaves the house."""
    return stamped(planned(the_package()))
