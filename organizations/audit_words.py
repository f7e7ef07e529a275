"""The verbs of the audit trail in words, for every page that shows them."""

from django.utils.translation import gettext_lazy as _

VERBS = {
    "create": _("created"),
    "add": _("added"),
    "change": _("changed"),
    "delete": _("deleted"),
    "save": _("saved a revision"),
    "describe": _("changed the particulars"),
    "publish": _("published"),
    "withdraw": _("withdrew"),
    "trash": _("put into the trash"),
    "restore": _("restored"),
    "upload": _("uploaded"),
    "import": _("imported"),
    "undo import": _("took the import back"),
    "file plan": _("filed the plan"),
    "read plan": _("read the plan's text anew"),
    "put in force": _("put in force"),
    "back to draft": _("took back to draft"),
    "open account": _("opened the account"),
    "close account": _("closed the account"),
    "reopen account": _("reopened the account"),
    "hand over": _("handed over"),
    "reset password": _("reset the password"),
    "change password": _("changed the password"),
    "sign in": _("signed in"),
    "sign out": _("signed out"),
    "locked out": _("was locked out"),
}
