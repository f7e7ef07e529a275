"""What the measures of a plan are."""

from plans.comparison.passages import Figure, Part, known_by, passages


def texts(*parts: Part) -> list[str]:
    return [one.text for one in passages(parts)]


def test_each_sentence_is_a_measure_and_its_heading_is_none():
    part = Part("加强组织建设", "全年新建工会组织20家。发展会员1000名；规范换届选举。")
    assert texts(part) == ["全年新建工会组织20家", "发展会员1000名", "规范换届选举"]


def test_an_inline_item_is_its_heading_and_what_follows_without_the_next_number():
    part = Part("推进建会入会", "，新建工会20家。二是", "inline")
    assert texts(part) == ["推进建会入会，新建工会20家"]


def test_items_inside_a_text_are_measures_of_their_own():
    part = Part("维权", "一是推行集体协商；二是开展法律援助10件；三是办好职代会。")
    assert texts(part) == ["推行集体协商", "开展法律援助10件", "办好职代会"]


def test_a_heading_with_nothing_below_it_is_the_measure():
    assert texts(Part("开展技能比武12场", "")) == ["开展技能比武12场"]
    assert texts(Part("加强组织建设", "", headed=True)) == []


def test_a_passage_knows_clause_theme_and_targets():
    part = Part("组织建设", "全年新建工会组织20家。做好换届。", themes=("organisation", "self"), anchor="clause-7")
    first, second = passages([part], [Figure(5, "全年新建工会组织20家。")])
    assert (first.theme, first.under, first.anchor, first.targets) == ("organisation", "组织建设", "clause-7", (5,))
    assert second.targets == ()


def test_what_is_said_twice_is_one_passage_and_scraps_are_none():
    assert texts(Part("一", "做好换届工作。做好换届工作。好。")) == ["做好换届工作"]


def test_a_passage_is_known_whatever_its_spacing_and_marks():
    assert known_by("推进“两新” 组织建会。") == known_by("推进「两新」组织建会。") == known_by('推进"两新"组织建会')
    assert known_by("建会20家") != known_by("建会30家")
