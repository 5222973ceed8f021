# SPDX-License-Identifier: Apache-2.0
# What %systemd_post does: after a first installation the presets decide which units are enabled. systemd's own triggers
# load the units.
if [ "$1" -eq 1 ]; then
    helper=/usr/lib/systemd/systemd-update-helper
    if [ -x $helper ]; then
        $helper install-system-units binfmtd.service binfmtd-apply.service binfmtd-metrics.service binfmtd-varlink.socket || :
    elif command -v systemctl >/dev/null; then
        systemctl --no-reload preset binfmtd.service binfmtd-apply.service binfmtd-metrics.service binfmtd-varlink.socket || :
    fi
fi
