# A server of its own, which goes with the container.
restore() {
  need mongod mongorestore
  mkdir -p /tmp/mongo
  mongod --dbpath=/tmp/mongo --bind_ip=127.0.0.1 --port=27017 --fork --logpath=/tmp/mongod.log >/dev/null
  export MUSTER_MONGO_URI=mongodb://127.0.0.1:27017
  mongorestore --uri="${MUSTER_MONGO_URI}" --gzip --oplogReplay --stopOnError --archive="$1"
  check_content
  mongod --dbpath=/tmp/mongo --shutdown >/dev/null
}
