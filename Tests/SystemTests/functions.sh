# SPDX-License-Identifier: Apache-2.0
# Functions for the scripts in Scripts, which run in the booted system, in the directory of their results.
registry=/proc/sys/fs/binfmt_misc
entries=/etc/binfmtd/entries.d

# Fails the script, because an expectation did not hold.
fail() {
    echo "$*"
    exit 1
}

# within SECONDS COMMAND [ARGUMENT...]: waits until the command succeeds.
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || fail "This did not come true in time: $*"
        sleep 0.02
    done
}

# property NAME [UNIT]
property() { systemctl show --value -p "$1" "${2:-binfmtd}"; }

# The entries in matching order.
names() { (cd $registry && ls -U | grep -vx -e register -e status | paste -s -d ' '); }

# Writes a drop-in in one step, as editors do: declare FILE <TEXT
declare_in() {
    cat >"$entries/.$1.new"
    mv "$entries/.$1.new" "$entries/$1"
}

# declare_held NAME INTERPRETER: an entry for files that end in .NAME, whose interpreter the kernel holds open.
declare_held() {
    declare_in "$1.toml" <<TOML
[entry.$1]
interpreter = "$2"
extension = "$1"
fix-binary = true
TOML
}

# From here on `said` counts. (A cursor would not do: with a filter, journalctl 252 skips the first line after it.)
mark() {
    journalctl --sync
    since=@$(date +%s.%6N)
}

# said [JOURNALCTL-ARGUMENT...]: the daemon's own lines since `mark`.
said() {
    journalctl --sync
    journalctl -q --since="$since" -o cat "$@" -t binfmtd
}

has_said() { said "$@" | grep -q .; }

# fields MATCH: all of binfmtd's own fields in its messages since `mark` that match MATCH.
fields() {
    within 5 has_said "$1"
    journalctl -q --since="$since" -o export -u binfmtd "$1" |
        grep -E '^(MESSAGE|MESSAGE_ID|PRIORITY|SYSLOG_IDENTIFIER|BINFMT_[A-Z]+|CONFIG_[A-Z]+|ERRNO)=' | LC_ALL=C sort
}

wakeups() { awk '/^voluntary_ctxt_switches/ { print $2 }' "/proc/$(property MainPID)/status"; }

# Whether the daemon sleeps again, after more than COUNT context switches.
has_slept_since() { [ "$(wakeups)" -gt "$1" ] && grep -q '^State:.S' "/proc/$(property MainPID)/status"; }

# pass_after COMMAND [ARGUMENT...]: runs a command that wakes the daemon, and waits until it sleeps again.
pass_after() {
    local before
    before=$(wakeups)
    "$@"
    within 5 has_slept_since "$before"
}

# machine_in [DOCKER-RUN-ARGUMENT...] IMAGE: the output of uname in a container, or Docker's error if it does not run.
machine_in() { docker run --rm -t "$@" uname -m 2>&1 | tr -d '\r'; }
