"""Signing in and out, all about one's own account, and the site's logo."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from . import second_factor_pages, site, views

urlpatterns = [
    path("site/<slug:digest>.png", site.site_logo, name="site-logo"),
    path("accounts/login/", views.SignIn.as_view(), name="login"),
    path("accounts/login/code/", views.SignInCode.as_view(), name="sign_in_code"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("accounts/password/", views.ChangePassword.as_view(), name="password_change"),
    path("accounts/security/", views.Security.as_view(), name="security"),
    path("accounts/sessions/", views.Sessions.as_view(), name="own_sessions"),
    path("accounts/second-factor/", second_factor_pages.SetUp.as_view(), name="second_factor"),
    path("accounts/second-factor/codes/", second_factor_pages.NewCodes.as_view(), name="recovery_codes"),
    path("accounts/second-factor/remove/", second_factor_pages.TurnOff.as_view(), name="second_factor_remove"),
]
