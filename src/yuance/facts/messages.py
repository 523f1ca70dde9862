"""The sentences of this room: what was wrong with the facts and what to do (Chinese first, English second).

F00x files · F01x forms of file · F02x sheets and headings · F03x columns · F04x rows and periods · F05x cells ·
F06x spellings and doubles · F07x units · F08x plausibility · F09x summaries.
"""

from __future__ import annotations

from yuance.errors import catalogue

MESSAGES = catalogue(
    {
        # files
        "F001": (
            "找不到文件 {file}",
            "请核对路径和文件名",
            "There is no file {file}",
            "Check the path and the name.",
        ),
        "F002": (
            "文件 {file} 无法打开：{reason}",
            "请确认有读取权限，且未被其他程序占用",
            "File {file} cannot be opened: {reason}",
            "Make sure that it may be read and that no other program holds it.",
        ),
        "F003": (
            "没有可读的数据文件 {file}",
            "请给出 CSV、Excel 或 Parquet 文件，或含有此类文件的文件夹",
            "There is no data file to read {file}",
            "Give CSV, Excel or Parquet files, or a folder that holds such files.",
        ),
        # forms of file
        "F010": (
            "文件 {file} 是 {kind}，不是数据表",
            "请另存为 Excel（.xlsx）或 CSV 后再读",
            "File {file} is {kind}, not a table of data",
            "Save it as Excel (.xlsx) or CSV first.",
        ),
        "F011": (
            "文件 {file} 是空的",
            "请确认是否发错文件",
            "File {file} is empty",
            "Check whether it is the right file.",
        ),
        "F012": (
            "文件 {file} 不是文本表格，或编码不是 UTF-8、UTF-16、GB18030",
            "请用 Excel 打开后另存为“CSV UTF-8”或 .xlsx",
            "File {file} is no text table, or is not encoded as UTF-8, UTF-16 or GB18030",
            "Open it in a spreadsheet program and save it as CSV UTF-8 or .xlsx.",
        ),
        "F013": (
            "CSV 文件 {file} 无法解析：{reason}",
            "请检查引号是否成对，或另存为 .xlsx",
            "CSV file {file} cannot be parsed: {reason}",
            "Check that the quotes come in pairs, or save it as .xlsx.",
        ),
        "F014": (
            "文件 {file} 有 {columns} 列，超过上限 {most} 列",
            "请删去右侧的空列或无关列",
            "File {file} has {columns} columns, more than the {most} allowed",
            "Delete empty or foreign columns on the right.",
        ),
        "F015": (
            "文件 {file} 不是完好的 Parquet 文件：{reason}",
            "请重新导出",
            "File {file} is no sound Parquet file: {reason}",
            "Export it again.",
        ),
        "F016": (
            "文件 {file} 设有打开密码",
            "请取消密码后另存",
            "File {file} is locked by a password",
            "Save it without the password.",
        ),
        "F017": (
            "工作簿 {file} 已损坏，无法打开：{reason}",
            "请用 Excel 打开修复后另存为 .xlsx",
            "Workbook {file} is damaged and cannot be opened: {reason}",
            "Open and repair it in a spreadsheet program, and save it as .xlsx.",
        ),
        "F018": (
            "工作簿 {file} 解压后有 {size} MB，超过上限 {most} MB",
            "请拆分文件，或改用 CSV、Parquet",
            "Workbook {file} unpacks to {size} MB, more than the {most} MB allowed",
            "Split it, or use CSV or Parquet.",
        ),
        "F019": (
            "文件 {file} 是压缩包，但里面没有 Excel 工作簿",
            "请先解压；Word 文档中的表请复制到 Excel",
            "File {file} is a zip archive without an Excel workbook in it",
            "Unpack it first; copy tables out of Word into Excel.",
        ),
        "F020": (
            "文件 {file} 工作表“{sheet}”跨 {rows} 行 {columns} 列，太大",
            "多半是远处有一个误填的格，请清除数据区以外的内容",
            "Sheet “{sheet}” of file {file} spans {rows} rows and {columns} columns, which is too large",
            "Probably a stray cell stands far out: clear what lies outside the table.",
        ),
        # sheets and headings
        "F021": (
            "文件 {file} 工作表“{sheet}”没有找到单位列",
            "请在表头设一列 unit（或：单位代码、园区、园区名称、企业名称、统一社会信用代码）；表头应在前 15 行内",
            "No unit column was found in sheet “{sheet}” of file {file}",
            "Head one column with unit (or 单位代码, 园区, 企业名称 …), within the first 15 rows.",
        ),
        "F022": (
            "单位名单 {file} 没有 unit（单位代码）列或名称列，或没有任何一行",
            "请给出 unit、name、category 三列，一行一个单位",
            "The list of units {file} has no column unit or name, or no row",
            "Give the columns unit, name and category, a row per unit.",
        ),
        "F023": (
            "文件 {file} 工作表“{sheet}”没有报告期列，表名、标题里也看不出报告期",
            "请加一列 period（期间），或用 --period 指明，如 --period 2023Q3",
            "Sheet “{sheet}” of file {file} has no period column, and neither its name nor a title tells the period",
            "Add a column period, or say which it is, as in --period 2023Q3.",
        ),
        "F024": (
            "文件 {file} 工作表“{sheet}”没有一列是本办法的填报数据项{hint}",
            "请用数据项的代码或名称作表头；长表请用 unit、period、variable、value",
            "No column of sheet “{sheet}” of file {file} is a variable of the method{hint}",
            "Head the columns with ids or names of variables; a long table has unit, period, variable, value.",
        ),
        "F025": (
            "文件 {file} 工作表“{sheet}”表头以下没有数据行",
            "请填入数据，一行一个单位（一期）",
            "Sheet “{sheet}” of file {file} has no rows of data below its heading",
            "Fill it in, a row per unit and period.",
        ),
        "F026": (
            "“{words}”不是报告期",
            "请写作 2023、2023H1、2023Q3 或 2023M09",
            "“{words}” is no period",
            "Write 2023, 2023H1, 2023Q3 or 2023M09.",
        ),
        "F027": (
            "文件 {file} 的工作表“{sheet}”是隐藏的，未读",
            "如应读取，请取消隐藏",
            "Sheet “{sheet}” of file {file} is hidden and was not read",
            "Show it if it should be read.",
        ),
        # columns
        "F029": (
            "列“{words}”不是本办法的填报数据项，未采用{hint}",
            "如确是数据项，请改用其代码或名称；单位属性请放在单位名单里",
            "Column “{words}” is no variable of the method and was not used{hint}",
            "If it is one, head it with its id or name; attributes of units belong in the list of units.",
        ),
        "F030": (
            "列“{words}”不是本办法的填报数据项，作为单位属性保留{hint}",
            "如确是数据项，请改用其代码或名称",
            "Column “{words}” is no variable of the method and was kept as an attribute of units{hint}",
            "If it is one, head it with its id or name.",
        ),
        "F031": (
            "“{words}”不是本办法的填报数据项，{times} 行未采用",
            "请核对指标代码或名称",
            "“{words}” is no variable of the method; {times} rows were not used",
            "Check the id or the name.",
        ),
        "F032": (
            "“{words}”可以指多个数据项（{ids}），{times} 行未采用",
            "请改用数据项代码",
            "“{words}” may mean several variables ({ids}); {times} rows were not used",
            "Use the id of the variable.",
        ),
        "F033": (
            "数据项“{variable}”在同一张表里出现两列（另一列是 {other} 列），只采用前一列",
            "请删去多余的一列",
            "Variable “{variable}” heads two columns of one sheet (the other is {other}); only the first was used",
            "Delete the column that is one too many.",
        ),
        "F034": (
            "“{variable}”表中以“{written}”计，已乘以 {factor} 换算为“{wanted}”",
            "如表头单位有误，请更正",
            "“{variable}” is given in “{written}” and was converted to “{wanted}” (times {factor})",
            "Correct the heading if its measure is wrong.",
        ),
        "F035": (
            "“{variable}”表中以“{written}”计，无法换算为规定的“{wanted}”，该列未采用",
            "请按规定单位填报，或更正表头单位",
            "“{variable}” is given in “{written}”, which does not convert to the prescribed “{wanted}”; the column was not used",
            "Report it in the prescribed measure, or correct the heading.",
        ),
        "F036": (
            "“{variable}”未规定计量单位，表中写“{written}”，按原数采用",
            "请在办法中写明计量单位",
            "“{variable}” has no prescribed measure; the table says “{written}”, and the values were taken as they stand",
            "State its measure in the method.",
        ),
        "F037": (
            "有一列没有表头，未采用",
            "请补上表头，或删去该列",
            "A column has no heading and was not used",
            "Give it a heading or delete it.",
        ),
        "F038": (
            "有 {times} 行有数值而没有写明是哪个数据项，未采用",
            "请补填 variable（指标）一格",
            "{times} rows have a value but do not say of which variable; they were not used",
            "Fill in the variable.",
        ),
        "F039": (
            "“{words}”既不是实际值也不是目标值，{times} 行未采用",
            "kind 一列请填 actual（实际）或 target（目标）",
            "“{words}” is neither actual nor target; {times} rows were not used",
            "Write actual or target into the column kind.",
        ),
        # rows and periods
        "F041": (
            "单位“{unit}”这一行的格数多于表头，未采用",
            "多半是数值里的千分位逗号未加引号，请加引号或去掉逗号",
            "The row of unit “{unit}” has more cells than the heading and was not used",
            "Probably a thousands comma is not quoted: quote the value or drop the comma.",
        ),
        "F042": (
            "单位为空而这一行有数值，未采用",
            "请补填单位",
            "The unit is blank though the row has values; it was not used",
            "Fill in the unit.",
        ),
        "F043": (
            "单位为空，沿用上一行的“{unit}”",
            "如不是同一单位，请补填",
            "The unit is blank; “{unit}” of the row above was taken",
            "Fill it in if it is another unit.",
        ),
        "F044": (
            "“{words}”是表注，未作为单位",
            "如确是单位名称，请列入单位名单",
            "“{words}” is a footnote and was not taken for a unit",
            "If a unit bears this name, put it into the list of units.",
        ),
        "F045": (
            "“{words}”是合计行，未作为单位",
            "如确是单位名称，请列入单位名单",
            "“{words}” is a row of totals and was not taken for a unit",
            "If a unit bears this name, put it into the list of units.",
        ),
        "F046": (
            "单位“{unit}”的报告期“{words}”看不懂，这一行未采用",
            "请写作 2023、2023Q3 或 2023年三季度",
            "The period “{words}” of unit “{unit}” cannot be understood; the row was not used",
            "Write 2023, 2023Q3 or 2023年三季度.",
        ),
        "F047": (
            "报告期为空，沿用上一行或表题的报告期",
            "如不是同一期，请补填",
            "The period is blank; that of the row above or of the title was taken",
            "Fill it in if it is another period.",
        ),
        # cells
        "F051": (
            "单位“{unit}”{period} 的“{variable}”写的是“{words}”，不是数",
            "请只填数；没有数据请留空",
            "“{variable}” of unit “{unit}” in {period} reads “{words}”, which is no number",
            "Enter a number only; leave the cell blank where there is no value.",
        ),
        "F052": (
            "单位“{unit}”{period} 的“{variable}”写的是“{words}”，小数点和千分位分不清",
            "请用“.”作小数点，如 1234.5；千分位每三位一个逗号",
            "“{variable}” of unit “{unit}” in {period} reads “{words}”: decimal point or thousands separator is ambiguous",
            "Write the decimal point as “.”, as in 1234.5, and a thousands comma every three digits.",
        ),
        "F053": (
            "单位“{unit}”{period} 的“{variable}”是“{words}”，不是有限的数",
            "请填实际数值；没有数据请留空",
            "“{variable}” of unit “{unit}” in {period} is “{words}”, not a finite number",
            "Enter the value; leave the cell blank where there is none.",
        ),
        "F054": (
            "单位“{unit}”{period} 的“{variable}”是公式错误 {words}",
            "请修正公式，或直接填数",
            "“{variable}” of unit “{unit}” in {period} is the formula error {words}",
            "Mend the formula, or enter the value.",
        ),
        "F055": (
            "单位“{unit}”{period} 的“{variable}”是日期“{words}”，不是数",
            "多半是 Excel 自动改成了日期，请把单元格设为数值后重填",
            "“{variable}” of unit “{unit}” in {period} is the date “{words}”, not a number",
            "Probably the spreadsheet turned it into a date: format the cell as a number and enter it again.",
        ),
        "F056": (
            "单位“{unit}”{period} 的“{variable}”是逻辑值 {words}，不是数",
            "请填数；只有是否类数据项可填 TRUE、FALSE",
            "“{variable}” of unit “{unit}” in {period} is the truth value {words}, not a number",
            "Enter a number; only yes-no variables take TRUE and FALSE.",
        ),
        "F057": (
            "单位“{unit}”{period} 的“{variable}”写成百分数“{words}”，而它以“{measured_in}”计",
            "请按规定的计量单位填数，去掉百分号",
            "“{variable}” of unit “{unit}” in {period} is written as a percentage, “{words}”,, but is measured in “{measured_in}”",
            "Enter it in its prescribed measure, without a percent sign.",
        ),
        "F058": (
            "单位“{unit}”{period} 的“{variable}”写的是“{words}”，其单位无法换算为“{measured_in}”",
            "请按规定的计量单位只填数",
            "“{variable}” of unit “{unit}” in {period} reads “{words}”, whose measure does not convert to “{measured_in}”",
            "Enter only the number, in the prescribed measure.",
        ),
        "F059": (
            "单位“{unit}”{period} 的“{variable}”写的是“{words}”，看不出是或否",
            "请填 是 或 否（yes/no、1/0）",
            "“{variable}” of unit “{unit}” in {period} reads “{words}”, which is neither yes nor no",
            "Enter 是 or 否 (yes/no, 1/0).",
        ),
        # spellings and doubles
        "F060": (
            "“{variable}”有 {times} 格写作“{words}”之类，作缺失处理",
            "如实为零，请填 0",
            "“{variable}” has {times} cells such as “{words}”, taken as missing (first)",
            "Enter 0 where zero is meant.",
        ),
        "F061": (
            "“{variable}”有 {times} 格在数后写了单位（如“{words}”），已换算为“{wanted}”",
            "请只填数",
            "“{variable}” has {times} cells with a measure behind the number (as “{words}”, first), converted to “{wanted}”",
            "Enter the number only.",
        ),
        "F062": (
            "单位“{unit}”{period} 一行没有任何数值",
            "如尚未填报，请补报；该单位此期各项均按缺失处理",
            "Unit “{unit}” reports no value at all in {period}",
            "Report them; until then everything of this unit is missing in this period.",
        ),
        "F063": (
            "单位“{unit}”{period} 重复填报且数值相同（{told}），只计一次",
            "请删去多余的行",
            "Unit “{unit}” is reported more than once in {period} with the same values ({told}); they count once",
            "Delete the rows that are too many.",
        ),
        "F064": (
            "单位“{unit}”{period} 的“{variable}”前后不一：{told}；按缺失处理",
            "请核实后只留一个数",
            "“{variable}” of unit “{unit}” in {period} contradicts itself: {told}; it is taken as missing",
            "Verify it and leave one value only.",
        ),
        # units
        "F070": (
            "单位“{words}”不在单位名单里，{times} 行未采用",
            "请核对名称或代码；更名的请在名单中填曾用名",
            "Unit “{words}” is not in the list of units; {times} rows were not used",
            "Check its name or code; enter former names in the list.",
        ),
        "F071": (
            "单位“{unit}”在单位名单 {file} 里出现多次且内容不一，只采用第一行",
            "请只留一行",
            "Unit “{unit}” stands more than once, differently, in the list of units {file}; its first row was used",
            "Leave one row only.",
        ),
        "F072": (
            "“{words}”是多个单位共有的名称（{units}），无从判断，{times} 行未采用",
            "请在数据中用单位代码",
            "“{words}” is a name of several units ({units}); {times} rows were not used",
            "Use the units' codes in the data.",
        ),
        "F073": (
            "“{words}”是单位“{unit}”的曾用名，已归入该单位（{times} 行）",
            "今后请用现名",
            "“{words}” is a former name of unit “{unit}” and was counted to it ({times} rows)",
            "Use its present name from now on.",
        ),
        "F074": (
            "单位“{unit}”的“{place}”前后不一（{words}；另有 {others}），采用最近一期的",
            "请在单位名单中写明",
            "“{place}” of unit “{unit}” differs between rows ({words}; also {others}); the latest was taken",
            "State it in a list of units.",
        ),
        # plausibility
        "F080": (
            "单位“{unit}”{period} 的“{variable}”为 {value}，超出合理范围 {range}",
            "请核实；确实无误的请说明",
            "“{variable}” of unit “{unit}” in {period} is {value}, outside its plausible range {range}",
            "Verify it, or explain why it is right.",
        ),
        "F081": (
            "单位“{unit}”{period} 的“{variable}”为 {value}，是上年同期 {reference} 的 {ratio} 倍，超过 {jump} 倍的核实界限",
            "请核实；确实无误的请说明",
            "“{variable}” of unit “{unit}” in {period} is {value}, {ratio} times last year's {reference}, beyond the limit of {jump} times",
            "Verify it, or explain why it is right.",
        ),
        "F082": (
            "单位“{unit}”{period} 的“{variable}”为 {value}，与{which} {reference} 相差约 {factor} 倍，疑似按“{likely}”填报（应以“{wanted}”计）",
            "请核对计量单位；确实无误的请说明",
            "“{variable}” of unit “{unit}” in {period} is {value}, about {factor} times off {which_en} {reference}: it looks as if typed in “{likely}” instead of “{wanted}”",
            "Check the measure, or explain why it is right.",
        ),
        "F083": (
            "单位“{unit}”{period} 的“{variable}”为 {value}，与{which} {reference} 相差约 {factor} 倍，疑似多写或少写了 {zeros} 个零",
            "请核对位数；确实无误的请说明",
            "“{variable}” of unit “{unit}” in {period} is {value}, about {factor} times off {which_en} {reference}: {zeros} digits too many or too few",
            "Check the digits, or explain why it is right.",
        ),
        "F084": (
            "单位“{unit}”{period} 的“{variable}”累计为 {value}，小于同年 {earlier} 的 {reference}",
            "累计数不应下降；请核实，冲减的请说明",
            "Cumulated “{variable}” of unit “{unit}” is {value} in {period}, less than {reference} in {earlier} of the same year",
            "Cumulated values should not fall: verify it, or explain a reversal.",
        ),
        "F085": (
            "单位“{unit}”没有 {earlier} 的“{variable}”，{period} 的增长无从计算",
            "请补报上年同期数",
            "Unit “{unit}” has no “{variable}” for {earlier}; its growth in {period} cannot be computed",
            "Report last year's value.",
        ),
        "F086": (
            "单位“{unit}”{period} 的“{variable}”为 {value}，上年同期 {reference} 与之相差约 {factor} 倍而与其他各期不符，疑似上年同期数填错（单位或位数）",
            "请核对上年同期数",
            "“{variable}” of unit “{unit}” in {period} is {value}; last year's {reference} is about {factor} times off and agrees with no other period: last year's looks mistyped (measure or digits)",
            "Check last year's value.",
        ),
        # summaries
        "F098": (
            "{code} 类问题共 {times} 处，只列出前 {most} 处",
            "请先改正列出的，再读一次",
            "There are {times} findings of code {code}; only the first {most} are listed",
            "Mend those, and read again.",
        ),
    }
)
