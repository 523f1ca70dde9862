"""The fixed words of the papers, Chinese first, English second. Edit the words here; the keys stay."""

from __future__ import annotations

from yuance.errors import Language

STATUSES: dict[Language, dict[str, str]] = {
    "zh": {"ranked": "参加排名", "not-ranked": "不参加排名", "vetoed": "一票否决"},
    "en": {"ranked": "ranked", "not-ranked": "not ranked", "vetoed": "vetoed"},
}
HEADS: dict[Language, dict[str, str]] = {
    "zh": {
        "place": "类内名次", "rank": "名次", "overall": "总名次", "moved": "变动", "score": "得分", "grade": "等次",
        "note": "说明", "unit": "代码", "all": "全部", "notes": "说明", "movement": "变动：与{before}相比",
        "counts": "{ranked} 个参加排名，共 {all} 个", "new": "新", "same": "平",
    },
    "en": {
        "place": "In category", "rank": "Rank", "overall": "Overall", "moved": "Moved", "score": "Score", "grade": "Grade",
        "note": "Note", "unit": "Code", "all": "All", "notes": "Notes", "movement": "moved: against {before}",
        "counts": "{ranked} ranked of {all}", "new": "new", "same": "=",
    },
}  # fmt: skip
NOTICES: dict[Language, dict[str, str]] = {
    "zh": {"reconstruction": "复原稿，非官方文本", "draft": "草案"},
    "en": {"reconstruction": "A reconstruction, not the official text", "draft": "A draft"},
}
NOUNS: dict[Language, dict[str, str]] = {
    "zh": {},
    "en": {"园区": "Park", "企业": "Enterprise", "城市": "City", "国家（地区）": "Country", "县（市）区": "County"},
}
KINDS = {"dimension": "一级指标", "indicator": "指标", "adjustment": "加减分"}
BALANCED = "各项列示四位小数，尾数按最大余数法配平，列示数相加等于合计，与测算明细相差不到 0.0001。"
EMPTY = "—"
