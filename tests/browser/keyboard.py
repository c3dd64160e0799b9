"""A page by keyboard alone: Tab comes to everything that can be used, shows where it is, and never stays caught."""

from __future__ import annotations

from playwright.sync_api import Page

MOST = 400
"""A page with more stops than this is no page for a keyboard."""

_BEGIN = """
() => {
  const start = document.createElement('span');
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  window.scrollTo(0, 0);
}
"""
"""Tab goes on from where one was before: so to the very beginning first."""

_STOPS = """
() => {
  const wanted = 'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex], [contenteditable=true]';
  window.keyboardStops = [...document.querySelectorAll(wanted)].filter(one =>
    one.tabIndex >= 0 && !one.disabled && !one.closest('[inert]') && one.checkVisibility({visibilityProperty: true})
    && !(one.type === 'radio' && !one.checked && [...document.getElementsByName(one.name)].some(other => other.checked || other !== one && other.compareDocumentPosition(one) & 4)));
  return window.keyboardStops.map(one => {
    const name = (one.getAttribute('aria-label') || one.textContent || one.name || '').trim().replace(/\\s+/g, ' ').slice(0, 40);
    return `${one.tagName.toLowerCase()}${one.id ? '#' + one.id : ''} “${name}”`;
  });
}
"""

_FOLLOW = """
() => {
  const followed = window.keyboardTrail !== undefined;
  window.keyboardTrail = [];
  if (!followed) document.addEventListener('keyup', () => {
    const one = document.activeElement;
    if (!one || one === document.body || one === document.documentElement) return window.keyboardTrail.push({stop: -1});
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
    const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
    const uncovered = points.some(([x, y]) => { const top = document.elementFromPoint(x, y); return top && (one.contains(top) || top.contains(one) && top !== document.body && top !== document.documentElement); });
    window.keyboardTrail.push({stop: window.keyboardStops.indexOf(one), outlined, uncovered});
  }, true);
}
"""
"""When the key is up again the browser has moved the focus and scrolled to it."""

_PARTS = """
() => window.keyboardStops.map(one => ({date: 5, month: 4, week: 4, time: 5, 'datetime-local': 8}[one.type] || 1))
"""
"""A date field is several stops: year, month, day, the calendar."""


def faults(page: Page) -> list[str]:
    """Stops that Tab does not come to, or where the reader does not see that he is there; and traps."""
    page.evaluate(_BEGIN)
    stops: list[str] = page.evaluate(_STOPS)
    if len(stops) > MOST:
        return [f"keyboard: {len(stops)} stops on one page"]
    parts: list[int] = page.evaluate(_PARTS)
    page.evaluate(_FOLLOW)
    for _press in range(sum(parts)):
        page.keyboard.press("Tab")
    troubles, reached, last, inside = [], set(), None, 0
    for here in page.evaluate("() => window.keyboardTrail"):
        stop = here["stop"]
        inside = inside + 1 if stop == last else 0
        if stop >= 0 and inside >= parts[stop]:
            troubles.append(f"keyboard: Tab stays caught at {stops[stop]}")
            break
        last = stop
        if stop < 0 or stop in reached:
            continue
        reached.add(stop)
        if not here["outlined"]:
            troubles.append(f"keyboard: focus is not shown at {stops[stop]}")
        if not here["uncovered"]:
            troubles.append(f"keyboard: focus is covered at {stops[stop]}")
    missed = [stops[number] for number in range(len(stops)) if number not in reached]
    return troubles + [f"keyboard: Tab never comes to {stop}" for stop in missed[:8]]


def skips(page: Page) -> list[str]:
    """The first stop is the skip link; it shows itself, and leads past the navigation into the page."""
    page.evaluate(_BEGIN)
    page.keyboard.press("Tab")
    first = page.evaluate("() => document.activeElement.getAttribute('href')")
    if first != "#main":
        return [f"keyboard: the first stop is not the skip link but {first}"]
    box = page.locator(":focus").bounding_box()
    if box is None or box["x"] < 0 or box["y"] < 0:
        return ["keyboard: the skip link does not show itself"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = page.evaluate(
        "() => { const one = document.activeElement, main = document.getElementById('main');"
        " return one === document.body || main.contains(one) || !!(main.compareDocumentPosition(one) & 4); }"
    )
    return [] if inside else ["keyboard: after the skip link Tab is still in the navigation"]
