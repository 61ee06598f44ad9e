"""What django-allauth is told that is the same in every newsroom; what the environment decides stands in `settings`."""

ACCOUNT_ADAPTER = "articles.accounts.adapter.DeskAccounts"
ACCOUNT_FORMS = {
    "login": "articles.accounts.forms.DeskLogin",
    "reset_password": "articles.accounts.forms.ForgottenPassword",
    "user_token": "articles.accounts.forms.PasswordLink",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_SIGNUP_ENABLED = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_METHODS = ["password", "mfa"]
# Each attempt at a password is counted by the adapter; here what counts codes, and links for forgotten passwords.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/h/ip,3/h/key"}
MFA_ADAPTER = "articles.accounts.adapter.DeskSecondFactor"
MFA_FORMS = {
    "authenticate_webauthn": "articles.accounts.forms.KeyAnswer",
    "reauthenticate_webauthn": "articles.accounts.forms.KeyAnswerAgain",
    "add_webauthn": "articles.accounts.forms.NewKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # that keeps strangers from blocking an account, and nobody signs up here
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds: telephones' clocks differ
