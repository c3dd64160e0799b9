"""HTML to PDF/A-3u through WeasyPrint: same words, same bytes; nothing fetched; no character without a glyph."""

from __future__ import annotations

import gc
import html as markup
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from typing import Any

from legal_service import clock
from legal_service.documents import files
from legal_service.documents.spread import spread
from legal_service.errors import Refusal, Words

PRODUCER = "legal-service"
_ONE_AT_A_TIME = threading.Lock()  # Pango's font map is not safe to share between threads
_COLLECT_EVERY = 16
_rendered = 0


def from_html(html: str, *, css: str = "", title: str, on: date) -> bytes:
    """A PDF of one HTML document, dated noon Shanghai of `on`; the same arguments give the same bytes.

    `css` is added after the document's own styles. Raises `Refusal`: `glyph_missing` when a character cannot be drawn
    by any face of the set, `outside_resource` when the page asks for anything outside itself, `fonts_missing`.
    """
    refuse_missing(files.prepare().missing(markup.unescape(html)))
    import weasyprint
    from weasyprint.urls import FatalURLFetchingError

    with _ONE_AT_A_TIME, _collected_rarely():
        try:
            document = weasyprint.HTML(string=html, url_fetcher=_fetcher()).render(
                font_config=_font_configuration(),
                stylesheets=[_stylesheet(css)] if css else None,
                pdf_variant="pdf/a-3u",
            )
            spread(document)
            moment = clock.midday(on).isoformat()
            document.metadata.title = title
            document.metadata.lang = "zh-CN"
            document.metadata.generator = PRODUCER
            document.metadata.created = document.metadata.modified = moment
            pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3u")
        except FatalURLFetchingError as error:  # a BaseException: `except Exception` would let it through
            raise Refusal(
                "outside_resource",
                Words(
                    zh=f"文书不得引用自身以外的资源（{error}）；请把图片或样式写入模板。",
                    en=f"a document may not refer to anything outside itself ({error}); put it into the template",
                ),
                "机构内部规则：文书不得联网取材",
            ) from error
    # What fontconfig really chose, page furniture and counters of the style included.
    refuse_missing(sorted({chr(point) for font in document.fonts.values() for point in font.missing}))
    return pdf


def refuse_missing(characters: list[str]) -> None:
    """Refuse to draw empty boxes: names the characters and their code points."""
    if not characters:
        return
    listed = "、".join(f"{character}（U+{ord(character):04X}）" for character in characters[:10])
    plain = ", ".join(f"{character} (U+{ord(character):04X})" for character in characters[:10])
    raise Refusal(
        "glyph_missing",
        Words(
            zh=f"字体中没有以下字符：{listed}。请核对原文；确为人名用字的，请安装含该字的字体后重新执行 make setup。",
            en=f"no typeface draws: {plain}. Check the source; if it belongs to a name, install a face that has it and run `make setup`",
        ),
        "机构内部规则：文书不得出现空框",
    )


@contextmanager
def _collected_rarely() -> Iterator[None]:
    """A layout makes some hundred thousand objects that all die together: collecting during it costs a fifth of the time."""
    global _rendered
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
        _rendered += 1
        if _rendered % _COLLECT_EVERY == 0:
            gc.collect()


@lru_cache(maxsize=1)
def _font_configuration() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


@lru_cache(maxsize=32)
def _stylesheet(css: str) -> Any:
    import weasyprint

    return weasyprint.CSS(string=css, font_config=_font_configuration(), url_fetcher=_fetcher())


@lru_cache(maxsize=1)
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    class NothingOutside(URLFetcher):  # type: ignore[misc,unused-ignore]
        """Fetches nothing; the default one opens file:// and http."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            raise ValueError(f"not allowed: {url[:200]}")

    return NothingOutside(fail_on_errors=True)
