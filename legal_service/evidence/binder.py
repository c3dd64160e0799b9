"""One PDF that binds everything: cover, contents, catalogue, exhibits, with one page number running through.

The court signs for copies and pages (民事诉讼法(2023修正) 第六十九条), so page numbers must be right in contents and catalogue too:
`paginate` computes the page map once and both are rendered from it. The bound copy is passive: forms and stamps on a page are
flattened so that they stay visible, scripts, links and attachments of the exhibits stay in their own files.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate, pairwise

import pikepdf

from legal_service.documents.manifest import Template
from legal_service.errors import Refusal, Words
from legal_service.evidence.stamps import Stamper

LINK = "urn:exhibit:"
"""Contents and catalogue link to an exhibit as `urn:exhibit:3`; the binder turns that into a jump to its first page."""

_PAGE_KEYS = frozenset(
    {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Contents", "/Group"}
)
_MOST_PASSES = 6


@dataclass(frozen=True, slots=True)
class Sheets:
    """The templates of the binder's own pages: cover with contents, evidence catalogue, slip for what cannot be printed."""

    cover: Template
    catalogue: Template
    slip: Template


@dataclass(frozen=True, slots=True)
class Part:
    """One exhibit as it is bound: its number, the title of its bookmark, its pages as a PDF."""

    number: int
    title: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class PageMap:
    """Where everything lies in the binder: first pages count from 1; `exhibits` are (first, last) in order."""

    contents: int
    catalogue: int
    exhibits: tuple[tuple[int, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Front:
    """The rendered pages before the exhibits: cover (one page) with contents, and catalogue."""

    cover: bytes
    catalogue: bytes


def page_count(pdf: bytes, name: str) -> int:
    """How many pages a PDF has; refuses (`exhibit_unreadable`) what cannot be opened without a password."""
    with _opened(pdf, name) as opened:
        return len(opened.pages)


def paginate(counts: Sequence[int], render: Callable[[PageMap], Front]) -> tuple[PageMap, Front]:
    """Render the front pages until the page numbers printed on them are those of the binder they are bound into.

    `counts` are the pages of the exhibits in order. The numbers change the front pages' length at most by a digit's width,
    so the first pass tells the truth when its guess was right and two passes are the rule otherwise.
    """
    guess = (2 + len(counts) // 30, 1 + (len(counts) + 1) // 5)
    for _ in range(_MOST_PASSES):
        pages = _map(*guess, counts)
        front = render(pages)
        measured = (page_count(front.cover, "cover"), page_count(front.catalogue, "catalogue"))
        if measured == guess:
            return pages, front
        guess = measured
    raise RuntimeError("the length of contents and catalogue does not settle")


def _map(cover: int, catalogue: int, counts: Sequence[int]) -> PageMap:
    ends = list(accumulate(counts, initial=cover + catalogue))
    exhibits = tuple((before + 1, end) for before, end in pairwise(ends))
    return PageMap(contents=2, catalogue=cover + 1, exhibits=exhibits, total=ends[-1])


def bind(front: Front, parts: Sequence[Part], pages: PageMap, *, title: str) -> bytes:
    """The binder as a PDF: same parts, same bytes."""
    with pikepdf.new() as binder:
        stamper = Stamper(binder)
        for content, name in ((front.cover, "cover"), (front.catalogue, "catalogue")):
            _append(binder, content, name, keep_links=True)
        labels = [""] * len(binder.pages)
        for part in parts:
            labels += [f"证据{part.number}"] * _append(binder, part.pdf, part.title)
        if len(labels) != pages.total:
            raise ValueError(f"{len(labels)} pages were bound, the page map says {pages.total}")
        _resolve_links(binder, parts, pages)
        for number, (page, label) in enumerate(zip(binder.pages, labels, strict=True), 1):
            stamper.stamp(page, number=number, total=pages.total, label=label)
        _bookmark(binder, parts, pages)
        binder.docinfo.Title = title
        binder.Root.Lang = "zh-CN"
        binder.Root.PageMode = pikepdf.Name.UseOutlines
        binder.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        out = io.BytesIO()
        # measured: neither object streams nor recompression pay on scans
        binder.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False
        )
        return out.getvalue()


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[pikepdf.Pdf]:
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            if not len(opened.pages):
                raise pikepdf.PdfError("no pages")
            yield opened
    except pikepdf.PasswordError as error:
        words = Words(
            zh=f"PDF 设有打开密码，无法装订：{name}。请提交无密码的原件",
            en=f"{name} needs a password to be opened; hand in the original without one",
        )
        raise Refusal("exhibit_encrypted", words) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        words = Words(zh=f"PDF 无法打开：{name}（{error}）", en=f"the PDF cannot be opened: {name} ({error})")
        raise Refusal("exhibit_unreadable", words) from error


def _append(binder: pikepdf.Pdf, content: bytes, name: str, *, keep_links: bool = False) -> int:
    with _opened(content, name) as source:
        if not keep_links:
            source.flatten_annotations("all")
        first = len(binder.pages)
        binder.pages.extend(source.pages)
        added = list(binder.pages)[first:]
        for page in added:
            for key in set(page.obj.keys()) - _PAGE_KEYS - ({"/Annots"} if keep_links else set()):
                del page.obj[key]
        return len(added)


def _resolve_links(binder: pikepdf.Pdf, parts: Sequence[Part], pages: PageMap) -> None:
    targets = {f"{LINK}{part.number}": first for part, (first, _) in zip(parts, pages.exhibits, strict=True)}
    for page in list(binder.pages)[: pages.exhibits[0][0] - 1 if pages.exhibits else pages.total]:
        kept = []
        for annotation in page.obj.get("/Annots", []):
            first = targets.get(str(annotation.get("/A", {}).get("/URI", "")))
            if first is None:
                continue
            del annotation["/A"]
            annotation.Dest = pikepdf.Array([binder.pages[first - 1].obj, pikepdf.Name.Fit])
            kept.append(annotation)
        if kept:
            page.obj.Annots = pikepdf.Array(kept)
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]


def _bookmark(binder: pikepdf.Pdf, parts: Sequence[Part], pages: PageMap) -> None:
    with binder.open_outline() as outline:
        outline.root.extend(
            [
                pikepdf.OutlineItem("封面", 0),
                pikepdf.OutlineItem("目录", pages.contents - 1),
                pikepdf.OutlineItem("证据目录", pages.catalogue - 1),
                *(
                    pikepdf.OutlineItem(f"证据{part.number} {part.title}", first - 1)
                    for part, (first, _) in zip(parts, pages.exhibits, strict=True)
                ),
            ]
        )
