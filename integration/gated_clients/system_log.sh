#!/bin/sh
# system_log.sh SOCKET COMMAND...   runs the command where SOCKET is the log of the system
#
# In a mount namespace of its own, with a /dev of its own: this machine may have no /dev/log, and if it has one it is no
# place for our lines.
set -eu

if [ "${SYSTEM_LOG_INSIDE-}" != yes ]; then
    SYSTEM_LOG_INSIDE=yes
    export SYSTEM_LOG_INSIDE
    [ "$(id -u)" = 0 ] || exec unshare --mount --map-root-user "$0" "$@"
    exec unshare --mount --propagation private "$0" "$@"
fi
unset SYSTEM_LOG_INSIDE
socket=$1
shift
# Some place that is not needed there.
mount -t tmpfs none /mnt
for name in null zero full random urandom tty; do
    : >"/mnt/$name"
    mount --bind "/dev/$name" "/mnt/$name"
done
ln -s /proc/self/fd /mnt/fd
ln -s "$socket" /mnt/log
mount --move /mnt /dev
exec "$@"
