"""What reading and judging have to say, gathered: a flood of the same finding is cut off and counted."""

from __future__ import annotations

from collections import Counter

from yuance.errors import Finding, Place, Severity
from yuance.facts.messages import MESSAGES

MOST = 1000  # findings of one code that are told one by one


class Notebook:
    """Findings in the order they were made."""

    def __init__(self) -> None:
        self._findings: list[Finding] = []
        self.refused: set[tuple[str, str]] = set()  # units and periods of which some value was refused
        self._times: Counter[tuple[str, Severity]] = Counter()

    def add(
        self,
        code: str,
        severity: Severity,
        *,
        unit: str = "",
        period: str = "",
        place: str = "",
        origin: Place | None = None,
        **values: object,
    ) -> None:
        """Note a finding; `origin` is the cell, which is told behind the sentence."""
        self._times[code, severity] += 1
        if severity == "error":
            self.refused.add((unit, period))
        if self._times[code, severity] <= MOST:
            said = {"unit": unit, "period": period, "place": place, **values}
            self._findings.append(Finding(MESSAGES[code], severity, period, unit, place, said, origin))

    def full(self, code: str, severity: Severity) -> bool:
        """Whether more of this code would only be counted."""
        return self._times[code, severity] >= MOST

    def count(self, code: str, severity: Severity, times: int) -> None:
        """Count findings that are not told one by one."""
        self._times[code, severity] += times

    def findings(self) -> tuple[Finding, ...]:
        """All findings, with a line for each code that was cut off."""
        floods = [
            Finding(MESSAGES["F098"], severity, values={"code": code, "times": times, "most": MOST})
            for (code, severity), times in sorted(self._times.items())
            if times > MOST
        ]
        return (*self._findings, *floods)
