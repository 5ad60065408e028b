#!/usr/bin/env bash
# Runs generated backups, verifications and drills for real: with PostgreSQL, gpg, a folder as a volume, and scripts that play
# aws and kubectl. $MUSTER is the binary. Exits with 77 (skipped) where PostgreSQL or gpg is not installed.
# shellcheck disable=SC2016,SC2312  # what is meant for others stays in single quotes; what a check prints is checked
set -uo pipefail

binaries=$(find /usr/lib/postgresql/*/bin -maxdepth 0 2>/dev/null | sort -V | tail -n 1)
if [[ -z "${binaries}" ]] || ! command -v gpg >/dev/null; then
  printf 'PostgreSQL or gpg is not installed: skipped.\n'
  exit 77
fi

# PostgreSQL refuses to run as root, and so does this.
if ((EUID == 0)); then
  exec setpriv --reuid=nobody --regid=nogroup --clear-groups env MUSTER="${MUSTER:?is to be the binary}" bash "$0" "$@"
fi

work=$(mktemp -d)
cd "${work}" || exit 1
finish() {
  "${binaries}/pg_ctl" -D "${work}/server" -m immediate stop >/dev/null 2>&1
  gpgconf --homedir "${work}/keys" --kill all 2>/dev/null
  gpgconf --homedir "${work}/tmp/gnupg" --kill all 2>/dev/null
  rm -rf "${work}"
}
trap finish EXIT
passed=0
failed=0

is() {
  if [[ "$2" == "$3" ]]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    printf 'FAILED %s: expected %s, got %s\n' "$1" "$2" "$3" >&2
    tail -n 20 "${work}/log" >&2
  fi
}

write_plan() {
  cat >plan.drp <<'END'
plan shop { timezone "UTC" }
site main { cluster "main" }
service db { workload statefulset/db in shop; engine postgres 15; at main active }
data orders { in db; size 1GB; restores at 10MB/s }
data papers { files "PAPERS"; size 1GB; restores at 10MB/s }
store shelf { volume "/shelf"; at main; rate 100MB/s }
store vault { s3 "bucket/shop"; rate 100MB/s }
backup nightly of orders {
  with pg_dump; every day at 02:00; takes 1m; upload 1m; to shelf, vault; keep 7d in shelf, forever in vault
  encrypt gpg key "backup@example.com"
  verify { every week; by restore; check sql "SELECT count(*) = 3 FROM orders" }
  verify { every day; by listing }
}
backup packed of papers { with tar; every day at 03:00; takes 1m; upload 1m; to vault; keep 7d; verify { every week; check run "test -e \"$MUSTER_RESTORED\"/papers/a" } }
backup base of orders { with pg_basebackup; every day at 01:00; takes 1m; upload 1m; to vault; keep 7d; verify { every week; check sql "SELECT count(*) = 2 FROM orders" } }
backup aged of papers { with tar; every day at 03:00; takes 1m; upload 1m; to vault; keep 7d; encrypt age key "a"; verify { every week } }
backup synced of papers { with restic; every day at 03:00; takes 1m; upload 1m; to vault; keep 7d }
backup cluster of papers { with velero; every day at 04:00; takes 1m; upload 1m; to vault; keep 7d }
snapshot disks of papers { every day at 04:00; takes 1m; to vault; keep 2d }
backup ours of papers { every day; takes 1m; upload 1m; to vault; using "echo it is $MUSTER_NAMESPACE in $MUSTER_SITE >own" }
drill monthly { exercises backup nightly of orders; exercises backup packed; every first monday at 10:00; in namespace scratch; expects rto, rpo }
END
}

# The scripts of all ConfigMaps, each in a file of its own, with the paths of a container below the folder of this test.
unpack_scripts() {
  python3 - <<'END'
import glob, yaml
for path in glob.glob("out/kubernetes/main/*.yaml"):
    for document in yaml.safe_load_all(open(path)):
        if document["kind"] == "ConfigMap":
            for name, text in document["data"].items():
                open(document["metadata"]["name"] + "." + name, "w").write(text)
END
  sed -i "s|/tmp\b|${work}/tmp|g; s|/muster/own.sh|${work}/backup-ours-papers.own.sh|; s|place='/shelf'|place='${work}/shelf'|; s|'shelf' '/shelf'|'shelf' '${work}/shelf'|; s|folder' '/shelf'|folder' '${work}/shelf'|; s|PAPERS|${work#/}/papers|" ./*.run.sh
}

write_players() {
  mkdir -p bin s3 shelf tmp cluster papers
  printf 'one\n' >papers/a
  cat >bin/aws <<'END'
#!/usr/bin/env bash
# A bucket is a folder. $DAMAGE cuts what is stored.
words=()
for word in "$@"; do if [[ "${word}" != --only-show-errors ]]; then words+=("${word/#s3:\/\//${WORK}/s3/}"); fi; done
set -- "${words[@]}"
case "$1 $2" in
's3 cp')
  [[ "$4" == - ]] && exec cat "$3"
  mkdir -p "$(dirname "$4")"
  cp "$3" "$4"
  if [[ -n "${DAMAGE-}" && "$4" == */s3/*.gpg ]]; then truncate -s -1 "$4"; fi
  ;;
's3 rm') rm "$3" ;;
's3api list-objects-v2') cd "${WORK}/s3/$4" && find . -type f -path "./$6*" | sed 's|^\./||' ;;
*) exit 2 ;;
esac
END
  cat >bin/kubectl <<'END'
#!/usr/bin/env python3
"""A cluster is a folder of namespaces, each a folder of a file about itself and of its pods; a pod is this machine."""
import json, os, pathlib, shutil, sys
words = sys.argv[1:]
work = pathlib.Path(os.environ["WORK"])
with open(work / "calls", "a") as calls:
    print(*words, file=calls)
options, rest, command = {}, [], []
while words:
    word = words.pop(0)
    if word == "--":
        command, words = words, []
    elif word in ("--namespace", "--context", "--output", "--selector", "--field-selector"):
        options[word[2:]] = words.pop(0)
    elif word.startswith("--") and "=" in word:
        options[word[2:].split("=")[0]] = word.split("=", 1)[1]
    elif not word.startswith("--"):
        rest.append(word)
folder = work / "cluster" / options.get("namespace", "none")

def pods():
    for path in sorted(folder.glob("*.pod")):
        labels, phase = json.loads(path.read_text())
        wanted, other = options.get("selector", "="), options.get("field-selector", "")
        if wanted.startswith("!") and wanted[1:] in labels: continue
        if not wanted.startswith("!") and wanted != "=" and labels.get(wanted.split("=")[0]) != wanted.split("=")[1]: continue
        if other and "status.phase!=" + phase in other.split(","): continue
        yield path

objects = work / "objects"
objects.mkdir(exist_ok=True)

def snapshots():
    wanted = dict(one.split("=") for one in options["selector"].split(","))
    for path in sorted(objects.glob("VolumeSnapshot.*")):
        about = json.loads(path.read_text())["metadata"]
        if all(about["labels"].get(key) == value for key, value in wanted.items()): yield path, about

if rest[:2] == ["get", "backups.velero.io"]:
    assert (objects / f"Backup.{rest[2]}").exists()
    print(os.environ.get("PHASE") or "Completed", end="")
elif rest[:2] == ["get", "volumesnapshots.snapshot.storage.k8s.io"]:
    if len(rest) == 3: print("true" if (objects / f"VolumeSnapshot.{rest[2]}").exists() else "", end="")
    else: print(*(about["labels"]["muster/run"] + " true" for _, about in snapshots()), sep="\n")
elif rest[:2] == ["delete", "volumesnapshots.snapshot.storage.k8s.io"]:
    for path, _ in list(snapshots()): path.unlink()
elif rest[:2] == ["get", "namespace"]:
    about = work / "cluster" / rest[2] / "about"
    if about.exists():
        labels = json.loads(about.read_text())
        print("|".join([rest[2], labels.get("muster/drills-of", ""), labels.get("muster/ends-with-drill", ""), labels.get("phase", "Active")]), end="")
elif rest[:2] == ["get", "pods"]:
    print(*("pod/" + path.stem for path in pods()), sep="\n")
elif rest[:1] == ["create"]:
    text = sys.stdin.read()
    if text.startswith("{") and json.loads(text)["kind"] != "Namespace":
        made = json.loads(text)
        (objects / f"{made['kind']}.{made['metadata']['name']}").write_text(text)
    elif text.startswith("{"):
        about = json.loads(text)["metadata"]
        (work / "cluster" / about["name"]).mkdir()
        (work / "cluster" / about["name"] / "about").write_text(json.dumps(about["labels"]))
    else:
        (work / "pod.yaml").write_text(text)
        name = text.split("name: ")[1].split()[0]
        if not folder.is_dir() or (folder / (name + ".pod")).exists(): sys.exit("AlreadyExists")
        owner = text.split("muster/drills-of: ")[1].split()[0]
        (folder / (name + ".pod")).write_text(json.dumps([{"muster/drills-of": owner}, "Running"]))
elif rest[:2] == ["delete", "namespace"]:
    shutil.rmtree(work / "cluster" / rest[2])
elif rest[:2] == ["delete", "pods"]:
    for path in list(pods()): path.unlink()
elif rest[:2] == ["delete", "pod"]:
    (folder / (rest[2] + ".pod")).unlink(missing_ok=True)
elif rest[:1] == ["exec"]:
    if os.environ.get("HANG"): os.execvp("sleep", ["sleep", "1000"])
    os.environ.update(PGHOST=str(work / "socket"), PGDATABASE="scratch")
    command = [word.replace("--dbname=postgres", "--dbname=scratch") for word in command]
    os.execvp(command[0], command)
END
  chmod +x bin/*
}

start_server() {
  mkdir socket
  "${binaries}/initdb" -D server -U postgres --auth=trust >/dev/null
  "${binaries}/pg_ctl" -D server -w -l server/log -o "-c listen_addresses='' -c unix_socket_directories='${work}/socket'" start >/dev/null
}

sql() {
  psql -XqtA -h "${work}/socket" -U postgres -d "${2:-orders}" -c "$1"
}

# job NAME WORDS...: one container of a job, in an environment of its own. Prints its exit code.
job() {
  local name=$1
  shift
  env -i PATH="${work}/bin:${binaries}:/usr/bin:/bin" HOME="${work}/tmp" WORK="${work}" DAMAGE="${DAMAGE-}" PGHOST="${work}/socket" PGUSER=postgres \
    PGDATABASE=orders MUSTER_GPG_PUBLIC_KEY="${public_key}" MUSTER_GPG_PRIVATE_KEY="${private_key}" MUSTER_JOB="${MUSTER_JOB-}" MUSTER_CLUSTER='' \
    PHASE="${PHASE-}" MUSTER_POLL_SECONDS=0 MUSTER_AGE_RECIPIENT="${age_recipient-}" MUSTER_AGE_IDENTITY="${age_identity-}" bash "${name}.run.sh" "$@" >>log 2>&1
  printf '%d' "$?"
}

new_pod() {
  gpgconf --homedir "${work}/tmp/gnupg" --kill all 2>/dev/null
  rm -rf tmp
  mkdir tmp
}

names() {
  find "$1" -type f -printf '%f\n' 2>/dev/null | sort | tr '\n' ' '
}

touch log
write_plan
"${MUSTER}" compile plan.drp -o out --allow-errors --as-of 2026-01-01 >/dev/null || exit 1
write_players
unpack_scripts
start_server
sql 'CREATE DATABASE orders' postgres
sql 'CREATE DATABASE scratch' postgres
sql 'CREATE TABLE orders (id int); INSERT INTO orders VALUES (1), (2), (3)'
mkdir -m 700 keys
gpg --homedir keys --batch --quiet --passphrase '' --quick-generate-key backup@example.com default default never 2>/dev/null
public_key=$(gpg --homedir keys --armor --export backup@example.com)
private_key=$(gpg --homedir keys --armor --export-secret-keys backup@example.com)

# What is there from before: two runs that are older than the plan keeps them on the shelf, and one that is not.
mkdir -p shelf/nightly/orders s3/bucket/shop/nightly/orders
TZ=UTC0 printf -v recent '%(%Y%m%dT%H%M%SZ)T' "$((EPOCHSECONDS - 3 * 86400))"
for old in 20200101T020000Z 20200102T020000Z "${recent}"; do
  for end in '' .sha256 .json; do
    touch "shelf/nightly/orders/${old}.dump.gpg${end}" "s3/bucket/shop/nightly/orders/${old}.dump.gpg${end}"
  done
done

# A backup that is damaged on its way: nothing is pruned, and nothing says that it is there.
new_pod
is 'a dump is made' 0 "$(job backup-nightly-orders make orders)"
is 'a damaged upload fails' 1 "$(DAMAGE=yes job backup-nightly-orders store vault)"
is 'and has no entry in the catalogue' 3 "$(find s3 -name '*.json' | wc -l)"
rm -f "$(find s3 -name '*.gpg' -newer pod.drp 2>/dev/null | head -n 1)" 2>/dev/null
find s3 -name '*.gpg' -size +0 -delete

# An empty dump.
new_pod
printf '#!/bin/sh\n: >"${3#--file=}"\n' >bin/pg_dump
chmod +x bin/pg_dump
is 'an empty dump fails' 1 "$(job backup-nightly-orders make orders)"
rm bin/pg_dump
is 'and leaves nothing to store' 1 "$(job backup-nightly-orders store shelf)"

# A backup that works.
new_pod
is 'a dump is made again' 0 "$(job backup-nightly-orders make orders)"
is 'it is stored on the shelf' 0 "$(job backup-nightly-orders store shelf)"
is 'it is stored in the vault' 0 "$(job backup-nightly-orders store vault)"
new=$(find tmp/run/orders -name '*.gpg' -printf '%f')
is 'the shelf keeps seven days' "${recent}.dump.gpg ${recent}.dump.gpg.json ${recent}.dump.gpg.sha256 ${new} ${new}.json ${new}.sha256 " "$(names shelf)"
is 'the vault keeps everything' 12 "$(find s3/bucket/shop/nightly -type f | wc -l)"
is 'the checksum is right' 0 "$(cd shelf/nightly/orders && sha256sum --check --quiet "${new}.sha256" >/dev/null && printf 0)"
is 'the catalogue has its entry' "nightly orders ${new} $(stat -c %s "shelf/nightly/orders/${new}")" \
  "$(python3 -c 'import json, sys; e = json.load(open(sys.argv[1])); print(e["copy"], e["data"], e["file"], e["bytes"])' "shelf/nightly/orders/${new}.json")"
is 'a store that the plan does not name is refused' 1 "$(job backup-nightly-orders store elsewhere)"

# It is read back.
new_pod
is 'the newest is fetched' 0 "$(job verify-nightly-orders fetch shelf)"
is 'and restored, and its content is right' 0 "$(job verify-nightly-orders restore orders)"
is 'a listing is right' 0 "$(job verify-nightly-orders-2 fetch shelf)"
sql 'DELETE FROM orders WHERE id = 3'
sleep 1.1
new_pod
job backup-nightly-orders make orders >/dev/null
job backup-nightly-orders store shelf >/dev/null
new_pod
is 'another is fetched' 0 "$(job verify-nightly-orders fetch shelf)"
is 'what it lacks is found' 1 "$(job verify-nightly-orders restore orders)"
newest=$(find shelf -name '*.gpg' | sort | tail -n 1)
printf 'x' >>"${newest}"
new_pod
is 'what is damaged is found' 1 "$(job verify-nightly-orders fetch shelf)"
rm "${newest}" "${newest}.sha256" "${newest}.json"
mkdir old
mv shelf/nightly/orders/"${new}"* old/
is 'what is too old is found' 1 "$(job verify-nightly-orders-2 fetch shelf)"
mv old/* shelf/nightly/orders/

# The whole server.
new_pod
is 'a base backup is taken' 0 "$(job backup-base-orders make orders)"
is 'and stored as a whole' 0 "$(job backup-base-orders store vault)"
new_pod
is 'it is fetched' 0 "$(job verify-base-orders fetch vault)"
is 'and a server starts from it' 0 "$(job verify-base-orders restore orders)"

# Files, and the team's own command.
new_pod
is 'files are packed' 0 "$(job backup-packed-papers make papers)"
is 'and stored' 0 "$(job backup-packed-papers store vault)"
new_pod
is 'and fetched' 0 "$(job verify-packed-papers fetch vault)"
sed -i "s|/papers/a|/${work#/}/papers/a|" verify-packed-papers.run.sh
is 'and unpacked' 0 "$(job verify-packed-papers restore papers)"
if command -v age-keygen >/dev/null; then
  age_identity=${work}/identity
  age_recipient=$(age-keygen -o "${age_identity}" 2>&1 | sed -n 's/^Public key: //p')
  new_pod
  is 'files are packed for age' 0 "$(job backup-aged-papers make papers)"
  is 'sealed' 'age-encryption.org/v1' "$(head -c 21 tmp/run/papers/*.age)"
  is 'and stored' 0 "$(job backup-aged-papers store vault)"
  new_pod
  is 'and fetched' 0 "$(job verify-aged-papers fetch vault)"
  is 'and opened with the file of the identity' 0 "$(job verify-aged-papers restore papers)"
  age_identity=$(grep -v '^#' "${age_identity}")
  is 'which the variable names, not holds' 1 "$(job verify-aged-papers restore papers)"
fi
printf '#!/bin/sh\nprintf "%%s\\n" "$3" "key=${GOOGLE_APPLICATION_CREDENTIALS-}" >>"${WORK}/restic"\n' >bin/restic
chmod +x bin/restic
is 'restic backs up' 0 "$(job backup-synced-papers backup vault)"
is 'after it has taken away what a run that was killed has locked' 'cat unlock backup check forget' "$(grep -v key= restic | tr '\n' ' ' | sed 's/ $//')"
is 'the own command runs' 0 "$(job backup-ours-papers)"
is 'and knows where it is' 'it is shop in main' "$(cat own)"

# What the cluster keeps itself.
new_pod
is 'Velero is asked, and says that it is done' 0 "$(job backup-cluster-papers)"
is 'for what the plan has' '["shop"] 168h0m0s' "$(python3 -c 'import json, sys; s = json.load(open(sys.argv[1]))["spec"]; print(json.dumps(s["includedNamespaces"]), s["ttl"])' objects/Backup.*)"
is 'a backup that Velero could not make fails' 1 "$(PHASE=PartiallyFailed job backup-cluster-papers)"
is 'with the reason' 1 "$(grep -c 'FAILED: Velero says of .*: PartiallyFailed' log)"
snapshot_of() {
  local stamp
  TZ=UTC0 printf -v stamp '%(%Y%m%dT%H%M%SZ)T' "$((EPOCHSECONDS - $1))"
  printf '{"kind": "VolumeSnapshot", "metadata": {"name": "old-%s", "labels": {"muster/copy": "disks-papers", "muster/claim": "data-papers", "muster/run": "%s"}}}' \
    "$1" "${stamp}" >"objects/VolumeSnapshot.old-$1"
}
snapshot_of 500000
snapshot_of 400000
snapshot_of 90000
is 'a snapshot is taken, and can be used' 0 "$(job backup-disks-papers)"
is 'of the claim of the data' data-papers "$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["spec"]["source"]["persistentVolumeClaimName"])' objects/VolumeSnapshot.disks-*)"
is 'and what is older than two days is removed' 'VolumeSnapshot.old-90000' "$(basename -a objects/VolumeSnapshot.old-*)"

# The drill.
new_pod
: >calls
is 'the drill passes' 0 "$(job drill-monthly)"
is 'it restored two datasets' 2 "$(grep -o '"result":"passed","planned_ms":100000' log | wc -l)"
is 'into a scratch database' 3 "$(sql 'SELECT count(*) FROM orders' scratch)"
is 'its namespace is gone' '' "$(ls cluster)"
is 'its pod was deleted' 1 "$(grep -c 'delete pod drill-orders-1' calls)"
is 'it worked in its namespace only' "$(wc -l <calls)" "$(grep -c -- '--namespace scratch' calls)"

# in_namespace LABELS: the namespace of the drill is there already.
in_namespace() {
  rm -rf cluster/scratch
  mkdir -p cluster/scratch
  printf '%s' "$1" >cluster/scratch/about
  sql 'DROP TABLE orders' scratch 2>/dev/null
  new_pod
  : >calls
}

writes() {
  grep -cE '(^| )(create|delete|exec|label|apply|patch)( |$)' calls
}

in_namespace '{}'
is 'a namespace that was not made for drills is refused' 1 "$(job drill-monthly)"
is 'and nothing is done in it' 0 "$(writes)"
is 'and it stays' scratch "$(ls cluster)"
in_namespace '{"muster/drills-of": "other", "muster/ends-with-drill": "true"}'
is 'as is one for the drills of another plan' 1 "$(job drill-monthly)"
is 'in which nothing is done either' 0 "$(writes)"
in_namespace '{"muster/drills-of": "shop"}'
printf '[{"app": "web"}, "Running"]' >cluster/scratch/web.pod
is 'and one in which something else runs' 1 "$(job drill-monthly)"
is 'and nothing is done there' 0 "$(writes)"
in_namespace '{"muster/drills-of": "shop", "muster/ends-with-drill": "true", "phase": "Terminating"}'
is 'and one that is being removed' 1 "$(job drill-monthly)"
is 'and nothing is done while it is' 0 "$(writes)"
in_namespace '{"muster/drills-of": "shop", "muster/ends-with-drill": "false"}'
is 'one that was made for the drills by the files beside it is used' 0 "$(job drill-monthly)"
is 'and stays without what the drill made' about "$(ls cluster/scratch)"

# A drill that is killed leaves everything where it is.
rm -rf cluster/scratch
sql 'DROP TABLE orders' scratch
new_pod
HANG=yes setsid env -i PATH="${work}/bin:${binaries}:/usr/bin:/bin" HOME="${work}/tmp" WORK="${work}" HANG=yes MUSTER_GPG_PRIVATE_KEY="${private_key}" \
  MUSTER_CLUSTER='' bash drill-monthly.run.sh >>log 2>&1 &
killed=$!
for ((i = 0; i < 200; i++)); do
  if [[ -e cluster/scratch/drill-orders-1.pod ]] && tail -n 1 calls | grep -q ' exec '; then break; fi
  sleep 0.05
done
kill -KILL -- "-${killed}"
wait "${killed}" 2>/dev/null
is 'its namespace and its pod are there' 'about drill-orders-1.pod ' "$(names cluster/scratch)"
new_pod
: >calls
is 'the next one does not disturb what may be going on' 1 "$(job drill-monthly)"
is 'and touches nothing' 0 "$(writes)"
is 'and says what to do' 1 "$(grep -c 'kubectl delete --namespace scratch pod/drill-orders-1' log)"
sed -i 's/Running/Failed/' cluster/scratch/drill-orders-1.pod
new_pod
is 'after it has ended the next one takes over' 0 "$(job drill-monthly)"
is 'and takes away what the first one made' '' "$(ls cluster)"

in_namespace '{"muster/drills-of": "shop", "muster/ends-with-drill": "true"}'
sql 'CREATE TABLE orders (id int)' scratch
is 'a drill whose restore fails does so' 1 "$(job drill-monthly)"
is 'and cleans up all the same' '' "$(ls cluster)"

# A namespace in which the plan itself runs something.
sed 's/in namespace scratch/in namespace shop/' plan.drp >production.drp
"${MUSTER}" compile production.drp -o production --allow-errors --as-of 2026-01-01 >/dev/null
sed "s|/tmp\b|${work}/tmp|g; s|'shelf' '/shelf'|'shelf' '${work}/shelf'|; s|folder' '/shelf'|folder' '${work}/shelf'|" production/drills/monthly.sh >production.run.sh
in_namespace '{"muster/drills-of": "shop", "muster/ends-with-drill": "true"}'
mv cluster/scratch cluster/shop
is 'a drill is refused where a service of the plan runs' 1 "$(job production)"
is 'and does nothing there' 0 "$(writes)"
is 'and no job is made of it' '' "$(find production/kubernetes -name 'drill-*')"
is 'with the reason' 1 "$(grep -c 'drill monthly: db runs in its namespace shop' production/kubernetes/main/kustomization.yaml)"
rm -rf cluster/shop

new_pod
: >calls
is 'on another day it is not due' 0 "$(MUSTER_JOB=drill-monthly-29510080 job drill-monthly)"
is 'and does nothing' 0 "$(wc -l <calls)"

printf '%d passed, %d failed\n' "${passed}" "${failed}"
((failed == 0))
