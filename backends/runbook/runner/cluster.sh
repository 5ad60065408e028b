# Copies that the cluster itself keeps: Velero's backups, and snapshots of volumes. The words of kubectl come last.

# The newest of the objects of the kind $1 that a job made, labelled $2 and whole ($3, a filter of jsonpath), from before
# $MUSTER_TARGET_TIME where that is set. Prints its name, and writes of when it is to ${folder}/taken.
newest_copy() {
  local kind=$1 selector=$2 whole=$3 listing name
  shift 3
  listing=$("$@" get "${kind}" --selector="${selector}" \
    --output="jsonpath={range .items[?(${whole})]}{.metadata.creationTimestamp}{\"\t\"}{.metadata.name}{\"\n\"}{end}")
  name=$(newest <<<"${listing}") || return 1
  grep --fixed-strings "${name}" <<<"${listing}" | cut -f 1 >"${folder}/taken"
  printf '%s' "${name}"
}

# Has Velero restore the newest copy with the label $1, and waits until it has.
restore_from_velero() {
  local copy=$1 backup name phase=''
  shift
  backup=$(newest_copy backups.velero.io "muster/copy=${copy}" '@.status.phase=="Completed"' "$@")
  name="muster-$(date --utc +%Y%m%d%H%M%S)"
  printf 'Velero is to restore %s, as %s.\n' "${backup}" "${name}"
  "$@" create --filename=- <<END_OF_RESTORE
{"apiVersion": "velero.io/v1", "kind": "Restore", "metadata": {"name": "${name}", "labels": {"app.kubernetes.io/managed-by": "muster"}},
 "spec": {"backupName": "${backup}", "existingResourcePolicy": "update"}}
END_OF_RESTORE
  until [[ "${phase}" == Completed ]]; do
    sleep "${MUSTER_POLL_SECONDS:-5}"
    phase=$("$@" get restores.velero.io "${name}" --output='jsonpath={.status.phase}')
    case "${phase}" in
    Failed | PartiallyFailed | FailedValidation)
      printf 'Velero says of %s: %s. See: velero restore describe %s --details\n' "${name}" "${phase}" "${name}" >&2
      return 1
      ;;
    *) ;;
    esac
  done
}

# Makes the claim $1 anew, from the newest snapshot of it with the label $2. Its volume from before stays, without a claim.
restore_from_snapshot() {
  local claim=$1 copy=$2 snapshot users volume found modes class size
  shift 2
  snapshot=$(newest_copy volumesnapshots.snapshot.storage.k8s.io "muster/copy=${copy},muster/claim=${claim}" '@.status.readyToUse==true' "$@")
  users=$("$@" get pods --output="jsonpath={range .items[?(@.spec.volumes[*].persistentVolumeClaim.claimName==\"${claim}\")]}{.metadata.name} {end}")
  if [[ -n "${users}" ]]; then
    printf 'The claim %s is used by %s: scale what uses it to 0 first.\n' "${claim}" "${users% }" >&2
    return 1
  fi
  found=$("$@" get persistentvolumeclaim "${claim}" --ignore-not-found \
    --output='jsonpath={.spec.volumeName}{"|"}{.spec.accessModes}{"|"}{.spec.storageClassName}{"|"}{.spec.resources.requests.storage}')
  # A run that was stopped in between has noted what the claim was like.
  if [[ -n "${found}" ]]; then keep "${claim}" "${found}"; fi
  found=$(kept "${claim}")
  IFS='|' read -r volume modes class size <<<"${found}"
  "$@" patch persistentvolume "${volume}" --patch='{"spec": {"persistentVolumeReclaimPolicy": "Retain"}}'
  "$@" delete persistentvolumeclaim "${claim}" --ignore-not-found --wait
  "$@" create --filename=- <<END_OF_CLAIM
{"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "${claim}", "labels": {"app.kubernetes.io/managed-by": "muster"}},
 "spec": {"accessModes": ${modes}, "storageClassName": "${class}", "resources": {"requests": {"storage": "${size}"}},
  "dataSource": {"apiGroup": "snapshot.storage.k8s.io", "kind": "VolumeSnapshot", "name": "${snapshot}"}}}
END_OF_CLAIM
  printf '%s is made from %s. What was there is kept in the volume %s.\n' "${claim}" "${snapshot}" "${volume}"
}
