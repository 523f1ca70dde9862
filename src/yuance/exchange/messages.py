"""The sentences of this room: what is wrong with a template that came back (Chinese first, English second).

T00x the file · T01x the sheet · T02x rows and columns · T03x cells.
"""

from __future__ import annotations

from yuance.errors import catalogue

MESSAGES = catalogue(
    {
        "T001": (
            "文件 {file} 不是 Excel 工作簿（.xlsx）",
            "请用下载的模板填写，并存为 .xlsx",
            "File {file} is no Excel workbook (.xlsx)",
            "Fill in the template that was downloaded, and save it as .xlsx.",
        ),
        "T002": (
            "文件 {file} 含有{what}",
            "请把数据复制到新下载的模板里，存为不含宏的 .xlsx",
            "File {file} holds {what_en}",
            "Copy the values into a fresh template and save it as an .xlsx without macros.",
        ),
        "T003": (
            "文件 {file} 解压后有 {size} MB，超过上限 {most} MB",
            "请把数据复制到新下载的模板里再导入",
            "File {file} unpacks to {size} MB, more than the {most} MB allowed",
            "Copy the values into a fresh template.",
        ),
        "T004": (
            "文件 {file} 的工作表有 {rows} 行 {columns} 列，超过上限 {most_rows} 行 {most_columns} 列",
            "请删去模板以外的行和列，或复制到新下载的模板里",
            "A sheet of file {file} has {rows} rows and {columns} columns, more than {most_rows} and {most_columns}",
            "Delete what lies outside the template, or copy the values into a fresh one.",
        ),
        "T005": (
            "文件 {file} 已损坏，无法打开：{reason}",
            "请用 Excel 打开修复后另存为 .xlsx",
            "File {file} is damaged and cannot be opened: {reason}",
            "Open and repair it in a spreadsheet program, and save it as .xlsx.",
        ),
        "T006": (
            "文件 {file} 设有密码",
            "请取消密码后另存为 .xlsx",
            "File {file} is locked by a password",
            "Save it without the password.",
        ),
        "T011": (
            "文件 {file} 里没有本系统模板的标识",
            "请从填报页面下载模板，把数据填进模板后再导入；隐藏的工作表、行、列不要删除",
            "File {file} bears no mark of a template of this system",
            "Download the template, fill it in and bring it back; do not delete its hidden sheet, row and column.",
        ),
        "T012": (
            "文件 {file} 里有 {count} 张模板表",
            "请在一个文件里只留一张填报表",
            "File {file} holds {count} template sheets",
            "Leave one of them only.",
        ),
        "T021": (
            "第 {row} 行与第 {other} 行的标识相同（{id}）",
            "不要复制整行；请在新下载的模板里填写",
            "Rows {row} and {other} bear the same id ({id})",
            "Do not copy whole rows; fill in a fresh template.",
        ),
        "T022": (
            "{column} 列与 {other} 列的标识相同（{id}）",
            "不要复制整列；请在新下载的模板里填写",
            "Columns {column} and {other} bear the same id ({id})",
            "Do not copy whole columns; fill in a fresh template.",
        ),
        "T023": (
            "第 {row} 行不是模板里的行，其中的内容没有导入",
            "请填在模板已有的行里",
            "Row {row} is not of the template; what it holds was not taken",
            "Use the rows that the template has.",
        ),
        "T024": (
            "{column} 列不是模板里的列，其中的内容没有导入",
            "请填在模板已有的列里；补充情况写进“说明”",
            "Column {column} is not of the template; what it holds was not taken",
            "Use the columns that the template has; remarks belong into 说明.",
        ),
        "T025": (
            "模板里少了 {count} 行（{told}），这些行按没有改动处理",
            "如需填报，请在新下载的模板里填写",
            "{count} rows of the template are gone ({told}); they count as unchanged",
            "Fill in a fresh template if they should change.",
        ),
        "T026": (
            "文件里有 {count} 条批注，没有导入",
            "需要说明的请写进“说明”一列",
            "{count} notes on cells were not taken",
            "Write remarks into the column 说明.",
        ),
        "T031": (
            "含有公式",
            "请选择性粘贴为数值后再导入",
            "The cell holds a formula",
            "Paste it as a value.",
        ),
        "T032": (
            "在合并的单元格里",
            "请取消合并，一格填一个数",
            "The cell is merged with others",
            "Unmerge it: one value a cell.",
        ),
        "T033": (
            "内容像是公式（{words}）",
            "说明请写文字，不要以 = + - @ 开头",
            "The text looks like a formula ({words})",
            "Write words that do not begin with = + - or @.",
        ),
    }
)
