"""The ways in: sign in, sign up, the codes of mails, a new password. `next` is kept on each of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as allauth
from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.stages import EmailVerificationStage, LoginByCodeStage, LoginStage, LoginStageController
from allauth.account.utils import passthrough_next_redirect_url
from django import forms
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic.base import RedirectView
from django.views.generic.edit import FormView

from portal.accounts.codes import AddressCode, LastingCode, SignInCode
from portal.accounts.forms import TOO_MANY_CODES, AddressCodeForm, CodeForm
from portal.accounts.guesses import may_mail, may_send
from portal.accounts.limits import FORMS
from portal.common import failures

View = Callable[..., Any]


def limited(view: View) -> View:
    """So many forms a minute from one network, over all pages that strangers can send to."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not may_send(request, FORMS, timezone.now()):
            return failures.too_often(request)
        return view(request, *args, **kwargs)

    return never_cache(inner)


def with_next(request: HttpRequest, name: str) -> str:
    """The address of a page of accounts that goes on to where the person was going."""
    url: str = passthrough_next_redirect_url(request, reverse(name), REDIRECT_FIELD_NAME)
    return url


class LoginView(allauth.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"reset_url": with_next(self.request, "account_reset_password")}

    def _redirect_to_pending_stage(
        self, request: HttpRequest, stage: LoginStage
    ) -> HttpResponseRedirect | None:
        """Whoever comes back to the sign-in page while a code is on its way may want to start again."""
        if stage.key in {LoginByCodeStage.key, EmailVerificationStage.key}:
            clear_login(request)
            return None
        return HttpResponseRedirect(passthrough_next_redirect_url(request, reverse(stage.urlname), "next"))


class _CodePage(FormView):
    """A code of a mail and a button for a new one; nobody is led away from it by wrong codes."""

    process: LastingCode
    here: str

    @property
    def _action(self) -> str:
        return "resend" if self.request.POST.get("action") == "resend" else "verify"

    def get_form_class(self) -> type[forms.Form]:
        return forms.Form if self._action == "resend" else self.form_class  # type: ignore[return-value]

    def get_form_kwargs(self) -> dict[str, Any]:
        own: dict[str, Any] = {} if self._action == "resend" else {"process": self.process}
        return FormView.get_form_kwargs(self) | own

    def form_invalid(self, form: Any) -> HttpResponse:
        return FormView.form_invalid(self, form)

    def _resend_form_valid(self, form: forms.Form) -> HttpResponse:
        state, user = self.process.state, self.process.user
        if may_mail(self.request, state["email"], user, timezone.now()):
            self.process.resend()
            messages.success(self.request, _("A new code is on its way. The earlier ones work no more."))
        else:
            messages.error(self.request, TOO_MANY_CODES)
        return HttpResponseRedirect(with_next(self.request, self.here))


@method_decorator([never_cache, login_not_required], name="dispatch")
class SignInCodeView(_CodePage, allauth.ConfirmLoginCodeView):
    form_class, here = CodeForm, "account_confirm_login_code"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        if request.user.is_authenticated or stage is None:
            return _started_again(request)
        self.stage = stage
        self.process = self._process = SignInCode(stage=stage)
        return FormView.dispatch(self, request, *args, **kwargs)


@method_decorator([never_cache, login_not_required], name="dispatch")
class AddressCodeView(_CodePage, allauth.ConfirmEmailVerificationCodeView):
    form_class, here = AddressCodeForm, "account_email_verification_sent"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.stage = LoginStageController.enter(request, "verify_email")
        process = AddressCode.of(request)
        if process is None or (request.user.is_anonymous and not self.stage and "user_id" in process.state):
            return _started_again(request)
        if process.is_stale:
            process.abort()
            return _started_again(request)
        self.process = self._process = process
        return FormView.dispatch(self, request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = FormView.get_context_data(self, **kwargs)
        own = {"email": self.process.state["email"], "verify_form": context["form"]}
        cancel = reverse("account_home") if self.request.user.is_authenticated else ""
        return context | own | {"cancel_url": cancel, "login_url": with_next(self.request, "account_login")}


def _started_again(request: HttpRequest) -> HttpResponse:
    """A page for a code that nobody waits for any more: from an hour ago, or of another browser."""
    if not request.user.is_authenticated:
        messages.info(request, _("This sign-in was begun too long ago, or in another browser. Begin again."))
        return HttpResponseRedirect(with_next(request, "account_login"))
    return HttpResponseRedirect(with_next(request, "desk_door"))


class PasswordResetView(allauth.PasswordResetView):
    def get_success_url(self) -> str:
        return with_next(self.request, "account_reset_password_done")


class NewPasswordView(allauth.PasswordResetFromKeyView):
    def form_valid(self, form: Any) -> HttpResponse:
        """allauth forgets where the person was going when a second step comes in between."""
        response: HttpResponse = super().form_valid(form)
        if waiting := self.request.session.get(LOGIN_SESSION_KEY):
            self.request.session[LOGIN_SESSION_KEY] = waiting | {"redirect_url": self.get_next_url()}
        return response


login = limited(LoginView.as_view())
signup = limited(allauth.signup)
sign_in_code = limited(SignInCodeView.as_view())
address_code = limited(AddressCodeView.as_view())
password_reset = limited(PasswordResetView.as_view())
password_reset_done = allauth.password_reset_done
password_reset_from_key = limited(NewPasswordView.as_view())
# One page for password and code.
to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)


def logout(request: HttpRequest) -> HttpResponse:
    """The browser also throws away what pages of this portal have kept in it, such as texts not sent yet."""
    response: HttpResponse = allauth.logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response
