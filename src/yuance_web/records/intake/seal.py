"""The seal of a template: what it is about, signed, so that a file of another round or with changed ids is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.core.signing import BadSignature, Signer

from yuance_web.records.intake.bridge import Returned, UploadRefused
from yuance_web.records.rounds.models import Round

SALT = "yuance.intake.template"


@dataclass(frozen=True)
class Seal:
    """The round and its method, whose template it is, and the ids of its rows and columns."""

    round: int
    period: str
    title: str
    digest: str
    scope: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]


def make_seal(round_: Round, scope: str, rows: Sequence[str], columns: Sequence[str]) -> str:
    """The signed text for the hidden sheet."""
    seal = Seal(round_.pk, round_.period, round_.title, round_.release.digest, scope, tuple(rows), tuple(columns))
    return Signer(salt=SALT).sign_object(asdict(seal), compress=True)


def check_seal(returned: Returned, round_: Round, scope: str) -> Seal:
    """The seal of a template that came back for a round. Raises `UploadRefused` with everything that does not fit."""
    try:
        known = Signer(salt=SALT).unsign_object(returned.seal)
        seal = Seal(**{**known, "rows": tuple(known["rows"]), "columns": tuple(known["columns"])})
    except (BadSignature, TypeError, KeyError, ValueError):
        raise UploadRefused("模板的签名不符：标识被改动过，或不是本系统发出的模板；请重新下载模板填写") from None
    problems = []
    if seal.round != round_.pk:
        problems.append(
            f"这是“{seal.title}”（{seal.period}）的模板，不是“{round_.title}”（{round_.period}）的；请下载本轮模板填写"
        )
    elif seal.digest != round_.release.digest:
        problems.append("模板是按另一版评价办法生成的；请重新下载模板填写")
    if not problems and seal.scope != scope:
        problems.append(f"这是{_scope_words(seal.scope)}的模板，不是{_scope_words(scope)}的；请下载本单位的模板填写")
    strange = [name for name in returned.rows if name not in set(seal.rows)]
    strange += [name for name in returned.columns if name not in set(seal.columns)]
    if not problems and strange:
        problems.append(f"行列标识被改动过（{'、'.join(strange[:5])}）；请在新下载的模板里填写")
    if problems:
        raise UploadRefused(*problems)
    return seal


def _scope_words(scope: str) -> str:
    kind, _, name = scope.partition(":")
    return f"园区 {name}" if kind == "park" else f"部门“{name or '牵头部门'}”"
