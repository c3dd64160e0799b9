"""What the room reads from disk: the private typefaces and the template folders that lawyers edit."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path

from legal_service import config, definitions
from legal_service.documents.manifest import Template, read_manifest
from legal_service.documents.page_images import page_count as page_count
from legal_service.documents.page_images import page_image as page_image
from legal_service.documents.page_images import page_images as page_images
from legal_service.documents.typefaces import Coverage
from legal_service.errors import Refusal, Words

_HOUSE = "机构内部规则：文书须以固定字体生成"


@cache
def prepare() -> Coverage:
    """Point fontconfig at the private set before WeasyPrint is first imported; what the set can draw.

    Without it every hanzi is an empty box and no error is raised, so the absence of the set or of harfbuzz's subsetter
    (eleven times slower without) is refused: `fonts_missing`.
    """
    conf, coverage = config.FONTS / "fonts.conf", config.FONTS / "coverage.json"
    if not (conf.is_file() and coverage.is_file() and (config.FONTS / "stamp.json").is_file()):
        raise Refusal(
            "fonts_missing",
            Words(
                zh="本机没有文书所用的字体（宋体、仿宋、黑体、楷体），PDF 会全是空框。请运行 make setup。",
                en="the typefaces of the documents are not on this machine and a PDF would be all empty boxes: run `make setup`",
            ),
            _HOUSE,
        )
    os.environ["FONTCONFIG_FILE"] = str(conf)
    from weasyprint.text import ffi  # after FONTCONFIG_FILE: the import reads the configuration

    if ffi.harfbuzz_subset is None:
        raise Refusal(
            "fonts_missing",
            Words(
                zh="缺少系统库 libharfbuzz-subset0，无法嵌入字体子集。请运行 make setup，或以 root 执行 apt-get install libharfbuzz-subset0。",
                en="the system library libharfbuzz-subset0 is missing: run `make setup`, or as root `apt-get install libharfbuzz-subset0`",
            ),
            _HOUSE,
        )
    ranges = json.loads(coverage.read_text(encoding="utf-8"))["ranges"]
    return Coverage(tuple((first, last) for first, last in ranges))


def load(code: str, *, folder: Path = config.TEMPLATES) -> Template:
    """The template of one document, as it lies in its folder now. Not cached: a lawyer's edit counts at once.

    Raises `Refusal("template_unknown")` for a code without a folder, `Findings` for a manifest that is wrong.
    """
    home = folder / code
    if not code.isidentifier() or not (home / "manifest.yaml").is_file():
        known = "、".join(codes(folder=folder))
        raise Refusal(
            "template_unknown",
            Words(zh=f"没有名为 {code} 的文书模板；现有：{known}", en=f"no template named {code}; there are: {known}"),
        )
    content = {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.startswith((".", "~$"))
    }
    try:
        raw = definitions.read(content["manifest.yaml"].decode("utf-8"), f"{code}/manifest.yaml")
    except (definitions.DefinitionError, UnicodeDecodeError) as error:
        raise Refusal(
            "template_manifest_unreadable",
            Words(zh=f"模板清单无法读取：{error}", en=f"the manifest cannot be read: {error}"),
        ) from error
    manifest = read_manifest(code, raw)
    name = "body.docx" if manifest.engine == "word" else "body.html"
    if name not in content:
        raise Refusal("template_body_missing", Words(zh=f"模板 {code} 缺少 {name}", en=f"template {code} lacks {name}"))
    return Template(
        code=code,
        manifest=manifest,
        body=content[name],
        style=content.get("style.css", b"").decode("utf-8"),
        version=version_of(content),
    )


def codes(*, folder: Path = config.TEMPLATES) -> list[str]:
    """The codes of all templates there are."""
    return sorted(path.parent.name for path in folder.glob("*/manifest.yaml"))


def version_of(content: dict[str, bytes]) -> str:
    """Twelve hex digits that change when any file of the template changes, its name included.

    >>> version_of({"body.html": b"a"}) == version_of({"body.html": b"a"}) != version_of({"body.html": b"b"})
    True
    """
    digest = hashlib.sha256()
    for name in sorted(content):
        digest.update(f"{name}\x00{len(content[name])}\x00".encode())
        digest.update(content[name])
    return digest.hexdigest()[:12]
