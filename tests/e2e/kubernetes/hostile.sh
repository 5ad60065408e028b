#!/usr/bin/env bash
# Hostile plans, read back by readers of YAML 1.1 and 1.2: see hostile_test.py. $MUSTER is the binary.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=scripts/setup.sh
source "${here}/../../../scripts/setup.sh"
install_packages python3 python3-yaml python3-ruamel.yaml
# Debian's own: another one would not find its packages.
exec /usr/bin/python3 "${here}/hostile_test.py" "$@"
