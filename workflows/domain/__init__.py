"""The hazard loop: rules, calendar, deadlines, organisation, cases, ledger, evidence."""

from __future__ import annotations

import os

# The dictionaries of pinyin are only read here: without copies of them every process takes less.
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")
