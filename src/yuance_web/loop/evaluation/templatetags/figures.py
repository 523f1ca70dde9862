"""Figures in templates: as they are read, never as they happen to be stored."""

from __future__ import annotations

from django import template

from yuance_web.loop.evaluation import bridge

register = template.Library()
GAP = "—"


@register.filter
def figure(value: float | None, digits: int = 2) -> str:
    """A figure with fixed decimals; a gap as a dash."""
    if value is None:
        return GAP
    return f"{value:.{int(digits)}f}".replace("-", "−")


@register.filter
def signed(value: float | None, digits: int = 2) -> str:
    """A difference with its sign."""
    if value is None:
        return GAP
    text = f"{value:+.{int(digits)}f}"
    return text.replace("-", "−") if float(text) else f"{0:.{int(digits)}f}"


@register.filter
def percent(value: float | None) -> str:
    """A share of one as a percentage."""
    return GAP if value is None else f"{100 * value:.4g}%"


@register.filter
def plain(value: float | str | None) -> str:
    """A figure in full: thousands parted."""
    return GAP if value is None else bridge.shown(value)
