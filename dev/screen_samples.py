"""What the pictures of dev/screens.py show beside the seeds: a site with some years behind it.

Run by manage.py shell on a site with the seeds published; prints where things are, as JSON on the last line.
"""

import datetime
import io
import json

from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone, translation
from django.views.defaults import bad_request, server_error
from PIL import Image, ImageDraw

from articles import publishing, uploads
from articles.leaving import address
from articles.models import Article, Channel, Collection, MediaFile
from importer.models import ImportItem
from organizations import tree
from organizations.models import Level, Organization, SiteSettings
from plans.models import WorkPlan
from unioncms.errors import forbidden

TITLE_OF_60 = (
    "胶州市总工会组织全市机械、建筑、家政、物流行业职工参加第十二届职工职业技能大赛"
    "暨“工匠杯”劳动竞赛决赛并表彰百名技术能手和先进集体"
)
PARAGRAPHS = (
    "为深入实施产业工人队伍建设改革，胶州市总工会坚持以赛促学、以赛促训，组织开展多层次、全覆盖的职业技能竞赛，推动形成学技术、比技能、创一流的浓厚氛围。",
    "本次大赛设钳工、焊工、家政服务、网约配送等12个工种，来自全市86家企业的640名职工参加比赛，其中新就业形态劳动者占23%。",
    "市总工会有关负责人表示，下一步将把竞赛成果转化为培训课程，年内新建劳模和工匠人才创新工作室20家，培训职工1.5万人次。",
)
TABLE = (
    "<table><caption>推荐名额分配表</caption><thead><tr><th>单位</th><th>名额</th><th>其中一线职工</th><th>联系人</th>"
    "<th>报送时间</th></tr></thead><tbody><tr><td>阜安街道总工会</td><td>6</td><td>4</td><td>王芳</td><td>3月20日前</td></tr>"
    "<tr><td>中云街道总工会</td><td>5</td><td>3</td><td>李明</td><td>3月20日前</td></tr>"
    "<tr><td>胶州经济技术开发区总工会</td><td>8</td><td>6</td><td>张伟</td><td>3月25日前</td></tr></tbody></table>"
)
NOTICES = (
    "关于开展职工互助保障活动的通知",
    "关于拟推荐劳动模范人选的公示",
    "工会会员实名认证工作的公告",
    "关于举办工会财务人员培训班的通知",
    "关于评选职工信赖的职工之家的通知（附件含申报表和推荐名额分配表，请各单位于月底前报送纸质材料和电子版）",
)
SINGLE_PAGE = (
    "<h2>一、主要职责</h2><p>依法维护职工合法权益，竭诚服务职工群众，组织和代表职工参与民主管理。</p>"
    "<h2>二、内设机构</h2><p>办公室、组织部、权益保障部、财务和资产管理部、职工服务中心。</p>"
    "<h2>三、办公时间</h2><p>工作日上午9:00至11:30，下午13:30至17:00。</p>"
)
SERVICES = {"kunnan": "困难帮扶", "falv": "法律援助", "ruhui": "入会转会", "peixun": "教育培训"}
TOWNS = ("阜安街道", "中云街道", "三里河街道", "胶莱街道", "李哥庄镇", "铺集镇", "洋河镇")
NOW = timezone.now().replace(microsecond=0)  # later than the undated seeds, which lead the front page otherwise

site = SiteSettings.load()
owner = site.organization or Organization.objects.order_by("pk").first()
channels = {row.slug: row for row in Channel.objects.all()}
city = Organization.objects.get(name="胶州市总工会")


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def make(title: str, channel: str, *, days: int = 0, kind: str = "news", body: str = "", **about) -> Article:
    """A public article, `days` ago; `about` holds `organization` and fields of its text."""
    article = publishing.create(
        owner=owner,
        channel=channels[channel],
        by=None,
        kind=kind,
        organization=about.pop("organization", city),
        published_at=NOW - datetime.timedelta(days=days),
        text={"title": title, "body": body or paragraphs(*PARAGRAPHS), **about},
        imported=True,
    )
    return publishing.publish(article, None)


def picture(name: str, alt: str, caption: str, hues: tuple) -> MediaFile:
    """A drawing in the place of a photograph: a hall, its light and its rows of work places."""
    image = Image.new("RGB", (1500, 1000), hues[0])
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 0), (1500, 0), (1150, 420), (350, 420)], fill=hues[1])
    for step in range(9):
        draw.line([(170 * step, 0), (350 + 100 * step, 420)], fill=hues[0], width=6)
        draw.rectangle([60 + 165 * step, 560 + 24 * (step % 3), 150 + 165 * step, 1000], fill=hues[2 + step % 2])
        draw.ellipse([72 + 165 * step, 470 + 24 * (step % 3), 138 + 165 * step, 545 + 24 * (step % 3)], fill=hues[4])
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return uploads.store(SimpleUploadedFile(name, out.getvalue()), owner=owner, by=None, alt=alt, caption=caption)


def attachment(name: str) -> str:
    content = b"%PDF-1.4 " + name.encode() + b" " * 180_000
    file = uploads.store(SimpleUploadedFile(name, content), owner=owner, by=None)
    return f'<p><a href="{file.file.url}">{name.removesuffix(".pdf")}</a></p>'


below = [tree.add(Organization(name=f"{name}总工会", level=Level.objects.get(code="township")), city) for name in TOWNS]
for number in range(1, 15):
    company = Organization(name=f"胶州第{number}机械有限公司工会委员会", level=Level.objects.get(code="enterprise"))
    tree.add(company, city)

hall = picture(
    "hall.jpg",
    "选手在车间里比赛钳工",
    "6月18日，选手在胶州市职工技能大赛钳工决赛现场。胶州市总工会供图",
    ("#8b8f8c", "#d9d5c8", "#5d6a70", "#77675a", "#c9a98a"),
)
court = picture(
    "court.jpg",
    "职工在阅览室读书",
    "阜安街道职工书屋，职工下班后在读书。",
    ("#7f7468", "#e2d6c0", "#4f5b52", "#6c5348", "#d0b196"),
)
for year in range(2016, 2027):
    for number in range(1, 4):
        days = (2026 - year) * 365 + number * 40
        tags = ["职工服务", "送温暖", "集体协商"][:number]
        make(f"{year}年第{number}期工会动态：服务职工在一线", "jiceng", days=days, tags=tags)
make("各级工会开展元旦春节送温暖活动", "yaowen", organization=city.parent or city, tags=["送温暖"])
make("阜安街道职工书屋建到家门口", "jiceng", organization=below[0], lead_image=court)
make("李哥庄镇总工会为户外劳动者设立爱心驿站", "jiceng", days=3, organization=below[4], tags=["职工服务"])
for number, title in enumerate(NOTICES):
    make(title, "tongzhi", days=3 + number * 6, kind="notice")
link = "全国总工会网站（<a href='https://www.acftu.org/'>www.acftu.org</a>）"
news = make(
    TITLE_OF_60,
    "jiceng",
    kicker="当好主人翁 建功新时代",
    subtitle="640名职工同场竞技，新就业形态劳动者首次单设组别",
    lead_image=hall,
    source="胶州市总工会",
    author="王芳",
    author_title="宣传教育部部长",
    editor="李明",
    reviewer="张伟",
    tags=["技能大赛", "产业工人", "职工服务"],
    original_url="https://www.acftu.org/",
    body=paragraphs(*PARAGRAPHS, f"更多情况见{link}。")
    + f'<figure><img src="{court.file.url}" alt="{court.alt}"><figcaption>{court.caption}</figcaption></figure>'
    + paragraphs(PARAGRAPHS[2], PARAGRAPHS[0]),
)
paper = make(
    "关于推荐评选2026年胶州市五一劳动奖和工人先锋号的通知",
    "tongzhi",
    days=1,
    kind="document",
    index_number="370281-GH-2026-0017",
    document_number="胶工发〔2026〕7号",
    written_on=datetime.date(2026, 3, 4),
    source="胶州市总工会",
    body="<h2>一、评选范围</h2>"
    + paragraphs(*PARAGRAPHS[:2])
    + "<h2>二、名额分配</h2>"
    + TABLE
    + "<h2>三、报送材料</h2>"
    + paragraphs(PARAGRAPHS[2])
    + attachment("附件1：推荐审批表.pdf")
    + attachment("附件2：名额分配表.pdf"),
)
for slug, name in {"gaikuang": "工会概况", "banshi": "办事指南"}.items():
    channels[slug].page = make(name, slug, days=90, kind="page", body=SINGLE_PAGE)
    channels[slug].save()
for position, (slug, name) in enumerate(SERVICES.items(), start=161):
    Channel.objects.create(
        name=name,
        slug=slug,
        kind=Channel.Kind.PAGE,
        page=make(name, "banshi", days=80, kind="page", body=SINGLE_PAGE),
        column_type="办事服务",
        position=position,
        in_menu=False,
    )
cut = make("关于职工之家建设的讲话（节选）", "jianghua", days=400, kind="speech", complete=False)
archived = make("2018年度职工医疗互助办理须知", "tongzhi", days=2900, kind="notice")
publishing.withdraw(archived, None, "办法已由新的办事指南替代。", kind=Article.Withdrawal.ARCHIVED)
withdrawn = make("一篇误发的稿件", "jiceng", days=20)
publishing.withdraw(withdrawn, None, "来源单位请求更正数字，核对后另行发布。")
site.leaving_notice = True
site.organizer = site.organizer or "全国工会网络工作协作组"
site.icp_number = "京ICP备00000000号"
site.police_number = "京公网安备11010102000000号"
site.site_code = "0000000000"
site.contact = "电话：010-00000000（工作日9:00至17:00）\n地址：北京市复兴门外大街10号"
site.footer_note = "转载本站文章请注明来源。内容由各级工会自行发布，各自负责。"
site.save()

# pages that no address of a sound site answers with
translation.activate("zh-hans")
request = RequestFactory().get("/", headers={"host": "127.0.0.1"})
request.user = AnonymousUser()
broken = {"400": bad_request(request, None), "403": forbidden(request), "500": server_error(request)}

plan = WorkPlan.objects.in_force().filter(targets__isnull=False).order_by("-starts_on", "pk").first()
item = ImportItem.objects.exclude(articles=None).order_by("pk").first()
print(
    json.dumps(
        {
            "plan": plan.pk,
            "article": plan.article_id,
            "organization": city.slug,
            "collection": Collection.objects.published().first().slug,
            "item": item.pk,
            "batch": item.batch_id,
            "news": news.pk,
            "document": paper.pk,
            "cut": cut.pk,
            "archived": archived.pk,
            "withdrawn": withdrawn.pk,
            "kept": ".".join(str(pk) for pk in (news.pk, paper.pk, plan.article_id)),
            "leaving": address("https://www.acftu.org/zgzs/"),
            "broken": {name: answer.content.decode() for name, answer in broken.items()},
        }
    )
)
