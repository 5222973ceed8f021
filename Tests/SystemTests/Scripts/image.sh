# SPDX-License-Identifier: Apache-2.0
# The container image with the command lines of the images that it replaces, on a host without any emulator.
. ./functions.sh
registry=/proc/sys/fs/binfmt_misc

docker load -q -i /srv/image.tar | sed 's/:[0-9.]*$/:VERSION/'
docker tag "$(docker images -q binfmtd)" binfmtd
tar -C /srv/arm64 -c . | docker import --platform linux/arm64 - arm64v8/ubuntu >imported
tar -C /srv/s390x -c . | docker import --platform linux/s390x - s390x/busybox >>imported

# image [ARGUMENT...]: what it prints and how it exits; of JSON only the platforms.
image() {
    echo "\$ docker run --rm --privileged binfmtd $*"
    docker run --rm --privileged binfmtd "$@" >out 2>errors
    local status=$?
    if grep -q '^{' out; then
        sed -n '/"emulators"/,/]/d; s/^ *"\(linux\/.*\)".*/\1/p' out | grep -v -e /amd64 -e /386 | paste -s -d ' '
    else
        sed 's/[0-9]*\.[0-9][0-9.]*/N/g' out
    fi
    cat errors
    [ $status = 0 ] || echo "exit $status"
}
runs() { echo "arm64: $(machine_in arm64v8/ubuntu), s390x: $(machine_in s390x/busybox)"; }

echo "== Where binfmt_misc is not mounted on the host"
image --reset -p yes
systemctl start proc-sys-fs-binfmt_misc.mount
runs

echo "== multiarch/qemu-user-static"
image --reset -p yes
runs
docker image rm -f "$(docker images -q binfmtd | sort -u)" >removed
runs
docker load -q -i /srv/image.tar >loaded
docker tag "$(docker images -q binfmtd)" binfmtd
image --reset -p yes

echo "== tonistiigi/binfmt"
image --uninstall 'qemu-*'
image --install arm64,s390x
image
image --uninstall arm64
image --install all
image --install sparc
image --version

echo "== docker/binfmt"
image --uninstall 'qemu-*'
image
runs

echo "== What others registered"
image --uninstall 'qemu-*'
echo ':qemu-aarch64:M::\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00:\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff:/usr/bin/qemu-aarch64-static:' >$registry/register
image --install arm64
image --reset -p yes -t arm64
echo "arm64: $(machine_in arm64v8/ubuntu)"

echo "== Without privileges"
docker run --rm binfmtd --install all >out
echo "exit $?"
docker run --rm -v $registry:/registry --read-only --cap-drop ALL --security-opt no-new-privileges binfmtd \
    --registry /registry --install s390x >out
echo "exit $?"
runs

echo "== The daemon in a container, with the table and nothing else of the host"
docker run -d --name binfmtd -v $registry:/registry --read-only --tmpfs /run --cap-drop ALL \
    --security-opt no-new-privileges binfmtd binfmtd --registry /registry >started
is_kept() { docker exec binfmtd /usr/bin/binfmtctl status --registry /registry; }
within 10 is_kept
echo -1 >$registry/qemu-s390x
runs
within 10 is_kept
docker logs binfmtd 2>&1
image --install arm64
image --uninstall arm64
docker rm -f binfmtd >removed
