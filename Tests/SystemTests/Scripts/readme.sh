# SPDX-License-Identifier: Apache-2.0
# The README's first session gives the output shown there, on a host with two emulators and no file of binfmt.d(5), and
# so does the way back.
. ./functions.sh

systemctl disable --now --quiet binfmtd
binfmtctl release >/dev/null
mv /usr/lib/binfmt.d/sample.conf .
cp /srv/arm64/bin/busybox busybox-arm64

readme=/usr/share/doc/binfmtd/README.md
awk '/^```console$/ { p = 1; next } p && /^```$/ { exit } p' $readme >shown
mark
while read -r line; do
    echo "$line"
    case $line in
    '# journalctl'*) within 5 has_said -g restored ;;
    esac
    bash -c "${line#\# }" 2>&1
done < <(grep '^# ' shown) >printed
diff -u shown printed && echo "It does."

echo "== And back again"
mv sample.conf /usr/lib/binfmt.d
within 5 test -e $registry/sample
awk '/^And back again/ { p = 1 } p == 2 && /^```$/ { exit } p == 2 { print } p && /^```sh$/ { p = 2 }' $readme >way-back
cat way-back
bash -e way-back >/dev/null || echo "It fails."
systemctl is-active binfmtd
names
