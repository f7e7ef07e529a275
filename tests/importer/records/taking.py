"""Records for tests, and the command that takes them in."""

import io
import json
from pathlib import Path

from django.core.management import call_command


def record(name: str = "7", **fields) -> dict:
    """A record with the keys of the format; each may be given otherwise."""
    return {
        "id": name,
        "kind": "article",
        "title": f"第{name}篇",
        "slug": f"/news/{name}.html",
        "channel": "jiceng",
        "channel_name": "基层动态",
        "organization": "石桥镇总工会",
        "organization_level": "township",
        "published_at": "2024-03-01",
        "source": "石桥镇总工会",
        "author": "",
        "tags": ["技能大赛"],
        "body_html": "<p>镇总工会举办技能大赛。</p>",
    } | fields


def plan(name: str = "9", **fields) -> dict:
    body = "<h2>一、加强组织建设</h2><p>全年新建基层工会20家。</p><h2>二、服务职工</h2><p>走访困难职工100户。</p>"
    sections = [
        {
            "number": "一、",
            "heading": "加强组织建设",
            "text": "全年新建基层工会20家。",
            "targets": [{"quote": "全年新建基层工会20家。", "number": "20", "unit": "家", "indicator": "新建工会数"}],
        },
        {"heading": "二、服务职工", "text": "走访困难职工100户。", "targets": []},
    ]
    title = f"石桥镇总工会2024年第{name}号工作要点"
    given = {"kind": "plan", "title": title, "channel": "jihua", "body_html": body, "year": 2024, "sections": sections}
    return record(name, **given) | fields


def written(folder: Path, *records, name: str = "records.jsonl") -> str:
    """The path of a file of these records; what is no dict is a line as it is."""
    lines = [one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode() for one in records]
    path = folder / name
    path.write_bytes(b"\n".join(lines) + b"\n")
    return str(path)


def take(path: str, **options) -> tuple[str, str]:
    """Take a file in; what was said, and what was said of lines."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_records", path, stdout=out, stderr=err, **options)
    except SystemExit as ended:
        out.write(f"exit {ended.code}")
    return out.getvalue(), err.getvalue()
