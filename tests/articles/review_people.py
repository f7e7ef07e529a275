"""Who takes part in a review, for every test of it."""

from dataclasses import dataclass

from articles import reviewing
from articles.models import Article, Channel
from organizations.models import Organization, User
from tests.factories import make_article, make_channel, make_organization, make_user


@dataclass
class Office:
    """An organisation with one person a role; `township` lies below it, its contributor writes."""

    city: Organization
    township: Organization
    channel: Channel
    writer: User
    editor: User
    reviewer: User
    second: User
    signer: User
    manager: User

    def article(self, title: str = "春送岗位", by=None, **more) -> Article:
        more = {"owner": self.township, "channel": self.channel, "public": False} | more
        return make_article(title, by=by or self.writer, **more)

    def submitted(self, title: str = "春送岗位", **more) -> Article:
        article = self.article(title, **more)
        reviewing.submit(article, more.get("by") or self.writer)
        return article

    def people(self) -> list[User]:
        return [self.writer, self.editor, self.reviewer, self.second, self.signer, self.manager]


def make_office(stages: int = 3) -> Office:
    city = make_organization("胶州市总工会", level="city")
    township = make_organization("里岔镇总工会", level="township", parent=city)

    def person(name, role, organization=city):
        return make_user(name, role=role, organization=organization, is_staff=True, email=f"{name}@example.org")

    return Office(
        city,
        township,
        make_channel("工会要闻", review_stages=stages),
        person("writer", "contributor", township),
        person("editor", "editor"),
        person("reviewer", "reviewer"),
        person("second", "reviewer"),
        person("signer", "signer"),
        person("manager", "manager"),
    )


def decide(article: Article, by, *, passed: bool = True, opinion: str = "", **more):
    """A decision on the latest text, as the person has read it."""
    article.refresh_from_db()
    number = more.pop("revision", article.latest_revision.number)
    return reviewing.decide(article, by, passed=passed, revision=number, opinion=opinion, **more)


def fresh(user: User) -> User:
    """The user with nothing remembered of what they held."""
    return User.objects.get(pk=user.pk)
