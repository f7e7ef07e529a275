"""A house with something of everything in every state, and a word of its own in each secret place.

A word looks like qz017title. Whoever finds one that is not in `public` in an answer to somebody who may not see it has
found a leak.
"""

import datetime
import re

from django.utils import timezone

from articles import corrections, drafts, links, publishing, reviewing, uploads
from articles.models import Article, ChannelLimit, Collection, CollectionEntry
from importer.models import ImportBatch, ImportItem
from importer.proposal import output as output_of
from importer.proposal import propose
from organizations.models import Membership, SiteSettings, User
from tests.articles.pictures import picture
from tests.factories import make_article, make_channel, make_organization, make_plan, make_user

WORD = re.compile(r"qz\d{3}[a-z]+")
LINES = (
    *("kicker", "subtitle", "summary", "source", "author", "author_title", "editor", "reviewer"),
    *("index_number", "document_number"),
)
DAY = datetime.timedelta(days=1)


class House:
    def __init__(self):
        self.words: list[str] = []
        self.public: set[str] = set()
        self.articles: dict[str, Article] = {}
        self.owner = make_organization("胶州市总工会")
        self.channel = make_channel("工会要闻", review_stages=3, slug="strict")
        self.plain = make_channel("通知公告", slug="plain")
        self.other = make_channel("职工文化", slug="other")
        SiteSettings.objects.get_or_create(pk=1)
        self.people = {role: self._person(role) for role in Membership.Role.values}
        self.second = self._person("reviewer")
        self.site = make_user(self.word("username"), is_superuser=True, is_staff=True, name=self.word("username"))
        self.media = uploads.store(picture("图.png"), owner=self.owner, by=None, alt=self.word("alt"))
        self.media.caption = self.word("caption")
        self.media.save()
        self._write_all()
        self._around()
        gone = self.articles["withdrawn error"]
        self.error_address, self.error_words = (
            gone.get_absolute_url(),
            {gone.live_revision.title},
        )  # 410 says what is gone

    def word(self, where: str, *, public: bool = False) -> str:
        word = f"qz{len(self.words):03}{where}"
        self.words.append(word)
        if public:
            self.public.add(word)
        return word

    def _person(self, role: str) -> User:
        said = {name: self.word(name) for name in ("name", "phone")}
        email = f"{self.word('email')}@example.org"
        return make_user(self.word("user"), role=role, organization=self.owner, is_staff=True, email=email, **said)

    # Articles

    def text(self, *, public: bool = False) -> dict:
        lines = {name: self.word(name.replace("_", ""), public=public) for name in ("title", *LINES)}
        body = self.word("body", public=public)
        first = f"<h2>一、组织建设{body}</h2><p>全年新建工会组织20家{self.word('clause', public=public)}。</p>"
        return lines | {"body": first, "tags": [self.word("tag", public=public)]}

    def _write(self, state: str, *, public: bool = False, channel=None, **fields) -> Article:
        """The first revision is always a secret one; the second is public where the article is to be."""
        given = {"owner": self.owner, "channel": channel or self.channel, "by": self.people["contributor"]}
        article = publishing.create(**given, text=self.text(), **fields)
        self._save(article, public=public)
        self.articles[state] = article
        return article

    def _save(self, article, *, public: bool = False) -> None:
        note, name = self.word("changenote"), self.word("publicnote", public=public)
        text = self.text(public=public)
        by = self.people["editor"]
        publishing.save_revision(article, by, text, change_note=note, major=True, public_note=name)

    def _pass(self, article, stages: int) -> Article:
        reviewing.submit(article, self.people["contributor"] if article.state == "draft" else self.people["editor"])
        for person in (self.people["reviewer"], self.second, self.people["signer"])[:stages]:
            opinion = self.word("opinion")
            number = article.latest_revision.number
            reviewing.decide(article, person, passed=True, revision=number, opinion=opinion)
        article.refresh_from_db()
        return article

    def _publish(self, state: str, *, public: bool = True) -> Article:
        article = self._pass(self._write(state, public=public), 3)
        return publishing.publish(article, self.people["manager"])

    def _write_all(self) -> None:
        manager = self.people["manager"]
        self._write("draft")
        for stages, state in enumerate(("first", "second", "final", "approved")):
            self._pass(self._write(state), stages)
        returned = self._pass(self._write("returned"), 1)
        number = returned.latest_revision.number
        reviewing.decide(returned, self.second, passed=False, revision=number, opinion=self.word("opinion"))
        ahead = self._pass(self._write("scheduled"), 3)
        publishing.publish(ahead, manager, at=timezone.now() + DAY)
        self._publish("public")
        self._save(self._publish("public and newer"))
        correction = self._publish("public and correction")
        self._save(correction)
        corrections.schedule(self._pass(correction, 3), manager, timezone.now() + DAY)
        for kind in Article.Withdrawal.values:
            gone = self._publish(f"withdrawn {kind}", public=kind in Article.KEPT)
            publishing.withdraw(gone, manager, "重复发布", kind=kind, into=self.articles["public"])
        publishing.trash(self._write("trashed"), manager)
        self._write("draft plan", kind="plan")
        make_plan(self.articles["draft plan"], organization=self.owner, in_force=False)
        filed = self._publish("public plan")
        make_plan(filed, organization=self.owner)

    # What stands around them

    def _around(self) -> None:
        signer, draft = self.people["signer"], self.articles["draft"]
        self.links = [
            links.make(article, signer, recipient=self.word("recipient"))
            for article in self.articles.values()
            if article.state != "trashed"
        ]
        for link in self.links:
            links.revoke(link, signer)
        self.open_link = links.make(draft, signer, recipient=self.word("recipient"))
        for article in (draft, self.articles["public"], None):
            text = {name: self.word("typed") for name in ("title", "body")}
            drafts.keep(article, self.people["editor"], text, base=article and 2)
        self.collections = []
        for public in (False, True):
            title, intro = self.word("collection", public=public), self.word("intro", public=public)
            row = Collection.objects.create(
                title=title, slug=self.word("slug", public=public), intro=intro, owner=self.owner, is_public=public
            )
            for position, state in enumerate(("draft", "trashed", "scheduled", "withdrawn error"), 1):
                CollectionEntry.objects.create(
                    collection=row, position=position, title=self.word("entry"), article=self.articles[state]
                )
            self.collections.append(row)
        self.batch = ImportBatch.objects.create(owner=self.owner, place=self.word("place"))
        page = f"东湖镇总工会开展{self.word('itemtitle')}活动\n{self.word('itemraw')}，镇总工会走访了职工。\n"
        read = output_of(propose(page.encode(), "page.txt")) | {"warnings": [f"cut_body: {self.word('message')}"]}
        for outcome, output in (("read", read), ("failed", {}), ("queued", {}), ("filed", read)):
            self._file(outcome, output)

    def _file(self, outcome: str, output: dict) -> None:
        ImportItem.objects.create(
            batch=self.batch,
            name=self.word("item"),
            source=self.word("itemsource"),
            raw=self.word("itemraw").encode(),
            sha256="0" * 64,
            rules_version=1,
            output=output,
            outcome=outcome,
            message=self.word("message"),
        )

    # Those who come from elsewhere

    def visitor(self, who: str) -> User | None:
        """An account for `who`; None for an outsider."""
        if who == "outsider":
            return None
        if who.endswith("account"):
            return make_user(is_staff="staff" in who)
        if who == "narrowed editor":
            user = make_user(role="editor", organization=self.owner, is_staff=True)
            ChannelLimit.objects.create(membership=user.memberships.get(), channel=self.other)
            return user
        elsewhere = make_organization(f"{who}市总工会")
        user = make_user(role=who, organization=elsewhere, is_staff=True)
        if who != "auditor":
            make_article("他市的稿件", owner=elsewhere, by=user, public=False)
        return user
