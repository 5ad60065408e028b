#!/usr/bin/env bash
# Runs generated jobs against PostgreSQL, Redis, SQLite, git and an S3-compatible server: see real_test.py. $MUSTER is the binary.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/setup.sh
source "${here}/../../../scripts/setup.sh"
# shellcheck source=tests/e2e/kubernetes/install.sh
source "${here}/../kubernetes/install.sh"
install_packages age awscli gcc git gnupg postgresql-15 prometheus python3-yaml redis-server restic
install_tools versitygw
exec /usr/bin/python3 "${here}/real_test.py" "$@"
