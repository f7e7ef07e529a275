"""Who may sign in: people whose account is open. A service account cannot, nor keep a session it had."""

from django.contrib.auth.backends import ModelBackend


class PeopleBackend(ModelBackend):
    def user_can_authenticate(self, user) -> bool:
        return super().user_can_authenticate(user) and not user.is_service
