# SPDX-License-Identifier: Apache-2.0
# What %systemd_postun_with_restart does: after an upgrade a daemon that runs is restarted, which keeps its entries.
if [ "$1" -ge 1 ]; then
    helper=/usr/lib/systemd/systemd-update-helper
    if [ -x $helper ]; then
        $helper mark-restart-system-units binfmtd.service binfmtd-metrics.service || :
    elif [ -d /run/systemd/system ]; then
        systemctl daemon-reload && systemctl try-restart binfmtd.service binfmtd-metrics.service || :
    fi
else
    rm -rf /run/binfmtd
fi
