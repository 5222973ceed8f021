# SPDX-License-Identifier: Apache-2.0
# Every example of the README, the guides, the manual and the help texts does what it says, on a Debian with its own emulators. The
# examples are taken from the installed files. What one prints, returns and changes is compared with what is shown and
# with the expected output, so that a new example fails until that has it.
. ./functions.sh

share=/usr/local/share
config=/etc/binfmtd/binfmtd.toml
cp $config shipped.toml
cp /srv/busybox-* .
cp busybox-arm64 program
install -m 711 busybox-arm64 /srv/busybox-unreadable
install -D -m 755 /usr/bin/tac /srv/unsafe/tac
chmod 777 /srv/unsafe
install -D "$(realpath /usr/libexec/qemu-binfmt/aarch64-binfmt-P)" /opt/qemu/aarch64
printf '[entry.jar]\ninterpreter = "/usr/bin/tac"\nextension = "jar"\n' >jar.toml
printf '[qemu]\ntargets = ["arm64"]\n' >arm.toml
echo ':jar:E::jar::/usr/bin/tac:' >jar.conf
mkdir -p /usr/share/binfmts
printf 'package wine\ninterpreter /usr/bin/tac\nmagic MZ\n' >/usr/share/binfmts/wine
# The operator's own project.
printf '#!/bin/sh\ntest "$1" = check && ./busybox-arm64 uname -m\n' >/usr/bin/make
chmod +x /usr/bin/make

# unable LINE: why a line is not run here; nothing for all others.
unable() {
    case $1 in
    'make build && make install'*) echo "this host was prepared with it" ;;
    kubectl* | helm*) echo "it needs a cluster" ;;
    podman* | buildah*) echo "it needs images from the internet" ;;
    *'status --watch'* | *'call --more'*) echo "only Ctrl-C ends it" ;;
    *io.binfmtd.GetStatus*) echo "the script 'varlink' compares the reply" ;;
    varlinkctl*) type varlinkctl >/dev/null 2>&1 || echo "this systemd has no varlinkctl" ;;
    *docker* | *'--chroot root'*) echo "it needs images from the internet; the script 'docker' has its own" ;;
    esac
}

# examples FILE: prints each example as one line: its kind, and its text, with \037 in place of the ends of lines.
examples() {
    case $1 in
    *.md) awk "$collect"'
        /^```$/ { end(); next }
        /^```/ { begin(substr($0, 4)); next }
        { add($0) }' "$1" ;;
    *.[158]) awk -v display="$(case $1 in *5) echo toml ;; *) echo sh ;; esac)" "$collect"'
        /^\.Bd -literal/ { begin(display); next }
        /^\.Ed/ { end(); next }
        /^\.Dl / { gsub(/^\.Dl "?|"$/, ""); begin("sh"); add($0); end(); next }
        { gsub(/\\e/, "\\"); add($0) }' "$1" ;;
    *) $1 --help | awk "$collect"'
        /^Examples:$/ { begin("sh"); next }
        /^$/ { end() }
        { sub(/^ */, ""); add($0) }' ;;
    esac
}
collect='
    function begin(k) { kind = k; text = "" }
    function add(line) { text = text line "\037" }
    function end() { if (kind) print kind "\t" text; kind = "" }
'

# keys FILE: prints each key that the manual explains, after its table.
keys() {
    awk '
        /^\.Sh/ { table = "" }
        /^\.Ss/ { table = $2 }
        table && /^\.It Li/ {
            sub(/^\.It Li /, ""); sub(/ (=|Ns) .*/, "")
            count = split($0, keys, / , /)
            for (i = 1; i <= count; i++) print table "\t" keys[i]
        }' "$1"
}

# table: the entries in matching order, each with what the kernel has of it.
table() {
    # shellcheck disable=SC2046
    (cd $registry && awk '
        function end() { if (name) print name, flags, interpreter rest; rest = "" }
        FNR == 1 { end(); name = FILENAME }
        /^(disabled|offset [1-9]|extension|magic|mask)/ { rest = rest " " $0 }
        /^interpreter/ { sub(/^interpreter /, ""); interpreter = $0 }
        /^flags/ { flags = $2 ? $2 : "-" }
        END { end() }' $(names) /dev/null)
}

# Tells what changed since `table >before`: the entries that are new, in matching order, and those that have another
# interpreter or flags, match other bytes, or are gone. Many are named in one line.
changes() {
    table >after
    awk '
        { split($0, word); short = word[2] " " word[3] }
        FILENAME == "before" { line[$1] = $0; brief[$1] = short; next }
        { stays[$1] }
        !($1 in line) { add("+", $1, $0); next }
        brief[$1] != short { add("~", $1, $1 ": " brief[$1] " -> " short); next }
        line[$1] != $0 { add("match other bytes:", $1) }
        END { for (name in line) if (!(name in stays)) add("-", name) }
        function add(sign, name, text) { print sign "\t" name "\t" text }' before after >changed
    local sign
    for sign in + '~' 'match other bytes:' -; do
        grep "^$sign	" changed >these || continue
        if [ "$(wc -l <these)" -gt 9 ] || ! grep -q '	.*	.' these; then
            echo "  $sign $(wc -l <these): $(cut -f 2 these | LC_ALL=C sort | paste -s -d ' ')"
        else
            cut -f 3 these | sed "s/^/  $sign /"
        fi
    done
}

# The host as it was, with the configuration that is shipped, and the daemon at rest.
afresh() {
    rm -rf ${entries:?}/* /run/binfmtd/entries.d/* /usr/lib/binfmt.d/python3.12.conf
    [ ! -e $registry/by-hand ] || echo -1 >$registry/by-hand
    cmp -s shipped.toml $config || cp shipped.toml $config
    systemctl --quiet is-active binfmtd && systemctl --quiet is-enabled binfmtd || {
        systemctl disable --now --quiet binfmtd-apply
        systemctl enable --now --quiet binfmtd
    }
    binfmtctl status --wait 10 >/dev/null || fail "$(binfmtctl)"
    table >before
    mark
}

# Removes what differs each time: durations, versions, the widths of columns, and what journalctl puts before a message.
comparable() {
    sed -E 's/ +/ /g; s/this kernel \([0-9.]+\)/this kernel (N)/; s/[0-9]+ ms/N ms/g; s/QEMU [0-9.]+/QEMU N/g; s/, [0-9.]+ [kM]B$//; s/^[A-Z][a-z]{2} .* binfmtd\[[0-9]+\]: //; s/ $//' "$@"
}

# session TEXT: runs the commands of a session. Its output has to be as shown; "…" stands for anything.
session() {
    local line pattern
    grep '^[#$] ' <<<"$1" | tee commands | while read -r line; do
        echo "$line"
        case $line in
        *'journalctl'*'restored') within 5 has_said -g restored ;;
        '# binfmtctl') line="# script -qec 'stty columns 120 && NO_COLOR=1 binfmtctl' /dev/null | tr -d '\r'" ;;
        esac
        bash -c "${line#[#$] }" 2>&1 </dev/null
    done | comparable >printed
    comparable <<<"$1" >shown
    cat commands
    pattern=$(sed 's/[][\*?]/\\&/g; s/…/*/g' shown)
    # shellcheck disable=SC2053
    if [[ $(cat printed) == $pattern ]]; then echo "  as shown"; else diff shown printed; fi
}

# settled: waits until the daemon has done what was asked of it, and tells what is not as declared, and what changed.
settled() {
    if systemctl --quiet is-active binfmtd; then
        binfmtctl status --wait 1 >/dev/null || binfmtctl | sed -nE 's/this kernel \([0-9.]+\)/this kernel (N)/; /^Entries/,$s/^/  /p' | grep .
    fi
    changes
}

# Tells what programs of another architecture cannot do.
foreign() {
    runs ./busybox-arm64 true || { echo "  no arm64 program runs" && return; }
    (exec -a true ./busybox-arm64) >/dev/null 2>&1 || echo "  none gets the name that it was called by"
    runs chroot /srv/arm64 /bin/busybox true || echo "  none runs in a chroot"
    runs setpriv --reuid 65534 --clear-groups /srv/busybox-unreadable true || echo "  none runs that its user may not read"
}
runs() { "$@" >/dev/null 2>&1; }

# The verdict in what was printed, with the interpreter, or else its last line.
verdict() {
    grep -E '^(The file (runs|does)|. [^ ]+: |All [0-9]+ |  Interpreter: | +File: )' printed || grep . printed | tail -n 1
}

# run TEXT: runs its lines, and tells of each its exit status, its verdict, and what it changed.
run() {
    local line reason
    while read -r line; do
        echo "$ $line"
        reason=$(unable "$line")
        [ -z "$reason" ] || { echo "  not run: $reason" && continue; }
        # Ansible puts the name of a temporary file there.
        case $line in 'validate: '*) cp jar.toml tmpabc && line=${line#*: } && line=${line/\%s/tmpabc} ;; esac
        bash -c "$line" >printed 2>&1 </dev/null
        echo "  exit $?: $(verdict | comparable | paste -s -d ';')"
        settled
        table >before
    done <<<"$1"
}

# Empties the table, and tells what is not restored.
flush() {
    echo "  emptied:"
    table >before
    echo -1 >$registry/status
    within 5 has_said -g restored
    settled | sed 's/^/  /'
}

# save TEXT: saves a file of the configuration, and tells what that does.
save() {
    sed 's/^/| /' <<<"$1"
    declare_in saved.toml <<<"$1"
    binfmtctl check | comparable | sed 's/^/  /'
    settled
    foreign
}

# scene TEXT: prepares what an example takes for granted.
scene() {
    case $1 in
    *'explain ./busybox-s390x'*) save $'[qemu]\ntargets = ["arm64"]' >scene ;;
    *interpretor*)
        { grep -m 12 '^#' shipped.toml && printf '[entry.jar]\ninterpretor = "/usr/bin/jexec"\nextension = "jar"\n'; } >$config
        ;;
    *python3.12*) echo ':python3.12:E::pyc::/usr/bin/tac:' >/usr/lib/binfmt.d/python3.12.conf ;;
    'tar -xf'*)
        # A host without binfmtd.
        cp /srv/*.tar.xz .
        systemctl disable --now --quiet binfmtd
        binfmtctl release >scene
        rm -r /usr/local/*
        ;;
    *varlinkctl*) systemctl start binfmtd-varlink.socket ;;
    *foreign*) echo ':by-hand:E::by-hand::/usr/bin/tac:' >$registry/register && table >before ;;
    esac
}

# values TABLE KEY: texts for each kind of value of a key, with what makes it count, and an empty line after each.
values() {
    local value table=$1 key=$2 arm='targets = ["arm64"]' tac='interpreter = "/usr/bin/tac"' x='extension = "x"'
    case "$table $key" in
    '[daemon] foreign') for value in keep protect remove; do text "$key = \"$value\""; done ;;
    '[daemon] binfmt-d') text "$key = false" ;;
    '[daemon] binfmts') text "$key = true" ;;
    '[qemu] targets')
        for value in '"installed"' '"packaged"' '"all"' '["arm64", "linux/riscv64", "ppc64el", "x86_64"]' '[]'; do
            text "$key = $value"
        done
        ;;
    '[qemu] except') text "$key = [\"arm64\", \"cris\"]" ;;
    '[qemu] interpreter')
        text "$arm" "$key = [\"/opt/none/{target}\", \"/opt/qemu/{target}\"]"
        text "$arm" "$key = \"/opt/none/{target}\""
        ;;
    '[qemu] credentials') text "$arm" "$key = true" ;;
    '[qemu] priority')
        for value in 1 -1; do text "$arm" "$key = $value" '[entry.other]' 'preset = "elf-arm64"' "$tac"; done
        ;;
    '[qemu] [qemu.target.')
        table='[qemu.target.arm64]'
        for value in 'interpreter = "/opt/qemu/{target}"' 'open-binary = false' 'enabled = false'; do text "$value"; done
        ;;
    '[qemu] '*) text "$arm" "$key = false" ;;
    '[entry.NAME] interpreter') text "$x" "$tac" && text "$x" "$key = [\"/opt/none\", \"/usr/bin/tac\"]" ;;
    '[entry.NAME] magic') text "$tac" "$key = 'PK\\x03\\x04'" && text "$tac" "$key = \"0x504b0304\"" ;;
    '[entry.NAME] offset') text "$tac" "magic = 'PK'" "$key = 2" ;;
    '[entry.NAME] mask') text "$tac" "magic = 'PK'" "$key = '\\xff\\x00'" ;;
    '[entry.NAME] extension') text "$tac" "$x" ;;
    '[entry.NAME] preset') text "$key = \"wsl-interop\"" ;;
    '[entry.NAME] priority')
        for value in 1 -1; do text "$tac" "$x" "$key = $value" '[entry.other]' "$tac" "$x"; done
        ;;
    '[entry.NAME] enabled') text "$tac" "$x" "$key = false" ;;
    '[entry.NAME] allow-native')
        # Programs of this host that start at an impossible address.
        value=$(printf '\\x%s' 7f 45 4c 46 02 01 01 00 00 00 00 00 00 00 00 00 02 00 3e 00 01 00 00 00 ef be ad de ef be ad de)
        for value in "magic = '$value'"$'\n'"$key = "{false,true}; do text "$tac" "$value"; done
        ;;
    '[entry.NAME] allow-unsafe-interpreter')
        for value in false true; do text "$x" 'interpreter = "/srv/unsafe/tac"' "$key = $value"; done
        ;;
    '[entry.NAME] '*) text "$tac" "$x" "$key = true" ;;
    *) echo "Nothing sets $table $key here." && return 1 ;;
    esac
}
text() { printf '%s\n' "$table" "$@" ''; }

for source in $share/doc/binfmtd/README.md /srv/guides/*.md $share/man/man1/binfmtctl.1 $share/man/man5/binfmtd.toml.5 \
    $share/man/man8/binfmtd.8 binfmtd binfmtctl \
    $(binfmtctl --help | awk '/SUBCOMMANDS:$/ { p = 1 } p && /^  [a-z]/ { print "binfmtctl_" $1 }'); do
    examples "${source/_/ }" >examples
    [ -s examples ] || continue
    echo "== $(basename "${source/_/ }")"
    while IFS=$'\t' read -r kind text; do
        text=$(tr '\037' '\n' <<<"$text")
        case $kind in console) reason=$(unable "$text") ;; *) reason= ;; esac
        if [ -n "$reason" ]; then
            echo "$text"
            echo "  not run: $reason"
            continue
        fi
        afresh
        scene "$text"
        case $kind in
        console) session "$text" ;;
        sh) run "$text" ;;
        toml) save "$text" ;;
        dockerfile | yaml) echo "$text" && echo "  not run: it is a part of a file of another program" ;;
        *) fail "What is a $kind?" ;;
        esac
    done <examples
done

echo "== Each key of the configuration"
keys $share/man/man5/binfmtd.toml.5 >keys
while IFS=$'\t' read -r table key; do
    values "$table" "$key" | awk -v RS= -v ORS='\036' 1 >values
    while IFS= read -r -d $'\036' text; do
        afresh
        scene "$text"
        save "$text"
        case $text in *foreign*) flush ;; esac
    done <values
done <keys
