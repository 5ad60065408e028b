# What came of it: measured against planned, the objectives, the criteria, and what to do now.
problems=()

# Sets `time_text` to milliseconds as a person reads them; `-` where there are none.
format_time() {
  local seconds=$((${1:-0} / 1000))
  if [[ -z "$1" ]]; then
    time_text=-
  elif (($1 < 1000)); then
    time_text=$1ms
  elif ((seconds >= 3600)); then
    printf -v time_text '%dh%02dm' "$((seconds / 3600))" "$((seconds / 60 % 60))"
  elif ((seconds >= 60)); then
    printf -v time_text '%dm%02ds' "$((seconds / 60))" "$((seconds % 60))"
  else
    time_text=${seconds}s
  fi
}

# Sets `ends` to when each step would have ended on the clock of its scenario, had it begun as planned after the steps before it and taken
# what was measured. A step that was not measured takes what is planned; `real` says whether it or one before it was measured.
reckon_ends() {
  local i before latest planned_latest start
  ends=() real=()
  for i in "${!steps[@]}"; do
    ends[i]='' real[i]=${took_ms[${steps[i]}]+yes}
    if [[ -z "${begins_ms[i]}" ]]; then continue; fi
    latest='' planned_latest=''
    for before in ${after[i]}; do
      if [[ -z "${ends[before]}" ]]; then continue 2; fi
      real[i]+=${real[before]}
      if [[ -z "${latest}" ]] || ((ends[before] > latest)); then latest=${ends[before]}; fi
      if [[ -z "${planned_latest}" ]] || ((ends_ms[before] > planned_latest)); then planned_latest=${ends_ms[before]}; fi
    done
    start=$((latest + begins_ms[i] - planned_latest))
    if [[ -n "${took_ms[${steps[i]}]-${planned_ms[i]}}" ]]; then ends[i]=$((start + ${took_ms[${steps[i]}]-${planned_ms[i]}})); fi
  done
}

# Sets `reached` to the RTA of service $1 with what was measured; empty where that is not known, or nothing of it was measured.
reckon_service() {
  local pair at measured=''
  reached=''
  for pair in ${closing[$1]}; do
    at=${ends[${pair%%:*}]}
    if [[ -z "${at}" || "${result[${steps[${pair%%:*}]}]}" == failed ]]; then
      reached=''
      return
    fi
    if [[ -z "${reached}" ]] || ((at + ${pair##*:} > reached)); then reached=$((at + ${pair##*:})); fi
    measured+=${real[${pair%%:*}]}
  done
  if [[ -z "${measured}" ]]; then reached=''; fi
}

# Sets `verdict` by what was reached ($1) and the objective ($2).
compare() {
  if [[ -z "$1" ]]; then
    verdict='not known'
  elif [[ -z "$2" ]]; then
    verdict='no target'
  elif (($1 <= $2)); then
    verdict=met
  else
    verdict=missed
  fi
}

problem() {
  problems+=("$1")
  actions+=("$2")
}

judge_steps() {
  local i name allowed left='' count=0
  local -A seen=()
  for i in "${!steps[@]}"; do
    name=${steps[i]}
    if [[ -n "${seen[${name}]-}" ]]; then continue; fi
    seen[${name}]=yes
    case "${result[${name}]}" in
    failed) problem "${name} failed" "${name} failed: find out why in what it wrote, mend it, and do this drill again." ;;
    left) left+="${left:+, }${name}" count=$((count + 1)) ;;
    *)
      # A quarter is what one run differs from the next by, and a minute what people do.
      if [[ -z "${planned_ms[i]}" ]]; then continue; fi
      allowed=$((planned_ms[i] / 4 > 60000 ? planned_ms[i] / 4 : 60000))
      if ((took_ms[${name}] > planned_ms[i] + allowed)); then
        format_time "${took_ms[${name}]}"
        actions+=("${name} took ${time_text}, much longer than planned: plan with what was measured (muster record).")
      fi
      ;;
    esac
  done
  if ((count > 0)); then actions+=("Not exercised, since no person did it: ${left}. Run this drill at a terminal."); fi
}

judge_services() {
  local i
  for i in "${!services[@]}"; do
    reckon_service "${i}"
    compare "${reached}" "${service_rto_ms[i]}"
    service_reached[i]=${reached} service_verdict[i]=${verdict}
    if [[ "${expects}" == *' rto '* && "${verdict}" == missed ]]; then
      problem "RTO of ${services[i]} missed" "${services[i]} would miss its RTO in ${service_in[i]}: see muster mend for what would meet it."
    fi
  done
}

judge_data() {
  local i age
  for i in "${!data[@]}"; do
    age=${age_ms[${data_restore[i]:-none}]-}
    compare "${age}" "${data_rpo_ms[i]}"
    data_reached[i]=${age} data_verdict[i]=${verdict}
    if [[ "${expects}" == *' rpo '* && "${verdict}" == missed ]]; then
      problem "RPO of ${data[i]} missed" "The newest copy of ${data[i]} is older than its RPO: see why its backup did not run."
    fi
  done
}

# Sets `verdict` for several: missed if one is, met if one is and all others are, or have no target.
judge_all() {
  local one
  verdict=met
  if (($# == 0)); then verdict='not known'; fi
  for one in "$@"; do
    if [[ "${one}" == missed ]]; then verdict=missed; fi
    if [[ "${one}" == 'not known' && "${verdict}" == met ]]; then verdict='not known'; fi
  done
}

# Sets `verdict` for what the drill is to show ($1).
judge_criterion() {
  local i name hand=0 held=0 failed=0
  for name in "${!result[@]}"; do
    if [[ "${result[${name}]}" == failed ]]; then failed=1; fi
  done
  for i in "${!how[@]}"; do
    if [[ -z "${how[i]}${commands[i]}" ]]; then hand=$((hand + 1)); fi
  done
  if [[ -e "${work}/held" ]]; then held=$(wc -l <"${work}/held"); fi
  case "$1" in
  rto) judge_all "${service_verdict[@]}" ;;
  rpo) judge_all "${data_verdict[@]}" ;;
  integrity) if ((failed)); then verdict=missed; elif ((held > 0)); then verdict=met; else verdict='not known'; fi ;;
  automation) if ((hand > 0)); then verdict=missed; else verdict=met; fi ;;
  *)
    verdict='not known'
    ask "Does it hold: $1? (yes/no):" yes no
    if [[ "${answer}" == yes ]]; then verdict=met; elif [[ "${answer}" == no ]]; then verdict=missed; fi
    ;;
  esac
}

judge() {
  local i
  actions=() service_reached=() service_verdict=() data_reached=() data_verdict=() criterion_verdict=()
  reckon_ends
  judge_steps
  judge_services
  judge_data
  for i in "${!criteria[@]}"; do
    judge_criterion "${criteria[i]}"
    criterion_verdict[i]=${verdict}
    record judged '' "\"criterion\":${criteria_json[i]}" "\"answer\":\"${verdict}\""
    if [[ "${verdict}" == missed && "${criteria[i]}" != rto && "${criteria[i]}" != rpo ]]; then
      problem "criterion ${i} missed" "Success criterion $((i + 1)) does not hold: mend what keeps it from holding."
    elif [[ "${verdict}" == 'not known' ]]; then
      actions+=("Nothing here could judge success criterion $((i + 1)): let a person judge it, or add a check to the plan.")
    fi
  done
}

# Sets `outcome` to what the drill as a whole comes to.
sum_up() {
  local name
  outcome=by-hand
  for name in "${!took_ms[@]}"; do outcome=passed; done
  if ((${#problems[@]} > 0)); then outcome=failed; fi
}

# A row of a table in Markdown, of texts that are safe there; `|` cannot be in them.
row() {
  local cell
  printf '|'
  for cell in "$@"; do printf ' %s |' "${cell}"; done
  printf '\n'
}

# times_row COUNT TEXTS... TIMES...: a row of so many texts, then milliseconds.
times_row() {
  local cells=("${@:1:$1+1}") cell
  for cell in "${@:$1+2}"; do
    format_time "${cell}"
    cells+=("${time_text}")
  done
  row "${cells[@]:1}"
}

write_markdown() {
  local i name
  printf '# Drill %s: %s\n\n' "${drill}" "${outcome}"
  printf 'Plan %s, by %s on %s, evidence `%s`.\n\n' "${plan_hash:0:12}" "${operator}" "${host}" "${previous:0:12}"
  printf '## Steps\n\n'
  row step what result planned measured
  row --- --- --- --- ---
  for i in "${!steps[@]}"; do
    name=${steps[i]}
    times_row 3 "${name}" "${titles_markdown[i]}" "${result[${name}]}" "${planned_ms[i]}" "${took_ms[${name}]-}"
  done
  write_markdown_objectives
  if ((${#criteria[@]} > 0)); then
    printf '\n## Success criteria\n\n'
    for i in "${!criteria[@]}"; do printf '%d. %s: **%s**\n' "$((i + 1))" "${criteria_markdown[i]}" "${criterion_verdict[i]}"; done
  fi
  printf '\n## To do\n\n'
  for name in "${actions[@]}"; do printf -- '- [ ] %s Owner: ____ by: ____\n' "${name}"; done
  printf -- '- [ ] Record what was measured: `muster record` with the folder of this report.\n'
}

write_markdown_objectives() {
  local i
  if ((${#services[@]} > 0)); then
    printf '\n## Recovery times\n\nWhat was measured, and the rest as planned; detection and people always are.\n\n'
    row service in verdict RTO planned 'with what was measured'
    row --- --- --- --- --- ---
    for i in "${!services[@]}"; do
      times_row 3 "${services[i]}" "${service_in[i]}" "${service_verdict[i]}" "${service_rto_ms[i]}" "${service_planned_ms[i]}" "${service_reached[i]}"
    done
  fi
  if ((${#data[@]} > 0)); then
    printf '\n## Loss of data\n\n'
    row data in verdict RPO planned 'age of what was restored'
    row --- --- --- --- --- ---
    for i in "${!data[@]}"; do
      times_row 3 "${data[i]}" "${data_in[i]}" "${data_verdict[i]}" "${data_rpo_ms[i]}" "${data_planned_ms[i]}" "${data_reached[i]}"
    done
  fi
}

# Prints a member of a JSON object, a list: its name, then what is in the list.
member() {
  local text='' one
  for one in "${@:2}"; do text+="${text:+,}${one}"; done
  printf ',"%s":[%s]' "$1" "${text}"
}

# Prints the report as one line of JSON. Names of the plan are letters, digits, `-`, `_` and `.`.
write_json() {
  local i name all=() services_json=() data_json=() judged=() todo=()
  for i in "${!steps[@]}"; do
    name=${steps[i]}
    all+=("{\"name\":\"${name}\",\"result\":\"${result[${name}]}\",\"planned_ms\":${planned_ms[i]:-null},\"took_ms\":${took_ms[${name}]-null}}")
  done
  for i in "${!services[@]}"; do
    services_json+=("{\"name\":\"${services[i]}\",\"in\":\"${service_in[i]}\",\"verdict\":\"${service_verdict[i]}\",\"rto_ms\":${service_rto_ms[i]:-null},\"planned_ms\":${service_planned_ms[i]:-null},\"rta_ms\":${service_reached[i]:-null}}")
  done
  for i in "${!data[@]}"; do
    data_json+=("{\"name\":\"${data[i]}\",\"in\":\"${data_in[i]}\",\"verdict\":\"${data_verdict[i]}\",\"rpo_ms\":${data_rpo_ms[i]:-null},\"planned_ms\":${data_planned_ms[i]:-null},\"rpa_ms\":${data_reached[i]:-null}}")
  done
  for i in "${!criteria[@]}"; do judged+=("{\"text\":${criteria_json[i]},\"verdict\":\"${criterion_verdict[i]}\"}"); done
  for name in "${actions[@]}"; do todo+=("\"${name}\""); done
  printf '{"format":1,"drill":"%s","plan_sha256":"%s","result":"%s","evidence_sha256":"%s"' "${drill}" "${plan_hash}" "${outcome}" "${previous}"
  member steps "${all[@]}"
  member services "${services_json[@]}"
  member data "${data_json[@]}"
  member criteria "${judged[@]}"
  member actions "${todo[@]}"
  printf '}\n'
}

write_reports() {
  sum_up
  write_markdown >"${folder}/report.md"
  write_json >"${folder}/report.json"
  if [[ "${attended}" == yes ]]; then cat "${folder}/report.md" >&2; fi
  if [[ "${folder}" != "${work}" ]]; then
    log "report.md, report.json and evidence.jsonl are in ${folder}"
  else
    cat "${folder}/evidence.jsonl"
  fi
  cat "${folder}/report.json"
}
