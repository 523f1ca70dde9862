"""The cells of a row of the matrix: thousands stand on one page, so they are joined, not looped over in the template."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def matrix_cells(cells: Sequence[tuple[str, str]]) -> SafeString:
    """A table cell for each (state, sign)."""
    return mark_safe("".join(_cell(state, sign) for state, sign in cells))  # noqa: S308 - every part is escaped


@lru_cache(maxsize=64)
def _cell(state: str, sign: str) -> SafeString:
    return format_html('<td class="c c-{}">{}</td>', state, sign)
