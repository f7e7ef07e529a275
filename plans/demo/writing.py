"""Plans, reports and news in words: outline, sentences, numbers. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from html import escape

from .bank import THEMES, Chapter, Line, Part, chapter, occasion
from .bodies import Body
from .figures import Goal, Outcome, written

DIGITS = "一二三四五六七八九十"
NUMBERED = (*DIGITS, *("十" + one for one in DIGITS[:9]))
LINE_SHARES = {"c": 0.9, "d": 0.7, "t": 0.55}
REPORTED = {"first_half": "上半年", "year": "全年"}
CLOSING = (
    "各级工会要加强组织领导，细化任务分工，强化督促落实，确保各项工作落地见效。",
    "要把任务分解到部门、落实到人，定期调度，年终对账，确保全年目标任务完成。",
    "要加强统筹协调，及时总结经验，推动各项工作任务落到实处。",
)


@dataclass(frozen=True)
class Text:
    """A text, and which goal each of its sentences with a number speaks of."""

    html: str
    said: tuple[tuple[str, Goal, Decimal | None], ...]


class Writer:
    """Gathers paragraphs of one text of `body`, speaking of `year`."""

    def __init__(self, body: Body, year: int):
        self.body, self.year = body, year
        self.words = {**body.words, **occasion(year), "year": year}
        self.parts: list[str] = []
        self.said: list[tuple[str, Goal, Decimal | None]] = []

    def fill(self, text: str, **more) -> str:
        return text.format_map(self.words | more)

    def add(self, tag: str, text: str) -> None:
        self.parts.append(f"<{tag}>{escape(text, quote=False)}</{tag}>")

    def tell(self, sentence: str, goal: Goal, number: Decimal | None) -> str:
        self.said.append((sentence, goal, number))
        return sentence

    def text(self) -> Text:
        return Text("".join(self.parts), tuple(self.said))


def title_of(chapter: Chapter, body: Body, year: int) -> str:
    return _steady(chapter.headings, body, year, "heading", chapter.code)


def _steady(choices: tuple[str, ...], body: Body, year: int, *about) -> str:
    """One of the choices, the same for some years, then another."""
    chance = body.chance("words", *about)
    at, change = chance.randrange(len(choices)), chance.randint(2, 5)
    return choices[(at + (year // change)) % len(choices)]


def part_title(part: Part, body: Body, year: int) -> str:
    """The title of a part: mostly a phrase of these years where there is one, else a usual one."""
    now = [line for line in part.phrases if _takes_up(line, body, year)]
    if now and body.chance("phrase", part.titles[0], year).random() < 0.75:
        return now[-1].wordings[0]
    return _steady(part.titles, body, year, part.titles[0])


def lines_of(part: Part, body: Body, year: int) -> list[str]:
    """The measures without a number that the body writes into this part, in the year's wording."""
    return [_steady(line.wordings, body, year, line.wordings[0]) for line in part.lines if _takes_up(line, body, year)]


def _takes_up(line: Line, body: Body, year: int) -> bool:
    """Whether a body says it that year: a phrase of the year comes to the districts and townships a little later."""
    chance = body.chance("line", line.wordings[0])
    if body.rank not in line.ranks or chance.random() > LINE_SHARES[body.rank]:
        return False
    if line.first is None:
        return True
    only_then = line.last == line.first
    late = 0 if only_then else chance.choice({"c": (0,), "d": (0, 0, 1), "t": (0, 1, 1, 2)}[body.rank])
    last = line.last + (late > 0) if line.last else None
    return line.first + late <= year and (last is None or year <= last)


def chapters(body: Body, subject: str, year: int) -> list[Chapter]:
    """What the body writes about that year: below the city not everything, and more of what the year lays stress on."""
    if subject == "女职工":
        return [chapter("women")]
    if subject == "经审":
        return [chapter("finance")]
    some = [chapter(code) for code in THEMES]
    if body.rank == "c":
        return some
    usual, stressed, resting = {"d": (0.9, 1, 0.65), "t": (0.55, 0.95, 0.35)}[body.rank]
    chance, now = body.chance("chapters"), occasion(year)
    shares = [stressed if one.code in now["stress"] else resting if one.code in now["rest"] else usual for one in some]
    return [one for one, share in zip(some, shares, strict=True) if chance.random() < share] or some[:2]


def plan(body: Body, year: int, goals: dict[str, Goal], *, subject: str = "综合", years: int = 1) -> Text:
    """A plan for `year`, or for the `years` up to it."""
    writer = Writer(body, year)
    writer.words |= occasion(year - years + 1)
    _opening(writer, years)
    styles = {"c": ("parts",), "d": ("parts", "points", "run_in"), "t": ("firstly", "run_in", "points")}[body.rank]
    style = body.chance("style").choice(styles)
    number = 0
    for one in chapters(body, subject, year):
        parts = [(part, _sentences(writer, part, goals, years)) for part in one.parts]
        parts = [(part, sentences) for part, sentences in parts if sentences]
        if not parts:
            continue
        heading = f"{NUMBERED[number]}、{title_of(one, body, year)}"
        number += 1
        if style == "firstly":
            texts = [text for _part, sentences in parts for text in sentences]
            items = "".join(f"{NUMBERED[at]}是{text}" for at, text in enumerate(texts[:9]))
            writer.add("p", f"{heading}。{items}")
            continue
        writer.add("h2", heading)
        for at, (part, sentences) in enumerate(parts):
            title = writer.fill(part_title(part, body, year))
            if style == "parts":
                writer.add("h3", f"（{NUMBERED[at]}）{title}")
                writer.add("p", "".join(sentences))
            elif style == "points":
                writer.add("p", f"{at + 1}. {title}。" + "".join(sentences))
            else:
                writer.add("p", "".join(sentences))
    if body.rank != "t" or body.chance("closing", year).random() < 0.5:
        writer.add("p", body.chance("closing", year).choice(CLOSING))
    return writer.text()


def _opening(writer: Writer, years: int) -> None:
    lead = "{year}年是{stage}。" if years == 1 else f"为做好今后{NUMBERED[years - 1]}年{{place}}工会工作，制定本规划。"
    rest = {
        "c": "{place}工会工作的总体要求是：坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻{spirit}，"
        "认真落实{committee}和{up}部署要求，保持和增强政治性、先进性、群众性，{call}。",
        "d": "{place}工会要以习近平新时代中国特色社会主义思想为指导，学习贯彻{spirit}，"
        "围绕{committee}中心工作和{up}工作安排，{call}。",
        "t": "{self}要在{committee}和{up}的领导下，{call}，重点做好以下工作。",
    }[writer.body.rank]
    writer.add("p", writer.fill(lead + rest))


def _sentences(writer: Writer, part: Part, goals: dict[str, Goal], years: int) -> list[str]:
    """The sentences of one part: a measure, the promise that goes with it, and so on."""
    lines = [writer.fill(line) for line in lines_of(part, writer.body, writer.year)]
    told = []
    for promise in part.promises:
        if goal := goals.get(promise.code):
            number = goal.number * years if goal.number is not None and promise.measure == "total" else goal.number
            told.append(writer.tell(_said(writer, goal, number, years), goal, number))
    mixed = []
    for at in range(max(len(lines), len(told))):
        mixed += lines[at : at + 1] + told[at : at + 1]
    return mixed


def _said(writer: Writer, goal: Goal, number: Decimal | None, years: int) -> str:
    said = goal.promise.says[goal.wording]
    if years > 1:
        said = said.replace("全年", "").replace("年底前", "规划期内")
        said = f"到{writer.year}年，{said}"
    chance = goal.body.chance("wan", goal.promise.code, goal.year)
    wan = goal.promise.unit == "元" or (goal.promise.wan and chance.random() < 0.5)
    return writer.fill(said, m=goal.modality, n="xx" if number is None else written(number, wan=wan))


def report(body: Body, year: int, outcomes: dict[str, Outcome], *, half: bool) -> Text:
    """A report on the year, or on its first half, with the figures that are known."""
    writer = Writer(body, year)
    when = f"{year}年上半年" if half else f"{year}年"
    writer.add(
        "p", writer.fill(f"{when}，{{place}}工会在{{committee}}和{{up}}的领导下，{{call}}，各项工作取得新进展。")
    )
    writer.add("h2", "一、上半年工作完成情况" if half else "一、主要工作完成情况")
    number = 0
    for one in chapters(body, "综合", year):
        sentences = []
        for part in one.parts:
            for promise in part.promises:
                if (told := outcomes.get(promise.code)) and told.known:
                    figure = sum_at(told, 2 if half else 4)
                    said = promise.did[body.chance("did", promise.code, year).randrange(len(promise.did))]
                    if promise.measure == "done" and not figure:
                        continue
                    if half:
                        said = said.replace("四个季度", "上半年").replace("全年", "上半年")
                    sentences.append(
                        writer.tell(writer.fill(said, n=written(figure, wan=promise.unit == "元")), told.goal, figure)
                    )
        if not sentences:
            continue
        title = one.parts[0].titles[0]
        if body.rank == "t":
            writer.add("p", f"{number + 1}. {title}。" + "".join(sentences))
        else:
            writer.add("h3", f"（{NUMBERED[number]}）{title}")
            writer.add("p", "".join(sentences))
        number += 1
    writer.add("h2", "二、存在的问题")
    writer.add("p", "小微企业和新就业群体建会入会难度较大，服务职工的内容和方式还不够丰富，基层工会力量仍显不足。")
    writer.add("h2", "三、今后工作")
    writer.add("p", "对照年度任务逐项查漏补缺，把职工满意作为工作标准，推动各项任务落实。")
    return writer.text()


def sum_at(told: Outcome, quarter: int) -> Decimal:
    """The figure by the end of the quarter 1 to 4."""
    series = told.series
    if told.goal.promise.measure == "each":
        return sum(series[: max(1, len(series) * quarter // 4)], Decimal(0))
    return series[min(quarter, len(series)) - 1]


def figure_in(told: Outcome, quarter: int) -> Decimal:
    """The figure that is reported at the end of the quarter: the sum so far, or of an EACH that of its period."""
    return told.series[len(told.series) * quarter // 4 - 1] if len(told.series) * quarter >= 4 else Decimal(0)


def news(outcome: Outcome, quarter: int, day: str) -> tuple[str, Text]:
    """Title and text of a piece that tells the figure of a quarter."""
    goal = outcome.goal
    writer = Writer(goal.body, goal.year)
    since = ("今年以来", "今年以来", "截至目前", "今年以来")[quarter - 1]
    number = figure_in(outcome, quarter)
    title, story = goal.promise.news
    amount = written(number, wan=goal.promise.unit == "元")
    sentences = [one + "。" for one in writer.fill(story, n=amount, since=since).split("。") if one]
    for one in sentences:
        if amount in one:
            writer.tell(one, goal, number)
    writer.add("p", f"{day}，" + "".join(sentences))
    writer.add("p", writer.fill(_CLOSINGS[goal.body.chance("news", goal.promise.code, goal.year).randrange(3)]))
    return writer.fill(title), writer.text()


_CLOSINGS = (
    "{self}有关负责人表示，将继续问需于职工，把工作做细做实。",
    "下一步，{self}将总结做法、补齐短板，让更多职工受益。",
    "参加活动的职工说，希望这样的服务多一些、近一些。",
)
