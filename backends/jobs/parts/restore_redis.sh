# A server of its own, without a network, that goes with the container.
restore() {
  need redis-server redis-cli
  # The password is that of the server that was copied.
  unset REDISCLI_AUTH
  mkdir -p /tmp/redis
  cp "$1" /tmp/redis/dump.rdb
  export MUSTER_REDIS_SOCKET=/tmp/redis/socket
  redis-server --port 0 --unixsocket "${MUSTER_REDIS_SOCKET}" --dir /tmp/redis --save '' --daemonize yes --logfile /tmp/redis/log >&2
  wait_for_redis
  check_content
  redis-cli -s "${MUSTER_REDIS_SOCKET}" shutdown nosave
}

wait_for_redis() {
  local answer='' tries
  for ((tries = 0; tries < 1500; tries++)); do
    answer=$(redis-cli -s "${MUSTER_REDIS_SOCKET}" ping 2>&1 || true)
    if [[ "${answer}" == PONG ]]; then return; fi
    sleep 0.2
  done
  cat /tmp/redis/log >&2
  fail "Redis did not load the copy within five minutes: ${answer}"
}
