"""Who may open what: the rights, under the name by which the rooms above accounts know them."""

from __future__ import annotations

from yuance_web.records.rights import Denied, everyone, owns_variable, parks_of, roles, signed_in, submissions_of

__all__ = ["Denied", "everyone", "owns_variable", "parks_of", "roles", "signed_in", "submissions_of"]
