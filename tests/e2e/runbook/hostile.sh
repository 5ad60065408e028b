#!/usr/bin/env bash
# Hostile texts through runbooks that run: see hostile_test.py.
exec python3 "$(dirname "$0")/hostile_test.py" --muster "${MUSTER:?is to be the compiler}" --plans "${PLANS:-30}"
