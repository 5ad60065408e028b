# What happened, for those who ask later: one JSON object per line, each with the SHA-256 of the line before.

choose_sha256() {
  if command -v sha256sum >/dev/null; then
    sha256_command=(sha256sum)
  elif command -v shasum >/dev/null; then
    sha256_command=(shasum -a 256)
  elif command -v openssl >/dev/null; then
    sha256_command=(openssl dgst -sha256 -r)
  else
    refuse 'Needs sha256sum, shasum or openssl for its evidence; none of them is installed here.'
  fi
}

# Prints the SHA-256 of standard input.
sha256() {
  local sum
  sum=$("${sha256_command[@]}") || return 1
  printf '%s' "${sum%% *}"
}

# How many bytes the UTF-8 character at the front of $1 has; 0 where the bytes are not UTF-8 (RFC 3629). Sets `length`.
utf8_length() {
  local bytes=$1 lead code i low=0x80 high=0xBF
  printf -v lead '%d' "'${bytes:0:1}"
  lead=$((lead & 255)) length=0
  if ((lead < 128)); then
    length=1
  elif ((lead >= 0xC2 && lead < 0xE0)); then
    length=2
  elif ((lead >= 0xE0 && lead < 0xF0)); then
    length=3
  elif ((lead >= 0xF0 && lead < 0xF5)); then
    length=4
  fi
  case "${lead}" in
  224) low=0xA0 ;;
  237) high=0x9F ;;
  240) low=0x90 ;;
  244) high=0x8F ;;
  *) ;;
  esac
  for ((i = 1; i < length; i++)); do
    if ((i >= ${#bytes})); then length=0 && return 0; fi
    printf -v code '%d' "'${bytes:i:1}"
    code=$((code & 255))
    if ((code < low || code > high)); then length=0 && return 0; fi
    low=0x80 high=0xBF
  done
}

# Sets `json` to $1 as a JSON string, quotes included. Bytes that are not UTF-8 become U+FFFD.
json_string() {
  local LC_ALL=C text=$1 i char code length
  if [[ "${text}" != *[!\ -~]* && "${text}" != *[\"\\]* ]]; then
    json="\"${text}\""
    return 0
  fi
  json='"'
  for ((i = 0; i < ${#text}; i += length)); do
    utf8_length "${text:i:4}"
    char=${text:i:length}
    if ((length == 0)); then
      json+='\ufffd' length=1
    elif [[ "${char}" == [\"\\] ]]; then
      json+="\\${char}"
    elif [[ "${char}" == [[:cntrl:]] ]]; then
      printf -v code '\\u%04x' "'${char}"
      json+=${code}
    else
      json+=${char}
    fi
  done
  json+='"'
}

# Takes up the chain where the file ends. A line without an end was torn by a crash and never counted: it is cut off.
open_evidence() {
  local last=''
  evidence_head=$(printf '%064d' 0) evidence_size=0
  if [[ ! -s "${evidence}" ]]; then return 0; fi
  last=$(tail -c 1 "${evidence}" && printf x)
  if [[ "${last}" != $'\nx' ]]; then
    last=$(tail -n 1 "${evidence}" | wc -c)
    truncate --size="-${last// /}" "${evidence}" || refuse "Cannot write ${evidence}."
    printf 'The last line of %s was torn by a crash and has been cut off.\n' "${evidence}"
  fi
  evidence_size=$(wc -c <"${evidence}")
  last=$(tail -n 1 "${evidence}")
  if [[ -n "${last}" ]]; then evidence_head=$(printf '%s' "${last}" | sha256); fi
}

# Appends a line: the event, its step (or nothing), then pairs of a key and a value. Values of keys that end in `:` are
# written as they are, such as numbers; all others as strings.
record() {
  local line key json
  read_clock
  format_utc "${now_ms}"
  line="{\"format\":1,\"at\":\"${utc}\",\"event\":\"$1\""
  if [[ -n "$2" ]]; then json_string "$2" && line+=",\"step\":${json}"; fi
  shift 2
  set -- "$@" operator "${operator}" host "${HOSTNAME-}" scenario "${scenario}" plan_sha256 "${plan_hash}" previous "${evidence_head}"
  while (($# > 1)); do
    key=$1 json=$2
    if [[ "${key}" != *: ]]; then json_string "$2"; fi
    line+=",\"${key%:}\":${json}"
    shift 2
  done
  append_evidence "${line}}"
}

# Writes the line $1, as a whole or not at all. Where there is no room, a person can make some; else nothing new begins.
append_evidence() {
  local LC_ALL=C
  while ! printf '%s\n' "$1" >>"${evidence}"; do
    truncate --size="${evidence_size}" "${evidence}" 2>/dev/null
    complain "Cannot write ${evidence}: is its disk full, or read-only?"
    if [[ -n "${halted}" ]] || ! ask_quietly 'Put it right, then press Enter to go on (or: stop)' || [[ "${answer}" == stop ]]; then
      halt "Nothing new begins, since ${evidence} cannot be written."
      return 1
    fi
  done
  flush "${evidence}"
  evidence_size=$((evidence_size + ${#1} + 1))
  evidence_head=$(printf '%s' "$1" | sha256)
}
