# Makes ready to encrypt for the holder of the key.
import_key() {
  case "${encryption}" in
  gpg)
    need gpg
    export GNUPGHOME=/tmp/gnupg
    mkdir -p "${GNUPGHOME}"
    chmod 700 "${GNUPGHOME}"
    gpg --batch --quiet --import <<<"${MUSTER_GPG_PUBLIC_KEY:?is to hold the public key}" || fail "MUSTER_GPG_PUBLIC_KEY holds no key"
    ;;
  age) need age ;;
  *) fail "the plan wants ${encryption:-no encryption}, and no command here encrypts with that" ;;
  esac
}

# Encrypts what comes in.
seal() {
  if [[ "${encryption}" == gpg ]]; then
    gpg --batch --quiet --trust-model always --recipient "${key}" --encrypt ||
      fail "it cannot be encrypted for ${key}: the Secret has to hold that key"
  else
    age --encrypt --recipient "${MUSTER_AGE_RECIPIENT:?is to hold the public key}" || fail "it cannot be encrypted with age"
  fi
}
