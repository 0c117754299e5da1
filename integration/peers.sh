#!/usr/bin/env bash
# Brings programs of others that tests compare ours with, at pinned versions, and keeps them between runs.
#
#   integration/peers.sh boulder-va      Boulder's validation authority: builds integration/boulder_va
#   integration/peers.sh pebble          Pebble, the ACME server of Let's Encrypt for tests
#   integration/peers.sh acmez           an ACME client: builds integration/native_clients/acmez_client
#   integration/peers.sh acme-sh         an ACME client: acme.sh, as Debian has it
#   integration/peers.sh uacme           an ACME client: the folder in which Debian's is unpacked
#   integration/peers.sh certbot-2.1.0 | certbot-4.0.0 | certbot-5.8.0   an ACME client, from the Python registry
#   integration/peers.sh lego-4.9.1 | lego-4.35.2 | dehydrated-0.7.2     ACME clients, as Debian has them
#   integration/peers.sh mod-md          httpd, as installed, with mod_md
#   integration/peers.sh uacme-1.7.4     an older uacme: the folder
#   integration/peers.sh dns-tools       octoDNS and Ansible, from the Python registry: the python that has them
#   integration/peers.sh ansible-dns     the folder with Ansible's module for RFC 2136
#   integration/peers.sh hcl-reader      a reader of Terraform's language: builds integration/record_formats/hcl_reader
#   integration/peers.sh pebble-2.8.0    a Pebble that does not offer dns-persist-01 yet, for clients that stumble over it
#
# Prints the path of the program, and nothing else, on stdout. Exit status 77: this machine lacks something, stderr says
# what. All that is fetched and built lies in PERSIST_TEST_DOWNLOADS, else ~/.cache/persist-tests; nothing is installed.
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${PERSIST_TEST_DOWNLOADS:-$HOME/.cache/persist-tests}

go_release=go1.26.8
pebble_release=v2.10.1
old_pebble_release=v2.8.0
# Packages of Debian's sid, which has the newest release only: another one asks for a look at it, and new sums.
acme_sh_version=3.1.5+~cs0.0.20260919-1
acme_sh_sum=c7df8c36483a20dc04981354af7bef6841f6a886330995104d92c672334e8e00
uacme_version=1.8.1-1
uacme_sum=92f92755b51f031d78961a1d15b4e7dce4cbac2461bec9ac0281b0b8a36d338a # for amd64
# Peers of which there is nothing to say: word, suite, package, its SHA-256 (for amd64), what to print below the folder.
debian_peers='
lego-4.9.1       bookworm lego=4.9.1-1       5f68599b9cb0a8c7a2a06ad6dedc1a6730a6ce24addd4c5b0d6661b9ad0e3575 /usr/bin/lego
lego-4.35.2      sid      lego=4.35.2-3      de540086662377ee6bd4557bb46d93b8dd0265ad979b96d6eecdd7de6c21b13a /usr/bin/lego
dehydrated-0.7.2 trixie   dehydrated=0.7.2-2 b929eb121771825fa0192cd522239f0561ee4e756666b37d449c53745b743ba0 /usr/bin/dehydrated
'
# The package with all collections of Ansible, of which one is unpacked.
ansible_version=12.3.0
ansible_sum=cd156f82fa87f7a899212b0efa9f7ca3a24d609212de9f78428a572eb01e5414
old_uacme_version=1.7.4-1 # of bookworm
old_uacme_sum=6beb87f76dbff0a5761b7a0f571b3601ef68b32e6718290e5395f3bffa91fe41
debian_go=1.24 # of trixie; any go since 1.21 fetches `go_release` for itself

lacking() {
    echo "peers.sh: $1" >&2
    exit 77
}

# debian_packages FOLDER SUITE SUM PACKAGE...: unpacks packages of another Debian release into FOLDER. One of them must
# have the SHA-256 SUM, if that is not empty.
debian_packages() {
    local folder=$1 part status=0
    shift
    part=$(mktemp -d "$folder.XXXXXX") || return
    unpack_packages "$part" "$@" && rm -rf "$folder" && mv "$part/root" "$folder" || status=1
    rm -rf "$part"
    return $status
}

# By a view of apt of our own, in folder $1: what this machine has installed and looks at stays as it is.
unpack_packages() {
    local part=$1 suite=$2 sum=$3 keyring=/usr/share/keyrings/debian-archive-keyring.gpg mirror package
    shift 3
    # shellcheck disable=SC2016  # apt expands it
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' | sort -u | head -n 1)
    [ -n "$mirror" ] && [ -e "$keyring" ] || return
    mkdir -p "$part/lists/partial" "$part/cache/archives/partial" "$part/root"
    echo "deb [signed-by=$keyring] $mirror $suite main" >"$part/sources.list"
    # A mirror that stands still will do: what is wanted of it is named.
    local view=(-q -o "Dir::Etc::SourceList=$part/sources.list" -o Dir::Etc::SourceParts=/dev/null
        -o "Dir::State::Lists=$part/lists" -o "Dir::Cache=$part/cache" -o Dir::State::status=/dev/null
        -o Acquire::Check-Valid-Until=false)
    # _apt, whom root would have fetch, may not look into folders under /root.
    [ "$(id -u)" != 0 ] || view+=(-o APT::Sandbox::User=root)
    apt-get "${view[@]}" update >&2 && (cd "$part" && apt-get "${view[@]}" download "$@" >&2) || return
    sha256sum "$part"/*.deb | grep "^$sum" >&2 || return
    for package in "$part"/*.deb; do dpkg -x "$package" "$part/root" || return; done
}

# The go command of this machine, or one that is fetched; the release that works is `go_release` in both cases.
find_go() {
    local major minor folder=$cache/debian-go-$debian_go
    if IFS=. read -r major minor _ < <(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null) &&
        [ "$major" = go1 ] && [ "${minor%%[!0-9]*}" -ge 21 ]; then
        command -v go
        return
    fi
    [ -x "$folder/usr/lib/go-$debian_go/bin/go" ] ||
        debian_packages "$folder" trixie "" "golang-$debian_go-go" "golang-$debian_go-src" || return
    echo "$folder/usr/lib/go-$debian_go/bin/go"
}

# Sets `go` and what it needs to work in our cache. Modules are checked against go.sum, or sum.golang.org where none is.
prepare_go() {
    go=$(find_go) || lacking "there is no go command since 1.21, and Debian's golang-$debian_go cannot be fetched"
    export GOTOOLCHAIN=$go_release GOMODCACHE=$cache/go/mod GOCACHE=$cache/go/build CGO_ENABLED=0
    export GOFLAGS="-buildvcs=false -trimpath -modcacherw" GOSUMDB=sum.golang.org GONOSUMDB='' GOPRIVATE='' GOINSECURE=''
    "$go" version >&2 || lacking "$go_release cannot be fetched"
}

# own_go_program FOLDER OF: builds a Go program of ours, which needs the modules of OF.
own_go_program() {
    local go program=$cache/${1##*/}/${1##*/}
    prepare_go
    cd "$here/$1"
    "$go" list -deps . >/dev/null || lacking "the Go modules of $2 cannot be fetched"
    "$go" build -o "$program" . >&2
    echo "$program"
}

# pebble RELEASE
pebble() {
    local go program=$cache/pebble-$1/pebble package=github.com/letsencrypt/pebble/v2/cmd/pebble
    if [ ! -x "$program" ]; then
        prepare_go
        GOBIN=$(dirname "$program") "$go" install "$package@$1" >&2 || lacking "Pebble $1 cannot be fetched and built"
    fi
    echo "$program"
}

acme_sh() {
    local folder=$cache/acme.sh-$acme_sh_version
    [ -d "$folder" ] || debian_packages "$folder" sid "$acme_sh_sum" "acme.sh=$acme_sh_version" ||
        lacking "acme.sh $acme_sh_version cannot be fetched from Debian's sid, or is there no longer"
    echo "$folder/usr/share/acme.sh/acme.sh"
}

# uacme VERSION SUITE SUM [PACKAGE]: with the C library that it wants, if that is not this machine's; the other libraries
# it has from here, where git needs them too.
uacme() {
    local folder=$cache/uacme-$1 namespace=(unshare --mount)
    [ "$(id -u)" = 0 ] || namespace+=(--map-root-user)
    "${namespace[@]}" true || lacking "no mount namespaces here, and uacme cannot be told which certificates to trust"
    [ -d "$folder" ] || debian_packages "$folder" "$2" "$3" "uacme=$1" "${@:4}" ||
        lacking "uacme $1 for amd64 cannot be fetched from Debian's $2, or is there no longer"
    echo "$folder"
}

# debian_peer WORD: one of `debian_peers`.
debian_peer() {
    local word suite package sum program folder=$cache/$1
    read -r word suite package sum program < <(grep "^$1 " <<<"$debian_peers")
    [ -d "$folder" ] || debian_packages "$folder" "$suite" "$sum" "$package" ||
        lacking "$word for amd64 cannot be fetched from Debian's $suite, or is there no longer"
    echo "$folder$program"
}

# certbot WORD: in an environment of its own, which cannot be moved; all that is in it is pinned.
certbot() {
    local folder=$cache/$1 pins=$here/gated_clients/$1.txt
    if ! cmp -s "$pins" "$folder/pins.txt"; then
        rm -rf "$folder"
        { /usr/bin/python3 -m venv "$folder" &&
            "$folder/bin/pip" install --quiet --no-deps --only-binary :all: --requirement "$pins" &&
            "$folder/bin/certbot" --version; } >&2 || lacking "$1 cannot be fetched from the Python registry, or not run here"
        cp "$pins" "$folder/pins.txt"
    fi
    echo "$folder/bin/certbot"
}

dns_tools() {
    local folder=$cache/dns-tools pins=$here/record_formats/peers.txt
    if ! cmp -s "$pins" "$folder/pins.txt"; then
        rm -rf "$folder"
        { /usr/bin/python3 -m venv "$folder" &&
            "$folder/bin/pip" install --quiet --no-deps --only-binary :all: --requirement "$pins" &&
            LC_ALL=C.UTF-8 "$folder/bin/ansible-playbook" --version && "$folder/bin/octodns-sync" --version; } >&2 ||
            lacking "octoDNS and Ansible cannot be fetched from the Python registry, or not run here"
        cp "$pins" "$folder/pins.txt"
    fi
    echo "$folder/bin/python"
}

ansible_dns() {
    local folder=$cache/ansible-$ansible_version part
    if [ ! -d "$folder" ]; then
        part=$(mktemp -d "$folder.XXXXXX")
        echo "ansible==$ansible_version --hash=sha256:$ansible_sum" >"$part/pins.txt"
        { /usr/bin/python3 -m venv "$part/venv" &&
            "$part/venv/bin/pip" download --quiet --no-deps --only-binary :all: --require-hashes --dest "$part" \
                --requirement "$part/pins.txt" &&
            "$part/venv/bin/python" "$here/record_formats/unpack_collection.py" "$part"/*.whl community/general "$part/root"; } >&2 ||
            { rm -rf "$part"; lacking "ansible $ansible_version cannot be fetched from the Python registry"; }
        mv "$part/root" "$folder"
        rm -rf "$part"
    fi
    echo "$folder"
}

mod_md() {
    [ -e /usr/lib/apache2/modules/mod_md.so ] || lacking "httpd's mod_md is not installed: apt-get install apache2-bin"
    { [ "$(id -u)" = 0 ] && unshare --mount true; } || lacking "httpd begins as root, and needs a mount namespace for its store here"
    echo /usr/sbin/apache2
}

mkdir -p "$cache"
case ${1-} in
    boulder-va) own_go_program boulder_va Boulder ;;
    pebble) pebble "$pebble_release" ;;
    pebble-2.8.0) pebble "$old_pebble_release" ;;
    acmez) own_go_program native_clients/acmez_client acmez ;;
    acme-sh) acme_sh ;;
    uacme) uacme "$uacme_version" sid "$uacme_sum" libc6 ;;
    uacme-1.7.4) uacme "$old_uacme_version" bookworm "$old_uacme_sum" ;;
    certbot-2.1.0 | certbot-4.0.0 | certbot-5.8.0) certbot "$1" ;;
    dns-tools) dns_tools ;;
    ansible-dns) ansible_dns ;;
    hcl-reader) own_go_program record_formats/hcl_reader "the HCL reader" ;;
    lego-4.9.1 | lego-4.35.2 | dehydrated-0.7.2) debian_peer "$1" ;;
    mod-md) mod_md ;;
    *) sed -n 's/^#   integration/usage: integration/p' "$0" >&2; exit 2 ;;
esac
