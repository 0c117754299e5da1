#!/bin/sh
# uacme.sh FOLDER CA-FILE ARGUMENT...   runs the uacme that is unpacked in FOLDER
#
# It has no option for the certificates that it trusts: in a mount namespace of its own, CA-FILE is all there are. The
# dynamic linker is that of FOLDER too, where there is one: the uacme there wants a newer one than this machine has.
set -eu

if [ "${UACME_SH_INSIDE-}" != yes ]; then
    UACME_SH_INSIDE=yes
    export UACME_SH_INSIDE
    [ "$(id -u)" = 0 ] || exec unshare --mount --map-root-user "$0" "$@"
    exec unshare --mount --propagation private "$0" "$@"
fi
folder=$1
trusted=$2
shift 2
mount -t tmpfs none /etc/ssl/certs
cp "$trusted" /etc/ssl/certs/ca-certificates.crt
linker=$(echo "$folder"/usr/lib/*-linux-gnu/ld-linux*.so.*)
[ -e "$linker" ] || exec "$folder/usr/bin/uacme" "$@"
libraries=${linker%/*}
exec "$linker" --library-path "$libraries:/usr/lib/${libraries##*/}" "$folder/usr/bin/uacme" "$@"
