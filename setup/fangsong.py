"""仿宋: FandolFang out of Debian's texlive-lang-chinese, of which one file is taken; TeX itself is not installed."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

SHARE = Path("/usr/share")
FANG = "texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
FANG_LICENCES = ("doc/texlive-doc/fonts/fandol/COPYING.gz", "doc/texlive-doc/fonts/fandol/README")
TEX = "texlive-lang-chinese"
TRIES, SECONDS = 3, 150


def face(out: Path) -> Path:
    """FandolFang: from the installed package, else from one downloaded and unpacked here; TeX itself is not installed."""
    kept = out / "source" / Path(FANG).name
    installed = SHARE / FANG
    if kept.is_file():
        return kept
    build = out / "build"
    shutil.rmtree(build, ignore_errors=True)
    build.mkdir(parents=True)
    root = SHARE if installed.is_file() else _unpacked(build, kept.parent)
    kept.parent.mkdir(parents=True, exist_ok=True)
    for path in FANG_LICENCES:
        source = root / path
        text = gzip.decompress(source.read_bytes()) if source.suffix == ".gz" else source.read_bytes()
        (kept.parent / f"FandolFang-{source.stem}.txt").write_bytes(text)
    shutil.copyfile(root / FANG, kept)
    shutil.rmtree(build)
    return kept


def _unpacked(build: Path, source: Path) -> Path:
    source.mkdir(parents=True, exist_ok=True)
    package = next(source.glob(f"{TEX}_*.deb"), None) or _downloaded(source)
    subprocess.run(["dpkg-deb", "-x", package, build / "root"], check=True)
    package.unlink()
    return build / "root/usr/share"


def _downloaded(source: Path) -> Path:
    print(f"fonts: fetching {TEX} (49 MB) for 仿宋 …", flush=True)
    error = ""
    for attempt in range(TRIES):
        if attempt and os.geteuid() == 0:  # the package lists may be missing or old
            subprocess.run(["apt-get", "update", "-q"], capture_output=True, timeout=SECONDS, check=False)
        try:
            done = subprocess.run(
                ["apt-get", "download", "-q", TEX],
                cwd=source,
                timeout=SECONDS,
                capture_output=True,
                text=True,
                check=False,
            )
        except (subprocess.TimeoutExpired, FileNotFoundError) as failure:
            error = str(failure)
            continue
        package = next(source.glob(f"{TEX}_*.deb"), None)
        if done.returncode == 0 and package is not None:
            return package
        error = done.stderr.strip()
    command = f"apt-get update && (cd {source} && apt-get download {TEX})"
    print(
        f"fonts: the 仿宋 face could not be fetched ({error[-300:]}).\n"
        f"  Run as root, then make setup again:  {command}\n"
        f"  无法取得仿宋字体。请以 root 身份运行以下命令，然后重新执行 make setup：  {command}",
        file=sys.stderr,
    )
    raise SystemExit(1)
