"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    """Whether the data are invented, so that each page can say so."""
    del request
    return {"demonstration": settings.DEMONSTRATION}
