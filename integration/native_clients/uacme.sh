#!/bin/sh
# uacme.sh FOLDER CA-FILE ARGUMENT...   runs the uacme that is unpacked in FOLDER
#
# It has no option for the certificates that it trusts: in a mount namespace of its own, CA-FILE is all there are. A C
# library in FOLDER, with its dynamic linker, takes the place of this machine's there.
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
for libraries in "$folder"/usr/lib/*-linux-gnu; do
    ours=/usr/lib/${libraries##*/}
    [ ! -d "$libraries" ] || mount -t overlay none -o "lowerdir=$libraries:$ours" "$ours"
done
exec "$folder/usr/bin/uacme" "$@"
