#!/bin/sh
# httpd.sh ETC STORE COMMAND...   runs the command where /etc is the folder ETC, a copy of ours, and /etc/apache2/md is STORE
#
# In a mount namespace of its own: persist-hook looks for mod_md's store where a package of httpd has it.
set -eu

if [ "${HTTPD_INSIDE-}" != yes ]; then
    HTTPD_INSIDE=yes
    export HTTPD_INSIDE
    exec unshare --mount --propagation private "$0" "$@"
fi
unset HTTPD_INSIDE
etc=$1 store=$2
shift 2
mkdir -p "$etc/apache2/md"
mount --bind "$etc" /etc
mount --bind "$store" /etc/apache2/md
exec "$@"
