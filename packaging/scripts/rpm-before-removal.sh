# SPDX-License-Identifier: Apache-2.0
#HAND_OVER#

# What %systemd_preun does, and then what only this package has to do.
if [ "$1" -eq 0 ]; then
    helper=/usr/lib/systemd/systemd-update-helper
    if [ -x $helper ]; then
        $helper remove-system-units binfmtd.service binfmtd-apply.service binfmtd-metrics.service binfmtd-varlink.socket || :
    elif [ -d /run/systemd/system ]; then
        systemctl --no-reload disable --now binfmtd.service binfmtd-apply.service binfmtd-metrics.service binfmtd-varlink.socket || :
    fi
    # This releases what it would release at shutdown; the rest is released then.
    [ ! -d /run/systemd/system ] || systemctl stop binfmtd-release.service || :
    release_entries
fi
