"""Times at the desk as exact as they are stored."""

import datetime

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AdminTimeWidget, BaseAdminDateWidget


class ExactTime(AdminTimeWidget):
    """Shows seconds where there are any, so that a form saved unchanged changes nothing."""

    def format_value(self, value):
        if isinstance(value, datetime.time | datetime.datetime):
            return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
        return value


class ExactDateTime(AdminSplitDateTime):
    def __init__(self, attrs=None):
        forms.MultiWidget.__init__(self, [BaseAdminDateWidget, ExactTime], attrs)
