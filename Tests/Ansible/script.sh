# SPDX-License-Identifier: Apache-2.0
# The Ansible role installs binfmtd and declares entries. A second run changes nothing, --check changes nothing and
# reports what a run would change, and an invalid file replaces nothing.
. ./functions.sh

export PYTHONPATH=/srv/ansible ANSIBLE_NOCOLOR=1 ANSIBLE_STDOUT_CALLBACK=default ANSIBLE_DISPLAY_SKIPPED_HOSTS=false
export ANSIBLE_LOCALHOST_WARNING=false ANSIBLE_INVENTORY_UNPARSED_WARNING=false ANSIBLE_PYTHON_INTERPRETER=/usr/bin/python3
export HOME=/root LC_ALL=C.UTF-8

cat >/srv/playbook/test.yml <<'YAML'
- hosts: localhost
  gather_facts: false
  roles: [binfmtd]
YAML

# play [ARGUMENT...]: runs the role; tells what it changed, and errors.
play() {
    python3 -m ansible playbook -c local -i localhost, /srv/playbook/test.yml "$@" >printed 2>&1
    local status=$?
    awk '/^(TASK|RUNNING HANDLER)/ { task = $0; sub(/ \*+$/, "", task) }
        /^(changed|fatal|failed):/ { print "  " task; print "    " $1 }' printed
    grep -oE '[0-9]+:[0-9]+: error: [^"\\]*' printed | sort -u
    sed -n 's/^localhost *: ok=[0-9]* *\(changed=[0-9]*\) .*\(failed=[0-9]*\) .*/  \1 \2/p' printed
    echo "  exit $status"
}

cat >first.yml <<'YAML'
binfmtd_package: binfmtd.deb
binfmtd_settings:
  qemu: { targets: [arm64] }
binfmtd_drop_ins:
  10-sample:
    entry.sample: { interpreter: /usr/bin/cat, magic: '\x7fsample', offset: 2 }
YAML

echo "== With --check on a host without binfmtd"
play --check -e @first.yml
ls -d /etc/binfmtd /var/cache/binfmtd /usr/bin/binfmtctl 2>/dev/null

echo "== Installed"
play -e @first.yml
names
systemctl is-enabled binfmtd
systemctl is-active binfmtd
cat /etc/binfmtd/binfmtd.toml /etc/binfmtd/entries.d/10-sample.toml

echo "== Again"
play -e @first.yml
play --check -e @first.yml

echo "== Edited: the daemon is not restarted"
cat >second.yml <<'YAML'
binfmtd_package: binfmtd.deb
binfmtd_settings:
  qemu: { targets: [arm64, s390x] }
binfmtd_drop_ins_absent: [10-sample]
YAML
pid=$(property MainPID)
play --check -e @second.yml
names
play -e @second.yml
names
[ "$(property MainPID)" = "$pid" ] || echo "It was restarted."
play -e @second.yml

echo "== Invalid: the old file stays"
sed 's/targets/target/' second.yml >invalid.yml
play --check -e @invalid.yml
play -e @invalid.yml
cat /etc/binfmtd/binfmtd.toml
names
