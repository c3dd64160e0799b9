"""WCAG 2.2 AA by axe-core, which the package axe-playwright-python carries; evaluated by the debugger, so our policy stands."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
_RUN = """
options => axe.run(document, options).then(found => found.violations.map(one => ({
  rule: one.id, impact: one.impact, help: one.help,
  nodes: one.nodes.map(node => node.target.join(' ') + ' — ' + (node.any.concat(node.all, node.none)[0]?.message || '')),
})))
"""


@cache
def _axe() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """Every rule that the page breaks, with the elements that break it."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    options = {"runOnly": {"type": "tag", "values": list(TAGS)}, "resultTypes": ["violations"]}
    found = page.evaluate(_RUN, json.loads(json.dumps(options)))
    return [f"axe {one['rule']} ({one['impact']}): {one['help']}: {node}" for one in found for node in one["nodes"][:6]]
