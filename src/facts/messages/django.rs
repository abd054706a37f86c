//! What Django says.

use super::{Message, Weight};

pub(super) const ROWS: &[Message] = &[
    Message {
        id: "django-host-refused",
        weight: Weight::Refuses,
        patterns: &[
            "DisallowedHost: Invalid HTTP_HOST header: '{host}'",
            "{}Invalid HTTP_HOST header: '{host}'. You may need to add",
        ],
        cause: "Django answers only to the hosts of `ALLOWED_HOSTS`, and {host} is not among them.",
        fix: "Add `.hf.space` to `ALLOWED_HOSTS`, and `https://*.hf.space` to `CSRF_TRUSTED_ORIGINS`.",
        rules: &["refused-host"],
        example: "Invalid HTTP_HOST header: 'acme-demo.hf.space'. You may need to add 'acme-demo.hf.space' to ALLOWED_HOSTS.",
        source: "https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts",
        ..Message::RAISED
    },
    Message {
        id: "csrf-origin-refused",
        weight: Weight::Refuses,
        patterns: &[
            "{}CSRF verification failed",
            "{}Origin checking failed - {origin} does not match any trusted origins",
        ],
        cause: "Django refuses a form whose origin it does not trust: the public address of the Space.",
        fix: "Set `CSRF_TRUSTED_ORIGINS = [\"https://*.hf.space\"]`, `SECURE_PROXY_SSL_HEADER`, and cookies with `SameSite=None; Secure`.",
        rules: &["untrusted-proxy"],
        example: "Forbidden (Origin checking failed - https://acme-demo.hf.space does not match any trusted origins.): /login/",
        source: "https://docs.djangoproject.com/en/stable/ref/settings/#csrf-trusted-origins",
        ..Message::RUN
    },
    Message {
        id: "django-secret-key-missing",
        patterns: &["ImproperlyConfigured: The SECRET_KEY setting must not be empty"],
        cause: "Django has no `SECRET_KEY`: the settings read it from the environment, and there is none of that name. Secrets of the Space do not exist while the image is built.",
        fix: "Add the name that settings.py reads as a secret in the Space's settings, and restart. For commands of the build (`collectstatic`), give a value for that command only: `RUN SECRET_KEY=build python manage.py collectstatic --noinput`.",
        example: "django.core.exceptions.ImproperlyConfigured: The SECRET_KEY setting must not be empty.",
        source: "https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",
        ..Message::RAISED
    },
    Message {
        id: "django-static-root-missing",
        patterns: &[
            "{}You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path",
        ],
        cause: "`collectstatic` does not know where to put the files: `STATIC_ROOT` is not set in settings.py.",
        fix: "Set `STATIC_ROOT = BASE_DIR / \"staticfiles\"` in settings.py, and serve that folder, for example with whitenoise.",
        example: "django.core.exceptions.ImproperlyConfigured: You're using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path.",
        source: "https://docs.djangoproject.com/en/stable/ref/settings/#static-root",
        ..Message::RAISED
    },
];
