#!/usr/bin/env bash
# kubeconform and kube-score over the objects of all plans: see lint_test.py. $MUSTER is the binary.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=tests/e2e/kubernetes/install.sh
source "${here}/install.sh"
install_tools kubeconform kube-score
exec /usr/bin/python3 "${here}/lint_test.py" "$@"
