"""Whether a page fits: nothing runs off its side, no word is cut, at every width people use and at 200 % zoom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

WIDE, NARROW = (1440, 900), (375, 812)
SIZES = {"1440 px": WIDE, "1024 px": (1024, 768), "200 % zoom": (720, 450), "375 px": NARROW, "320 px": (320, 640)}
"""Zooming to 200 % halves the width in CSS pixels; 320 px is 400 % of 1280 (WCAG 1.4.10)."""

_RUNS_OFF = """
() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  const scrolls = element => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement)
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(one).overflowX)) return true;
    return false;
  };
  const found = [...document.body.querySelectorAll('*')]
    .filter(one => one.getBoundingClientRect().right > wide + 0.5 && !scrolls(one))
    .map(one => `${one.tagName.toLowerCase()}${one.id ? '#' + one.id : ''}${one.className ? '.' + String(one.className).split(' ')[0] : ''} ends at ${Math.round(one.getBoundingClientRect().right)}`);
  return [`the page is ${document.documentElement.scrollWidth} px wide, the window ${wide}: ${found.slice(-4).join('; ')}`];
}
"""

_CUT = """
() => [...document.body.querySelectorAll('*')].filter(one => {
  if (!one.checkVisibility({visibilityProperty: true}) || ['SELECT', 'INPUT', 'TEXTAREA', 'OPTION', 'IFRAME'].includes(one.tagName)) return false;
  if (![...one.childNodes].some(child => child.nodeType === 3 && child.data.trim())) return false;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  if (box.width <= 1 || box.height <= 1 || style.clipPath !== 'none' || style.clip !== 'auto') return false;
  const hides = value => value === 'hidden' || value === 'clip';
  const line = hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1 && !one.title;
  return line || (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 2);
}).slice(0, 5).map(one => `cut: ${one.tagName.toLowerCase()} “${one.textContent.trim().slice(0, 40)}”`)
"""


@contextmanager
def sized(page: Page, size: tuple[int, int]) -> Iterator[None]:
    """The page in a window of another size, then in its own again."""
    before = page.viewport_size or {"width": WIDE[0], "height": WIDE[1]}
    page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        yield
    finally:
        page.set_viewport_size(before)


def faults(page: Page) -> list[str]:
    """What runs off or is cut, at every size."""
    troubles = []
    for name, size in SIZES.items():
        with sized(page, size):
            troubles += [f"{name}: {told}" for script in (_RUNS_OFF, _CUT) for told in page.evaluate(script)]
    return troubles
