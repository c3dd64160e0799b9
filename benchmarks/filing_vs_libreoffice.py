"""The statement of claim from Word document to PDF, against LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks import material
from benchmarks.pages import page_texts
from benchmarks.pairing import Disagreement, Pair, PeerMissing
from legal_service.documents import files
from legal_service.documents.word import render
from legal_service.documents.word_layout import word_pdf

DOCUMENTS = 3


@contextmanager
def pair() -> Iterator[Pair]:
    """Three documents a call, so that LibreOffice starts once for three; raises `PeerMissing` where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        raise PeerMissing("soffice (LibreOffice Writer) is not installed")
    files.prepare()
    body, context = material.claim()
    document = render(body, context, on=material.AS_OF)
    with material.folder() as folder:
        sources = [folder / f"{number}.docx" for number in range(DOCUMENTS)]
        for source in sources:
            source.write_bytes(document)
        command = [
            office,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        ]
        command += ["--outdir", str(folder / "out"), *map(str, sources)]

        def peer() -> list[bytes]:
            subprocess.run(command, check=True, capture_output=True, timeout=120)
            return [(folder / "out" / f"{source.stem}.pdf").read_bytes() for source in sources]

        yield Pair(
            ours=lambda: [word_pdf(document, title="民事起诉状", on=material.AS_OF) for _ in sources],
            peer=peer,
            peer_name="LibreOffice --convert-to pdf",
            unit="ms/document",
            amount=DOCUMENTS,
            note=f"{DOCUMENTS} documents a call, so that LibreOffice starts once for {DOCUMENTS}; warm profile, same typefaces",
            agree=_agree,
        )


def _agree(ours: list[bytes], peer: list[bytes]) -> str:
    """Page breaks may differ between the two; every hanzi of the one must be in the other."""
    mine, theirs = page_texts(ours[0]), page_texts(peer[0])
    found = [sorted(letter for letter in "".join(texts) if "一" <= letter <= "龥") for texts in (mine, theirs)]
    if abs(len(found[0]) - len(found[1])) > len(found[0]) // 100:
        raise Disagreement(f"{len(found[0])} hanzi in ours, {len(found[1])} in the peer's")
    return f"pages: ours {len(mine)}, peer {len(theirs)}"
