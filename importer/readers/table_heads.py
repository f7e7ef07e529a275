"""Which row of a table names its columns."""

import re
from collections.abc import Sequence

_WORDS = re.compile(
    r"序号|编号|任务|工作|项目|内容|事项|措施|举措|做法|目标|指标|要求|标准|责任|牵头|配合|承办|协办|主办|单位|部门|科室|"
    r"处室|领导|人员|姓名|名称|时限|时间|期限|进度|日期|月份|节点|地点|对象|数量|经费|预算|金额|备注|类别|分类|主题|"
    r"活动|形式|成果|完成|情况|合计|单位名称|联系|电话|职务|性别"
)


def is_head(texts: Sequence[str]) -> bool:
    """Whether a row of these texts names columns: at least two short words, most of them of the kind that does."""
    filled = [text for text in texts if text]
    short = all(len(text) <= 16 and not re.search(r"[。;；!！]|\d{2}", text) for text in filled)
    named = sum(1 for text in filled if _WORDS.search(text.replace(" ", "")))
    return len(filled) >= 2 and short and named * 3 >= len(filled) * 2
