from __future__ import annotations

from tests.yuance_web.records.small_method import FILES, changed
from yuance_web.records.releases.comparison import Change, compare
from yuance_web.records.releases.models import Release


def release(version: str, files: dict[str, str]) -> Release:
    return Release(identifier="small", version=version, files=files)


def of(table: str, after: dict[str, str]) -> list[Change]:
    found = compare(release("1", FILES), release("2", after))
    return [change for change in found.changes if change.table == table]


def test_the_same_text_in_another_layout_is_no_difference() -> None:
    after = {"all.toml": "# 另一种写法\n" + FILES["method.toml"].replace("\n\n", "\n\n\n")}
    assert not compare(release("1", FILES), release("1", after)).changes


def test_a_changed_weight_is_told_for_its_category() -> None:
    (change,) = of("二级指标", changed("2", **{"A = 60, B = 40": "A = 55, B = 40"}))
    assert (change.kind, change.name, change.key, change.before, change.after) == (
        "changed",
        "亩均税收",
        "权重 · A",
        "60",
        "55",
    )


def test_an_added_and_a_removed_variable_are_told() -> None:
    after = changed(
        "2",
        **{
            'id = "land"\nname = "已供用地"': 'id = "built"\nname = "已建成用地"',
            "tax_revenue / land": "tax_revenue / built",
        },
    )
    after.pop("cases.toml")
    assert {(change.kind, change.name) for change in of("数据项", after)} == {
        ("added", "已建成用地"),
        ("removed", "已供用地"),
    }


def test_what_is_written_anew_and_what_is_left_out_is_told() -> None:
    after = changed("2", **{'range = [0, 1000000]\n\n[[variable]]\nid = "tax': 'jump = 3\n\n[[variable]]\nid = "tax'})
    changes = of("数据项", after)
    assert {change.after for change in changes if change.before == "（无）"} == {"3"}
    assert {change.after for change in changes if change.key.startswith("合理范围")} == {"（无）"}
