# SPDX-License-Identifier: Apache-2.0
# For every script that runs before a removal: the packages include it.

# Registers what systemd-binfmt and update-binfmts would register without binfmtd. Restarting systemd-binfmt would flush
# the whole table, entries of containers and others included; given files by name, it flushes nothing.
hand_over() {
    if [ -x /usr/sbin/update-binfmts ]; then
        update-binfmts --enable || true
    fi
    [ -d /run/systemd/system ] || return 0
    case $(systemctl is-enabled systemd-binfmt.service 2>/dev/null) in
    masked*) return 0 ;;
    esac
    names=$(cd / && find etc/binfmt.d run/binfmt.d usr/local/lib/binfmt.d usr/lib/binfmt.d -maxdepth 1 \
        -name '*.conf' -printf '%f\n' 2>/dev/null | LC_ALL=C sort -u)
    for name in $names; do
        /lib/systemd/systemd-binfmt "$name" || true
    done
}

# Releases the entries that binfmtd owns. Without a record of them, as in a chroot, it owns none.
release_entries() {
    [ -e /run/binfmtd/state/owned.toml ] || return 0
    if "${binfmtctl:-binfmtctl}" release >/dev/null; then
        hand_over
    else
        echo "binfmtd: its binfmt_misc entries stay registered until the next boot" >&2
    fi
}
