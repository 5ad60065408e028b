log "running the command of the plan"
if [[ -e "${MUSTER_GOOGLE_KEY-}" ]]; then
  export GOOGLE_APPLICATION_CREDENTIALS=${MUSTER_GOOGLE_KEY} CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE=${MUSTER_GOOGLE_KEY}
fi
bash /muster/own.sh
log "it ended without an error"
