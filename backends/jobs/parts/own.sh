log "running the command of the plan"
bash /muster/own.sh
log "it ended without an error"
