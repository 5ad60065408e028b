# DNS by Route 53, Cloud DNS or Cloudflare: a name is pointed at another address; what it was before is noted for the undo.

# A, AAAA or CNAME, by what the address $1 looks like. Sets `record_type`.
choose_record_type() {
  record_type=CNAME
  if [[ "$1" =~ ^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$ ]]; then record_type=A; fi
  if [[ "$1" == *:* ]]; then record_type=AAAA; fi
}

# The name has to be one, and the zone too: they become parts of requests.
is_dns_name() {
  if [[ "$1" =~ ^[A-Za-z0-9_.*-]+$ ]]; then return 0; fi
  printf 'This is no name that DNS knows: %q\n' "$1" >&2
  return 1
}

# switch_dns SERVICE NAME TTL VARIABLE: to the address in the variable, in the zone of $MUSTER_DNS_ZONE.
switch_dns() {
  local service=$1 name=${2%.} ttl=$3 address=${!4:?is to be the address of the site} zone=${MUSTER_DNS_ZONE:?is to be the zone of the name} record_type
  is_dns_name "${name}"
  is_dns_name "${zone}"
  is_dns_name "${address//:/-}"
  choose_record_type "${address}"
  "switch_${service}" "${zone}" "${name}" "${record_type}" "${ttl}" "${address}"
}

# Whether the name is at the address now, as the service itself has it.
check_dns() {
  local service=$1 name=${2%.} address=${!3-} found
  is_dns_name "${name}"
  found=$("read_${service}" "${MUSTER_DNS_ZONE-}" "${name}")
  printf '%s: %s\n' "${name}" "${found:-no address}"
  [[ " ${found//$'\n'/ } " == *" ${address%.} "* || " ${found//$'\n'/ } " == *" ${address%.}. "* ]]
}

undo_dns() {
  is_dns_name "${2%.}"
  "undo_${1}" "${MUSTER_DNS_ZONE:?is to be the zone of the name}" "${2%.}"
}

# What the name is now.
look_up_dns() {
  is_dns_name "${2%.}"
  "read_$1" "${MUSTER_DNS_ZONE:?is to be the zone of the name}" "${2%.}"
}

read_route53() {
  aws route53 list-resource-record-sets --hosted-zone-id "$1" --output text \
    --query "ResourceRecordSets[?Name=='$2.' && (Type=='A' || Type=='AAAA' || Type=='CNAME')].ResourceRecords[].Value" | tr '\t' '\n'
}

# The record set of a name as JSON; null where there is none. Several (weighted, by failover) are not one name at one address.
record_set_of() {
  local query="ResourceRecordSets[?Name=='$2.' && (Type=='A' || Type=='AAAA' || Type=='CNAME')]" count
  count=$(aws route53 list-resource-record-sets --hosted-zone-id "$1" --output text --query "length(${query})")
  if ((count > 1)); then
    printf '%s has %d record sets in zone %s: which of them to change has to be decided by a person.\n' "$2" "${count}" "$1" >&2
    return 1
  fi
  aws route53 list-resource-record-sets --hosted-zone-id "$1" --output json --query "${query} | [0]"
}

switch_route53() {
  local before changes=''
  before=$(record_set_of "$1" "$2")
  keep dns "${before}"
  if [[ "${before}" != null ]]; then changes="{\"Action\":\"DELETE\",\"ResourceRecordSet\":${before}},"; fi
  changes+="{\"Action\":\"CREATE\",\"ResourceRecordSet\":{\"Name\":\"$2.\",\"Type\":\"$3\",\"TTL\":$4,\"ResourceRecords\":[{\"Value\":\"$5\"}]}}"
  change_route53 "$1" "${changes}"
}

change_route53() {
  local id
  id=$(aws route53 change-resource-record-sets --hosted-zone-id "$1" --change-batch "{\"Changes\":[$2]}" --query ChangeInfo.Id --output text)
  aws route53 wait resource-record-sets-changed --id "${id}"
}

undo_route53() {
  local before now changes=''
  before=$(kept dns)
  now=$(record_set_of "$1" "$2")
  if [[ "${now}" != null ]]; then changes="{\"Action\":\"DELETE\",\"ResourceRecordSet\":${now}}"; fi
  if [[ "${before}" != null ]]; then changes+="${changes:+,}{\"Action\":\"CREATE\",\"ResourceRecordSet\":${before}}"; fi
  change_route53 "$1" "${changes}"
}

read_clouddns() {
  gcloud dns record-sets list --zone="$1" --name="$2." --filter='type=(A AAAA CNAME)' --format='value(rrdatas[0])'
}

switch_clouddns() {
  local before type
  before=$(gcloud dns record-sets list --zone="$1" --name="$2." --filter='type=(A AAAA CNAME)' --format='value(type,ttl,rrdatas[0])')
  keep dns "${before}"
  read -r type _ <<<"${before}"
  if [[ -n "${type}" && "${type}" != "$3" ]]; then gcloud dns record-sets delete "$2." --zone="$1" --type="${type}" --quiet; fi
  if [[ "${type}" == "$3" ]]; then
    gcloud dns record-sets update "$2." --zone="$1" --type="$3" --ttl="$4" --rrdatas="$5"
  else
    gcloud dns record-sets create "$2." --zone="$1" --type="$3" --ttl="$4" --rrdatas="$5"
  fi
}

undo_clouddns() {
  local before type ttl address
  before=$(kept dns)
  read -r type ttl address <<<"${before}"
  if [[ -n "${type}" ]]; then
    switch_clouddns "$1" "$2" "${type}" "${ttl}" "${address}"
    return
  fi
  type=$(gcloud dns record-sets list --zone="$1" --name="$2." --filter='type=(A AAAA CNAME)' --format='value(type)')
  if [[ -n "${type}" ]]; then gcloud dns record-sets delete "$2." --zone="$1" --type="${type}" --quiet; fi
}

# $1 method, $2 path below the zone, $3 body. The token is read from standard input, so that no list of processes shows it.
cloudflare() {
  local body=()
  if [[ -n "${3-}" ]]; then body=(--data "$3"); fi
  curl --fail-with-body --silent --show-error --max-time 30 --config - --request "$1" --header 'Content-Type: application/json' "${body[@]}" \
    --url "${MUSTER_CLOUDFLARE:-https://api.cloudflare.com/client/v4}/zones/$2" \
    <<<"header = \"Authorization: Bearer ${CLOUDFLARE_API_TOKEN:?is to be a token that may edit the zone}\""
}

# The records of a name, a line each: id, type, TTL, proxied, content.
cloudflare_records() {
  local found
  found=$(cloudflare GET "$1/dns_records?name=$2&per_page=100")
  jq --raw-output '.result[] | select(.type | IN("A", "AAAA", "CNAME")) | [.id, .type, .ttl, (.proxied // false), .content] | map(tostring) | join(" ")' <<<"${found}"
}

read_cloudflare() {
  local records
  records=$(cloudflare_records "$1" "$2")
  awk '{ print $5 }' <<<"${records}"
}

switch_cloudflare() {
  local before id type ttl proxied=false content
  before=$(cloudflare_records "$1" "$2")
  if [[ "${before}" == *$'\n'* ]]; then
    printf '%s has several records: which of them to change has to be decided by a person.\n' "$2" >&2
    return 1
  fi
  keep dns "${before}"
  read -r id type ttl proxied content <<<"${before}" || true
  printf 'Before: %s\n' "${type:-nothing} ${ttl-} ${content-}"
  if [[ -n "${id}" ]]; then
    cloudflare PUT "$1/dns_records/${id}" "{\"type\":\"$3\",\"name\":\"$2\",\"content\":\"$5\",\"ttl\":$4,\"proxied\":${proxied}}"
  else
    cloudflare POST "$1/dns_records" "{\"type\":\"$3\",\"name\":\"$2\",\"content\":\"$5\",\"ttl\":$4}"
  fi
}

undo_cloudflare() {
  local before now id type ttl proxied content
  before=$(kept dns)
  now=$(cloudflare_records "$1" "$2")
  id=${now%% *}
  if [[ -z "${before}" ]]; then
    if [[ -n "${id}" ]]; then cloudflare DELETE "$1/dns_records/${id}"; fi
    return
  fi
  read -r _ type ttl proxied content <<<"${before}"
  cloudflare PUT "$1/dns_records/${id}" "{\"type\":\"${type}\",\"name\":\"$2\",\"content\":\"${content}\",\"ttl\":${ttl},\"proxied\":${proxied}}"
}
