"""Pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; what a view says in Chinese is shown, what the framework says is not."""
    said = exception.args[0] if exception.args else ""
    missing = said if isinstance(said, str) and not said.isascii() else ""
    return render(request, "404.html", {"missing": missing}, status=404)
