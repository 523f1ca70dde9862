"""Open data as JSON, version 1: final results and the methods they were made by. Nothing unpublished."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Schema
from pydantic import Field

from yuance_web.desk.open import selectors
from yuance_web.records.accounts.access import everyone

api = NinjaAPI(
    title="园策开放数据",
    version="1",
    urls_namespace="opendata-v1",
    docs_url=None,
    openapi_url="openapi.json",
    description="已通报的园区评价结果与所用评价办法。只读，无须登录。未公布的数据不在其中。",
)


class Result(Schema):
    """A final result."""

    round: int = Field(description="轮次编号")
    title: str = Field(description="轮次名称")
    period: str = Field(description="报告期：2023、2023H1、2023Q3、2023M09")
    method: str = Field(description="评价办法：标识@版本")
    method_title: str = Field(description="评价办法名称")
    method_status: str = Field(description="评价办法性质：official、trial、draft、reconstruction（复原稿，非官方文本）")
    issue: int = Field(description="版次；更正后加一")
    correction: str = Field(description="更正原因；第一版为空")
    final_at: dt.datetime | None = Field(description="通报时间")
    facts_digest: str = Field(description="数据摘要（sha256）")
    method_digest: str = Field(description="办法摘要（sha256）")
    invented: bool = Field(description="是否为演示数据（虚构）")


class Part(Schema):
    """The score of a dimension."""

    id: str = Field(description="一级指标标识")
    name: str = Field(description="一级指标名称")
    score: float | None = Field(description="得分；缺为 null")


class Score(Schema):
    """The score of a park."""

    unit: str = Field(description="园区代码")
    name: str | None = Field(description="园区名称")
    category: str | None = Field(description="类别")
    score: float | None = Field(description="公布的总分")
    rank: int | None = Field(description="总名次；不排名为 null")
    rank_in_category: int | None = Field(description="类内名次")
    grade: str | None = Field(description="等次")
    status: str = Field(description="ranked、not-ranked、vetoed")
    note: str | None = Field(description="不排名或被否决的原因")
    dimensions: list[Part] = Field(description="一级指标得分")


class ResultWithScores(Result):
    """A final result with the scores of all parks."""

    scores: list[Score] = Field(description="各园区得分")


class PointOfPark(Schema):
    """A park's result in one period."""

    round: int = Field(description="轮次编号")
    period: str = Field(description="报告期")
    score: float | None = Field(description="总分")
    place: int | None = Field(description="类内名次（不分类的办法为总名次）")
    of: int = Field(description="同类参加排名的园区数")
    category: str = Field(description="类别")
    grade: str = Field(description="等次")
    method: str = Field(description="评价办法")
    breaks: str = Field(description="与上一期不可直接比较的原因；可比为空")


class Method(Schema):
    """A method that published results were made by."""

    identifier: str = Field(description="标识")
    version: str = Field(description="版本")
    title: str = Field(description="名称")
    status: str = Field(description="性质")
    digest: str = Field(description="摘要（sha256）")


class MethodWithFiles(Method):
    """A method with its text."""

    files: dict[str, str] = Field(description="文件名到内容（TOML、CSV）")


@api.get("/results", response=list[Result], summary="已通报的结果", tags=["结果"])
def list_results(request: HttpRequest) -> list[dict[str, Any]]:
    """Every final result, newest first."""
    del request
    return [selectors.about(issue) for issue in selectors.finals()]


@api.get("/results/{int:round}", response=ResultWithScores, summary="一次结果与各园区得分", tags=["结果"])
def one_result(request: HttpRequest, round: int) -> dict[str, Any]:
    """One final result with its scores."""
    del request
    issue = selectors.final(round)
    if issue is None:
        raise Http404("没有这一轮的已通报结果")
    return {**selectors.about(issue), "scores": selectors.scores(issue)}


@api.get("/parks/{code}/results", response=list[PointOfPark], summary="一个园区的历次结果", tags=["结果"])
def results_of_park(request: HttpRequest, code: str) -> list[Any]:
    """The final results of a park, in order of time."""
    del request
    return list(selectors.history(code))


@api.get("/methods", response=list[Method], summary="评价办法", tags=["评价办法"])
def list_methods(request: HttpRequest) -> list[Any]:
    """The methods of published results."""
    del request
    return selectors.releases()


@api.get("/methods/{identifier}/{version}", response=MethodWithFiles, summary="一个评价办法的全文", tags=["评价办法"])
def one_method(request: HttpRequest, identifier: str, version: str) -> Any:
    """One method with its text."""
    del request
    found = selectors.release(identifier, version)
    if found is None:
        raise Http404("没有这个已公布的评价办法")
    return found


def public_urls() -> Any:
    """The addresses of the interface, each marked as public for the matrix of rights."""
    patterns, *rest = api.urls
    for pattern in patterns:
        answer: Any = pattern.callback
        view: Any = everyone(answer)
        view.csrf_exempt = True
        pattern.callback = view
    return (patterns, *rest)
