#!/usr/bin/env bash
# Makes the Debian package, and installs, runs and removes it in a copy of this system that nobody else sees (an overlay in a
# mount namespace of its own).
#
#   integration/packages.sh BUILD        BUILD: a folder configured with the release preset, without tests, for /usr; it is built here
#
# Exit status: 0 all is well, 1 something is not, 77 where something is lacking (the last line says what).
set -euo pipefail
export LC_ALL=C.UTF-8

lacking() { echo "$1"; exit 77; }
fail() { echo "packages.sh: $1" >&2; exit 1; }

[ $# = 1 ] || { echo "usage: integration/packages.sh BUILD" >&2; exit 2; }
build=$(realpath "$1")
command -v dpkg-shlibdeps >/dev/null || lacking "dpkg-dev is not installed: it tells what a package depends on"
[ "$(id -u)" = 0 ] || lacking "a package is installed by root only"

if [ "${PERSIST_PACKAGES_INSIDE-}" != yes ]; then
    unshare --mount true || lacking "no mount namespace can be made here"
    cmake --build "$build" >/dev/null
    PERSIST_PACKAGES_INSIDE=yes exec unshare --mount --propagation private --pid --fork --kill-child "$0" "$@"
fi

# All that is made here is in memory, and goes with the mount namespace; nothing is removed file by file, for the copy's /proc
# and the system itself are mounted below.
work=$(mktemp -d)
trap 'umount --recursive --lazy "$work"; rmdir "$work"' EXIT
mount -t tmpfs tmpfs "$work"
mkdir "$work/upper" "$work/work" "$work/root"
(cd "$build" && cpack -G DEB -B "$work/packages" >/dev/null) || fail "cpack failed"
package=$(echo "$work"/packages/persist-tools_*.deb)
dpkg-deb --info "$package"
depends=$(dpkg-deb --field "$package" Depends)
[[ $depends == *libcurl4* && $depends == *libssl3* ]] || fail "libcurl and libssl are no dependencies: $depends"

mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" "$work/root" 2>/dev/null ||
    lacking "no overlay of / can be mounted here"
root=$work/root
mount -t proc proc "$root/proc"
cp "$package" "$root/persist-tools.deb"
mkdir -p "$root/etc/letsencrypt/renewal"
cat >"$root/etc/letsencrypt/renewal/gone.example.conf" <<'END'
version = 2.1.0
cert = /etc/letsencrypt/live/gone.example/cert.pem
[renewalparams]
account = 0123456789abcdef0123456789abcdef
server = https://acme-v02.api.letsencrypt.org/directory
pre_hook = persist-hook
END

# Runs "$@" in the copy, and shows what it said.
inside() {
    chroot "$root" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 HOME=/root "$@" </dev/null
}

inside dpkg -i /persist-tools.deb
files=$(inside dpkg -L persist-tools)
echo "$files"
inside persist-hook --version
inside persist-lint --version
inside persist-lint rules DP401 >/dev/null
inside persist-hook detect https://127.0.0.1:1/directory && fail "something answers at port 1"
[ $? = 3 ] || fail "persist-hook does not find persist-hook-acme"
for file in /usr/bin/persist-hook /usr/bin/persist-lint /usr/libexec/persist-hook/persist-hook-acme /usr/share/man/man1/persist-hook.1 \
    /usr/share/bash-completion/completions/persist-hook /usr/share/zsh/vendor-completions/_persist-hook \
    /usr/share/fish/vendor_completions.d/persist-hook.fish /usr/share/doc/persist-tools/copyright; do
    grep -qxF "$file" <<<"$files" || fail "the package lacks $file"
done
if grep -E '^/usr/(include|lib/(cmake|pkgconfig))' <<<"$files"; then fail "the package has files of developers"; fi

removal=$(inside dpkg -r persist-tools 2>&1)
echo "$removal"
grep -q 'certbot /etc/letsencrypt/renewal/gone.example.conf:[0-9]* persist-hook' <<<"$removal" ||
    fail "the removal does not say that certbot still calls persist-hook"
while read -r file; do
    [ -d "/$file" ] || [ ! -e "$root$file" ] || fail "the removal left $file"
done <<<"$files"
inside dpkg -s persist-tools >/dev/null 2>&1 && fail "the package is still there"
echo "installed, run and removed in Debian $(cat /etc/debian_version)"
