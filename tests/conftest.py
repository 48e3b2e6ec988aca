"""What every test has: no window, and property tests that a slow machine under coverage does not fail."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hypothesis import HealthCheck, settings

settings.register_profile("edudesk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("edudesk")
