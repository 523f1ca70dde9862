"""What the method room says: cause and remedy, Chinese first. Edit the words here; codes and {values} stay."""

from yuance.errors import catalogue

MESSAGES = catalogue(
    {
        # --- finding and reading the files ---------------------------------------------------------------------------
        "M001": (
            "找不到评价办法“{reference}”",
            "请给出 .toml 文件或文件夹的路径，或“标识@版本”；现有：{known}",
            "method '{reference}' was not found",
            "give the path of a .toml file or folder, or id@version; there are: {known}",
        ),
        "M002": (
            "文件不是合法的 TOML：{reason}",
            "请按所指行列改正；文字须加引号，表头写作 [[indicator]]",
            "the file is not valid TOML: {reason}",
            "mend it at the line and column named; texts are quoted, tables written [[indicator]]",
        ),
        "M003": (
            "文件不是 UTF-8 编码",
            "请另存为 UTF-8",
            "the file is not encoded in UTF-8",
            "save it as UTF-8",
        ),
        "M004": (
            "文件夹中没有 .toml 文件",
            "请放入至少一个 .toml 文件",
            "the folder holds no .toml file",
            "put at least one .toml file into it",
        ),
        "M005": (
            "“{key}”在 {other} 中已经写过",
            "同一项只写一次，请删去其中之一",
            "'{key}' is written in {other} already",
            "write it once; delete one of the two",
        ),
        "M006": (
            "文件过大（{size} 字节，至多 {most}）",
            "评价办法是文字表格，请检查是否选错文件",
            "the file is too large ({size} bytes, at most {most})",
            "a method is a small text; check whether this is the right file",
        ),
        # --- the form of tables --------------------------------------------------------------------------------------
        "M101": (
            "未知的表“{key}”",
            "可用的表：{known}{hint}",
            "unknown table '{key}'",
            "tables are: {known}{hint}",
        ),
        "M102": (
            "未知的键“{key}”",
            "可用的键：{known}{hint}",
            "unknown key '{key}'",
            "keys are: {known}{hint}",
        ),
        "M103": (
            "缺少必填的键“{key}”",
            "请补上：{meaning}",
            "the key '{key}' is required and absent",
            "add it: {meaning}",
        ),
        "M104": (
            "取值 {given} 不合要求：{reason}",
            "请改为：{allowed}",
            "the value {given} does not fit: {reason_en}",
            "it should be: {allowed}",
        ),
        "M105": (
            "“{key}”应写作 {form}",
            "单个表写 [{key}]，多个写 [[{key}]]",
            "'{key}' should be written {form}",
            "one table is written [{key}], several [[{key}]]",
        ),
        "M106": (
            "缺少 [method] 表",
            "请写明标识 id、版本 version、名称 title",
            "the [method] table is absent",
            "state id, version and title",
        ),
        "M107": (
            "没有任何指标",
            "请至少写一个 [[indicator]]",
            "there is no indicator",
            "write at least one [[indicator]]",
        ),
        # --- expressions ---------------------------------------------------------------------------------------------
        "M201": (
            "第 {column} 个字符“{sign}”不是公式的写法",
            "请改用“{hint}”",
            "'{sign}' at character {column} is not of the language",
            "write '{hint}' instead",
        ),
        "M202": (
            "第 {column} 个字符“{sign}”不能用在公式里",
            "公式只有数、带引号的文字、数据项、+ - * / **、比较、and or not、if else、括号和函数",
            "'{sign}' at character {column} cannot stand in an expression",
            "there are numbers, quoted text, ids, + - * / **, comparisons, and or not, if else, parentheses, functions",
        ),
        "M203": (
            "第 {column} 个字符处应为“{expected}”，却是“{found}”",
            "请检查括号是否成对、运算符是否遗漏",
            "'{expected}' was expected at character {column}, not '{found}'",
            "check that parentheses pair and no operator is left out",
        ),
        "M204": (
            "第 {column} 个字符处缺少数或数据项，却是“{found}”",
            "请补上或删去多余的运算符",
            "a number or an id was expected at character {column}, not '{found}'",
            "add it, or delete the operator too many",
        ),
        "M205": (
            "公式层次过深（至多 {most} 层）",
            "请拆成几个指标或减少括号",
            "the expression is nested too deeply (at most {most} levels)",
            "split it into several indicators or use fewer parentheses",
        ),
        "M206": (
            "公式过长（{length} 个字符，至多 {most}）",
            "请拆成几个指标",
            "the expression is too long ({length} characters, at most {most})",
            "split it into several indicators",
        ),
        "M207": (
            "公式为空",
            "请写出公式",
            "the expression is empty",
            "write one",
        ),
        "M208": (
            '{function} 的 within 只能是 "all" 或 "category"',
            "请改正",
            'within of {function} is "all" or "category"',
            "correct it",
        ),
        "M209": (
            "函数 {function} 没有 within",
            '只有 total mean median lowest highest sd share 可写 within="category"',
            "{function} takes no within",
            'only total mean median lowest highest sd share take within="category"',
        ),
        "M210": (
            "未知的函数“{function}”",
            "可用的函数：{known}{hint}",
            "unknown function '{function}'",
            "functions are: {known}{hint}",
        ),
        "M211": (
            "函数 {function} 的参数个数不对（{given} 个）",
            "写法：{signature}",
            "{function} was given {given} arguments",
            "it is written {signature}",
        ),
        "M212": (
            "引用了没有定义的“{name}”",
            "请在 [[variable]] 中定义，或在 [method] attributes 中列为对象属性{hint}",
            "'{name}' is referred to and not defined (a missing reference)",
            "define it in [[variable]], or list it in [method] attributes{hint}",
        ),
        "M213": (
            "文字不能参加运算（{what}）",
            "文字只能用 == 和 != 比较",
            "text cannot be reckoned with ({what})",
            "text can only be compared by == and !=",
        ),
        "M214": (
            "{function} 的参数须是填报数据项",
            "请直接写数据项，如 {function}(tax_revenue)",
            "{function} takes a variable",
            "name a variable, as in {function}(tax_revenue)",
        ),
        "M215": (
            "lag(x, k) 的 k 须是正整数",
            "如 lag(tax_revenue, 2)",
            "k of lag(x, k) is a positive whole number",
            "as in lag(tax_revenue, 2)",
        ),
        "M216": (
            "锚点中不能用“{name}”",
            "锚点只用数、{known} 及其前加 last_year_，和逐值函数",
            "'{name}' cannot stand in an anchor",
            "an anchor has numbers, {known}, each also with last_year_ before it, and scalar functions",
        ),
        "M217": (
            "percentile(q) 的 q 须是 0 到 100 的数",
            "如 percentile(95)",
            "q of percentile(q) is a number from 0 to 100",
            "as in percentile(95)",
        ),
        "M218": (
            "数过大，无法表示",
            "请检查是否多写了位数",
            "the number is too large",
            "check its digits",
        ),
        "M219": (
            "归类条件、审核关系之外的表达式应得数，{key} 得到的是文字",
            "请改为得数的公式",
            "{key} yields text where a number is needed",
            "write an expression that yields a number",
        ),
        # --- meaning across tables -----------------------------------------------------------------------------------
        "M301": (
            "标识“{id}”用了两次（另一处：{other}）",
            "每个标识只能用一次，请改名",
            "the id '{id}' is used twice (also in {other})",
            "an id is unique in a method; rename one",
        ),
        "M302": (
            "“{id}”不能作标识",
            "标识须以字母或汉字开头，只含字母、汉字、数字和下划线，不用 and or not if else",
            "'{id}' cannot be an id",
            "an id begins with a letter and has letters, digits and _ only; and, or, not, if, else are taken",
        ),
        "M303": (
            "标识“{id}”不是 NFC 规范形式",
            "请改写为“{normal}”",
            "the id '{id}' is not NFC-normalised",
            "write it as '{normal}'",
        ),
        "M304": (
            "{key} 指向不存在的“{name}”",
            "请改为已有的一级指标（维度）{hint}",
            "{key} refers to '{name}', which does not exist",
            "name an existing dimension{hint}",
        ),
        "M305": (
            "上下级循环：{circle}",
            "请改正 parent，使各级最终归于总分",
            "dimensions form a circle: {circle}",
            "correct `parent` so that every branch ends in the total",
        ),
        "M306": (
            "权重为负：{value}",
            "权重须大于或等于 0",
            "the weight is negative: {value}",
            "weights are 0 or more",
        ),
        "M307": (
            "类别 {missing} 没有权重",
            "请为每个类别写权重；不用的写 0",
            "categories {missing} have no weight",
            "give every category a weight; 0 where it is not used",
        ),
        "M308": (
            "权重中的类别 {unknown} 不存在",
            "现有类别：{known}",
            "the weight names categories {unknown}, which do not exist",
            "categories are: {known}",
        ),
        "M309": (
            "类别 {category} 的全部指标权重为 0",
            "请为该类别设置权重",
            "every indicator has weight 0 in category {category}",
            "give that category weights",
        ),
        "M310": (
            "权重不是有限的数：{value}",
            "请写成普通的数",
            "the weight is not a finite number: {value}",
            "write a plain number",
        ),
        "M311": (
            "锚点与方向矛盾：{direction} 向指标的低端 {low} 得 {first} 分、高端 {high} 得 {last} 分",
            "正向指标 low 应小于 high（逆向相反）；不写则按方向自动取",
            "the anchors contradict the direction ({direction}): {low} earns {first}, {high} earns {last}",
            "higher is better needs low below high, lower the reverse; leave them out to have them chosen",
        ),
        "M312": (
            "分档或折线的界限没有严格递增：{bounds}",
            "请按值从小到大排列且不重复",
            "the bounds of the table are not strictly increasing: {bounds}",
            "order them from low to high without repetition",
        ),
        "M313": (
            "评等须全部按占比或全部按得分",
            "请为每个等次都写 top，或都写 at_least（最后一等可不写）",
            "grades are all by share or all by score",
            "give each grade `top`, or each `at_least` (the last may have neither)",
        ),
        "M314": (
            "等次界限没有由高到低排列：{grades}",
            "top 应逐级增大，at_least 应逐级减小",
            "the grades are not ordered from best to worst: {grades}",
            "`top` grows and `at_least` falls from grade to grade",
        ),
        "M315": (
            "否决效果中的等次“{grade}”不存在",
            "现有等次：{known}",
            "the veto names the grade '{grade}', which does not exist",
            "grades are: {known}",
        ),
        "M316": (
            "打破并列所用的“{name}”不存在",
            "请写指标、维度或数据项的标识",
            "'{name}', which should break ties, does not exist",
            "name an indicator, a dimension or a variable",
        ),
        "M317": (
            "算例所用的“{name}”不存在",
            "given 中写数据项或属性，expect 中写 节点.value、节点.score、节点.points、total、grade、rank 等",
            "the case uses '{name}', which does not exist",
            "`given` has variables or attributes; `expect` has node.value, node.score, node.points, total, grade, rank …",
        ),
        "M318": (
            "算例没有应得结果",
            "请写 expect，或 facts 与 results 两个表文件",
            "the case expects nothing",
            "write `expect`, or the two tables `facts` and `results`",
        ),
        "M319": (
            "算例的文件“{file}”不存在",
            "路径相对于评价办法所在的文件夹",
            "the case's file '{file}' does not exist",
            "paths are relative to the folder of the method",
        ),
        "M320": (
            "施行日期止于始前",
            "请改正 in_force",
            "the method ends before it begins",
            "correct in_force",
        ),
        "M321": (
            "算例的报告期“{period}”写法不对",
            "写作 2023、2023H1、2023Q3 或 2023M09，种类须在 periods 之内",
            "the case's period '{period}' is not of the method",
            "write 2023, 2023H1, 2023Q3 or 2023M09, of a kind named in `periods`",
        ),
        "M322": (
            "算例的类别“{category}”不存在",
            "现有类别：{known}",
            "the case's category '{category}' does not exist",
            "categories are: {known}",
        ),
        "M323": (
            "归类条件只能用对象属性，不能用数据项“{name}”或跨对象、跨期的函数",
            "请改用属性，或在对象表中给出 category 列",
            "a category's rule uses unit attributes only, not '{name}' or functions over time or units",
            "use attributes, or give the units a `category` column",
        ),
        "M324": (
            "指标得分表为降序或升序与方向相反：{scores}",
            "正向指标的得分应随值上升，逆向相反",
            "the scores of the table run against the direction: {scores}",
            "scores rise with the value where higher is better, and fall where lower is better",
        ),
        # --- doubtful (warnings) -------------------------------------------------------------------------------------
        "M401": (
            "类别 {category} 的指标权重合计 {sum}，不是 {scale}",
            "如属有意，可不改；各级合成时会按比例折算",
            "the indicators' weights of category {category} sum to {sum}, not {scale}",
            "leave it if it is meant: weights are rescaled when children join",
        ),
        "M402": (
            "数据项“{name}”没有被任何公式用到",
            "如仅供存档，可不改",
            "the variable '{name}' is used by no expression",
            "leave it if it is kept for the record",
        ),
        "M403": (
            "“{name}”没有依据（legal）",
            "请写明文件与条款",
            "'{name}' has no legal reference",
            "state document and article",
        ),
        "M404": (
            "没有算例",
            "请至少写一个 [[case]]，说明办法怎样算",
            "there is no worked case",
            "write at least one [[case]]",
        ),
        "M405": (
            "一级指标“{name}”没有下级",
            "它不会参加合成；请补指标或删去",
            "the dimension '{name}' has no children",
            "it does not count; add indicators or delete it",
        ),
        "M406": (
            "类别“{category}”永远不会被归入（前面的条件已全部覆盖或条件不可能成立）",
            "请检查 when 的次序与写法",
            "no unit can ever fall into category '{category}'",
            "check the order and wording of `when`",
        ),
        "M407": (
            "一级指标“{name}”的权重 {weight} 不等于下级之和 {sum}（类别 {category}）",
            "合成以写明的权重为准；如非有意，请改正",
            "the weight {weight} of '{name}' is not the sum {sum} of its children's (category {category})",
            "the written weight counts; correct it if it is not meant",
        ),
        "M408": (
            "own({name}) 用于非累计数据项",
            '只有 kind = "flow" 的数据项才有本期数',
            "own({name}) is used on a variable that is not cumulated",
            'only variables of kind "flow" have a period\'s own part',
        ),
        "M409": (
            "最后一等的累计占比 {top} 小于 1，其余对象没有等次",
            "请加一等 top = 1，或最后一等不写 top",
            "the last grade's share {top} is below 1: the rest get no grade",
            "add a grade with top = 1, or leave `top` out of the last",
        ),
        "M410": (
            "数据项“{name}”没有计量单位",
            "请写 measured_in，否则表头单位无从核对",
            "the variable '{name}' has no unit of measure",
            "write measured_in: headings cannot be checked without it",
        ),
        "M411": (
            "锚点不起作用：low 与 high 相同（{value}），所有对象都得 {score} 分",
            "请检查锚点",
            "the anchors cannot work: low equals high ({value}), every unit earns {score}",
            "check them",
        ),
    }
)


def hint(name: str, known: list[str]) -> str:
    """「；是否应为 …？」 where something near to `name` is known, else nothing."""
    import difflib  # noqa: PLC0415 - only needed when something is wrong

    near = difflib.get_close_matches(name, known, n=1)
    return f"；是否应为“{near[0]}”？ (did you mean '{near[0]}'?)" if near else ""
