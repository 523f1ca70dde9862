"""What the evaluation says: cause and remedy, Chinese first. Edit the words here; codes and {values} stay."""

from yuance.errors import catalogue

MESSAGES = catalogue(
    {
        "E001": (
            "数据中没有报告期 {period}",
            "现有报告期：{known}",
            "the facts have no period {period}",
            "there are: {known}",
        ),
        "E002": (
            "报告期“{period}”写法不对",
            "写作 2023、2023H1、2023Q3 或 2023M09",
            "'{period}' is not a period",
            "write 2023, 2023H1, 2023Q3 or 2023M09",
        ),
        "E003": (
            "评价办法 {method} 不用于报告期 {period}（种类 {kind}）",
            "本办法的报告期种类：{known}",
            "{method} is not made for {period} (a {kind})",
            "its kinds of period are: {known}",
        ),
        "E004": (
            "没有可评价的对象",
            "请检查数据中的 unit 与 period 列，以及 --period",
            "there is no unit to evaluate",
            "check the columns unit and period of the facts, and --period",
        ),
        "E005": (
            "公式用到对象属性“{name}”，而数据和对象表中都没有这一列",
            "请在对象表（--units）中给出该列",
            "an expression uses the unit attribute '{name}', which neither the facts nor the units have",
            "give the units (--units) that column",
        ),
        "E006": (
            "比较组有 {count} 个对象，逐对比较（copeland）至多 {most} 个",
            "请改用其他合成方式，或分组评价",
            "the comparison set has {count} units; pairwise comparison (copeland) takes at most {most}",
            "join in another way, or evaluate in groups",
        ),
        "E101": (
            "对象“{name}”没有类别，或类别“{category}”不在本办法之中",
            "请在对象表的 category 列填写：{known}",
            "unit '{name}' has no category, or '{category}' is not one of the method",
            "fill the column category of the units with one of: {known}",
        ),
        "E201": (
            "指标“{name}”缺失：{lacking} 没有数据",
            "按本办法不得缺失，该对象不参加排名；请补报",
            "indicator '{name}' is missing: no value for {lacking}",
            "the method does not allow it: the unit is not ranked; report the value",
        ),
        "E202": (
            "指标“{name}”缺失：{lacking} 没有数据",
            "按本办法处理：{rule}",
            "indicator '{name}' is missing: no value for {lacking}",
            "handled by the method: {rule_en}",
        ),
        "E203": (
            "指标“{name}”无法计算：除数为零或运算无意义（{formula}；{values}）",
            "请核对数据；在改正以前按缺失处理（{rule}）",
            "indicator '{name}' cannot be computed: a division by zero or an operation without result ({formula}; {values})",
            "check the data; until then it counts as missing ({rule_en})",
        ),
        "E204": (
            "指标“{name}”无法计分：锚点缺失、相互矛盾或除数为零（值 {value}）",
            "请核对比较组的数据与计分锚点",
            "indicator '{name}' cannot be scored: anchors are missing, contradict each other, or are zero (value {value})",
            "check the comparison set and the anchors",
        ),
        "E205": (
            "“{name}”无法合成：下级得分 {scores} 不能取该种平均（如几何平均要求得分大于 0）",
            "请改用 to = [1, 100] 之类的得分区间，或改变合成方式",
            "'{name}' cannot be joined: its mean cannot take the scores {scores} (a geometric mean needs scores above 0)",
            "use a range of scores such as to = [1, 100], or join in another way",
        ),
        "E206": (
            "有值指标的权重占比 {share}% 低于本办法要求的 {needs}%",
            "该对象不参加排名；请补报",
            "indicators with values hold {share}% of the weight, fewer than the {needs}% that the method needs",
            "the unit is not ranked; report the values",
        ),
        "E207": (
            "加减分“{name}”无法计算：{lacking} 没有数据",
            "未予加减分；请补报或说明",
            "the adjustment '{name}' cannot be computed: no value for {lacking}",
            "nothing was added; report or explain",
        ),
        "E208": (
            "一票否决“{name}”无法判断：{lacking} 没有数据",
            "暂按未触发处理；请补报或说明",
            "the veto '{name}' cannot be judged: no value for {lacking}",
            "it was taken not to strike; report or explain",
        ),
        "E209": (
            "一票否决“{name}”触发",
            "效果：{effect}",
            "the veto '{name}' strikes",
            "effect: {effect}",
        ),
        "E210": (
            "审核关系不成立：{message}（{rule}；{values}）",
            "请更正",
            "a check fails: {message} ({rule}; {values})",
            "correct the values",
        ),
        "E211": (
            "审核关系不成立：{message}（{rule}；{values}）",
            "请更正或说明",
            "a check fails: {message} ({rule}; {values})",
            "correct or explain the values",
        ),
        "E212": (
            "“{name}”：近 {of_last} 期中 {times} 次位列{which}{places} 名（{periods}）",
            "{action}",
            "'{name}': {times} times among the {which_en} {places} in the last {of_last} periods ({periods})",
            "{action}",
        ),
        "E213": (
            "指标“{name}”在比较组内没有差异（标准差为零），全部取均值对应的得分",
            "如不合理，请检查数据",
            "indicator '{name}' does not vary in the comparison set: every unit gets the score of the mean",
            "check the data if that is not plausible",
        ),
        "E214": (
            "指标“{name}”缺失：{lacking} 没有数据，且没有可用来补的值（{rule}）",
            "该对象不参加排名；请补报",
            "indicator '{name}' is missing: no value for {lacking}, and nothing to fill it with ({rule_en})",
            "the unit is not ranked; report the value",
        ),
        "E215": (
            "指标“{name}”：全部 {count} 个对象都没有 {lacking}",
            "本期可能未采集；按本办法处理：{rule}",
            "indicator '{name}': none of the {count} units has {lacking}",
            "it may not have been collected in this period; handled by the method: {rule_en}",
        ),
        "E299": (
            "另有 {count} 条同类发现未列出（{code}）",
            "请先处理已列出的",
            "{count} more findings of this kind are not listed ({code})",
            "deal with the listed ones first",
        ),
        "E401": (
            "没有评价对象“{unit}”",
            "请写代码或全称，相近的有：{known}",
            "there is no unit '{unit}'",
            "give its code or full name; similar ones: {known}",
        ),
        "E402": (
            "没有测算报告期“{period}”",
            "已测算：{known}",
            "period '{period}' was not evaluated",
            "evaluated: {known}",
        ),
        "E403": (
            "评价办法中没有指标“{node}”",
            "请写标识或名称，相近的有：{known}",
            "the method has no node '{node}'",
            "give its id or name; similar ones: {known}",
        ),
        "E404": (
            "“{unit}”在报告期 {period} 没有数据，未参加评价",
            "有数据的报告期：{known}",
            "'{unit}' has no facts in {period} and was not evaluated",
            "it was evaluated in: {known}",
        ),
    }
)

RULES: dict[str, tuple[str, str]] = {
    "zero": ("得 0 分", "score 0"),
    "lowest": ("取比较组最低得分", "the lowest score of the comparison set"),
    "mean": ("按比较组均值补", "imputed by the mean of the comparison set"),
    "median": ("按比较组中位数补", "imputed by the median of the comparison set"),
    "last": ("用最近一期的值", "the latest earlier value"),
    "drop": ("不计入，同级权重按比例折算", "left out, siblings' weights rescaled"),
    "refuse": ("不参加排名", "the unit is not ranked"),
}

NOTES: dict[str, str] = {
    "lacking": "缺少：",
    "unscored": "无法计分：",
    "needs": "有值指标权重不足",
    "errors": "数据有错误",
    "category": "没有类别",
    "unfit": "无法合成：",
    "veto": "一票否决：",
    "treated": "异常值已处理",
}
