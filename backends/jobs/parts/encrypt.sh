# Replaces the file by what the key's holder alone can read.
encrypt() {
  case "${encryption}" in
  '') return ;;
  gpg)
    need gpg
    export GNUPGHOME=/tmp/gnupg
    mkdir -p "${GNUPGHOME}"
    chmod 700 "${GNUPGHOME}"
    gpg --batch --quiet --import <<<"${MUSTER_GPG_PUBLIC_KEY:?is to hold the public key}"
    gpg --batch --quiet --trust-model always --recipient "${key}" --output "$1.sealed" --encrypt "$1" ||
      fail "it cannot be encrypted for ${key}: the Secret has to hold that key"
    ;;
  age)
    need age
    age --encrypt --recipient "${MUSTER_AGE_RECIPIENT:?is to hold the public key}" --output "$1.sealed" "$1" ||
      fail "it cannot be encrypted with age"
    ;;
  *) fail "the plan wants ${encryption}, and no command here encrypts with that" ;;
  esac
  mv "$1.sealed" "$1"
}
