from __future__ import annotations

from tests.yuance_web.records.small_method import FILES
from yuance_web.records.releases import bridge
from yuance_web.records.releases.book import book_of
from yuance_web.records.releases.models import Release


def test_the_book_has_article_weights_and_formula_of_every_indicator() -> None:
    book = book_of(Release(identifier="small", version="1", files=FILES))
    (section,) = book.sections
    leaf = section.leaves[0]
    assert (section.weights, leaf.weights) == (["100", "100"], ["60", "40"])
    assert leaf.formula == "税收收入 ÷ 已供用地"
    assert leaf.score.startswith("线性：0得 60 分，10得 100 分")
    assert leaf.articles[0].article == "第三条"


def test_variables_stand_under_their_departments() -> None:
    book = book_of(Release(identifier="small", version="1", files=FILES))
    assert [owner for owner, _ in book.variables] == ["统计局", "税务局", "自然资源和规划局"]


def test_every_shipped_method_has_a_book_with_all_its_indicators() -> None:
    for reference in bridge.shipped_references():
        identifier, version = reference.split("@")
        book = book_of(Release(identifier=identifier, version=version, files=bridge.files_of(reference)))
        assert sum(len(section.leaves) for section in book.sections) == len(book.method.indicators)
