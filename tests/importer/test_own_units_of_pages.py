"""我们村工会, 团工会, 段工会: the unit is told by its short form, its level with it."""

import pytest

from importer.proposal import output, propose


@pytest.mark.parametrize(
    ("text", "organization", "level"),
    [
        ("我们村工会今年要办三件事：一是把登记做完，二是办班。去年帮会员讨回工钱。\n村工会", None, "community"),
        ("咱们社区工会联合会把门房腾出来，骑手进来歇脚。", None, "community"),
        ("6月17日，一二八团工会的皮卡停在条田边。团工会每周抽一天到连队去。", "一二八团工会", "township"),
        ("这是采油七队工会今年推出的盲盒。队工会委员们自己动手，分放在计量间里。", "采油七队工会", "enterprise"),
        ("8月，桃源农场工会把粥送到地头。农场工会今年要送30天。", "桃源农场工会", "enterprise"),
        ("8月，柳州工务段工会把棉鞋送到工区。段工会主席说，还要装热水炉。", "柳州工务段工会", "enterprise"),
        ("我行工会举办家属开放日，三十个孩子来数钞票。", None, "enterprise"),
        ("我段工会为巡道工换了新棉鞋，工会主席送到工区。", None, "enterprise"),
        ("我县总工会举办培训班，60人参加。", None, "district"),
        ("我镇总工会挂出牌子，吸收会员38名。镇总工会年内再办两处。", None, "township"),
        ("队工会今年冬天推出夜巡盲盒，夜巡到哪里，暖到哪里。队工会主席说还要投放500个。", None, "enterprise"),
        ("车间工会把热汤送到炉前。车间工会主席说，夏天换绿豆汤。", None, "enterprise"),
        ("6月，铁岭监狱工会举办歌咏比赛。监狱工会主席致辞。", "铁岭监狱工会", "enterprise"),
        ("日前，县供销社工会举办插花活动。社工会主席说再办一期。", None, "enterprise"),
    ],
)
def test_a_units_own_union(text, organization, level):
    page = f"小活动暖人心\n2021-06-05\n{text}"
    (article,) = output(propose(page.encode(), "page.txt"))["articles"]
    assert article["level"] == level
    assert organization is None or article["organization"] == organization
